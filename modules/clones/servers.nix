# The server of a clone, a template for each database. Its files are mounted in the place of the original's, whose own are
# then nowhere in its view: every path in configuration files, links and indexes holds, and none leads to the original.
{ lib, config, ... }:
let
  cfg = config.dbtrfs;
  inherit (cfg) clones;
  paths = import ../paths.nix { inherit lib; };
  inherit (import ../places.nix { inherit lib config; }) server;
  instances = lib.filterAttrs (_: i: i.clones && server i != null) cfg.instances;

  others =
    instance: lib.filter (path: path != instance.mountPoint) (lib.mapAttrsToList (_: i: i.mountPoint) cfg.instances);

  # Snapshots and other clones belong to the same account.
  hidden =
    instance:
    lib.unique (
      [ instance.snapshotDirectory ]
      ++ lib.optional (
        !(paths.isAtOrBelow instance.snapshotDirectory instance.cloneDirectory)
      ) instance.cloneDirectory
    );

  service =
    name: instance:
    lib.nameValuePair "dbtrfs-clone-${name}@" {
      description = "Clone %i of ${name}";
      unitConfig.RequiresMountsFor = [
        instance.mountPoint
        instance.cloneDirectory
      ];
      # What somebody works with is not restarted because the host is rebuilt.
      restartIfChanged = false;
      serviceConfig = import ../hardening.nix // {
        Type = "notify";
        ExecStart = "${cfg.package}/bin/dbtrfs-clone serve %i";
        User = instance.user;
        Group = instance.group;
        KillSignal = if instance.engine == "postgresql" then "SIGINT" else "SIGTERM";
        KillMode = "mixed";
        # Recovery takes as long as it takes.
        TimeoutStartSec = "6h";
        TimeoutStopSec = "5min";
        RuntimeDirectory = "dbtrfs-clone/%i";
        # With what the server said before it failed.
        RuntimeDirectoryPreserve = true;

        BindPaths = "${instance.cloneDirectory}/%i/data:${instance.mountPoint}";
        TemporaryFileSystem = map (path: "${path}:ro") (hidden instance);
        BindReadOnlyPaths = "${instance.cloneDirectory}/%i/clone.json";
        # The originals' sockets, where its account is a superuser.
        InaccessiblePaths = map (path: "-${path}") (
          [
            "/run/mysqld"
            "/run/postgresql"
          ]
          ++ others instance
        );
        # No replication, archive or job of the database reaches another host.
        IPAddressAllow = "localhost";
        IPAddressDeny = "any";

        MemoryMax = "${toString clones.memoryMiB}M";
        MemorySwapMax = 0;
        # Where memory or the processor is short, the original comes first.
        OOMScoreAdjust = 800;
        CPUWeight = 20;
        IOWeight = 20;
        Nice = 10;

        CapabilityBoundingSet = [ "" ];
        PrivateDevices = true;
        ProtectControlGroups = true;
        RestrictAddressFamilies = [
          "AF_INET"
          "AF_INET6"
          "AF_NETLINK"
          "AF_UNIX"
        ];
        RestrictNamespaces = true;
        RestrictSUIDSGID = true;
        SystemCallArchitectures = "native";
        UMask = "0027";
      };
    };
in
{
  systemd.services = lib.mkIf clones.enable (lib.mapAttrs' service instances);
}
