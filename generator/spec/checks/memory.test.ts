import { expect, test } from "vitest";
import { mariadb, pointersOf, postgresql, problemsOf, sqlite } from "../testing/specs.ts";

const cases: [string, object, string[]][] = [
  ["a server whose share is too small", { memoryGiB: 0.7 }, ["/databases/0"]],
  [
    "a server for which the others leave nothing",
    {
      memoryGiB: 4,
      databases: [postgresql, { ...mariadb, memoryGiB: 3.5 }],
    },
    ["/databases/0"],
  ],
  ["InnoDB, which needs more", { memoryGiB: 1.3, databases: [postgresql, mariadb] }, ["/databases/1"]],
  [
    "InnoDB with too little by its owner's word",
    { databases: [{ ...mariadb, memoryGiB: 0.25 }] },
    ["/databases/0/memoryGiB"],
  ],
  [
    "less than any server starts with",
    { databases: [{ ...postgresql, memoryGiB: 0.1 }] },
    ["/databases/0/memoryGiB"],
  ],
];
test.each(cases)("%s is refused", (_, fields, pointers) => {
  expect(pointersOf(fields)).toEqual(pointers);
});

test("the way out is said", () => {
  expect(problemsOf({ memoryGiB: 0.7 })[0]?.fix).toContain("more memory or fewer servers");
});

test.each([
  ["a server on a host of 1 GiB", { memoryGiB: 1, databases: [mariadb] }],
  ["SQLite, which has no server, on a small host", { memoryGiB: 0.5, databases: [sqlite] }],
  ["PostgreSQL with little by its owner's word", { databases: [{ ...postgresql, memoryGiB: 0.125 }] }],
])("%s is fine", (_, fields) => {
  expect(pointersOf(fields)).toEqual([]);
});
