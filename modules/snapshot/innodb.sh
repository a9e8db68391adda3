# shellcheck shell=bash
# MySQL and MariaDB. The lock holds commits back for as long as the snapshot takes, so that the binary log's position
# fits it to the transaction. With the redo log elsewhere the log is frozen as well, and copied (freeze.sh).

take_engine() {
  connect as_user mysql "--user=$user" --batch --skip-column-names --unbuffered
  ask "SET SESSION lock_wait_timeout = $lock_wait;"
  local began
  began=$(now_ms)
  ask "$lock"
  record_position
  if [ -z "$log_filesystem" ]; then
    snapshot
  else
    frozen snapshot_with_redo
  fi
  ask "$unlock"
  record lock_ms $(($(now_ms) - began))
  # A binary log that lies with the data is in the snapshot already.
  if [ -n "$log_filesystem" ] && [[ $binlog = "$log_filesystem"/* ]]; then copy_binlogs; fi
}

record_position() {
  if [ -z "$binlog" ]; then return; fi
  ask "$position"
  record binlog "$(tr '\t\n' '  ' <<<"${answer%$'\n'}")"
  # The name and the size of the binary log that is being written: a file that only grows.
  binlog_last=$(tail -n 1 "$binlog.index")
  binlog_size=$(stat --format=%s "$(binlog_path "$binlog_last")")
}

# An entry of the index is relative to the data directory where it is not absolute.
binlog_path() { if [[ $1 = /* ]]; then printf %s "$1"; else printf %s "$data/$1"; fi; }

snapshot_with_redo() {
  snapshot
  local target
  target=$(inside "$redo")
  mkdir -p "$target"
  # MySQL's files with _tmp wait for their turn and hold nothing (dev.mysql.com, InnoDB redo log: spare files).
  find "$redo" -mindepth 1 -maxdepth 2 ! -name '*_tmp' -printf '%P\n' |
    grep -E '^(#innodb_redo(/.*)?|ib_logfile[0-9]+)$' |
    tar --create --directory="$redo" --no-recursion --files-from=- |
    tar --extract --directory="$target" --same-owner
  chown --reference="$redo" "$target"
}

# Recovery asks the newest binary log which prepared transactions are committed. Older ones are there for MariaDB, whose
# checkpoint may lie further back (mariadb.com/kb, Binlog checkpoint event).
copy_binlogs() {
  local target entry
  target=$(inside "${binlog%/*}")
  mkdir -p "$target"
  chown --reference="${binlog%/*}" "$target"
  grep --fixed-strings --line-regexp --before-context="$older_binlogs" -- "$binlog_last" "$binlog.index" >"$target/${binlog##*/}.index"
  while read -r entry; do
    cp --archive "$(binlog_path "$entry")" "$target/"
  done <"$target/${binlog##*/}.index"
  truncate --size="$binlog_size" "$target/${binlog_last##*/}"
  chown --reference="$binlog.index" "$target/${binlog##*/}.index"
}
