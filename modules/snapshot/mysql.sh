# shellcheck shell=bash
# FLUSH TABLES WITH READ LOCK waits for statements that run, and everything waits for it meanwhile: not for long.
lock="FLUSH TABLES WITH READ LOCK;"
unlock="UNLOCK TABLES;"
position="SHOW BINARY LOG STATUS;"
older_binlogs=0
