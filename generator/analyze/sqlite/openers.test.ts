import { expect, it } from "vitest";
import { type Opener, theProcess } from "./openers.ts";

const opener = (pid: number, parent: number, name = "app"): Opener => ({ pid, parent, name });

it("the one process that has the files open is whose work is theirs", () =>
  expect(theProcess([opener(12, 1)])).toEqual({ pid: 12, why: null }));

it("of a process and its workers it is the process, whose counts have theirs", () =>
  expect(theProcess([opener(30, 20), opener(20, 1), opener(40, 30)])).toEqual({ pid: 20, why: null }));

it("several that have nothing to do with each other are named, and none is chosen", () =>
  expect(theProcess([opener(12, 1, "shop"), opener(15, 1, "litestream")])).toEqual({
    pid: null,
    why: "2 processes have files of it open: 12 shop, 15 litestream",
  }));

it("none is no guess either", () => expect(theProcess([]).why).toContain("no process that may be seen"));
