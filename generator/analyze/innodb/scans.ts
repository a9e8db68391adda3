import { combine, known, type Reading, share, sum } from "../measure/reading.ts";
import type { Span } from "../measure/span.ts";
import { net } from "./own-share.ts";

/** Rows that an index gives one after the other are a scan from so many on, some ten pages of 16 KiB. Judgement. */
const longRange = 1000;

/** Handler_read_rnd_next counts the rows of temporary tables too, which are read once for each that was written. */
const tableScans = (span: Span, temporaryRows: Reading): Reading =>
  combine([net(span, "Handler_read_rnd_next"), temporaryRows], (next = 0, temporary = 0) =>
    known(Math.max(0, next - temporary)),
  );

/** A full or long scan of an index shows itself only by the mean length of a range. */
const indexScans = (span: Span): Reading => {
  const along = sum(net(span, "Handler_read_next"), net(span, "Handler_read_prev"));
  const starts = sum(...["key", "first", "last"].map((kind) => net(span, `Handler_read_${kind}`)));
  return combine([along, starts], (rows = 0, ranges = 0) => known(rows >= longRange * ranges ? rows : 0));
};

/** Share of the rows read that came in a scan of a table or of much of an index; of no rows, none did. */
export const scanShare = (span: Span, rowsRead: Reading, temporaryRows: Reading): Reading =>
  "value" in rowsRead && rowsRead.value === 0
    ? rowsRead
    : share(sum(tableScans(span, temporaryRows), indexScans(span)), rowsRead, "");
