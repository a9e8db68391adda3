# What every unit of ours that makes a backup may do: write to its target. Accounts and capabilities differ.
instance: {
  Type = "oneshot";
  NoNewPrivileges = true;
  PrivateDevices = true;
  PrivateTmp = true;
  ProtectControlGroups = true;
  ProtectHome = true;
  ProtectKernelModules = true;
  ProtectKernelTunables = true;
  ProtectSystem = "strict";
  ReadWritePaths = [ instance.backup.target ];
  RestrictRealtime = true;
  RestrictSUIDSGID = true;
}
