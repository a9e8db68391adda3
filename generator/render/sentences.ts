/** The first sentence of a reason, for a comment; the whole stands in plan.json. */
export const firstSentence = (text: string): string => /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
