# shellcheck shell=bash
# How a person mends a directory whose files have the wrong flag. Sourced before attributes.sh, which has advise.

# cp -a would carry the compression property over with the other extended attributes.
advise_copy() { # DIR COW COMPRESSION
  local dir=$1 copy='cp -r --preserve=mode,ownership,timestamps,links --reflink=never' flags
  case $2 in
    nocow) flags=("btrfs property set $dir compression ''" "chattr +C $dir") ;;
    cow) flags=("chattr -C $dir" "btrfs property set $dir compression ${3/none/\'\'}") ;;
  esac
  advise "The flag of a file cannot change once it holds data; the files need a real copy:"
  if [[ $(stat -c %m -- "$dir") == "$dir" ]]; then
    advise "$dir is a mount point: with ${units:-every user of it} stopped, copy its content to another filesystem," \
      "empty it, restart this unit, and copy the content back with" "$copy"
    return
  fi
  [[ -z $units ]] || advise "systemctl stop $units"
  advise "mv $dir $dir.old" "mkdir $dir" "chown --reference=$dir.old $dir" "chmod --reference=$dir.old $dir" \
    "${flags[@]}" "$copy $dir.old/. $dir/"
  [[ -z $units ]] || advise "systemctl start $units"
  advise "and 'rm -r $dir.old' once the database runs."
}
