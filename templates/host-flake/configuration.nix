# What is this host's own. Storage and databases come from ./generated.
{
  # The release that this host was installed with; it stays when the host is upgraded.
  system.stateVersion = "26.05";

  services.openssh.enable = true;
  users.users.root.openssh.authorizedKeys.keys = [
    # "ssh-ed25519 AAAA… you@laptop"
  ];
}
