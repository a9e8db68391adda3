import type * as z from "zod";

/** What a schema of the spec allows, where a text is nothing of the kind; undefined where it is. */
export const unlike =
  (schema: z.ZodType) =>
  (answer: string): string | undefined => {
    const { error } = schema.safeParse(answer);
    return error?.issues[0]?.message;
  };

/** The same of a number. */
export const noNumber =
  (allowed: string, isAllowed: (value: number) => boolean) =>
  (answer: string): string | undefined =>
    /^\d+(\.\d+)?$/.test(answer) && isAllowed(Number(answer)) ? undefined : allowed;

export const noneOf =
  (choices: readonly string[]) =>
  (answer: string): string | undefined =>
    choices.includes(answer) ? undefined : choices.join(", ");
