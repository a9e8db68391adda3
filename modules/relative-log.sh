# shellcheck shell=bash
# initdb links pg_wal to an absolute path. In a snapshot that link leads to the log of the running server, and a second
# server started there would write into it. A relative link leads to the snapshot's own log, wherever it is mounted.
#
# Arguments: the data directory, the mount point that a snapshot captures.
set -euo pipefail

link=$1/pg_wal
target=$(readlink -- "$link" || true)

if [[ $target == "$2"/* ]]; then
  ln -sfn -- "$(realpath -m --relative-to="$1" -- "$target")" "$link.relative"
  mv -T -- "$link.relative" "$link"
fi
