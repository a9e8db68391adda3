# A comparison needs something to compare with.
{ config, ... }:
let
  cfg = config.dbtrfs;
in
{
  assertions = [
    {
      assertion = cfg.verify.enable -> cfg.plan != null;
      message = "dbtrfs.verify.enable: there is no plan to compare the host with. Set `dbtrfs.plan` to the plan.json beside the generated configuration, or `dbtrfs.verify.enable = false`.";
    }
  ];
}
