# Btrfs has one set of its own mount options for a whole filesystem: the first mount decides and the others are
# ignored without a word (btrfs(5), "Most mount options apply to the whole filesystem").
{ lib, config, ... }:
let
  # Options of the VFS and of systemd, which do differ from mount to mount (mount(8), systemd.mount(5)).
  perMount = [
    "_netdev"
    "atime"
    "auto"
    "defaults"
    "dev"
    "diratime"
    "dirsync"
    "exec"
    "group"
    "lazytime"
    "noatime"
    "noauto"
    "nodev"
    "nodiratime"
    "noexec"
    "nofail"
    "nolazytime"
    "norelatime"
    "nostrictatime"
    "nosuid"
    "nouser"
    "owner"
    "relatime"
    "ro"
    "rw"
    "strictatime"
    "suid"
    "sync"
    "user"
    "users"
  ];
  perMountPrefixes = [
    "X-"
    "comment="
    "subvol="
    "subvolid="
    "x-"
  ];
  harmful = [
    "autodefrag"
    "nodatacow"
    "nodatasum"
  ];

  isPerMount = o: lib.elem o perMount || lib.any (p: lib.hasPrefix p o) perMountPrefixes;
  # fileSystems."/x".options = [ "compress=zstd,noatime" ] is two options to mount(8).
  optionsOf = fs: lib.concatMap (lib.splitString ",") fs.options;
  filesystemWide = fs: lib.sort lib.lessThan (lib.filter (o: !(isPerMount o)) (optionsOf fs));

  btrfs = lib.filterAttrs (_: fs: fs.fsType == "btrfs" && fs.device != null) config.fileSystems;
  devices = lib.unique (lib.mapAttrsToList (_: fs: fs.device) btrfs);
  mountsOf = device: lib.filterAttrs (_: fs: fs.device == device) btrfs;
  mountPoints = lib.mapAttrsToList (_: i: i.mountPoint) config.dbtrfs.instances;
  holdsInstance =
    device: lib.any (p: (btrfs.${p} or { device = null; }).device == device) mountPoints;

  show = options: if options == [ ] then "none" else lib.concatStringsSep "," options;
  listing =
    mounts:
    lib.concatStringsSep "; " (
      lib.mapAttrsToList (path: fs: ''fileSystems."${path}" has ${show (filesystemWide fs)}'') mounts
    );

  agree =
    device:
    let
      mounts = mountsOf device;
    in
    {
      assertion = lib.length (lib.unique (map filesystemWide (lib.attrValues mounts))) <= 1;
      message = "fileSystems.<path>.options: the mounts of ${device} differ in options that count for the whole filesystem, where only the first mount's are used: ${listing mounts}. Give all of them the same, and use `dbtrfs.instances.<name>.directories.<path>` for what should differ.";
    };

  harmless =
    device:
    let
      bad = lib.filterAttrs (_: fs: lib.intersectLists harmful (filesystemWide fs) != [ ]) (
        mountsOf device
      );
    in
    {
      assertion = bad == { };
      message = "fileSystems.<path>.options: ${listing bad} on ${device}, which holds a database. nodatacow and nodatasum take the checksums from every file of the filesystem, and autodefrag rewrites what databases write. Remove them; for a directory without CoW set `dbtrfs.instances.<name>.directories.<path>.noCow`.";
    };
in
{
  assertions = lib.concatMap (device: [
    (agree device)
    (harmless device)
  ]) (lib.filter holdsInstance devices);
}
