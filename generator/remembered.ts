const memory = new WeakMap<object, Map<string, unknown>>();

/**
 * What `work` gives, worked out once for each key. `about` is what the result was worked out of, which never
 * changes; the result is forgotten with it. A key belongs to one kind of result.
 */
export const remembered = <T>(about: object, key: string, work: () => T): T => {
  const known = memory.get(about) ?? new Map<string, unknown>();
  memory.set(about, known);
  if (!known.has(key)) known.set(key, work());
  return known.get(key) as T;
};
