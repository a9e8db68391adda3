# A passphrase that nobody has to type while the disks are formatted: disko's test writes this file. Its script that asks
# does not pass its own check (shellcheck, lib/types/luks.nix), so a test cannot be built with it.
#
#   plan -> module
plan:
{ lib, ... }:
let
  isEncrypted = partition: partition.luks != null;
  passwordFiles =
    disk:
    lib.listToAttrs (
      map (
        partition:
        lib.nameValuePair partition.name { content.passwordFile = lib.mkForce "/tmp/secret.key"; }
      ) (lib.filter isEncrypted disk.partitions)
    );
in
{
  disko.devices.disk = lib.listToAttrs (
    map (disk: lib.nameValuePair disk.id { content.partitions = passwordFiles disk; }) (
      lib.filter (disk: lib.any isEncrypted disk.partitions) plan.disks
    )
  );
}
