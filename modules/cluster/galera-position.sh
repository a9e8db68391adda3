# shellcheck shell=bash
# After a crash grastate.dat says seqno: -1, and the member would ask for a whole copy. InnoDB knows to which transaction it
# recovers: with that number it asks for what it missed (galeracluster.com, "Restarting the Cluster").
#
# From the unit (galera.nix): data (directory), server (program with its options).
state=$data/grastate.dat

field() { sed -n "s/^$1: *//p" "$state"; }

recovered() {
  "${server[@]}" --wsrep-recover 2>&1 | sed -n 's/.*WSREP: Recovered position: *//p' | tail -n 1
}

if [[ -e $state && $(field seqno) == -1 ]]; then
  position=$(recovered)
  # Of another cluster's history, or of none (seqno -1), it is worth nothing.
  if [[ ${position%:*} == "$(field uuid)" && ${position##*:} =~ ^[0-9]+$ ]]; then
    echo "dbtrfs: recovered to transaction ${position##*:}"
    sed -i "s/^seqno:.*/seqno:   ${position##*:}/" "$state"
  fi
fi
