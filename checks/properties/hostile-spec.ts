import * as fc from "fast-check";

/** What breaks quoting somewhere: in Nix, shell, SQL, Markdown, HTML, INI, systemd. */
const pieces = [
  '"',
  "'",
  "''",
  "'''",
  "${",
  "''${",
  "$$",
  "\\",
  "\\n",
  "\n",
  "\r",
  "\t",
  "$(rm)",
  "`id`",
  "*/",
  "/*",
  "--",
  "#",
  ";",
  "]]>",
  "<script>",
  "&",
  "|",
  "%h",
  "%",
  "é",
  "日本",
  "𝒳",
  "\u202e",
  "\u0085",
  "\u2028",
  "\0",
  "\ud800",
  " ",
  "a",
  "Z9",
];

/** Free text of the worst kind. */
export const nasty = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join("")),
  },
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom("x".repeat(900), "x".repeat(20_000), "'".repeat(900)) },
);

/** Every string that a spec can carry. */
export const fields = [
  "host",
  "notes",
  "device",
  "name",
  "databaseNotes",
  "target",
  "setting",
  "directory",
  "user",
  "group",
  "unit",
  "package",
  "clusterName",
  "clusterMember",
  "clusterAddress",
] as const;
export type Field = (typeof fields)[number];

type Put = (wanted: Field, usual: string) => string;

const clusterWith = (put: Put) => ({
  kind: "postgresql-streaming",
  name: put("clusterName", "orders"),
  member: put("clusterMember", "db1"),
  primary: put("clusterMember", "db1"),
  members: [
    { name: put("clusterMember", "db1"), address: put("clusterAddress", "10.0.0.1") },
    { name: "second", address: "10.0.0.2" },
  ],
});

/** A spec that carries this text in this field. */
export const specWith = (field: Field, text: string) => {
  const put: Put = (wanted, usual) => (wanted === field ? text : usual);
  return {
    host: put("host", "db1"),
    notes: put("notes", "plain"),
    memoryGiB: 32,
    disks: [{ device: put("device", "/dev/disk/by-id/nvme-A"), kind: "nvme", sizeGiB: 1000 }],
    databases: [
      {
        name: put("name", "orders"),
        engine: "postgresql",
        version: "17",
        package: put("package", "postgresql_17"),
        sizeGiB: 100,
        notes: put("databaseNotes", "plain"),
        backup: { target: put("target", "host:/backup") },
        override: { settings: { log_line_prefix: put("setting", "plain") } },
        ...(field.startsWith("cluster") ? { cluster: clusterWith(put) } : {}),
      },
      {
        name: "cart",
        engine: "sqlite",
        sizeGiB: 1,
        directory: put("directory", "/var/lib/cart"),
        user: put("user", "cart"),
        group: put("group", "cart"),
        units: [put("unit", "cart")],
      },
    ],
  };
};
