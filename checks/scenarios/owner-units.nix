# The owner of SQLite databases brings a user and a service that uses them. This is the shortest one that is an application: it
# keeps a database open in each planned directory, so that the sandbox, the mounts and the owner are really used.
{ config, lib, ... }:
let
  instances = lib.filter (i: i.engine == "sqlite") (lib.attrValues config.dbtrfs.instances);
  databases = instance: map (directory: "${directory}/lab.db") (lib.attrNames instance.directories);
  open = path: ''{ echo "CREATE TABLE IF NOT EXISTS opened (at TEXT);"; cat; } | sqlite3 ${path} &'';
  service = instance: {
    wantedBy = [ "multi-user.target" ];
    script = ''
      mkfifo "$RUNTIME_DIRECTORY/wait"
      exec 0<> "$RUNTIME_DIRECTORY/wait"
      ${lib.concatMapStringsSep "\n" open (databases instance)}
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
  ofInstance = instance: lib.genAttrs instance.units (_: service instance);
in
{
  users.users = lib.mkMerge (
    map (instance: {
      ${instance.user} = {
        isSystemUser = true;
        inherit (instance) group;
      };
    }) instances
  );
  users.groups = lib.mkMerge (map (instance: { ${instance.group} = { }; }) instances);
  systemd.services = lib.mkMerge (map ofInstance instances);
}
