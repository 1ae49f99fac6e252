//! Module paths and versions, and how URLs and file names write them: `M` as `!m`, so that no two of them fall together
//! where upper and lower case are one. What Go would not accept as a module is refused here, `..` above all.

/// A module path as it stands in URLs. `None` for what is no module path.
pub fn escaped_path(path: &str) -> Option<String> {
    let good = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && part.bytes().all(is_path_byte)
    };
    let (first, _) = path.split_once('/').unwrap_or((path, ""));
    let host = first.contains('.')
        && !first.starts_with('-')
        && first.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'));
    (path.len() <= 200 && host && path.split('/').all(good)).then(|| escape(path))
}

/// A version as it stands in URLs. `None` for what is no version.
pub fn escaped_version(version: &str) -> Option<String> {
    let byte = |it: u8| is_path_byte(it) || it == b'+';
    let good = version.len() <= 120
        && version.strip_prefix('v').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
        && !version.ends_with('.')
        && version.bytes().all(byte);
    good.then(|| escape(version))
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_paths_as_go_does() {
        for (path, want) in [
            ("golang.org/toolchain", Some("golang.org/toolchain")),
            ("github.com/BurntSushi/toml", Some("github.com/!burnt!sushi/toml")),
            ("github.com/cpuguy83/go-md2man/v2", Some("github.com/cpuguy83/go-md2man/v2")),
            ("gopkg.in/yaml.v3", Some("gopkg.in/yaml.v3")),
            ("", None),
            ("fmt", None),
            ("example.org/../x", None),
            ("example.org/./x", None),
            ("example.org//x", None),
            ("/example.org/x", None),
            ("example.org/x/", None),
            ("example.org/.hidden", None),
            ("Example.org/x", None),
            ("example.org/a b", None),
            ("example.org/a!b", None),
            ("example.org/a@b", None),
            ("example.org/a\nb", None),
            ("example.org/é", None),
            ("example.org/a?b", None),
            ("example.org/a%2fb", None),
            ("example.org\\x", None),
        ] {
            assert_eq!(escaped_path(path).as_deref(), want, "{path}");
        }
    }

    #[test]
    fn writes_versions_as_go_does() {
        for (version, want) in [
            ("v1.7.4", Some("v1.7.4")),
            ("v0.0.1-go1.27.4.linux-amd64", Some("v0.0.1-go1.27.4.linux-amd64")),
            ("v2.0.0+incompatible", Some("v2.0.0+incompatible")),
            ("v1.0.0-RC1", Some("v1.0.0-!r!c1")),
            ("", None),
            ("1.0.0", None),
            ("latest", None),
            ("v1.0.0/../x", None),
            ("v1.0.0 ", None),
            ("v1.", None),
        ] {
            assert_eq!(escaped_version(version).as_deref(), want, "{version}");
        }
    }
}
