# shellcheck shell=bash
# Gives each planned directory its flags where that still works, then checks what is really there. systemd-tmpfiles
# only warns when it cannot set a flag and exits 0, and the kernel accepts `chattr +C` on a file that holds data
# without doing anything; so what counts is what lsattr and `btrfs property get` say afterwards.
#
# Arguments: the mount point whose snapshot must hold every directory ("-" for none), the units that use them
# (blank-separated), then four for each directory: path, filesystem (btrfs, xfs), cow or nocow, compression or none.
# guard.sh says what the unit sets beside them.
set -euo pipefail

# Below 8 KiB lie settings and markers, which a person may have moved here; databases come in larger files.
readonly smallest_blocks=15 # find -size counts 512-byte blocks; +15 is 8 KiB and more

snapshot_mount=$1
units=$2
shift 2
planned=("$@")
failed=0

complain() { # PATH FOUND PLANNED
  printf 'dbtrfs: %s: found %s, planned %s.\n' "$1" "$2" "$3" >&2
  failed=1
}

advise() { printf '  %s\n' "$@" >&2; }

flags_of() { lsattr -d -- "$1" 2>/dev/null | cut -d' ' -f1; }

cow_of() { if [[ $(flags_of "$1") == *C* ]]; then echo nocow; else echo cow; fi; }

# An explicit "none" is a property too: it stands in the way of +C as zstd does.
compression_of() {
  case $(btrfs property get "$1" compression) in
    '') echo none ;;
    compression=no | compression=none) echo never ;;
    compression=*) btrfs property get "$1" compression | cut -d= -f2 ;;
  esac
}

filesystem_of() { stat -f -c %T -- "$1"; }

is_empty() { [[ -z $(find "$1" -mindepth 1 -maxdepth 1 -print -quit) ]]; }

kind_of() { if [[ -d $1 ]]; then echo directory; else echo file; fi; }

in_words() { case $1 in cow) echo 'copy-on-write' ;; nocow) echo 'NOCOW' ;; esac; }

# A new file takes the property from its own directory, not from the one above: a copy without extended attributes
# leaves `base/5` without it, and with it every table to come. lsattr shows the property as c.
compress_tree() { # DIR COMPRESSION
  local below prune
  btrfs property set "$1" compression "$2"
  prune_planned "$1"
  while IFS= read -r below; do
    btrfs property set "$below" compression "$2"
  done < <(
    find "$1" -xdev -mindepth 1 "${prune[@]}" -type d -exec lsattr -d -- {} + 2>/dev/null |
      grep -v -e '^[^ ]*[Cc]' | cut -d' ' -f2-
  )
}

# An inherited compression property makes +C fail with EINVAL, so it goes first. A directory with content keeps its
# CoW flag: changing it would leave old and new files unlike.
set_flags() { # DIR COW COMPRESSION
  local dir=$1 cow=$2 compression=$3
  [[ $(compression_of "$dir") == none || $compression != none ]] || btrfs property set "$dir" compression ''
  if is_empty "$dir" && [[ $(cow_of "$dir") != "$cow" ]]; then
    case $cow in nocow) chattr +C -- "$dir" ;; cow) chattr -C -- "$dir" ;; esac || true
  fi
  [[ $compression == none || $(cow_of "$dir") == nocow ]] || compress_tree "$dir" "$compression"
}

# Other planned directories below DIR answer for themselves, and .dbtrfs is what a restore is making
# (../runtime/dbtrfs/restore/places.py).
prune_planned() { # DIR -> find arguments in the array `prune`
  local i
  prune=(-path "$1/.dbtrfs" -prune -o)
  for ((i = 0; i < ${#planned[@]}; i += 4)); do
    [[ ${planned[i]} != "$1"/* ]] || prune+=(-path "${planned[i]}" -prune -o)
  done
}

# Files and directories take their flags from the directory they are made in and keep them, so a stray one is looked
# for everywhere: +C on `base` alone, or lost on `wal/17`, changes every file made from then on.
check_below() { # DIR COW COMPRESSION
  local stray prune match=(-e '^[^ ]*C')
  [[ $2 == cow ]] || match+=(-v)
  prune_planned "$1"
  stray=$(
    find "$1" -xdev -mindepth 1 "${prune[@]}" \( -type d -o -type f -size "+$smallest_blocks" \) \
      -exec lsattr -d -- {} + 2>/dev/null | grep -m 1 "${match[@]}" | cut -d' ' -f2-
  ) || true
  [[ -n $stray ]] || return 0
  complain "$stray" "a $(in_words "$(cow_of "$stray")") $(kind_of "$stray")" "$(in_words "$2")"
  advise_copy "$@"
}

check_flags() { # DIR COW COMPRESSION
  local found
  found=$(cow_of "$1")
  if [[ $found != "$2" ]]; then
    complain "$1" "$(in_words "$found")" "$(in_words "$2")"
    advise_copy "$@"
    return
  fi
  found=$(compression_of "$1")
  if [[ $found != "$3" ]]; then
    complain "$1" "compression $found" "compression $3"
    advise "Try 'btrfs property set $1 compression ${3/none/\'\'}'."
  fi
  check_below "$@"
}

check_subvolume() { # DIR
  [[ $snapshot_mount != - ]] || return 0
  if [[ $(stat -c %d -- "$1") != "$(stat -c %d -- "$snapshot_mount")" ]]; then
    complain "$1" "another subvolume than that of $snapshot_mount" "the same one"
    advise "A snapshot of $snapshot_mount would hold an empty directory in its place." \
      "Move its content into a plain directory of $snapshot_mount, with ${units:-every user of it} stopped."
  fi
}

check_directory() { # DIR FILESYSTEM COW COMPRESSION
  local found
  if [[ ! -d $1 ]]; then
    complain "$1" "no directory" "one on $2"
    advise "systemd-tmpfiles makes it; see 'journalctl -b -u systemd-tmpfiles-setup -u systemd-tmpfiles-resetup'."
    return
  fi
  found=$(filesystem_of "$1")
  if [[ $found != "$2" ]]; then
    complain "$1" "filesystem $found" "filesystem $2"
    advise "Is the planned filesystem mounted there? See 'findmnt --target $1'."
    return
  fi
  [[ $2 == btrfs ]] || return 0
  set_flags "$1" "$3" "$4"
  check_flags "$1" "$3" "$4"
  check_subvolume "$1"
}

check_guarded
for ((at = 0; at < ${#planned[@]}; at += 4)); do
  check_directory "${planned[@]:at:4}"
done
if [[ $failed == 1 && $guard != 1 ]]; then
  echo "dbtrfs: the guard is off: ${units:-every user of it} may start nevertheless." >&2
  exit 0
fi
exit "$failed"
