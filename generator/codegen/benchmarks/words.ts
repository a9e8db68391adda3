/** Three digits, or all that stand before the point: 0.0457, 12.3, 3,395. */
export const numberText = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));

/** A ratio as a sentence has it: 0.46, 1.24, 2.1, 12. */
export const ratioText = (ratio: number): string =>
  ratio < 2 ? String(Number(ratio.toFixed(2))) : numberText(Number(ratio.toPrecision(2)));

/** "a", "a and b", "a, b and c". */
export const joined = (list: readonly string[]): string =>
  [list.slice(0, -1).join(", "), ...list.slice(-1)].filter((part) => part !== "").join(" and ");

/** "1 other", "2 others". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
