//! Tests of the build: words and paths of Go, told apart.

use super::*;

#[test]
fn paths_of_packages_are_told_from_words() {
    for path in ["errors", "github.com/go-gl/gl/v2.1/gl", "golang.org/x/net/html"] {
        assert!(is_import_path(path), "{path}");
    }
    for other in ["", "# github.com/go-gl/gl", "go: downloading x", "\tx", "x.go:1:2: no"] {
        assert!(!is_import_path(other), "{other}");
    }
}
