import { defineCommand } from "./command.ts";
import { deliver } from "./deliver.ts";
import { type PlanRequest, planOptions, planRequest } from "./plan-options.ts";
import { type Input, readInput } from "./read-input.ts";
import type { Streams } from "./streams.ts";

export const planCommand = defineCommand({
  usage: "SPEC [--out DIR] [options]",
  about: [
    "Compiles SPEC, a JSON file that says which databases run on a host and what",
    "matters to their owner, into a disko layout, a NixOS module, a report and",
    "plan.json, which holds the reason of every value.",
    "",
    "Without --out it prints a summary. dbtrfs writes to DIR and nowhere else, never",
    "replaces a file that it did not generate, and never touches a disk.",
    "",
    "An installed host keeps its storage layout: a mount of what does not exist stops",
    "its boot, and a database whose directory has moved starts empty. So --out does",
    "not replace a plan.json in DIR by one with other disks, partitions, filesystems,",
    "subvolumes or database directories: it exits 3. With --relayout it does, for a",
    "host that will be formatted anew or changed by hand.",
  ].join("\n"),
  options: planOptions,
  operands: ["file", "nothing"],
  examples: [
    ["dbtrfs plan db1.json", "print what the plan would be"],
    ["dbtrfs plan db1.json --out hosts/db1", "write the files"],
    ["dbtrfs plan db1.json --out hosts/db1 --check", "in CI: fail if they are not up to date"],
    ["dbtrfs plan db1.json --out hosts/db1 --diff", "print what would change"],
    ["dbtrfs plan db1.json --out hosts/db1 --relayout", "write files for a host to be formatted anew"],
    ["jq '.memoryGiB = 64' db1.json | dbtrfs plan - --json", "plan.json of a variation"],
  ],
  async run(args, streams) {
    const request = planRequest(args);
    const { spec, evidence } = await readInputs(request, streams);
    const { compile } = await import("./compile.ts");
    return await deliver(compile(spec, evidence), request, streams);
  },
});

async function readInputs(
  request: PlanRequest,
  streams: Streams,
): Promise<{ spec: Input; evidence: Input | undefined }> {
  const spec = await readInput(request.spec, streams);
  return {
    spec,
    evidence: request.evidence === undefined ? undefined : await readInput(request.evidence, streams),
  };
}
