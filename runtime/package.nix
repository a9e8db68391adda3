# The programs that run on a database host: Python's standard library, and the tools of the system.
{
  lib,
  stdenvNoCC,
  makeWrapper,
  python3,
  btrfs-progs,
  coreutils,
  e2fsprogs,
  sqlite-interactive,
  systemd,
  util-linux,
}:
let
  tools = [
    btrfs-progs
    coreutils
    e2fsprogs
    sqlite-interactive
    systemd
    util-linux
  ];
in
stdenvNoCC.mkDerivation {
  pname = "dbtrfs-runtime";
  inherit (lib.importJSON ../package.json) version;
  src = lib.fileset.toSource {
    root = ./.;
    fileset = lib.fileset.fileFilter (
      file: file.hasExt "py" && !lib.hasPrefix "test_" file.name
    ) ./dbtrfs;
  };
  nativeBuildInputs = [ makeWrapper ];
  dontConfigure = true;
  dontBuild = true;
  installPhase = ''
    runHook preInstall
    mkdir -p $out/lib
    cp -r dbtrfs $out/lib/
    for program in dbtrfs/*/__main__.py; do
      name=$(basename "$(dirname "$program")")
      makeWrapper ${lib.getExe python3} $out/bin/dbtrfs-$name \
        --add-flags "-m dbtrfs.$name" \
        --set PYTHONPATH $out/lib --set PYTHONDONTWRITEBYTECODE 1 \
        --prefix PATH : ${lib.makeBinPath tools}
    done
    runHook postInstall
  '';
  meta = {
    description = "Checks and restores databases on Btrfs as dbtrfs planned them";
    license = lib.licenses.mit;
    platforms = lib.platforms.linux;
  };
}
