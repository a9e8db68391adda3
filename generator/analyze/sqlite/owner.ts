import { execa } from "execa";

/** What stat(1) prints for a number that no account has. */
const nameless = "UNKNOWN";

/** The account and the group that own a file, as settings; empty where they have no names here. */
export const ownerOf = async (path: string): Promise<Record<string, string>> => {
  const { stdout, failed } = await execa("stat", ["--format=%U %G", path], { reject: false });
  const [owner = nameless, group = nameless] = failed ? [] : stdout.split(" ");
  return owner === nameless || group === nameless ? {} : { owner, group };
};
