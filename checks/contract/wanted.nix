# The NixOS options that generated files and modules/ use. A list on the right names the sub-options of a submodule
# that are used; `true` takes the whole type.
{
  "assertions" = true;
  "boot.initrd.availableKernelModules" = true;
  "boot.initrd.luks.devices" = [
    "allowDiscards"
    "bypassWorkqueues"
    "crypttabExtraOpts"
    "device"
    "fallbackToPassword"
    "keyFile"
    "name"
  ];
  "boot.initrd.luks.reusePassphrases" = true;
  "boot.initrd.systemd.enable" = true;
  "boot.kernel.sysctl" = true;
  "boot.kernelPackages" = true;
  "boot.kernelParams" = true;
  "boot.loader.efi.canTouchEfiVariables" = true;
  "boot.loader.efi.efiSysMountPoint" = true;
  "boot.loader.grub.configurationLimit" = true;
  "boot.loader.grub.device" = true;
  "boot.loader.grub.devices" = true;
  "boot.loader.grub.efiInstallAsRemovable" = true;
  "boot.loader.grub.efiSupport" = true;
  "boot.loader.grub.enable" = true;
  "boot.loader.grub.mirroredBoots" = true;
  "boot.loader.systemd-boot.configurationLimit" = true;
  "boot.loader.systemd-boot.enable" = true;
  "boot.resumeDevice" = true;
  "boot.supportedFilesystems" = true;
  "environment.etc" = [
    "enable"
    "group"
    "mode"
    "source"
    "text"
    "user"
  ];
  "environment.systemPackages" = true;
  "fileSystems" = [
    "depends"
    "device"
    "fsType"
    "label"
    "mountPoint"
    "neededForBoot"
    "noCheck"
    "options"
  ];
  "networking.firewall.enable" = true;
  "networking.firewall.extraCommands" = true;
  "networking.firewall.extraInputRules" = true;
  "networking.hostName" = true;
  "networking.nftables.enable" = true;
  "nixpkgs.hostPlatform" = true;
  "security.sudo.enable" = true;
  "security.sudo.extraConfig" = true;
  "services.btrbk.instances" = true;
  "services.btrfs.autoScrub.enable" = true;
  "services.btrfs.autoScrub.fileSystems" = true;
  "services.btrfs.autoScrub.interval" = true;
  "services.btrfs.autoScrub.limit" = true;
  "services.etcd.advertiseClientUrls" = true;
  "services.etcd.dataDir" = true;
  "services.etcd.enable" = true;
  "services.etcd.initialAdvertisePeerUrls" = true;
  "services.etcd.initialCluster" = true;
  "services.etcd.initialClusterToken" = true;
  "services.etcd.listenClientUrls" = true;
  "services.etcd.listenPeerUrls" = true;
  "services.etcd.name" = true;
  "services.grafana.enable" = true;
  "services.grafana.provision.dashboards" = true;
  "services.grafana.provision.enable" = true;
  "services.litestream.enable" = true;
  "services.litestream.environmentFile" = true;
  "services.litestream.settings" = true;
  "services.mysql.configFile" = true;
  "services.mysql.dataDir" = true;
  "services.mysql.enable" = true;
  "services.mysql.ensureDatabases" = true;
  "services.mysql.ensureUsers" = true;
  "services.mysql.galeraCluster.enable" = true;
  "services.mysql.galeraCluster.localAddress" = true;
  "services.mysql.galeraCluster.localName" = true;
  "services.mysql.galeraCluster.name" = true;
  "services.mysql.galeraCluster.nodeAddresses" = true;
  "services.mysql.galeraCluster.package" = true;
  "services.mysql.galeraCluster.sstMethod" = true;
  "services.mysql.group" = true;
  "services.mysql.package" = true;
  "services.mysql.settings" = true;
  "services.mysql.user" = true;
  "services.mysqlBackup.calendar" = true;
  "services.mysqlBackup.compressionAlg" = true;
  "services.mysqlBackup.compressionLevel" = true;
  "services.mysqlBackup.databases" = true;
  "services.mysqlBackup.enable" = true;
  "services.mysqlBackup.gzipOptions" = true;
  "services.mysqlBackup.location" = true;
  "services.mysqlBackup.singleTransaction" = true;
  "services.mysqlBackup.user" = true;
  "services.openssh.enable" = true;
  "services.patroni.dataDir" = true;
  "services.patroni.enable" = true;
  "services.patroni.environmentFiles" = true;
  "services.patroni.group" = true;
  "services.patroni.name" = true;
  "services.patroni.nodeIp" = true;
  "services.patroni.otherNodesIps" = true;
  "services.patroni.postgresqlDataDir" = true;
  "services.patroni.postgresqlPackage" = true;
  "services.patroni.postgresqlPort" = true;
  "services.patroni.scope" = true;
  "services.patroni.settings" = true;
  "services.patroni.softwareWatchdog" = true;
  "services.patroni.user" = true;
  "services.pgbackrest.commands.archive-push" = true;
  "services.pgbackrest.commands.backup" = true;
  "services.pgbackrest.commands.restore" = true;
  "services.pgbackrest.enable" = true;
  "services.pgbackrest.repos" = true;
  "services.pgbackrest.settings" = true;
  "services.pgbackrest.stanzas" = true;
  "services.postgresql.authentication" = true;
  "services.postgresql.dataDir" = true;
  "services.postgresql.enable" = true;
  "services.postgresql.enableJIT" = true;
  "services.postgresql.enableTCPIP" = true;
  "services.postgresql.ensureDatabases" = true;
  "services.postgresql.ensureUsers" = true;
  "services.postgresql.identMap" = true;
  "services.postgresql.initdbArgs" = true;
  "services.postgresql.package" = true;
  "services.postgresql.settings" = true;
  "services.postgresql.systemCallFilter" = true;
  "services.postgresqlBackup.backupAll" = true;
  "services.postgresqlBackup.compression" = true;
  "services.postgresqlBackup.compressionLevel" = true;
  "services.postgresqlBackup.databases" = true;
  "services.postgresqlBackup.enable" = true;
  "services.postgresqlBackup.location" = true;
  "services.postgresqlBackup.pgdumpAllOptions" = true;
  "services.postgresqlBackup.pgdumpOptions" = true;
  "services.postgresqlBackup.startAt" = true;
  "services.prometheus.enable" = true;
  "services.prometheus.exporters" = [ "node" ];
  "services.prometheus.ruleFiles" = true;
  "services.prometheus.rules" = true;
  "swapDevices" = [
    "device"
    "discardPolicy"
    "options"
    "priority"
    "randomEncryption"
    "size"
  ];
  "system.build" = [ ];
  "system.stateVersion" = true;
  "systemd.services" = [
    "after"
    "before"
    "bindsTo"
    "conflicts"
    "description"
    "documentation"
    "enable"
    "environment"
    "onFailure"
    "partOf"
    "path"
    "postStart"
    "preStart"
    "requiredBy"
    "requires"
    "restartIfChanged"
    "restartTriggers"
    "script"
    "serviceConfig"
    "startAt"
    "stopIfChanged"
    "unitConfig"
    "wantedBy"
    "wants"
  ];
  "systemd.sockets" = [
    "description"
    "listenStreams"
    "socketConfig"
    "wantedBy"
  ];
  "systemd.targets" = [
    "after"
    "description"
    "requires"
    "wantedBy"
    "wants"
  ];
  "systemd.timers" = [
    "after"
    "description"
    "enable"
    "partOf"
    "timerConfig"
    "wantedBy"
  ];
  "systemd.tmpfiles.rules" = true;
  "systemd.tmpfiles.settings" = true;
  "users.groups" = [
    "gid"
    "members"
  ];
  "users.users" = [
    "createHome"
    "description"
    "extraGroups"
    "group"
    "home"
    "isSystemUser"
    "shell"
    "uid"
  ];
  "warnings" = true;
}
