import { join } from "node:path";
import { parseJson } from "../json-text.ts";
import { type Review, replacedText } from "../output/set-state.ts";
import {
  type LayoutChange,
  layoutChanges,
  type StorageLayout,
  storageLayoutOf,
} from "../plan/layout-changes.ts";
import type { Problem, Style } from "../problem.ts";
import { show } from "../spec/pointer.ts";
import { visible } from "../visible.ts";

/** How a new plan's layout differs from that of the plan.json in DIR; null where that one cannot be compared. */
type Changes = readonly LayoutChange[] | null;

/** Compares whenever DIR is looked at; `changes` are those of the last look. */
export function layoutReview(wantedPlan: string) {
  let changes: Changes = [];
  const review: Review = (state) => {
    const replaced = replacedText(state, "plan.json");
    changes = replaced === undefined ? [] : compare(replaced, wantedPlan);
  };
  return { review, changes: () => changes };
}

function compare(replaced: string, wanted: string): Changes {
  const [before, after] = [layoutIn(replaced), layoutIn(wanted)];
  if (after === undefined) throw new Error("the new plan.json has no layout that can be compared");
  return before ? layoutChanges(before, after) : null;
}

function layoutIn(text: string): StorageLayout | undefined {
  const json = parseJson(text);
  return "document" in json ? storageLayoutOf(json.document) : undefined;
}

const keepLayout =
  "An installed host keeps its layout: mend the spec, or, for a host that will be formatted anew or changed by hand, write it with --relayout.";

const addToLayout =
  "Write it with --relayout if it is meant; then, on an installed host, a new subvolume must be created on the running host before the rebuild (disko --mode format,mount does it).";

/** One problem a difference. What is new can simply be made on the host only where the rest stays as it is. */
export function layoutProblems(directory: string, changes: Changes): Problem[] {
  if (changes === null) return [];
  const fix = changes.every(({ addable }) => addable) ? addToLayout : keepLayout;
  return changes.map(({ pointer, before, after }) => ({
    file: join(directory, "plan.json"),
    pointer,
    found: show(after),
    allowed: show(before),
    fix,
  }));
}

/** For the log; empty where the layout stays as it is. */
export function layoutNote(directory: string, changes: Changes, verb: string, style: Style): string {
  if (changes?.length === 0) return "";
  const note = (text: string) =>
    `${style("caution", "note:")} ${visible(join(directory, "plan.json"))}: ${text}\n`;
  if (changes === null)
    return note("no plan of this version of dbtrfs; its storage layout was not compared.");
  const places = changes.map(({ pointer }) => pointer).join(", ");
  return note(`the storage layout ${verb}, which an installed host does not follow by itself: ${places}`);
}
