# shellcheck shell=bash
# https://mariadb.com/docs/server/server-usage/backup-and-restore/mariadb-backup/incremental-backup-and-restore-with-mariadb-backup
# It reads the server's own configuration for where the data and the log lie.
take() {
  local changes=()
  if [ "$mode" = incremental ]; then changes=(--incremental-basedir="$last"); fi
  mkdir "$unfinished"
  mariadb-backup --defaults-file=/etc/my.cnf --backup --user="$user" --target-dir="$unfinished" "${changes[@]}"
}
