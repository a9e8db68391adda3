/**
 * Where a shape is put: the indentation of its line, the characters that the line holds already (the indentation not
 * counted, as in nixfmt), and those that have to follow the shape on its last line.
 */
export interface Place {
  readonly indent: number;
  readonly column: number;
  readonly trail: number;
}

const lineWidth = 100;

export const widthOf = (text: string): number => [...text].length;

export const fits = (text: string, { column, trail }: Place): boolean =>
  column + widthOf(text) + trail <= lineWidth;

export const startOfLine = (indent: number): Place => ({ indent, column: 0, trail: 0 });

export const newline = (indent: number): string => `\n${" ".repeat(indent)}`;
