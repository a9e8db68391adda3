/**
 * Shows control and other invisible characters as escapes: text from a file must not be able to move the
 * terminal's cursor, or to end a one-line comment. Line feeds stay.
 */
export const visible = (text: string): string =>
  text.replace(/(?!\n)\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
