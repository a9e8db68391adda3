# shellcheck shell=bash
# One transaction over all of it: InnoDB's tables are dumped as they were at its start, and nothing waits.
take() {
  local pack=(cat) suffix=
  if [ "$compress" = true ]; then pack=(zstd --quiet) suffix=.zst; fi
  mkdir "$unfinished"
  "$dump_program" --user="$user" --all-databases --single-transaction --routines --events --triggers |
    "${pack[@]}" >"$unfinished/all.sql$suffix"
}
