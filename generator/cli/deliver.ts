import type { GeneratedFile } from "../output/generated-file.ts";
import type { Compiled } from "./compile.ts";
import type { PlanRequest } from "./plan-options.ts";
import type { Streams } from "./streams.ts";

/** Prints, writes or compares, as asked for; returns the exit status. */
export async function deliver(compiled: Compiled, request: PlanRequest, streams: Streams): Promise<number> {
  const { delivery, json } = request;
  if (delivery.kind === "print") {
    await streams.product.write(json ? planJson(compiled.files()) : compiled.summary());
    return 0;
  }
  const { deliveries } = await import("./deliver-to-directory.ts");
  const relayout = delivery.kind === "write" && delivery.relayout;
  const target = { directory: delivery.directory, json, relayout };
  return await deliveries[delivery.kind](compiled.files(), target, streams);
}

/** The very bytes that --out writes. */
export function planJson(files: readonly GeneratedFile[]): string {
  const file = files.find(({ path }) => path === "plan.json");
  if (file === undefined) throw new Error("the set has no plan.json");
  return file.text;
}
