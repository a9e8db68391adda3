# shellcheck shell=bash
# What would lose data in silence whatever the flags of the directories say. Sourced before attributes.sh, which has
# complain, advise and the planned directories.
#
# From the unit: guard (1 or empty), mount_point, data_directory, server (prefix of its programs, or empty),
# page_checksums_of (the engine whose own checksums are the only ones, or empty).

plans() { # cow|nocow: whether a directory on Btrfs is planned so
  local i
  for ((i = 0; i < ${#planned[@]}; i += 4)); do
    [[ ${planned[i + 1]} != btrfs || ${planned[i + 2]} != "$1" ]] || return 0
  done
  return 1
}

# Where the subvolume is not mounted lies a plain directory of the filesystem above, which may be Btrfs too: tmpfiles
# fills it, and no snapshot of it can be made. 256 is the inode number of every subvolume's root.
is_mounted() { mountpoint -q -- "$mount_point" && [[ $(stat -c %i -- "$mount_point") == 256 ]]; }

complain_of_mount() {
  complain "$mount_point" "a plain directory" "a mounted subvolume"
  advise "The database would be written to the filesystem above. Is it mounted? See 'findmnt --target $mount_point'."
}

# They count for the whole filesystem, by whichever mount came first or was last remounted.
check_mount_options() {
  local options option
  plans cow || return 0
  options=$(findmnt --noheadings --output FS-OPTIONS --target "$mount_point")
  for option in nodatacow nodatasum; do
    [[ ,$options, == *,$option,* ]] || continue
    complain "$mount_point" "mounted with $option" "checksums"
    advise "New files on the whole filesystem get none. Find the mount that has it ('findmnt --types btrfs'), remove it" \
      "from fileSystems, and until then 'mount -o remount,datacow,datasum $mount_point'."
  done
}

check_profile() {
  local profile
  plans nocow || return 0
  while IFS= read -r profile; do
    case ${profile,,} in single | raid0) continue ;; esac
    complain "$mount_point" "data with the profile $profile" "single or raid0, for NOCOW files"
    advise "Nothing can tell which copy of a NOCOW block is right. 'btrfs balance start -dconvert=single $mount_point'," \
      "or plan the directories without NOCOW."
  done < <(btrfs filesystem df "$mount_point" | sed -n 's/^Data, \([^:]*\):.*/\1/p')
}

check_page_checksums() {
  case $page_checksums_of in
    postgresql) check_postgresql ;;
    mysql) check_mysql ;;
    # MariaDB knows no "none" any more (MDEV-25105, 10.6), and SQLite has no checksums to turn off.
  esac
}

check_postgresql() {
  [[ -e $data_directory/global/pg_control ]] || return 0
  LC_ALL=C "$server/bin/pg_controldata" "$data_directory" | grep -q '^Data page checksum version: *0$' || return 0
  complain "$data_directory" "no page checksums" "page checksums, for NOCOW files have no others"
  advise "As the database's user, with it stopped: 'pg_checksums --enable --pgdata $data_directory'."
}

# SET PERSIST keeps it here, whatever the configuration says.
check_mysql() {
  local file=$data_directory/mysqld-auto.cnf
  [[ -e $file ]] || return 0
  tr -d '[:space:]' <"$file" | grep -Eq '"innodb_checksum_algorithm":\{"Value":"(strict_)?none"' || return 0
  complain "$file" "innodb_checksum_algorithm none" "page checksums, for NOCOW files have no others"
  advise "Move the file away (it holds what was SET PERSIST) and start the server; then rewrite what was written without" \
    "checksums: ALTER TABLE … FORCE."
}

check_guarded() {
  # That it is missing is said with the other directories.
  [[ -d $mount_point ]] || return 0
  if ! is_mounted; then
    complain_of_mount
    return
  fi
  check_mount_options
  check_profile
  check_page_checksums
}
