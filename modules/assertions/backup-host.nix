# What would keep a backup host from receiving, or let one sending host reach what is another's.
{ lib, config, ... }:
let
  cfg = config.dbtrfs.backupHost;
  paths = import ../paths.nix { inherit lib; };
  inherit (config) fileSystems;

  option = "dbtrfs.backupHost";
  mount = paths.nearest fileSystems cfg.directory;
  deviceAt = path: if path == null then null else fileSystems.${path}.device;
  system = paths.nearest fileSystems "/";
  optionsOf = path: lib.concatMap (lib.splitString ",") fileSystems.${path}.options;
  guarding = [
    "nodev"
    "nosuid"
  ];
  isWord = name: builtins.match "[A-Za-z0-9][A-Za-z0-9_-]*" name != null;

  allKeys = lib.concatLists (
    lib.mapAttrsToList (_: host: map keyOf (host.keys ++ host.restoreKeys)) cfg.hosts
  );
  # Its comment is no part of a key.
  keyOf = line: lib.concatStringsSep " " (lib.take 2 (lib.splitString " " line));
  twice = lib.filter (key: lib.count (k: k == key) allKeys > 1) (lib.unique allKeys);

  limited = lib.filterAttrs (_: host: host.spaceLimitGiB != null) cfg.hosts;
  inherit (config.boot.kernelPackages) kernel;

  ofHost =
    name: host:
    let
      known =
        if host.instances == null then
          host.databases
        else
          (builtins.fromJSON host.instances).instances;
      unknown = lib.subtractLists (lib.attrNames known) (lib.attrNames host.databases);
    in
    [
      {
        assertion = isWord name && lib.all isWord (lib.attrNames host.databases);
        message = "${option}.hosts.\"${name}\": its name or one of its databases is no word of letters, digits, - and _. They become directories and unit names; choose others.";
      }
      {
        assertion = host.keys != [ ];
        message = "${option}.hosts.${name}.keys is empty, so nothing can be sent. Name the public key of the sending host's sshKeyFile.";
      }
      {
        assertion = host.databases != { };
        message = "${option}.hosts.${name}.databases is empty, so there is nowhere to send to. Name the databases, as in the host's dbtrfs.instances.";
      }
      {
        assertion = unknown == [ ];
        message = "${option}.hosts.${name}.instances knows nothing of ${lib.concatStringsSep ", " unknown}. Give the text of that host's /etc/dbtrfs/instances.json, or null.";
      }
    ];
in
{
  assertions = lib.optionals cfg.enable (
    [
      {
        assertion = mount != null && fileSystems.${mount}.fsType == "btrfs";
        message = "${option}.directory: ${cfg.directory} lies on no Btrfs filesystem in fileSystems, and btrfs receive writes to no other. Mount one at or above it, or name another directory.";
      }
      {
        assertion = mount == null || system == null || deviceAt mount != deviceAt system;
        message = "${option}.directory: ${cfg.directory} lies on the filesystem of /, which backups would fill and be lost with. Mount disks for them at or above it.";
      }
      {
        assertion = mount == null || lib.subtractLists (optionsOf mount) guarding == [ ];
        message = "${option}.directory: fileSystems.\"${toString mount}\".options lack ${toString guarding}. What other hosts send can hold set-user-ID programs and device nodes; add both.";
      }
      {
        assertion = config.services.openssh.enable;
        message = "${option}: services.openssh.enable is off, and backups come by ssh. Set it.";
      }
      {
        assertion = config.security.sudo.enable;
        message = "${option}: security.sudo.enable is off, and btrfs receive needs root. Set it.";
      }
      {
        assertion =
          cfg.user == "btrbk"
          -> config.services.btrbk.instances == { } && (config.services.btrbk.sshAccess or [ ]) == [ ];
        message = "${option}.user: services.btrbk gives the account btrbk all of btrfs(8) as root, and the keys of other hosts would lead to it. Choose another account, such as receiver, and targets as receiver@HOST:/DIRECTORY.";
      }
      {
        assertion = twice == [ ];
        message = "${option}.hosts: the key ${toString twice} is there more than once, and sshd takes the first place alone. Give each host, and each restore, a key of its own.";
      }
      {
        assertion = limited == { } || kernel.kernelAtLeast "6.7";
        message = "${option}.hosts.${toString (lib.attrNames limited)}.spaceLimitGiB: simple quotas came with Linux 6.7, and boot.kernelPackages has ${kernel.version}. Choose a later one, or null.";
      }
    ]
    ++ lib.concatLists (lib.mapAttrsToList ofHost cfg.hosts)
  );
}
