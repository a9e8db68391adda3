/** The environment variables that dbtrfs looks at, for the manual. */
export const environmentVariables: readonly (readonly [name: string, meaning: string])[] = [
  ["NO_COLOR", "Set and not empty: no colour, whatever the output (no-color.org). --color overrides it."],
  ["FORCE_COLOR", "Set: colour in pipes and files too; 0 for none. NO_COLOR comes first."],
  ["TERM", "dumb: a terminal without colour."],
  [
    "XDG_CACHE_HOME",
    "Where compiled code is kept between runs, in its folder dbtrfs; ~/.cache by default. Nothing is kept where there is no home directory.",
  ],
  ["NODE_COMPILE_CACHE", "Node's own name for such a folder; comes first."],
];
