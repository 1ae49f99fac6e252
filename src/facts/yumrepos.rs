//! `/etc/yum.repos.d/*.repo`: which repositories there are, and which of them are enabled.

/// The repositories of a file, in its order. One that does not say so is enabled.
pub fn parse(text: &str) -> Vec<(String, bool)> {
    let mut all: Vec<(String, bool)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            all.push((name.trim().to_owned(), true));
        } else if let (Some(last), Some(("enabled", value))) =
            (all.last_mut(), line.split_once('=').map(|(key, value)| (key.trim(), value.trim())))
        {
            last.1 = !["0", "no", "false", "off"].contains(&value.to_lowercase().as_str());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_are_enabled_unless_they_say_otherwise() {
        let rocky = "# comment\n[baseos]\nname=Rocky Linux $releasever - BaseOS\nenabled=1\n\n[crb]\nname=CRB\n\
            #enabled=1\nenabled = 0\nmetadata_expire=6h\n[own]\nbaseurl=file:///srv\n[off]\nenabled=False\n";
        let all = parse(rocky);
        let of = |name: &str| all.iter().find(|it| it.0 == name).map(|it| it.1);
        assert_eq!(
            (of("baseos"), of("crb"), of("own"), of("off")),
            (Some(true), Some(false), Some(true), Some(false))
        );
        for text in ["", "enabled=0", "[", "]", "[]", "[a", "=\n[b]\n=", "\u{0}\u{fffd}[x]"] {
            parse(text);
        }
    }
}
