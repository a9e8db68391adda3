# What a key opens: one program, for one host. btrbk's own filter (services.btrbk.sshAccess) is not used: up to btrbk 0.32.6
# it lets any command through behind a pipe (CVE-2026-62943), its account may run all of btrfs(8) as root, it cannot keep
# one host from the listings of others, and it runs `btrfs receive` without --chroot, so that a forged stream writes
# anywhere.
{ lib, config, ... }:
let
  cfg = config.dbtrfs.backupHost;
  program = "${config.dbtrfs.package}/bin/dbtrfs-receive";

  # sshd gives what was asked for to the account's shell in a variable; in quotes it is one word, which the program reads.
  line =
    host: role: key:
    ''restrict,command="/run/wrappers/bin/sudo -n ${program} ${host} ${role} \"$SSH_ORIGINAL_COMMAND\"" ${key}'';

  lines = lib.concatLists (
    lib.mapAttrsToList (
      name: host: map (line name "backup") host.keys ++ map (line name "restore") host.restoreKeys
    ) cfg.hosts
  );
in
{
  config = lib.mkIf cfg.enable {
    # Where sshd looks for declared keys (nixos/modules/services/networking/ssh/sshd.nix); a link into the store would not
    # pass its look at permissions.
    environment.etc."ssh/authorized_keys.d/${cfg.user}" = {
      mode = "0444";
      text = lib.concatLines lines;
    };

    users.users.${cfg.user} = {
      isSystemUser = true;
      group = cfg.user;
      description = "Receives backups";
      # sshd runs a forced command by the account's shell.
      shell = "/bin/sh";
    };
    users.groups.${cfg.user} = { };

    security.sudo.extraConfig = ''
      ${cfg.user} ALL=(root) NOPASSWD: ${program}
    '';
  };
}
