import { expect, it } from "vitest";
import type { Sample } from "../capture/sample.ts";
import { spanOf } from "../measure/span.ts";
import { activityOf } from "./activity.ts";

const sample = (seconds: number, counters: Sample["counters"]): Sample => ({
  at: new Date(seconds * 1000).toISOString(),
  identity: {},
  counters: {},
  gauges: {},
  relations: [{ name: "shop.orders", kind: "table", bytes: 4096, counters }],
});

const activity = (samples: readonly Sample[]) => {
  const span = spanOf({ samples: [...samples], missing: {} });
  return span === null ? undefined : activityOf(span)[0];
};

it("rows that changed are counted between two makings of statistics, which set the counter back", () => {
  const seen = [0, 100, 20, 60, 100].map((changed, i) => sample(10 * i, { MODIFIED_COUNTER: changed }));
  expect(activity(seen)).toEqual({
    name: "shop.orders",
    kind: "table",
    bytes: 4096,
    readPerSecond: null,
    writtenPerSecond: 4,
  });
});

it("performance_schema's counts come first", () => {
  const seen = [0, 1].map((i) =>
    sample(10 * i, { MODIFIED_COUNTER: 7 * i, COUNT_READ: 5000 * i, COUNT_WRITE: 100 * i }),
  );
  expect(activity(seen)).toMatchObject({ readPerSecond: 500, writtenPerSecond: 10 });
});

it("a counter that was never there is unknown, not zero", () => {
  expect(activity([sample(0, {}), sample(10, {})])).toMatchObject({
    readPerSecond: null,
    writtenPerSecond: null,
  });
});
