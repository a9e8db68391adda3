# What NixOS would make of a plan, as files for the lab's guest.
#
#   { lib, disko, directory, withoutMapper } ->
#     create, mount       disko's own scripts; the target is mounted at /mnt, as an installer has it
#     files               [ { path, text, mode } | { path, link } ] for the guest's root
#     mountPoints         where the guest has what the plan mounts: { "/" = "/planned-root"; … }
#     substitutions       [ "mysql84 is run by mysql97" ]
#     secondDisks         [ serial ]: disks that the plan does not know, for backups
#     omitted             [ partition ]: what this machine has no driver for
#
# directory: the generated files of a plan. hostKernel: on a kernel without vfat and device-mapper; ESP and swap
# stay empty there, and LUKS is refused.
{
  lib,
  disko,
  directory,
  hostKernel ? false,
}:
let
  pkgs = import ./packages.nix { inherit lib; };
  units = import ./units.nix { inherit lib; };
  tables = import ./tables.nix { inherit lib; };
  evaluation = import ../../eval { inherit lib disko pkgs; };

  planned = import (directory + "/disko.nix") { inherit lib pkgs; };
  partitionsOf = disk: disk.content.partitions;
  isUnsupported = content: content.type or null == "swap" || content.format or null == "vfat";
  unsupported = lib.mapAttrs (
    _: disk:
    lib.attrNames (lib.filterAttrs (_: p: isUnsupported (p.content or { })) (partitionsOf disk))
  ) planned.disko.devices.disk;
  hasLuks = lib.any (
    disk: lib.any (p: p.content.type or null == "luks") (lib.attrValues (partitionsOf disk))
  ) (lib.attrValues planned.disko.devices.disk);

  leaveEmpty = {
    disko.devices.disk = lib.mapAttrs (_: names: {
      content.partitions = lib.genAttrs names (_: {
        content = lib.mkForce null;
      });
    }) unsupported;
  };

  modules = [
    directory
    ./second-disk.nix
    ./servers.nix
    ./cluster.nix
    ../../scenarios/backup-host.nix
    ../../scenarios/keeper.nix
    ../../scenarios/small-machine.nix
    ../../scenarios/owner-units.nix
  ]
  ++ lib.optional hostKernel leaveEmpty;

  inherit (evaluation.evalModules modules) config;

  file = path: text: {
    inherit path text;
    mode = "0644";
  };

  startedServices = lib.filterAttrs (
    name: service: service.serviceConfig ? ExecStart || service.script != ""
  ) config.systemd.services;
  etcText = f: if f.text != null then f.text else builtins.readFile f.source;
  place = path: if path == "/" then tables.plannedRoot else path;
  plan = import ./plan.nix {
    inherit lib place;
    inherit (pkgs) guestServers;
  } (lib.importJSON (directory + "/plan.json"));
  btrbkConf =
    name: instance:
    file "/etc/btrbk/${name}.conf" (import ./btrbk-conf.nix { inherit lib; } instance.settings);

  servers = lib.filter (name: pkgs.guestServers ? ${name}) (
    map (package: package.attribute) (
      lib.optional config.services.postgresql.enable config.services.postgresql.package
      ++ lib.optional config.services.mysql.enable config.services.mysql.package
    )
  );
  folders = map (name: pkgs.guestServers.${name}) servers ++ [
    "dbtrfs"
    "system"
  ];
in
assert lib.assertMsg (
  !(hostKernel && hasLuks)
) "LUKS needs device-mapper, which this kernel does not have";
{
  create = config.disko.devices._create;
  mount = config.disko.devices._mount;
  mountPoints = lib.mapAttrs (path: _: place path) config.fileSystems;
  substitutions = map (name: "${name} is run by ${pkgs.guestServers.${name}}") (
    lib.filter (name: pkgs.guestServers.${name} != name) servers
  );
  inherit (config.lab) secondDisks;
  omitted = lib.optionals hostKernel (
    lib.concatLists (lib.mapAttrsToList (disk: map (p: "${disk}/${p}")) unsupported)
  );
  files = [
    (file "/etc/fstab" (tables.fstab config))
    (file "/etc/crypttab" (tables.crypttab config))
    (file "/etc/sysusers.d/host.conf" (tables.sysusers config.users))
    (file "/etc/lab/environment" "PATH=${lib.makeBinPath (map (f: "/opt/packages/${f}") folders)}\n")
    {
      path = "/etc/lab/passphrase";
      mode = "0400";
      text = "disko";
    }
  ]
  ++ lib.mapAttrsToList (name: file "/etc/tmpfiles.d/${name}.conf") (
    tables.tmpfiles config.systemd.tmpfiles
  )
  ++ lib.mapAttrsToList (name: f: file "/etc/${name}" (etcText f)) (
    removeAttrs config.environment.etc [ "dbtrfs/plan.json" ]
  )
  ++ [ (file "/etc/dbtrfs/plan.json" (builtins.toJSON plan)) ]
  # Fixtures that keep no runbooks have none.
  ++ lib.optional (builtins.pathExists (directory + "/runbooks/migrate.sh")) (
    file "/etc/dbtrfs/runbooks/migrate.sh" (builtins.readFile (directory + "/runbooks/migrate.sh"))
  )
  ++ import ./runtime.nix { inherit lib; }
  ++ lib.mapAttrsToList btrbkConf config.services.btrbk.instances
  ++ lib.concatLists (lib.mapAttrsToList units.service startedServices)
  ++ lib.concatLists (lib.mapAttrsToList units.timer config.systemd.timers)
  ++ lib.concatLists (lib.mapAttrsToList units.socket config.systemd.sockets);
}
