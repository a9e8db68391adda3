/** Absolute paths without a final slash, as in modules/paths.nix. */

export const isBelow = (parent: string, path: string): boolean =>
  path !== parent && (parent === "/" || path.startsWith(`${parent}/`));

export const isAtOrBelow = (parent: string, path: string): boolean =>
  path === parent || isBelow(parent, path);
