# shellcheck shell=bash
# From the unit (target.nix): name, target, mount (of the database), user, group.
set -euo pipefail

fail() {
  echo "dbtrfs: $name: no backup: $*" >&2
  exit 1
}

# A directory that is not there yet lies where its parent does.
existing=$target
until [ -e "$existing" ]; do
  existing=${existing%/*}
  existing=${existing:-/}
done

# Subvolumes of one Btrfs filesystem have one number here, unlike in stat(2).
filesystem_of() { findmnt --noheadings --output MAJ:MIN --target "$1" | tail -n 1 | tr -d ' '; }

found=$(filesystem_of "$existing")
for own in / "$mount"; do
  if [ "$found" = "$(filesystem_of "$own")" ]; then
    fail "$target lies on the filesystem of $own: its disk is not mounted. Mount it, or name another target in dbtrfs.instances.$name.backup.target."
  fi
done

install --directory --mode=0700 --owner="$user" --group="$group" "$target"
