# fstab, crypttab and tmpfiles.d from an evaluated configuration.
{ lib }:
let
  # NixOS's root is the guest's own; the planned one is mounted here, so that it can be looked at.
  plannedRoot = "/planned-root";
  mountPoint = path: if path == "/" then plannedRoot else path;

  mountLine =
    path: fs:
    lib.concatStringsSep " " [
      fs.device
      (mountPoint path)
      fs.fsType
      (lib.concatStringsSep "," (lib.remove "defaults" fs.options ++ [ "defaults" ]))
      "0"
      "0"
    ];

  # Swap with a key of its own at every boot is a dm-crypt device (nixos/modules/config/swap.nix).
  isEncrypted = swap: swap.randomEncryption.enable or false;
  cryptName = swap: "swap-${baseNameOf swap.device}";
  swapLine =
    swap:
    "${
      if isEncrypted swap then "/dev/mapper/${cryptName swap}" else swap.device
    } none swap defaults 0 0";

  lines = list: lib.concatMapStrings (line: "${line}\n") list;

  orDash = value: if value == null || value == "" then "-" else toString value;
  rule =
    path: type: r:
    lib.concatStringsSep " " [
      type
      path
      (orDash (r.mode or null))
      (orDash (r.user or null))
      (orDash (r.group or null))
      (orDash (r.age or null))
      (r.argument or "")
    ];
in
{
  inherit plannedRoot;

  fstab =
    { fileSystems, swapDevices, ... }:
    lines (lib.mapAttrsToList mountLine fileSystems ++ map swapLine swapDevices);

  # The guest has Debian's users; those of the servers are among them, and stay as they are.
  sysusers =
    { users, groups, ... }:
    lines (
      map (name: "g ${name} -") (lib.attrNames groups)
      ++ lib.mapAttrsToList (name: user: "u ${name} -:${user.group} - - -") users
    );

  # What the initrd of NixOS asks a person for is in a file here: the passphrase of disko's own tests.
  crypttab =
    { swapDevices, boot, ... }:
    lines (
      lib.mapAttrsToList (
        name: luks: "${name} ${luks.device} /etc/lab/passphrase luks,discard"
      ) boot.initrd.luks.devices
      ++ map (swap: "${cryptName swap} ${swap.device} /dev/urandom swap") (
        lib.filter isEncrypted swapDevices
      )
    );

  tmpfiles =
    { settings, rules }:
    lib.mapAttrs (
      _: paths: lines (lib.concatLists (lib.mapAttrsToList (path: lib.mapAttrsToList (rule path)) paths))
    ) settings
    // {
      "00-nixos" = lines rules;
    };
}
