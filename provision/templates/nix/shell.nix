# A shell with what Fyne @FYNE@ needs, from nixpkgs.
# Written by fyne-setup @VERSION@ from manifest @MANIFEST@: fyne-setup provision nix
#
#     nix-shell
#     go install @CLI@      # once: the fyne command, into "$(go env GOPATH)/bin"
#
# It needs no fyne-setup: `fyne-setup check` in the shell says whether all is well.
{ pkgs ? import <nixpkgs> { } }:

let
  # Compiler, headers, libraries, a virtual display; the attributes that packages.toml of fyne-setup has for nixpkgs.
  needs = with pkgs; [
    @EACH_NIX@
  ];
in
assert pkgs.lib.assertMsg (pkgs.lib.versionAtLeast pkgs.go.version "@GO_MIN@")
  "Fyne @FYNE@ needs Go @GO_MIN@ or newer, and this nixpkgs has ${pkgs.go.version}";
pkgs.mkShell {
  packages = [ pkgs.go ] ++ needs;

  # GLFW opens libraries of X11, Wayland and OpenGL by their names while a program runs.
  LD_LIBRARY_PATH = pkgs.lib.makeLibraryPath needs;

  shellHook = ''
    export PATH="$(go env GOPATH)/bin:$PATH"
  '';
}
