import { othersOf, selfOf } from "../../cluster/members.ts";
import { commands, type RunbookSection, steps, text, untriedCommands } from "../runbook.ts";
import type { Member } from "./member.ts";

const configOf = ({ cluster }: Member): string => `/etc/patroni-${cluster.name}-${cluster.member}.yaml`;

/** etcd knows a member by a number that it gave it, and refuses one that comes back without its data under the old one. */
const etcdAnew = ({ cluster }: Member): RunbookSection[] => {
  const [whole] = othersOf(cluster).filter(({ name }) => cluster.etcd?.members.includes(name));
  const self = selfOf(cluster);
  if (whole === undefined || !cluster.etcd?.members.includes(self.name)) return [];
  const dropIn = "/run/systemd/system/etcd.service.d";
  return [
    {
      title: "etcd after the loss of its disk",
      blocks: [
        text(
          `Its data lie on the same disks, and the others refuse a member that has lost them: as long as it is not told to them anew, two members are the whole majority. ${whole.name} is asked here; take another one if that is down.`,
        ),
        commands(
          "etcd",
          `whole=http://${whole.address}:2379`,
          `id=$(etcdctl --endpoints="$whole" member list | awk --field-separator=', ' '$3 == "${self.name}" { print $1 }')`,
          'etcdctl --endpoints="$whole" member remove "$id"',
          `etcdctl --endpoints="$whole" member add ${self.name} --peer-urls=http://${self.address}:2380`,
          `mkdir -p ${dropIn}`,
          `printf '[Service]\\nEnvironment=ETCD_INITIAL_CLUSTER_STATE=existing\\n' > ${dropIn}/anew.conf`,
          "systemctl daemon-reload",
          "systemctl restart etcd.service",
          'etcdctl --endpoints="$whole" member list',
        ),
      ],
    },
  ];
};

/** The first start under Patroni, and how a member comes back. */
export const patroniRunbook = (member: Member): RunbookSection[] => {
  const ctl = `patronictl --config-file ${configOf(member)}`;
  const { name, member: self } = member.cluster;
  return [
    {
      title: "The first start",
      blocks: [
        steps(
          "Put the passwords on every member.",
          "Install or rebuild all members; each etcd waits for the majority of the others.",
          "The first member that gets the lock makes the database, the others copy it. See who leads with the command below.",
          "Add the application's hosts to services.patroni.settings.postgresql.pg_hba on every member.",
        ),
        commands("list", `${ctl} list`),
      ],
    },
    {
      title: "A member comes back",
      blocks: [
        text(
          "A former leader takes itself back by pg_rewind, and one that has lost its disks copies the leader once it is installed by its plan. Where it does neither it is made anew by hand: Patroni removes the data and copies them, below the directories that have the flags.",
        ),
        commands("reinit", `${ctl} reinit ${name} ${self} --force`),
      ],
    },
    ...etcdAnew(member),
    {
      title: "Another leader",
      blocks: [
        text("The standby that has every answered commit takes over; clients wait for some seconds."),
        commands("switchover", `${ctl} switchover ${name} --force`),
      ],
    },
    {
      title: "Settings of the whole cluster",
      blocks: [
        text(
          "What members must agree on (connections, worker processes, senders and slots, wal_keep_size, synchronous_mode) counts from this configuration only when the cluster is made.",
        ),
        untriedCommands("change", "opens an editor", `${ctl} edit-config ${name}`),
      ],
    },
    {
      title: "Back to a snapshot",
      blocks: [
        text(
          "A restore in place on one member alone is undone: the leader's data is copied over it. To take the whole cluster back, stop patroni on all members; then here, where the snapshot is, forget the cluster, restore, and start. Make the others anew at the end. patronictl asks for the cluster's name and for a sentence; both are given to it here.",
        ),
        commands("stop", "systemctl stop patroni.service"),
        commands(
          "remove",
          `printf '%s\\n' ${name} 'Yes I am aware' | ${ctl} remove ${name}`,
          `dbtrfs-restore ${member.name} --at latest --in-place --yes`,
          "systemctl start patroni.service",
        ),
      ],
    },
  ];
};
