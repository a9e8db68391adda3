# The options of one directory of an instance.
{ lib, instance, ... }:
let
  inherit (lib) mkOption types;
in
{
  options = {
    noCow = mkOption {
      type = types.bool;
      default = false;
      description = ''
        Whether files here are written in place (`chattr +C`). They then have no Btrfs checksums and no compression.
        It counts only for files created after the flag is set.
      '';
      example = true;
    };

    acceptNoChecksums = mkOption {
      type = types.bool;
      default = false;
      description = "The owner's word that `noCow` is wanted for an engine that has no page checksums (SQLite).";
      example = true;
    };

    compression = mkOption {
      type = types.nullOr (
        types.enum [
          "zstd"
          "lzo"
          "zlib"
        ]
      );
      default = null;
      description = ''
        Compression of new files here, as a Btrfs property; null for a directory without the property. A level
        cannot be given: the kernel ignores it in the property.
      '';
      example = "zstd";
    };

    user = mkOption {
      type = types.str;
      default = instance.user;
      defaultText = lib.literalMD "the instance's `user`";
      description = "Owner.";
      example = "postgres";
    };

    group = mkOption {
      type = types.str;
      default = instance.group;
      defaultText = lib.literalMD "the instance's `group`";
      description = "Group.";
      example = "postgres";
    };

    mode = mkOption {
      type = types.strMatching "0[0-7]{3}";
      default = instance.mode;
      defaultText = lib.literalMD "the instance's `mode`";
      description = "Access mode, in octal.";
      example = "0700";
    };

    filesystem = mkOption {
      type = types.enum [
        "btrfs"
        "xfs"
      ];
      default = "btrfs";
      description = "The type of the filesystem that must hold the directory.";
      example = "xfs";
    };

    component = mkOption {
      type = types.str;
      default = "data";
      description = "What lives here.";
      example = "log";
    };
  };
}
