# shellcheck shell=bash
# An incremental backup holds the blocks that the server's WAL summaries name as changed since the manifest of the last
# one; pg_combinebackup puts them together (postgresql.org/docs/17/continuous-archiving.html, Making an Incremental
# Backup).
take() {
  local changes=()
  if [ "$mode" = incremental ]; then changes=(--incremental="$last/backup_manifest"); fi
  pg_basebackup --pgdata="$unfinished" --checkpoint=fast --wal-method=stream --no-password "${changes[@]}"
}
