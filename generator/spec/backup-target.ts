/** Where backups go, as modules/backup/targets.nix reads it too. */
export type BackupTarget =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "ssh"; readonly user: string | null; readonly host: string; readonly path: string }
  | { readonly kind: "s3"; readonly bucket: string; readonly path: string };

export type TargetKind = BackupTarget["kind"];

export const targetKinds: Readonly<Record<TargetKind, string>> = {
  path: "a directory",
  ssh: "HOST:/DIRECTORY",
  s3: "s3://BUCKET/PREFIX",
};

const ssh = /^(?:([^@/:]+)@)?([^@/:]+):(\/.*)$/;
const s3 = /^s3:\/\/([^/]+)(\/.*)?$/;

/** Takes a target that the spec's schema has let through. */
export const parseBackupTarget = (target: string): BackupTarget => {
  const bucket = s3.exec(target);
  if (bucket) return { kind: "s3", bucket: bucket[1] ?? "", path: bucket[2] ?? "" };
  const remote = ssh.exec(target);
  if (remote) return { kind: "ssh", user: remote[1] ?? null, host: remote[2] ?? "", path: remote[3] ?? "" };
  return { kind: "path", path: target };
};
