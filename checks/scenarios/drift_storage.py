"""Changes of mounts, directories, files, filesystems and devices."""

from __future__ import annotations

from typing import Any

from drift import Drift
from engines import Engine


def of_storage(engine: Engine) -> dict[str, Drift]:
    filesystem = filesystem_of(engine)
    found = mounts(engine, filesystem) | directories(engine) | room(engine)
    if filesystem["dataProfile"] == "single":
        found |= profiles(engine)
    return found


def filesystem_of(engine: Engine) -> dict[str, Any]:
    filesystems: list[dict[str, Any]] = engine.host.plan["filesystems"]
    return next(f for f in filesystems if f["id"] == engine.database["filesystem"])


def subvolume_of(engine: Engine, filesystem: dict[str, Any]) -> dict[str, Any]:
    mount = engine.database["mountPoint"]
    return next(s for s in filesystem["subvolumes"] if s["mountPoint"] == mount)


def mounts(engine: Engine, filesystem: dict[str, Any]) -> dict[str, Drift]:
    mount, label = engine.database["mountPoint"], filesystem["label"]
    # Of another subvolume: the options count for all of them.
    other = next(s["mountPoint"] for s in filesystem["subvolumes"] if s["mountPoint"] not in (mount, "/"))
    name, top = subvolume_of(engine, filesystem)["name"], "/run/drift-top"
    device = f"$(findmnt --noheadings --nofsroot --output=SOURCE {mount})"
    rename = f"mkdir -p {top} && mount -o subvol=/ {device} {top} && mv {top}/{{}} {top}/{{}}; umount {top}"
    found = {
        f"remounted with {option}": Drift(
            "mount-options", f"{label}: mounted with {option}", (f"mount -o remount,{option} {other}",), (f"mount -o remount,{back} {other}",)
        )
        for option, back in {"compress": "compress=no", "autodefrag": "noautodefrag", "nodatacow": "datacow,datasum"}.items()
    }
    found["remounted without nodev"] = Drift(
        "mount-options", f"{mount}: without nodev", (f"mount -o remount,dev {mount}",), (f"mount -o remount,nodev {mount}",)
    )
    found["the subvolume renamed"] = Drift(
        "subvolumes", f"{mount}: /@renamed", (rename.format(name, "@renamed"),), (rename.format("@renamed", name),)
    )
    found["a mount missing"] = Drift(
        "mounts", f"{other}: nothing is mounted", (f"umount {other}",), (f"mount {other}",)
    )
    return found


def directories(engine: Engine) -> dict[str, Drift]:
    found: dict[str, Drift] = {}
    for directory in engine.database["directories"]:
        path, component = directory["path"], directory["component"]
        if component not in ("data", "log"):
            continue
        found |= owner(path, component, directory)
        if directory["filesystem"] == "btrfs":
            found |= flags(engine, path, component, directory) | compression(path, component, directory)
    return found


def owner(path: str, component: str, directory: dict[str, Any]) -> dict[str, Drift]:
    return {
        f"{component}: owner": Drift("owners", f"{path}: root:", (f"chown root {path}",), (f"chown {directory['user']} {path}",)),
        f"{component}: mode": Drift("owners", f"{path}: mode 0755", (f"chmod 0755 {path}",), (f"chmod {directory['mode']} {path}",)),
    }


def flags(engine: Engine, path: str, component: str, directory: dict[str, Any]) -> dict[str, Drift]:
    wrong, right = ("-C", "+C") if directory["noCow"] else ("+C", "-C")
    kind = "copy-on-write" if directory["noCow"] else "NOCOW"
    # Beside it, for +C cannot be set where files inherit a compression property; a file that is moved keeps its flag.
    file, made = f"{path}/drift-file", f"{engine.database['mountPoint']}/drift-made"
    move_in = f"touch {made}; chattr {wrong} {made}; head -c 64K /dev/urandom > {made}; mv {made} {file}"
    found = {f"{component}: a file moved in": Drift("flags", f"{file}: a {kind} file", (move_in,), (f"rm {file}",))}
    if directory["compression"] is None:
        found[f"{component}: chattr on the directory"] = Drift(
            "flags", f"{path}: a {kind} directory", (f"chattr {wrong} {path}",), (f"chattr {right} {path}",)
        )
    return found


def compression(path: str, component: str, directory: dict[str, Any]) -> dict[str, Drift]:
    planned = directory["compression"] or "''"
    if directory["noCow"]:
        return {}
    other = "''" if directory["compression"] else "lzo"
    return {
        f"{component}: compression property": Drift(
            "compression", f"{path}: ", (f"btrfs property set {path} compression {other}",), (f"btrfs property set {path} compression {planned}",)
        )
    }


def room(engine: Engine) -> dict[str, Drift]:
    """Reserved space is as gone as written space."""
    folder = f"{engine.database['mountPoint']}/drift-filler"
    fill = (
        f"mkdir {folder}; chattr -C {folder}; i=0; "
        f"while [ $(df --output=pcent {folder} | tail -n 1 | tr -dc 0-9) -lt 93 ]; do fallocate --length=1G {folder}/$((i += 1)); done"
    )
    give_back = f"rm -r {folder}; sync -f {engine.database['mountPoint']}; btrfs balance start -dusage=0 {engine.database['mountPoint']}"
    return {"filled": Drift("space", "% free", (fill,), (give_back,))}


def profiles(engine: Engine) -> dict[str, Drift]:
    mount = engine.database["mountPoint"]
    return {
        "data in two profiles": Drift(
            "profiles",
            ", data: dup",
            (f"btrfs balance start --force -dconvert=dup,limit=1 {mount}",),
            (f"btrfs balance start -dconvert=single {mount}",),
        ),
        "metadata with one copy": Drift(
            "profiles",
            ", metadata: single",
            (f"btrfs balance start --force -mconvert=single {mount}",),
            (f"btrfs balance start -mconvert=dup {mount}",),
        ),
    }
