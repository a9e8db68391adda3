# The owner of SQLite databases brings a user and a service that uses them. This is the shortest one that is an application: it
# keeps a database open in each planned directory, so that the sandbox, the mounts and the owner are really used.
{ config, lib, ... }:
let
  instances = lib.filterAttrs (_: i: i.engine == "sqlite") config.dbtrfs.instances;
  databases = instance: map (directory: "${directory}/lab.db") (lib.attrNames instance.directories);
  open =
    name: path:
    "{ cat /etc/dbtrfs/sqlite/${name}.sql; echo 'CREATE TABLE IF NOT EXISTS opened (at TEXT);'; cat; } | sqlite3 ${path} &";
  service = name: instance: {
    wantedBy = [ "multi-user.target" ];
    script = ''
      mkfifo "$RUNTIME_DIRECTORY/wait"
      exec 0<> "$RUNTIME_DIRECTORY/wait"
      ${lib.concatMapStringsSep "\n" (open name) (databases instance)}
      wait
    '';
    serviceConfig = {
      User = instance.user;
      Group = instance.group;
      ProtectSystem = "strict";
      RuntimeDirectory = "lab-${lib.head instance.units}";
      UMask = "0027";
    };
  };
  ofInstance = name: instance: lib.genAttrs instance.units (_: service name instance);
in
{
  users.users = lib.mkMerge (
    lib.mapAttrsToList (_: instance: {
      ${instance.user} = {
        isSystemUser = true;
        inherit (instance) group;
      };
    }) instances
  );
  users.groups = lib.mkMerge (
    lib.mapAttrsToList (_: instance: { ${instance.group} = { }; }) instances
  );
  systemd.services = lib.mkMerge (lib.mapAttrsToList ofInstance instances);
}
