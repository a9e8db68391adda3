import { firstKnown, known, type Reading, share, sum, unknown } from "../measure/reading.ts";
import { rate, type Span } from "../measure/span.ts";
import { net } from "./own-share.ts";

const writing = [
  "Com_delete",
  "Com_delete_multi",
  "Com_insert",
  "Com_insert_select",
  "Com_load",
  "Com_replace",
  "Com_replace_select",
  "Com_update",
  "Com_update_multi",
];

const ending = ["Com_commit", "Com_rollback", "Com_xa_commit", "Com_xa_rollback"];

const total = (span: Span, names: readonly string[]): Reading =>
  sum(...names.map((name) => rate(span, name)));

/** Those that MariaDB's query cache answered are no Com_select. */
const readStatements = (span: Span): Reading =>
  sum(net(span, "Com_select"), firstKnown(rate(span, "Qcache_hits"), known(0)));

const isZero = (reading: Reading): boolean => "value" in reading && reading.value === 0;

/** The server's own transactions, those of its statistics, are counted among those that wrote. */
const housekeeping = { share: 0.05, perSecond: 1 };
const covers = (ended: Reading, wrote: Reading): boolean =>
  "value" in ended &&
  "value" in wrote &&
  wrote.value <= ended.value * (1 + housekeeping.share) + housekeeping.perSecond;

/** Statements that a client runs as prepared ones, or a routine, are counted by their kind as well. */
export const writeShare = (span: Span, rowsWritten: Reading): Reading => {
  const writes = total(span, writing);
  if (isZero(writes) && "value" in rowsWritten && rowsWritten.value > 0)
    return unknown("rows were written without a statement that writes, as replication does");
  return share(writes, sum(writes, readStatements(span)), "no statement read or wrote in the window");
};

const untold =
  "some statements ran in transactions and some by themselves, and SHOW GLOBAL STATUS does not tell them apart; SELECT on performance_schema, or innodb_monitor_enable = module_trx, does";

/**
 * Without a count of its own: where nobody ended a transaction, each statement was one; where those that were ended
 * are at least as many as wrote, they are all but single reads, which InnoDB does not list as transactions either.
 */
const fromStatements = (span: Span, commitsThatWrote: Reading): Reading => {
  const ended = total(span, ending);
  if (isZero(ended)) return sum(total(span, writing), readStatements(span));
  return covers(ended, commitsThatWrote) ? ended : unknown(untold);
};

/** trx_rw_commits counts transactions that were rolled back, too. */
const fromMetrics = (span: Span): Reading =>
  total(span, ["trx_rw_commits", "trx_ro_commits", "trx_nl_ro_commits"]);

export const transactions = (span: Span, counter: string, commitsThatWrote: Reading): Reading =>
  firstKnown(rate(span, counter), fromMetrics(span), fromStatements(span, commitsThatWrote));
