# shellcheck shell=bash
# Takes one snapshot of one database into $snapshots, under the name that btrbk gives (timestamp_format long).
#
# From the unit (../snapshots.nix): name, user and group, mount, snapshots (a directory) and where that is mounted, metrics
# (a directory), log_filesystem (empty where the log lies in the snapshot anyway), and what the engine's file wants, which
# defines take_engine.
set -euo pipefail

unfinished=$snapshots/.$name.unfinished
facts=

fail() {
  echo "dbtrfs: $name: no snapshot: $*" >&2
  exit 1
}

delete_unfinished() {
  if [ -d "$unfinished" ]; then btrfs --quiet subvolume delete "$unfinished"; fi
}

# Writable until everything that belongs to it is inside.
snapshot() { btrfs --quiet subvolume snapshot "$mount" "$unfinished"; }

# What a restore and a report want to know of it: KEY VALUE.
record() { facts+=$1=$2$'\n'; }

inside() { printf '%s%s' "$unfinished" "${1#"$mount"}"; }

now_ms() { date +%s%3N; }

# A name is given once nothing is missing and nothing can change: what btrbk sees is whole.
finish() {
  local stamp final n=0
  record taken "$(date --iso-8601=seconds)"
  printf %s "$facts" >"$unfinished/.dbtrfs-snapshot"
  sync -f "$unfinished"
  btrfs property set -ts "$unfinished" ro true
  stamp=$(date +%Y%m%dT%H%M)
  final=$snapshots/$name.$stamp
  while [ -e "$final" ]; do final=$snapshots/$name.${stamp}_$((n += 1)); done
  mv --no-target-directory "$unfinished" "$final"
  echo "dbtrfs: $name: $final"
}

seconds() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }

metric() { printf 'dbtrfs_snapshot_%s{database="%s"} %s\n' "$1" "$name" "$2"; }

# Written after a snapshot alone, so that a failure shows as the age of the last one.
write_metrics() {
  local key value target=$metrics/snapshot-$name.prom
  {
    metric timestamp_seconds "$(date +%s)"
    metric seconds "$(seconds $(($(now_ms) - began_ms)))"
    while IFS='=' read -r key value; do
      if [[ $key = *_ms ]]; then metric "${key%_ms}_seconds" "$(seconds "$value")"; fi
    done <<<"$facts"
  } >"$target.new"
  chmod 644 "$target.new"
  mv "$target.new" "$target"
}

# Without PAM, which would want more than the unit may do.
as_user() { setpriv --reuid="$user" --regid="$group" --init-groups -- "$@"; }

# One connection to the server, held over several statements: the locks of a session end with it.
connect() {
  coproc client { "$@" 2>&1; }
  # The coprocess's own variables vanish with it; what it still has to say must not.
  exec {answers}<&"${client[0]}" {statements}>&"${client[1]}"
}

# ask STATEMENTS: runs them and leaves their output in $answer. The server's error is the unit's.
ask() {
  local line mark="dbtrfs-done"
  answer=
  printf "%s\nSELECT '%s';\n" "$1" "$mark" >&"$statements" || fail "the server is not there"
  while IFS= read -r -t "$answer_timeout" line <&"$answers"; do
    if [ "$line" = "$mark" ]; then return; fi
    answer+=$line$'\n'
  done
  fail "the server did not answer \"${1%%$'\n'*}\": ${answer:-nothing}"
}

give_up() {
  if [ -n "$log_filesystem" ] && declare -F thaw >/dev/null; then thaw; fi
  delete_unfinished
}

# systemd may not have seen yet that something was unmounted, and where the root lies on the same Btrfs a snapshot would be
# made all the same, in a directory that nobody sees once the mount is back. Of the host's mounts, not of this unit's.
check_mounted() {
  findmnt --task 1 --mountpoint "$1" >/dev/null || fail "$1 is not mounted"
}

# A restore in place holds it while the database's files change places (../../runtime/dbtrfs/restore/lock.py).
wait_for_restore() {
  local lock
  exec {lock}>"$snapshots/.$name.lock"
  flock --timeout 60 "$lock" || fail "a restore in place is running"
}

answer_timeout=60
check_mounted "$mount"
check_mounted "$snapshots_mount"
wait_for_restore
began_ms=$(now_ms)
delete_unfinished
trap give_up EXIT
take_engine
finish
trap - EXIT
write_metrics
