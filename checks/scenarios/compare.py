"""The running machine against plan.json: every difference as one line, none if it is as planned."""

from __future__ import annotations

import shlex
from typing import Any

from host import Host

# Options of the whole filesystem that change what is written; any that the plan does not name has crept in.
WRITE_OPTIONS = ("nodatacow", "nodatasum", "compress", "compress-force", "autodefrag", "degraded", "flushoncommit")
# Below this lie settings and markers, not data.
SMALLEST_DATA_FILE = 64 * 1024
# A file that the plan wants compressed and that holds compressible data.
MOST_OF_COMPRESSED = 0.9
# So many of a directory's tables are looked into.
LARGEST = 3


def differences(host: Host) -> list[str]:
    found: list[str] = []
    for filesystem in host.plan["filesystems"]:
        found += compare_filesystem(host, filesystem)
    for filesystem in host.plan["logFilesystems"]:
        found += compare_mount(host, filesystem["mountPoint"], filesystem["mountOptions"], "xfs")
    for database in host.databases:
        for directory in database["directories"]:
            found += compare_directory(host, database, directory)
    return found


def compare_filesystem(host: Host, filesystem: dict[str, Any]) -> list[str]:
    mount = host.mount_points[filesystem["subvolumes"][0]["mountPoint"]]
    found: list[str] = []
    for device in filesystem["devices"]:
        found += compare_superblock(host, filesystem, device)
    found += compare_profiles(host, filesystem, mount)
    listed = host.machine.succeed(f"btrfs subvolume list {mount}").splitlines()
    names = {line.rsplit(" path ", 1)[1] for line in listed}
    for subvolume in filesystem["subvolumes"]:
        if subvolume["name"] not in names:
            found.append(f"{filesystem['label']}: no subvolume {subvolume['name']}")
        options = filesystem["mountOptions"] + subvolume["mountOptions"] + [f"subvol=/{subvolume['name']}"]
        found += compare_mount(host, subvolume["mountPoint"], options, "btrfs")
    return found


def compare_superblock(host: Host, filesystem: dict[str, Any], device: str) -> list[str]:
    lines = host.machine.succeed(f"btrfs inspect-internal dump-super {device}").splitlines()
    fields = {words[0]: words[1:] for words in (line.split() for line in lines) if len(words) > 1}
    seen = {
        "label": fields["label"][0],
        "nodesize": fields["nodesize"][0],
        "checksum": fields["csum_type"][1].strip("()"),
        "devices": fields["num_devices"][0],
    }
    wanted = {
        "label": filesystem["label"],
        "nodesize": str(filesystem["nodesize"]),
        # btrfs-progs name the algorithm of `--checksum xxhash` in full.
        "checksum": {"xxhash": "xxhash64"}.get(filesystem["checksum"], filesystem["checksum"]),
        "devices": str(len(filesystem["devices"])),
    }
    return [f"{device}: {key} is {seen[key]}, planned {wanted[key]}" for key in wanted if seen[key] != wanted[key]]


def compare_profiles(host: Host, filesystem: dict[str, Any], mount: str) -> list[str]:
    found = []
    lines = host.machine.succeed(f"btrfs filesystem df {mount}").lower().splitlines()
    for kind, planned in (("data", "dataProfile"), ("metadata", "metadataProfile"), ("system", "metadataProfile")):
        profiles = [line.split(",")[1].split(":")[0].strip() for line in lines if line.startswith(f"{kind},")]
        if profiles != [filesystem[planned]]:
            found.append(f"{mount}: {kind} is {' and '.join(profiles)}, planned {filesystem[planned]}")
    return found


def compare_mount(host: Host, path: str, planned: list[str], kind: str) -> list[str]:
    where = host.mount_points[path]
    status, line = host.machine.execute(f"grep -E '^[^ ]+ {where} ' /proc/mounts | tail -n 1")
    if status != 0 or not line.strip():
        return [f"{where}: not mounted"]
    _device, _where, filesystem, joined = line.split()[:4]
    options = joined.split(",")
    found = [] if filesystem == kind else [f"{where}: {filesystem}, planned {kind}"]
    # nofail speaks to systemd; the kernel never sees it.
    found += [f"{where}: lacks {option}" for option in planned if option not in options and option != "nofail"]
    crept = [o for o in options if o.split("=")[0] in WRITE_OPTIONS and o not in planned]
    return found + [f"{where}: has {option}, which is not planned" for option in crept]


def compare_directory(host: Host, database: dict[str, Any], directory: dict[str, Any]) -> list[str]:
    path = directory["path"]
    status, line = host.machine.execute(f"stat --format='%U:%G 0%a' {path}")
    if status != 0:
        return [f"{path}: no such directory"]
    modes = [directory["mode"]]
    if database["cluster"] is not None and path == database["dataDirectory"]:
        # Whoever copies a member makes its data directory anew; systemd-tmpfiles mends that when it runs the next time.
        modes.append("0700")
    owners = [f"{directory['user']}:{directory['group']} {mode}" for mode in modes]
    found = [] if line.strip() in owners else [f"{path}: {line.strip()}, planned {owners[0]}"]
    if directory["filesystem"] == "btrfs":
        found += compare_flags(host, database, directory)
        found += compare_compression(host, database, directory)
    return found


def data_files(host: Host, database: dict[str, Any], path: str) -> list[str]:
    """Files that the database made in a directory, without those of another planned one below it; largest first."""
    others = [d["path"] for d in database["directories"] if d["path"].startswith(f"{path}/")]
    # What a restore makes beside the database is in .dbtrfs.
    prune = " ".join(f"-path {shlex.quote(other)} -prune -o" for other in [*others, f"{path}/.dbtrfs"])
    command = f"find {path} -xdev {prune} -type f -size +{SMALLEST_DATA_FILE}c -printf '%s %p\\n' | sort -rn"
    return [line.split(" ", 1)[1] for line in host.machine.succeed(command).splitlines()]


def compare_flags(host: Host, database: dict[str, Any], directory: dict[str, Any]) -> list[str]:
    paths = [directory["path"], *data_files(host, database, directory["path"])]
    lines = host.machine.succeed("xargs -d '\\n' lsattr -d <<< " + shlex.quote("\n".join(paths))).splitlines()
    found = []
    for line in lines:
        flags, path = line.split(None, 1)
        if ("C" in flags) != directory["noCow"]:
            is_, wanted = ("NOCOW", "CoW") if "C" in flags else ("CoW", "NOCOW")
            found.append(f"{path}: {is_}, planned {wanted}")
    return found


def compare_compression(host: Host, database: dict[str, Any], directory: dict[str, Any]) -> list[str]:
    path, planned = directory["path"], directory["compression"]
    value = host.machine.succeed(f"btrfs property get {path} compression").strip().removeprefix("compression=")
    found = [] if value == (planned or "") else [f"{path}: property is {value or 'unset'}, planned {planned or 'unset'}"]
    if directory["component"] != "data":
        return found
    for table in [p for p in data_files(host, database, path) if is_table(p)][:LARGEST]:
        on_disk, plain = disk_usage(host, table)
        if (on_disk < plain * MOST_OF_COMPRESSED) != (planned is not None):
            share = f"{on_disk} of {plain} bytes"
            found.append(f"{table}: {share} on disk, planned {planned or 'no compression'}")
    return found


def is_table(path: str) -> bool:
    """A file of user data: not the log, and not what the engine keeps for itself."""
    return "/base/" in path or "/lab/" in path or path.endswith("/lab.db")


def disk_usage(host: Host, path: str) -> tuple[int, int]:
    """Bytes on disk and before compression."""
    report = host.machine.succeed(f"sync -f {path}; compsize --bytes {path}").splitlines()
    words = next(line.split() for line in report if line.startswith("TOTAL"))
    return int(words[2]), int(words[3])

