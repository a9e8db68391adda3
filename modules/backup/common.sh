# shellcheck shell=bash
# Makes one backup in $target, under a name that sorts by time, once it is whole and on the disk. Incremental ones build
# on the one before them, so they go together with the full one that they begin with.
#
# From the unit (own-units.nix): name, target, mode (full or incremental), keep_full, and what the method's file wants,
# which defines take: it fills the directory $unfinished, from $last on where $mode is incremental.
set -euo pipefail
umask 077

unfinished=$target/.unfinished

# Full and incremental backups have units of their own; the second waits for the first.
exec {lock}>"$target/.lock"
flock "$lock"

backups() {
  find "$target" -mindepth 1 -maxdepth 1 -type d \( -name '*-full' -o -name '*-incremental' \) -print | sort
}

last=$(backups | tail -n 1)
if [ -z "$last" ]; then mode=full; fi

# A name is given once nothing is missing: what a restore sees is whole.
finish() {
  local final
  final=$target/$(date +%Y%m%dT%H%M%S)-$mode
  sync -f "$unfinished"
  mv --no-target-directory "$unfinished" "$final"
  sync -f "$target"
  echo "dbtrfs: $name: $final"
}

# What is older than the oldest full backup that stays.
expire() {
  local oldest backup
  oldest=$(backups | grep -e '-full$' | tail -n "$keep_full" | head -n 1)
  while read -r backup; do
    if [[ $backup < $oldest ]]; then rm -rf -- "$backup"; fi
  done < <(backups)
}

rm -rf -- "$unfinished"
trap 'rm -rf -- "$unfinished"' EXIT
take
finish
trap - EXIT
expire
