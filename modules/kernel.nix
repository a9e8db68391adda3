# Some settings are right for one kernel and wrong for another: since 6.15 a direct write to a checksummed file is a
# buffered one, before it could break the checksum. So a plan says what kernel it was made for.
{ lib, config, ... }:
let
  planned = config.dbtrfs.kernel;
  running = config.boot.kernelPackages.kernel.version;
in
{
  options.dbtrfs.kernel = lib.mkOption {
    type = lib.types.nullOr (lib.types.strMatching "[0-9]+\\.[0-9]+");
    default = null;
    description = "The kernel series that the plan was made for; null for a configuration without a plan.";
    example = "6.18";
  };

  config.warnings = lib.optional (planned != null && lib.versions.majorMinor running != planned) ''
    dbtrfs.kernel: the plan was made for kernel ${planned}, and this system has ${running}. Set `system.kernel` to "${lib.versions.majorMinor running}" in the spec and run dbtrfs plan again.
  '';
}
