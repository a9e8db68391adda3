# systemd units as files, the way nixos/lib/systemd-lib.nix writes them (read at the revision that
# checks/contract/nixos.json names). A file is { path, text, mode } or { path, link }.
{ lib }:
let
  option =
    value:
    if value == true then
      "true"
    else if value == false then
      "false"
    else
      toString value;

  section =
    name: settings:
    lib.concatStrings (
      [ "[${name}]\n" ]
      ++ lib.concatLists (
        lib.mapAttrsToList (key: value: map (v: "${key}=${option v}\n") (lib.toList value)) settings
      )
      ++ [ "\n" ]
    );

  dependencies =
    unit:
    lib.filterAttrs (_: names: names != [ ]) {
      After = unit.after or [ ];
      Before = unit.before or [ ];
      BindsTo = unit.bindsTo or [ ];
      Conflicts = unit.conflicts or [ ];
      OnFailure = unit.onFailure or [ ];
      PartOf = unit.partOf or [ ];
      Requires = unit.requires or [ ];
      Wants = unit.wants or [ ];
    };

  unitSection =
    unit:
    section "Unit" (
      {
        Description = unit.description;
      }
      // lib.mapAttrs (_: toString) (dependencies unit)
      // unit.unitConfig or { }
    );

  wantedLinks =
    file: unit:
    map (target: {
      path = "/etc/systemd/system/${target}.wants/${file}";
      link = "../${file}";
    }) unit.wantedBy
    ++ map (target: {
      path = "/etc/systemd/system/${target}.requires/${file}";
      link = "../${file}";
    }) (unit.requiredBy or [ ]);

  # NixOS turns preStart, script and postStart into programs of their own, run with `set -e`.
  scriptsOf =
    name: service:
    lib.filter (s: s.text != "") [
      {
        key = "ExecStartPre";
        path = "/etc/lab/scripts/${name}-pre-start";
        text = service.preStart;
      }
      {
        key = "ExecStart";
        path = "/etc/lab/scripts/${name}-start";
        text = service.script;
      }
      {
        key = "ExecStartPost";
        path = "/etc/lab/scripts/${name}-post-start";
        text = service.postStart;
      }
    ];

  withScripts =
    name: service:
    lib.foldl' (
      settings: script:
      settings
      // {
        ${script.key} = lib.toList (settings.${script.key} or [ ]) ++ [ script.path ];
      }
    ) service.serviceConfig (scriptsOf name service);

  environment =
    service:
    {
      PATH = lib.makeBinPath (service.path ++ [ "/opt/packages/system" ]);
    }
    // service.environment;
in
{
  service =
    name: service:
    [
      {
        path = "/etc/systemd/system/${name}.service";
        mode = "0644";
        text =
          unitSection service
          + section "Service" (
            {
              Environment = lib.mapAttrsToList (key: value: builtins.toJSON "${key}=${toString value}") (
                environment service
              );
            }
            // withScripts name service
          );
      }
    ]
    ++ wantedLinks "${name}.service" service
    ++ map (script: {
      inherit (script) path;
      mode = "0755";
      text = "#!/bin/bash -e\n${script.text}\n";
    }) (scriptsOf name service);

  socket =
    name: socket:
    [
      {
        path = "/etc/systemd/system/${name}.socket";
        mode = "0644";
        text =
          unitSection socket
          + section "Socket" ({ ListenStream = socket.listenStreams; } // socket.socketConfig);
      }
    ]
    ++ wantedLinks "${name}.socket" socket;

  timer =
    name: timer:
    [
      {
        path = "/etc/systemd/system/${name}.timer";
        mode = "0644";
        text = unitSection timer + section "Timer" timer.timerConfig;
      }
    ]
    ++ wantedLinks "${name}.timer" timer;
}
