# What each method can do. `full` and `incremental` are when it runs unless an instance says otherwise.
let
  nightly = "*-*-* 01:15:00";
  dump = {
    targets = [ "path" ];
    pointInTime = false;
    full = nightly;
    incremental = null;
  };
  physical = {
    targets = [ "path" ];
    pointInTime = true;
    full = "Sun *-*-* 01:15:00";
    incremental = "Mon..Sat *-*-* 01:15:00";
  };
  # Neither runs by a calendar of its own: one follows the snapshots, the other never stops.
  following = {
    full = null;
    incremental = null;
  };
in
{
  pg_dump = dump // {
    engines = [ "postgresql" ];
  };
  pg_basebackup = physical // {
    engines = [ "postgresql" ];
    pointInTime = false;
  };
  pgbackrest = physical // {
    engines = [ "postgresql" ];
    targets = [
      "path"
      "ssh"
      "s3"
    ];
  };
  mysqldump = dump // {
    engines = [
      "mysql"
      "mariadb"
    ];
  };
  mariadb-backup = physical // {
    engines = [ "mariadb" ];
  };
  btrbk-send = following // {
    engines = [
      "postgresql"
      "mysql"
      "mariadb"
      "sqlite"
    ];
    targets = [
      "path"
      "ssh"
    ];
    pointInTime = false;
  };
  # Its SFTP checks no host key unless that is in its options (benbjohnson/litestream, sftp/replica_client.go).
  litestream = following // {
    engines = [ "sqlite" ];
    targets = [
      "path"
      "s3"
    ];
    pointInTime = true;
  };
}
