import { headerOf } from "./header.ts";
import { path } from "./nix/expr.ts";
import { printModule } from "./nix/module.ts";

export const renderDefault = (specName: string): string =>
  printModule({
    header: headerOf("default.nix", specName),
    formals: [],
    body: { imports: [path("./disko.nix"), path("./configuration.nix")] },
  });
