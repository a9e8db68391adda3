# node_modules as `npm ci` makes it from the lock file, whose integrity hashes npm checks. The hash of the whole is
# recorded by `npm run deps-hashes`, which runs the same commands.
{
  lib,
  stdenvNoCC,
  cacert,
  nodejs_24,
  name,
  flags,
  hash,
}:
stdenvNoCC.mkDerivation {
  inherit name;
  src = lib.fileset.toSource {
    root = ../.;
    fileset = lib.fileset.unions [
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
    npm ci --ignore-scripts --no-audit --no-fund ${lib.escapeShellArgs flags}
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
  outputHash = hash;
}
