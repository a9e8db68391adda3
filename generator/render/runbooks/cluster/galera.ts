import { commands, type RunbookSection, steps, text } from "../runbook.ts";
import type { Member } from "./member.ts";

const status = `runuser -u mysql -- mariadb --user=mysql --execute="SHOW STATUS WHERE Variable_name IN ('wsrep_cluster_size', 'wsrep_local_state_comment', 'wsrep_cluster_status')"`;

/** The first start of a member of Galera and its way back. */
export const galeraRunbook = (member: Member): RunbookSection[] => [
  {
    title: "The first start",
    blocks: [
      steps(
        "Install all members. None starts by itself: each looks for one that runs.",
        "On one of them, and there alone, begin the cluster with the commands below.",
        "Start mysql on the others, one after the other; each gets a copy.",
      ),
      commands(
        "bootstrap",
        "systemctl set-environment _WSREP_NEW_CLUSTER=--wsrep-new-cluster",
        "systemctl start mysql.service",
        "systemctl unset-environment _WSREP_NEW_CLUSTER",
        status,
      ),
    ],
  },
  {
    title: "A member comes back",
    blocks: [
      text(
        "It asks for what it missed when it starts. Where no gcache holds that any more it gets a whole copy: the data and log directories are emptied and filled again, and keep their flags. To ask for a copy, after the loss of a disk or where the member has gone wrong:",
      ),
      commands(
        "transfer",
        "systemctl stop mysql.service",
        `rm -f ${member.dataDirectory}/grastate.dat`,
        "systemctl start mysql.service",
        status,
      ),
    ],
  },
  {
    title: "All members were down",
    blocks: [
      text(
        "Who was stopped last, when all were stopped one after the other, says safe_to_bootstrap: 1 in its grastate.dat, and begins as at the first start. After a power cut nobody does. Each has tried to start, and has found out how far it came: seqno (where it is -1, start it once more).",
      ),
      commands("position", "systemctl stop mysql.service", `cat ${member.dataDirectory}/grastate.dat`),
      text("The one with the highest seqno begins. On it, and there alone, and then as at the first start:"),
      commands(
        "last",
        `sed -i 's/^safe_to_bootstrap: 0/safe_to_bootstrap: 1/' ${member.dataDirectory}/grastate.dat`,
      ),
    ],
  },
];
