import { neededInAYear, type Pool, poolGiB, rootPool, systemRoomGiB, usablePools } from "./capacity.ts";
import type { Database, Spec } from "./schema.ts";
import { profileOf } from "./workload-profile.ts";

/** The place of each database, in the spec's order: the index of its pool. */
type Places = readonly number[];

export interface Packing {
  /** The pools that may be used, fastest first. */
  readonly pools: readonly Pool[];
  /** For each database of the spec, in its order, the index of its pool; null where no way was found. */
  readonly places: Places | null;
}

/** Who profits most from the fastest disks goes first. */
const urgency = (database: Database): number =>
  (database.prefer === "latency" ? 1 : 0) + profileOf(database.workload).writeShare;

const sortedBy = (databases: readonly Database[], key: (database: Database) => number): number[] =>
  databases
    .map((database, index) => ({ index, weight: key(database) }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .map(({ index }) => index);

/** Room of each pool for databases, in GiB. */
export const roomsOf = (spec: Spec, pools: readonly Pool[]): number[] => {
  const root = rootPool(spec)?.kind;
  return pools.map((pool) => poolGiB(pool, spec) - (pool.kind === root ? systemRoomGiB(spec.system) : 0));
};

/** The fastest with room for a year, else with room for today, else the one with most room left. */
const roomFor = (database: Database, free: readonly number[]): number => {
  const inAYear = free.findIndex((gib) => gib >= neededInAYear(database));
  if (inAYear >= 0) return inAYear;
  const today = free.findIndex((gib) => gib >= database.sizeGiB);
  return today >= 0 ? today : free.indexOf(Math.max(...free));
};

const byUrgency = (databases: readonly Database[], rooms: readonly number[]): Places => {
  const free = [...rooms];
  const places: number[] = databases.map(() => 0);
  for (const index of sortedBy(databases, urgency)) {
    const database = databases[index] as Database;
    const place = roomFor(database, free);
    places[index] = place;
    free[place] = (free[place] ?? 0) - neededInAYear(database);
  }
  return places;
};

const fits = (databases: readonly Database[], places: Places, rooms: readonly number[]): boolean =>
  rooms.every((room, pool) => {
    const held = databases.filter((_, index) => places[index] === pool);
    return held.reduce((total, { sizeGiB }) => total + sizeGiB, 0) <= room;
  });

/** Packing is NP-hard; there are three kinds of disks at most, so that this many steps settle all but contrived cases. */
const mostSteps = 100_000;

/** For the sizes of today, the largest first, each on the fastest pool that leaves a way for the others. */
const bySize = (databases: readonly Database[], rooms: readonly number[]): Places | null => {
  const order = sortedBy(databases, ({ sizeGiB }) => sizeGiB);
  const free = [...rooms];
  const places: number[] = [];
  let steps = 0;
  const place = (position: number): boolean => {
    const index = order[position];
    if (index === undefined) return true;
    const size = databases[index]?.sizeGiB ?? 0;
    for (let pool = 0; pool < free.length && steps < mostSteps; pool++) {
      steps++;
      const room = free[pool] ?? 0;
      if (room < size) continue;
      free[pool] = room - size;
      places[index] = pool;
      if (place(position + 1)) return true;
      free[pool] = room;
    }
    return false;
  };
  return place(0) ? places : null;
};

/**
 * Which disks each database lies on. The most urgent get the fastest disks with room for their growth; where that
 * leaves a pool with more than it holds today, whatever way there is to place them all.
 */
export const packDatabases = (spec: Spec): Packing => {
  const pools = usablePools(spec);
  if (pools.length === 0) return { pools, places: null };
  const rooms = roomsOf(spec, pools);
  const preferred = byUrgency(spec.databases, rooms);
  const places = fits(spec.databases, preferred, rooms) ? preferred : bySize(spec.databases, rooms);
  return { pools, places };
};
