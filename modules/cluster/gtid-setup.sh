# shellcheck shell=bash
# What NixOS does once the server runs (its account, ensureDatabases, ensureUsers) stays out of a replica's binary log, where
# it would be a transaction that no other member has; and out of the primary's at its first start, where a commit may wait
# for a replica that cannot be there yet.
#
# From the unit (gtid.nix): data (a directory), follows (empty on a primary), MYSQL_HOME.

# Clients read this file; the server reads the one that it is told, and no other.
if [[ -n $follows || ! -e $data/mysql || -e $data/mysql_init ]]; then
  printf '[mysql]\ninit-command = SET sql_log_bin = 0\n' >"$MYSQL_HOME/my.cnf"
else
  rm -f "$MYSQL_HOME/my.cnf"
fi
