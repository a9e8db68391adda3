# shellcheck shell=bash
# PostgreSQL. In one subvolume an atomic snapshot is what a power cut would have left; the checkpoint only makes recovery
# from it short. With the log elsewhere it is a base backup (postgresql.org/docs/current/continuous-archiving.html):
# label, tablespace map and the WAL from start to stop are put into it, so that it starts by itself.

take_engine() {
  connect as_user psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname=postgres
  if [ -z "$log_filesystem" ]; then
    ask "CHECKPOINT;"
    snapshot
  else
    base_backup
  fi
}

# pg_walfile_name says nothing on a standby, where the control file knows the timeline. The segment of the byte before:
# a backup that ends with a segment needs no more of the next (PostgreSQL manual, pg_walfile_name).
segment_before() { # LSN TIMELINE, both SQL
  printf '%s' "(SELECT upper(lpad(to_hex($2), 8, '0') || lpad(to_hex(n / per), 8, '0') || lpad(to_hex(n % per), 8, '0'))
FROM (SELECT div($1 - '0/0'::pg_lsn - 1, size)::bigint AS n, 4294967296 / size AS per
FROM (SELECT pg_size_bytes(current_setting('wal_segment_size')) AS size) AS s) AS p)"
}

is_standby() {
  ask "SELECT pg_is_in_recovery();"
  [ "${answer%$'\n'}" = t ]
}

base_backup() {
  local first_segment="pg_walfile_name(pg_backup_start('dbtrfs', true))"
  local last_segment="pg_walfile_name(:'stop')"
  if is_standby; then
    first_segment=$(segment_before "pg_backup_start('dbtrfs', true) + 1" "(SELECT timeline_id FROM pg_control_checkpoint())")
    last_segment=$(segment_before ":'stop'::pg_lsn" "(SELECT min_recovery_end_timeline FROM pg_control_recovery())")
  fi
  # The slot keeps the WAL from now on, and goes with the connection.
  ask "SELECT lsn FROM pg_create_physical_replication_slot('dbtrfs_$slot_name', true, true);
SELECT $first_segment;"
  local first last stop
  first=$(tail -n 1 <<<"${answer%$'\n'}")
  snapshot
  ask "SELECT translate(encode(convert_to(labelfile, 'UTF8'), 'base64'), E'\n', '') || ' '
  || CASE coalesce(spcmapfile, '') WHEN '' THEN '-'
     ELSE translate(encode(convert_to(spcmapfile, 'UTF8'), 'base64'), E'\n', '') END || ' ' || lsn
FROM pg_backup_stop(false);"
  local label map
  read -r label map stop <<<"$answer"
  ask "SELECT ${last_segment//:\'stop\'/\'$stop\'};"
  last=${answer%$'\n'}
  write_label "$label" "$map"
  # A restore would want the history file too, and the next snapshot begins on the new timeline.
  if [ "${first:0:8}" != "${last:0:8}" ]; then fail "a failover came between, from timeline ${first:0:8} to ${last:0:8}"; fi
  copy_wal "$first" "$last"
}

write_label() {
  local cluster
  cluster=$(inside "$data")
  base64 --decode <<<"$1" >"$cluster/backup_label"
  chown --reference="$cluster/PG_VERSION" "$cluster/backup_label"
  if [ "$2" != - ]; then
    base64 --decode <<<"$2" >"$cluster/tablespace_map"
    chown --reference="$cluster/PG_VERSION" "$cluster/tablespace_map"
  fi
  # Of the running server's; a copy that has them believes that it is that server.
  rm -f "$cluster/postmaster.pid" "$cluster/postmaster.opts"
}

# Segments of one timeline sort by their names; the last is copied to its end, zeros and all.
copy_wal() {
  local wal target segment
  wal=$(readlink --canonicalize "$data/pg_wal")
  target=$(inside "$wal")
  mkdir -p "$target"
  for segment in "$wal"/????????????????????????; do
    if [[ ! ${segment##*/} < $1 && ! ${segment##*/} > $2 ]]; then cp --archive "$segment" "$target/"; fi
  done
  if [ ! -e "$target/$1" ] || [ ! -e "$target/$2" ]; then fail "the WAL from $1 to $2 is not complete"; fi
  chown --reference="$wal" "$target"
  record wal "$1..$2"
}
