# shellcheck shell=bash
# Makes this host's copy of the primary, into the directories that are there with their flags.
#
# From the unit (streaming.nix): mount, data and wal (directories; wal is empty where the log lies with the data), slot,
# connection (to the primary).
set -euo pipefail

marker=$mount/.dbtrfs-clone

fail() {
  echo "dbtrfs: no copy of the primary: $*" >&2
  exit 1
}

is_empty() { [[ ! -d $1 || -z $(find "$1" -mindepth 1 -maxdepth 1 -print -quit) ]]; }

# Only what an earlier run left behind is removed; anything else is somebody's.
prepare() { # DIR
  if [[ -e $marker && -d $1 ]]; then find "$1" -mindepth 1 -delete; fi
  is_empty "$1" || fail "$1 is not empty. Is it a database? Move its content away, or empty it."
}

prepare "$data"
if [[ -n $wal ]]; then prepare "$wal"; fi
touch "$marker"
sync -f "$marker"

arguments=(--pgdata="$data" --dbname="$connection" --slot="$slot" --wal-method=stream --checkpoint=fast --no-password)
if [[ -n $wal ]]; then arguments+=(--waldir="$wal"); fi
pg_basebackup "${arguments[@]}"

# Without it the copy would start as a second primary, so the marker goes last.
touch "$data/standby.signal"
sync -f "$data/standby.signal"
rm "$marker"
