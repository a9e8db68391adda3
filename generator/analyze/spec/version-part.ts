import { factsOf } from "../../engines/index.ts";
import type { Series } from "../../engines/types.ts";
import type { Path } from "../../spec/pointer.ts";
import type { Engine } from "../../spec/schema.ts";
import { seriesOf } from "../../spec/series.ts";
import { compareVersions, parseVersion } from "../../version.ts";
import { assume, object, type Part, seen } from "./part.ts";

export interface PlannedVersion extends Record<string, unknown> {
  readonly version: string | undefined;
  readonly package: string | undefined;
}

/** What nixpkgs would call the package of a series that it does not have. */
const attributes: Readonly<Record<Exclude<Engine, "sqlite">, (series: string) => string>> = {
  postgresql: (series) => `postgresql_${series}`,
  mysql: (series) => `mysql${series.replace(".", "")}`,
  mariadb: (series) => `mariadb_${series.replace(".", "")}`,
};

/** Data moves to a newer server; to an older one only by a dump. */
const nearest = (known: readonly Series[], version: string): readonly [Series | undefined, string] => {
  const newer = known.find(({ series }) => compareVersions(parseVersion(series), parseVersion(version)) > 0);
  return newer === undefined
    ? [known.at(-1), "the newest one, which takes its data by a dump alone"]
    : [newer, "the next one, to which its data must be upgraded"];
};

const packagePart = (
  engine: Engine,
  { series, releases, package: own }: Series,
  nixos: string,
  path: Path,
): Part<string | undefined> => {
  if (engine === "sqlite" || (own !== null && releases.includes(nixos))) return seen(undefined);
  return assume(
    [...path, "package"],
    attributes[engine](series),
    `NixOS ${nixos} has no package of ${series}: bring one by this name in an overlay, or plan for another version`,
  );
};

/** The series to plan for: the server's own where it is known, else the next one that is. */
export const versionPart = (
  engine: Engine,
  version: string,
  nixos: string,
  path: Path,
): Part<PlannedVersion> => {
  const { series: known, title } = factsOf(engine);
  const own = seriesOf(engine, version);
  const unknown = `${title} ${version} is none of the versions that dbtrfs knows`;
  if (own !== undefined)
    return object<PlannedVersion>({
      version: seen(own.series),
      package: packagePart(engine, own, nixos, path),
    });
  if (engine === "sqlite")
    return object<PlannedVersion>({
      version: assume([...path, "version"], undefined, `${unknown}; left to what NixOS ${nixos} has`),
      package: seen(undefined),
    });
  const [next, how] = nearest(known, version);
  return object<PlannedVersion>({
    version: assume([...path, "version"], next?.series, `${unknown}; ${how}`),
    package: next === undefined ? seen(undefined) : packagePart(engine, next, nixos, path),
  });
};
