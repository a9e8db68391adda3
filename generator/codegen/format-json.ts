/** JSON with two spaces of indent, and lists of plain values on one line where they fit, as the formatter has it. */
export function formatJson(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((item): Entry => ["", item])
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]): Entry => [`${JSON.stringify(key)}: `, item]);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (entries.length === 0) return `${open}${close}`;
  const deeper = `${indent}  `;
  const lines = entries.map(([key, item]) => `${deeper}${key}${line(item, deeper, key.length)}`);
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

type Entry = readonly [key: string, item: unknown];

const width = 110;

function line(value: unknown, indent: string, used: number): string {
  if (!Array.isArray(value) || value.some((item) => typeof item === "object" && item !== null)) {
    return formatJson(value, indent);
  }
  const short = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
  // One column is the comma's.
  return indent.length + used + short.length < width ? short : formatJson(value, indent);
}
