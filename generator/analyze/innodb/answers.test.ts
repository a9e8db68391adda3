import { expect, it } from "vitest";
import { parseAnswers } from "./client.ts";
import { relationsOf } from "./relations.ts";

it("rows come by their query, with what the client escapes", () => {
  const { answers, last } = parseAnswers(
    "dbtrfs:a\nx\t1\ny\\tz\tNULL\ndbtrfs:b\ndbtrfs:c\nback\\\\slash\\n\t\n",
  );
  expect(answers).toEqual({
    a: [
      ["x", "1"],
      ["y\tz", null],
    ],
    b: [],
    c: [["back\\slash\n", ""]],
  });
  expect(last).toBe("c");
});

it("tables have their names, sizes and counts, and the server's own are left out", () => {
  const relations = relationsOf({
    tablespaces: [
      ["shop/orders", "1048576", "1048576", "3", "3"],
      ["my@002dshop/a#p#p0", "65536", "65536", "3", "3"],
      ["mysql", "27262976", "27262976", "3", "3"],
      ["sys/sys_config", "114688", "114688", "3", "3"],
    ],
    "table-stats": [["shop/orders", "12"]],
    "table-io": [["shop", "orders", "100", "20"]],
  });
  expect(relations).toEqual([
    {
      name: "shop.orders",
      kind: "table",
      bytes: 1048576,
      counters: { MODIFIED_COUNTER: 12, COUNT_READ: 100, COUNT_WRITE: 20 },
    },
    { name: "my-shop.a#p#p0", kind: "table", bytes: 65536, counters: {} },
  ]);
});
