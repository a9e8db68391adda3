import { type Path, pointerTo } from "../spec/pointer.ts";
import { isObject } from "./merge-patch.ts";

/** A place in a file. */
export interface Place {
  readonly file: string;
  readonly pointer: string;
}

/** Part of a host's spec and where it stands. */
export type Layer =
  /** A merge patch, whole, at `base` of the file. */
  | { readonly kind: "patch"; readonly file: string; readonly base: Path; readonly patch: unknown }
  /** One value: what `path` of the spec is, stands at `at` of the file. */
  | { readonly kind: "value"; readonly file: string; readonly path: Path; readonly at: Path };

/** How much of `path` a merge patch says itself: all of it where it replaces something on the way. */
const saidBy = (patch: unknown, path: Path): number => {
  let value = patch;
  for (const [depth, step] of path.entries()) {
    if (!isObject(value)) return path.length;
    if (!Object.hasOwn(value, step)) return depth;
    value = value[step];
  }
  return path.length;
};

const startsWith = (path: Path, start: Path): boolean => start.every((step, index) => path[index] === step);

/** Where a layer says what `path` of the spec is; undefined where it does not. */
const placeIn = (layer: Layer, path: Path): Place | undefined => {
  if (layer.kind === "value")
    return startsWith(path, layer.path)
      ? { file: layer.file, pointer: pointerTo([...layer.at, ...path.slice(layer.path.length)]) }
      : undefined;
  return saidBy(layer.patch, path) === path.length
    ? { file: layer.file, pointer: pointerTo([...layer.base, ...path]) }
    : undefined;
};

/**
 * Where the value at `path` of a host's spec was said: in the last of its layers that says it. For what nobody says, such as a field
 * that is missing, the place of the nearest value around it.
 */
export const placeOf = (layers: readonly Layer[], path: Path): Place | undefined => {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const found = layers.findLast((layer) => placeIn(layer, part) !== undefined);
    const place = found && placeIn(found, part);
    if (place) return { file: place.file, pointer: place.pointer + pointerTo(path.slice(length)) };
  }
  return undefined;
};
