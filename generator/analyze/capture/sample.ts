import * as z from "zod";

/** Counters and gauges by the server's own names, so that a capture can be checked against the server's manual. */
const numbers = (description: string) => z.record(z.string().min(1), z.number()).meta({ description });

/** A table, index or file of the database. */
const relationSchema = z.strictObject({
  name: z.string().min(1).meta({ description: "As the server names it, qualified: shop.public.orders." }),
  kind: z.enum(["table", "index", "toast", "file"]),
  bytes: z.number().min(0).nullable(),
  counters: numbers("What was counted for this relation alone."),
});

/** What was read in one moment. */
export const sampleSchema = z.strictObject({
  at: z.iso.datetime({ offset: true }).meta({ description: "When; all samples by one clock." }),
  identity: z.record(z.string().min(1), z.string()).meta({
    description:
      "What stays the same while the counters go on: start of the server, each statistics_reset, the process. Another value means that the counts began anew.",
  }),
  counters: numbers("Totals that only grow until the identity changes."),
  gauges: numbers("Values of the moment: sizes in bytes, pages that are dirty."),
  relations: z.array(relationSchema).meta({ description: "The largest and the busiest; not all." }),
});

export type Sample = z.infer<typeof sampleSchema>;
export type RelationSample = z.infer<typeof relationSchema>;
