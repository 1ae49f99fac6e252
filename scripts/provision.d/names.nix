# names.nix: a nixpkgs of names alone, so that shell.nix can be evaluated without the real one: each package is its name.
let
  package = name: { inherit name; version = "1.99.0"; };
  names = list: builtins.listToAttrs (map (name: { inherit name; value = package name; }) list);
in
names [ "gcc" "linuxHeaders" "pkg-config" "libGL" "wayland" "libxkbcommon" "mesa" "cacert" "go" ] // {
  xorg = names [ "libXext" "libXrandr" "libXcursor" "libXinerama" "libXi" "libXxf86vm" "xorgserver" ] // {
    libX11 = { dev = package "libX11.dev"; };
  };
  lib = {
    assertMsg = ok: message: ok || throw message;
    versionAtLeast = one: other: builtins.compareVersions one other >= 0;
    makeLibraryPath = all: builtins.concatStringsSep ":" (map (it: "/nix/store/${it.name}/lib") all);
  };
  mkShell = it: it;
}
