# The dbtrfs command: Node runs the TypeScript sources as they are, so nothing is compiled.
{
  lib,
  stdenvNoCC,
  cacert,
  makeWrapper,
  nodejs_24,
}:
let
  inherit (lib) fileset;
  manifest = lib.importJSON ../package.json;

  # node_modules as `npm ci` makes it from the lock file, whose integrity hashes npm checks. The hash of the whole is
  # recorded by `npm run runtime-deps` and covers names, contents and executable bits alone, so it is the
  # same on every system as long as no dependency brings native code.
  runtimeDeps = stdenvNoCC.mkDerivation {
    pname = "dbtrfs-runtime-deps";
    inherit (manifest) version;
    src = fileset.toSource {
      root = ../.;
      fileset = fileset.unions [
        ../package.json
        ../package-lock.json
      ];
    };
    nativeBuildInputs = [
      cacert
      nodejs_24
    ];
    impureEnvVars = lib.fetchers.proxyImpureEnvVars;
    buildPhase = ''
      runHook preBuild
      export HOME=$TMPDIR NODE_EXTRA_CA_CERTS=${cacert}/etc/ssl/certs/ca-bundle.crt
      npm ci --omit=dev --ignore-scripts --no-audit --no-fund
      rm -rf node_modules/.package-lock.json node_modules/.bin
      runHook postBuild
    '';
    installPhase = ''
      runHook preInstall
      mv node_modules $out
      runHook postInstall
    '';
    dontFixup = true;
    outputHashMode = "recursive";
    outputHash = lib.fileContents ./runtime-deps.hash;
  };
in
stdenvNoCC.mkDerivation {
  pname = manifest.name;
  inherit (manifest) version;
  src = fileset.toSource {
    root = ../.;
    fileset = fileset.unions [
      ../package.json
      (fileset.fileFilter (file: !lib.hasSuffix ".test.ts" file.name) ./.)
    ];
  };
  nativeBuildInputs = [ makeWrapper ];
  dontConfigure = true;
  dontBuild = true;
  installPhase = ''
    runHook preInstall
    mkdir -p $out/lib/dbtrfs
    cp -r generator package.json $out/lib/dbtrfs/
    cp -r ${runtimeDeps} $out/lib/dbtrfs/node_modules
    makeWrapper ${lib.getExe nodejs_24} $out/bin/dbtrfs \
      --add-flags $out/lib/dbtrfs/generator/cli/main.ts
    runHook postInstall
  '';
  doInstallCheck = true;
  installCheckPhase = ''
    runHook preInstallCheck
    $out/bin/dbtrfs --version
    runHook postInstallCheck
  '';
  passthru = { inherit runtimeDeps; };
  meta = {
    inherit (manifest) description;
    license = lib.licenses.mit;
    mainProgram = "dbtrfs";
    platforms = lib.platforms.linux;
  };
}
