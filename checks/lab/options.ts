export const usage = `npm run lab -- HOST… [options]

HOST is a fixture's name, a folder that \`plan --out\` wrote, ENGINE:PLACEMENT for a host with one database in that
layout, or ENGINE:METHOD for one that is backed up. \`fixtures\`, \`layouts\` and \`backups\` stand for all of them.

  --scenario NAME   may be repeated; the default is layout
  --machine KIND    host-kernel (a container on this kernel: fast, the default where the plan has no LUKS) or qemu
  --cuts N          how many power cuts
  --snapshots N     how many snapshots of each database
  --minutes N       how long
  --flips N         how many bits, one at a time
  --gap N           seconds between the two halves of a snapshot taken the wrong way
  --size N          GiB of a database that is filled
  --clones N        how many at once
  --seconds N       of each measurement
  --rounds N        how often each member of a cluster is lost
  --seed N          another choice of moments
  --jobs N          how many hosts at a time
  --results FILE    append each result as a line of JSON
  --keep            keep the guest's folder though it succeeded
  --list            the scenarios
`;

/** For parseArgs. */
export const options = {
  scenario: { type: "string", multiple: true, default: ["layout"] as string[] },
  machine: { type: "string" },
  cuts: { type: "string" },
  snapshots: { type: "string" },
  minutes: { type: "string" },
  flips: { type: "string" },
  gap: { type: "string" },
  size: { type: "string" },
  clones: { type: "string" },
  seconds: { type: "string" },
  rounds: { type: "string" },
  seed: { type: "string" },
  jobs: { type: "string", default: "1" },
  results: { type: "string" },
  keep: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** A scenario is given each as a number (Host.options). */
export const numeric = [
  "cuts",
  "snapshots",
  "minutes",
  "flips",
  "gap",
  "size",
  "clones",
  "seconds",
  "rounds",
  "seed",
] as const;
