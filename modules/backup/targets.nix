# Where backups go, as pure functions of the target that an instance names: a directory, HOST:/DIRECTORY reached by ssh,
# or a bucket of an object store.
{ lib }:
let
  name = "[A-Za-z0-9._@+=,~-]+";
  directory = "(/${name})+";
  ssh = "(([a-z_][a-z0-9_-]*)@)?([A-Za-z0-9][A-Za-z0-9.-]*):(${directory})";
  s3 = "s3://([a-z0-9][a-z0-9.-]+)((/${name})*)";
in
{
  type = lib.types.strMatching "${directory}|${ssh}|${s3}" // {
    description = "absolute path, HOST:/DIRECTORY or s3://BUCKET/PREFIX";
  };

  parse =
    target:
    let
      asSsh = builtins.match ssh target;
      asS3 = builtins.match s3 target;
    in
    if lib.hasPrefix "/" target then
      {
        kind = "path";
        path = target;
      }
    else if asS3 != null then
      {
        kind = "s3";
        bucket = lib.elemAt asS3 0;
        path = lib.elemAt asS3 1;
      }
    else
      {
        kind = "ssh";
        user = lib.elemAt asSsh 1;
        host = lib.elemAt asSsh 2;
        path = lib.elemAt asSsh 3;
      };

  describe = {
    path = "a directory";
    ssh = "HOST:/DIRECTORY";
    s3 = "s3://BUCKET/PREFIX";
  };
}
