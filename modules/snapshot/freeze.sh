# shellcheck shell=bash
# The fence: while the log's filesystem is frozen, no commit ends and no checkpoint moves, so nothing in the data
# becomes newer than the log that is copied.
#
# A filesystem that stays frozen is an outage, so three things thaw it, each by itself: this script, also where it is
# told to stop; the unit's OnFailure, where it was killed; and a timer of systemd's after $max_pause seconds, where it
# hangs. (Not ExecStopPost: `systemctl kill --signal=KILL` takes that with it, seen with systemd 257.)

is_frozen=

thaw() {
  if [ -n "$is_frozen" ]; then fsfreeze --unfreeze "$log_filesystem" || true; fi
}

watch_over_freeze() {
  systemctl stop "$thaw_unit.timer" 2>/dev/null || true
  systemd-run --quiet --collect --unit="$thaw_unit.service" --on-active="$max_pause" --timer-property=AccuracySec=100ms ||
    fail "nobody would thaw $log_filesystem"
}

# frozen COMMAND: runs it while the log's filesystem is frozen.
frozen() {
  local began
  # What is written now need not be written while everybody waits.
  sync -f "$mount"
  watch_over_freeze
  began=$(now_ms)
  is_frozen=1
  fsfreeze --freeze "$log_filesystem"
  "$@"
  # Fails where the timer came first: then the copy may hold less than the data relies on.
  fsfreeze --unfreeze "$log_filesystem" ||
    fail "copying the log took longer than the $max_pause s that snapshots.maxPause allows"
  is_frozen=
  record pause_ms $(($(now_ms) - began))
  systemctl stop "$thaw_unit.timer"
}
