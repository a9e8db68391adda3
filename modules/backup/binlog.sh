# shellcheck shell=bash
# Closes the file that the server writes to, and copies every closed one that the archive lacks.
#
# From the unit (binlog.nix): name, binlog (path of the binary log without its number), archive, keep_days, user, group.
set -euo pipefail
umask 077

fail() {
  echo "dbtrfs: $name: the binary log is not copied: $*" >&2
  exit 1
}

ask() {
  setpriv --reuid="$user" --regid="$group" --clear-groups \
    mysql --user="$user" --batch --skip-column-names --execute="$1"
}

same() { [ "$(stat --format='%s %Y' "$1")" = "$(stat --format='%s %Y' "$2")" ]; }

# A closed file never changes again; one of the same name and another content belongs to another history.
copy() {
  local copied=$archive/$1
  if [ -e "$copied" ]; then
    if same "${binlog%/*}/$1" "$copied"; then return; fi
    fail "$copied is there already and is another file: the log was begun anew, say by a restore. Move $archive away, and make a full backup."
  fi
  cp --preserve=timestamps "${binlog%/*}/$1" "$archive/.$1"
  sync "$archive/.$1"
  mv "$archive/.$1" "$copied"
}

install --directory --mode=0700 --owner="$user" --group="$group" "$archive"
ask 'FLUSH BINARY LOGS'
mapfile -t logs < <(ask 'SHOW BINARY LOGS' | cut --fields=1)
if [ "${#logs[@]}" -eq 0 ]; then fail "the server names no files of it"; fi
for log in "${logs[@]::${#logs[@]}-1}"; do copy "$log"; done
sync "$archive"
chown --recursive "$user:$group" "$archive"
find "$archive" -type f -mtime "+$keep_days" -delete
