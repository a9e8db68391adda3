# shellcheck shell=bash
# A slot keeps log only once its replica has used it, so that those of members to come cost nothing. A standby has none:
# nobody would read them.
#
# From the unit (streaming.nix): slots (names).
set -euo pipefail

wanted=$(IFS=,; echo "{${slots[*]}}")

make_slots() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=wanted="$wanted" --dbname=postgres <<'SQL'
SELECT 'made slot ' || (pg_create_physical_replication_slot(name)).slot_name
FROM unnest(:'wanted'::text[]) AS name
WHERE NOT pg_is_in_recovery() AND NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = name);
SQL
}

# The unit of the server is up before the server takes connections.
for ((attempt = 0; attempt < 60; attempt++)); do
  if pg_isready --quiet; then break; fi
  sleep 1
done
make_slots
