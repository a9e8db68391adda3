# shellcheck shell=bash
# Database, -wal and -journal lie in one directory, so one snapshot holds them as a power cut would have left them.
take_engine() { snapshot; }
