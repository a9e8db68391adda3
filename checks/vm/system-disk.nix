# For a plan that leaves the root filesystem to somebody else, as databases on their own disks do: the smallest disk to
# boot from. Its name sorts before those of a plan, so it is the first of the machine.
{
  sizeMiB = 8192;
  module = {
    boot.loader.systemd-boot.enable = true;
    disko.devices.disk.a-system = {
      device = "/dev/disk/by-id/virtio-SYSTEM";
      content = {
        type = "gpt";
        partitions = {
          ESP = {
            size = "512M";
            type = "EF00";
            content = {
              type = "filesystem";
              format = "vfat";
              mountpoint = "/boot";
            };
          };
          root = {
            size = "100%";
            content = {
              type = "filesystem";
              format = "ext4";
              mountpoint = "/";
            };
          };
        };
      };
    };
  };
}
