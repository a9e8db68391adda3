import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

const names = ["chromium", "chromium-browser", "google-chrome-stable"];

/** The browser that the PATH has; undefined where it has none, which the run says on stderr. */
export const chromiumPath: string | undefined = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((directory) => names.map((name) => join(directory, name)))
  .find((file) => existsSync(file));

if (chromiumPath === undefined)
  process.stderr.write(
    "\nchromium is not on the PATH: report.html is NOT OPENED IN A BROWSER; install Debian's chromium or nixpkgs' chromium.\n",
  );
