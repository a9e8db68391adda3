import { version } from "../about.ts";
import { defineCommand, loadAll } from "./command.ts";
import { usageError } from "./usage.ts";

export const manCommand = defineCommand({
  usage: "",
  about:
    "Prints the manual page dbtrfs(1), made of the same tables as this help. The Nix\npackage installs it.",
  options: {},
  operands: ["nothing"],
  examples: [["dbtrfs man | man -l -", "read it where it is not installed"]],
  async run({ operands }, { product }) {
    if (operands.length > 0)
      throw usageError(`dbtrfs man ${operands.join(" ")}`, "dbtrfs man", "leave out the rest");
    const [{ commands }, { manPage }] = await Promise.all([import("./commands.ts"), import("./man-page.ts")]);
    await product.write(manPage(await loadAll(commands), version));
    return 0;
  },
});
