// The real servers of this machine, as the shell commands that start, stop and ask them. $DATA is the data directory,
// $RUN a folder for the socket and what the server says.

import process from "node:process";

/** First where Debian keeps PostgreSQL 15, which the tests' plan has: a newer one in the PATH is not it. */
export const searched = `/usr/lib/postgresql/15/bin:${process.env.PATH}:/usr/sbin`;

/** Each is a piece of shell; `query` reads SQL on its standard input. */
export interface RealServer {
  readonly account: string;
  readonly programs: readonly string[];
  readonly create: string;
  readonly start: string;
  readonly stop: string;
  readonly running: string;
  readonly query: string;
  /** What the script's own clients find the server by. */
  readonly environment: (run: string) => Readonly<Record<string, string>>;
}

const postgresql: RealServer = {
  account: "postgres",
  programs: ["initdb", "pg_ctl", "psql", "pg_controldata", "pg_checksums"],
  create: `runuser -u postgres -- initdb --no-sync --auth=trust -D "$DATA" >/dev/null`,
  start: `runuser -u postgres -- pg_ctl -s -w -D "$DATA" -l "$RUN/log" -o "-k $RUN -p 6543 -c listen_addresses= -c max_wal_size=128MB" start`,
  stop: `runuser -u postgres -- pg_ctl -s -w -D "$DATA" stop`,
  running: `pg_isready -q -h "$RUN" -p 6543`,
  query: `psql -qAtX -v ON_ERROR_STOP=1 -h "$RUN" -p 6543 -U postgres postgres`,
  environment: (run) => ({ PGHOST: run, PGPORT: "6543" }),
};

const mariadb: RealServer = {
  account: "mysql",
  programs: ["mariadbd", "mariadb-install-db", "mariadb", "mariadb-admin"],
  create: `mariadb-install-db --no-defaults --auth-root-authentication-method=normal --user=mysql --datadir="$DATA" >/dev/null`,
  // As the plan has it where the planned directories are there.
  start: [
    `redo=; [ ! -f "$RUN/options" ] || redo=$(cat "$RUN/options")`,
    `setsid mariadbd --no-defaults --user=mysql --datadir="$DATA" $redo --skip-grant-tables --skip-networking --socket="$RUN/socket" --pid-file="$RUN/pid" --innodb-buffer-pool-size=32M >"$RUN/log" 2>&1 </dev/null &`,
    `for i in $(seq 300); do mariadb-admin --no-defaults -S "$RUN/socket" ping >/dev/null 2>&1 && exit; sleep 0.1; done`,
    `cat "$RUN/log" >&2; exit 1`,
  ].join("\n"),
  stop: `pid=$(cat "$RUN/pid"); kill "$pid"; while [ -e "/proc/$pid" ]; do sleep 0.05; done`,
  running: `mariadb-admin --no-defaults -S "$RUN/socket" ping >/dev/null 2>&1`,
  query: `mariadb --no-defaults -S "$RUN/socket" -N test`,
  environment: () => ({}),
};

/** Whoever opens the file is the server; a shell that keeps it open stands for the application. */
const sqlite: RealServer = {
  account: "nobody",
  programs: ["sqlite3"],
  create: `runuser -u nobody -- sqlite3 "$DATA/app.db" 'PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; CREATE TABLE made (n)' >/dev/null`,
  start: `mkfifo "$RUN/wait"; sh -c 'exec 5<>"$1/wait"; runuser -u nobody -- sh -c "sqlite3 \\"$2/app.db\\" <&5" 2>/dev/null' sh "$RUN" "$DATA" >/dev/null 2>&1 &`,
  stop: `echo .quit >"$RUN/wait"; while pgrep -f "sqlite3 $DATA/app.db" >/dev/null; do sleep 0.05; done; rm "$RUN/wait"`,
  running: `[ -e "$RUN/wait" ]`,
  query: `runuser -u nobody -- sqlite3 -bail "$DATA/app.db"`,
  environment: () => ({}),
};

export const servers = { postgresql, mariadb, sqlite } as const;
export type ServerEngine = keyof typeof servers;
