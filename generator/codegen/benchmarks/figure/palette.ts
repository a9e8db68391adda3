/** What a bar stands for: Btrfs with data CoW or NOCOW, or another filesystem. */
export type Kind = "cow" | "nocow" | "other";

/** In the order of the legend. */
export const kindNames: Readonly<Record<Kind, string>> = {
  cow: "Btrfs, data CoW (checksums)",
  nocow: "Btrfs, data NOCOW",
  other: "another filesystem",
};

interface Shade {
  readonly light: string;
  readonly dark: string;
}

/** On light and on dark pages; blue and orange stay apart for colour-blind eyes. No light shade occurs twice. */
const shades = {
  paper: { light: "#ffffff", dark: "#0d1117" },
  text: { light: "#1f2328", dark: "#e6edf3" },
  faint: { light: "#59636e", dark: "#9198a1" },
  line: { light: "#d1d9e0", dark: "#30363d" },
  cow: { light: "#2f6fbf", dark: "#4a8fe0" },
  nocow: { light: "#d9822b", dark: "#c9752a" },
  other: { light: "#8c959f", dark: "#6e7681" },
} as const satisfies Readonly<Record<string, Shade>>;

export type ShadeName = keyof typeof shades;

/** What a figure is drawn with; the style sheet changes it on a dark page. */
export const colour = (name: ShadeName): string => shades[name].light;

const rules = ({ light, dark }: Shade): string =>
  (["fill", "stroke"] as const)
    .map((attribute) => `[${attribute}="${light}"]{${attribute}:${dark}}`)
    .join("");

/** A figure in a page follows the page's colour scheme, paper and text together, so that it is readable on any. */
export const darkStyle = `@media (prefers-color-scheme:dark){${Object.values(shades).map(rules).join("")}}`;
