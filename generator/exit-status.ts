/** Exit statuses of `dbtrfs`, in one place: programs rely on them. */
export const exitStatus = {
  success: 0,
  /** What was asked to be compared differs, or there is something to put right. */
  finding: 1,
  mistake: 2,
  refusal: 3,
  /** EX_SOFTWARE of sysexits(3head). */
  bug: 70,
} as const;

export const exitStatusMeanings: readonly (readonly [status: number, meaning: string])[] = [
  [exitStatus.success, "all is well"],
  [
    exitStatus.finding,
    "plan or fleet plan, --check or --diff, found that DIR is stale; analyze has findings; bench --targets or --signs misses one",
  ],
  [exitStatus.mistake, "a mistake in the command line or in a file that was read"],
  [
    exitStatus.refusal,
    "refused: an invariant would break, a file cannot be written safely, or a server cannot be measured",
  ],
  [exitStatus.bug, "a bug in dbtrfs"],
];
