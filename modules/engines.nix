# What NixOS calls the account and the service of each engine: services/databases/postgresql.nix and mysql.nix.
# SQLite is a library: its owner and its units are the application's.
{
  postgresql = {
    user = "postgres";
    group = "postgres";
    units = [ "postgresql" ];
  };
  mysql = {
    user = "mysql";
    group = "mysql";
    units = [ "mysql" ];
  };
  mariadb = {
    user = "mysql";
    group = "mysql";
    units = [ "mysql" ];
  };
  sqlite.units = [ ];
}
