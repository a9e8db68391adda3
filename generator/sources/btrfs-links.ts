import type { Source } from "./types.ts";

/** A page of the manual of btrfs-progs, with its anchor. */
export const manual = (title: string, page: string): Source => ({
  title,
  url: `https://btrfs.readthedocs.io/en/latest/${page}`,
});

/** A thread of the developers' mailing list, by message id. */
export const thread = (title: string, id: string): Source => ({
  title: `linux-btrfs: ${title}`,
  url: `https://lore.kernel.org/linux-btrfs/${id}/`,
});

export const commit = (title: string, id: string): Source => ({
  title: `Linux commit ${id.slice(0, 12)}: ${title}`,
  url: `https://git.kernel.org/linus/${id}`,
});

export const progsIssue = (title: string, number: number): Source => ({
  title: `btrfs-progs issue ${number}: ${title}`,
  url: `https://github.com/kdave/btrfs-progs/issues/${number}`,
});
