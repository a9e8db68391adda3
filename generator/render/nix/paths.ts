import { UnprintablePath } from "./unprintable.ts";

// `//` is an operator in Nix, and a path must not end in a slash; hence segment by segment.
const relativePath = /^\.{1,2}(\/[A-Za-z0-9._-]+)+$/;

/** A path literal, relative to the generated file. Throws UnprintablePath unless it is `./` or `../` and plain names. */
export const printPath = (path: string): string => {
  if (relativePath.test(path)) return path;
  throw new UnprintablePath(
    `${JSON.stringify(path)} is not a path that Nix source can hold: it must begin with ./ or ../ and have only letters, digits, ".", "_" and "-" between single slashes`,
  );
};
