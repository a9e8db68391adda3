# The dbtrfs command: Node runs the TypeScript sources as they are, so nothing is compiled.
{
  lib,
  stdenvNoCC,
  callPackage,
  installShellFiles,
  makeWrapper,
  nodejs_24,
}:
let
  inherit (lib) fileset;
  manifest = lib.importJSON ../package.json;

  # Without what runs in the repository alone, where the dependencies for development are.
  sources = fileset.fromSource (
    lib.cleanSourceWith {
      src = ./.;
      filter =
        path: _:
        !lib.elem (baseNameOf path) [
          "codegen"
          "testing"
        ]
        && !lib.hasSuffix ".test.ts" path;
    }
  );

  # Names, contents and executable bits alone, so the same on every system: no runtime dependency brings native code.
  runtimeDeps = callPackage ./node-modules.nix {
    name = "dbtrfs-runtime-deps";
    flags = [ "--omit=dev" ];
    hash = lib.fileContents ./runtime-deps.hash;
  };
in
stdenvNoCC.mkDerivation {
  pname = manifest.name;
  inherit (manifest) version;
  src = fileset.toSource {
    root = ../.;
    fileset = fileset.union ../package.json sources;
  };
  nativeBuildInputs = [
    installShellFiles
    makeWrapper
  ];
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
  # The program writes them itself, where the machine that builds can run it.
  postInstall = lib.optionalString (stdenvNoCC.buildPlatform.canExecute stdenvNoCC.hostPlatform) ''
    $out/bin/dbtrfs man > dbtrfs.1
    installManPage dbtrfs.1
    installShellCompletion --cmd dbtrfs \
      --bash <($out/bin/dbtrfs completion bash) \
      --fish <($out/bin/dbtrfs completion fish) \
      --zsh <($out/bin/dbtrfs completion zsh)
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
