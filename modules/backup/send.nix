# Snapshots sent by btrbk in the run that follows each of them (../retention.nix): one run sends and then thins out on
# both sides, and it keeps what the next incremental send starts from (btrbk.conf(5), target_preserve). Where the receiving
# host thins out, the newest alone is sent: what this host would keep there and the other has deleted would be sent again.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  backups = import ./instances.nix { inherit lib config; };
  recorded = import ./recorded.nix { inherit lib config; };
  instances = lib.filterAttrs (_: i: i.snapshots != null) (backups.withMethod "btrbk-send");
  unit = name: "btrbk-dbtrfs-${name}";
  leavesAll = instance: instance.backup.thinnedOutBy == "receiver";
  isLocal = instance: (backups.targetOf instance).kind == "path";

  target =
    instance:
    let
      inherit (backups.targetOf instance)
        kind
        path
        host
        user
        ;
    in
    if kind == "path" then
      {
        send-receive = path;
        options = { };
      }
    else
      {
        send-receive = "ssh://${host}${path}";
        options = {
          ssh_identity = instance.backup.sshKeyFile;
          # services.btrbk.sshAccess on the receiving host gives this account the key, and btrfs by sudo alone.
          ssh_user = if user == null then "btrbk" else user;
          backend_remote = "btrfs-progs-sudo";
        };
      };

  btrbk =
    name: instance:
    let
      to = target instance;
    in
    lib.nameValuePair "dbtrfs-${name}" {
      settings = to.options // {
        # Only what these rules keep there is sent, and always the newest.
        target_preserve_min = "latest";
        target_preserve = if leavesAll instance then "no" else instance.backup.keep;
        subvolume.${instance.mountPoint}.target = to.send-receive;
      };
    };

  # Where the target is a directory, no run begins before its disk is seen to be there.
  service =
    name: instance:
    lib.mkMerge [
      (recorded name (unit name))
      (lib.mkIf (leavesAll instance) {
        # As nixos/modules/services/backup/btrbk.nix has it, and with what no setting says.
        ${unit name}.serviceConfig.ExecStart =
          lib.mkForce "${pkgs.btrbk}/bin/btrbk -c /etc/btrbk/dbtrfs-${name}.conf --preserve-backups run";
      })
      (lib.mkIf (isLocal instance) {
        ${unit name} = {
          requires = [ "${backups.targetUnit name}.service" ];
          after = [ "${backups.targetUnit name}.service" ];
        };
      })
    ];
in
{
  services.btrbk.instances = lib.mapAttrs' btrbk instances;
  systemd.services = lib.mkMerge (lib.mapAttrsToList service instances);
}
