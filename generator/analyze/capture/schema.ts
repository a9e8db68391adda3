import * as z from "zod";
import { hostSchema } from "./host.ts";
import { sampleSchema } from "./sample.ts";
import { storageSchema } from "./storage.ts";

export const captureVersion = 1;

const serverSchema = z.strictObject({
  version: z
    .string()
    .regex(/^\d+(\.\d+){0,3}$/, { error: "a version such as 17.8" })
    .meta({ description: "The numbers alone." }),
  banner: z.string().meta({ description: "The server's own words of its version." }),
});

/** What was read from a live database, and nothing derived from it. */
export const captureSchema = z
  .strictObject({
    $schema: z.string().optional(),
    captureVersion: z.literal(captureVersion),
    capturedBy: z.string().meta({ description: "The program that wrote this, with its version." }),
    engine: z.enum(["postgresql", "mysql", "mariadb", "sqlite"]),
    target: z.string().meta({ description: "What was captured, as it was named; never a password." }),
    server: serverSchema,
    host: hostSchema
      .nullable()
      .meta({ description: "The machine of the server; null where the capture was made from another one." }),
    settings: z
      .record(z.string(), z.string())
      .meta({ description: "As the server reports them, by its own names." }),
    samples: z.array(sampleSchema).min(2),
    storage: storageSchema
      .nullable()
      .meta({ description: "Null where the server's files could not be reached." }),
    missing: z.record(z.string(), z.string()).meta({
      description: "Why a counter, gauge, setting or part (host, storage) is not there, by its name.",
    }),
  })
  .meta({
    title: "dbtrfs capture",
    description:
      "Raw counters of a live database in two or more moments, as dbtrfs analyze --from reads them.",
  });

export type Capture = z.infer<typeof captureSchema>;
