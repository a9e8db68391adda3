# What is this host's own. Storage and databases come from ./generated.
{
  services.openssh.enable = true;
  users.users.root.openssh.authorizedKeys.keys = [
    # "ssh-ed25519 AAAA… you@laptop"
  ];
}
