import { atLeast, parseVersion } from "../../version.ts";
import type { Capture } from "../capture/schema.ts";
import type { Client, Query, Row } from "./client.ts";
import type { Dialect } from "./dialect.ts";
import { unreachable, wrongServer } from "./refusals.ts";

export const identityQuery: Query = {
  id: "server",
  sql: "SELECT @@version, @@version_comment, CURRENT_USER(), USER(), @@hostname",
};

export interface Server extends Pick<Capture, "server"> {
  /** The account that the server took the client for, as name@host. */
  readonly account: string;
  /** Where the client came from, as the server saw it. */
  readonly from: string;
  readonly hostname: string;
}

const engineOf = (banner: string): Dialect["engine"] => (/mariadb/i.test(banner) ? "mariadb" : "mysql");

const lackedBy = ({ needs }: Dialect, version: string): string =>
  needs
    .filter(({ since }) => !atLeast(parseVersion(version), since))
    .map(({ what, since }) => ` ${what} came with ${since}.`)
    .join("");

const checked = (dialect: Dialect, banner: string, version: string): void => {
  const engine = engineOf(banner);
  if (engine !== dialect.engine)
    throw wrongServer(dialect, banner, `Write dbtrfs analyze ${engine} with the same TARGET.`);
  if (!atLeast(parseVersion(version), dialect.oldest))
    throw wrongServer(dialect, banner, `Upgrade the server.${lackedBy(dialect, version)}`);
};

/** Throws a Refusal for another engine, or a version that is too old. */
export const serverOf = (dialect: Dialect, row: Row): Server => {
  const [text, comment, account, from, hostname] = row.map((each) => each ?? "");
  const version = /^\d+\.\d+(\.\d+)?/.exec(text ?? "")?.[0] ?? "0";
  const banner = `${text} ${comment}`.trim();
  checked(dialect, banner, version);
  return { server: { version, banner }, account: account ?? "", from: from ?? "", hostname: hostname ?? "" };
};

/** Throws a Refusal for a server that does not answer, is another one, or is too old. */
export const identify = async (dialect: Dialect, client: Client): Promise<Server> => {
  // The limits are in the words of one engine, and which this is shows now.
  const outcome = await client([identityQuery], []);
  if (!outcome.ok) throw unreachable(dialect, outcome.failure);
  return serverOf(dialect, outcome.answers.server?.[0] ?? []);
};
