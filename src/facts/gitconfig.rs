//! Of git's configuration: which directories the user trusts though they are of another owner.

/// What a file says of that.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct GitConfig {
    /// `safe.directory`, as far as nothing empties the list again.
    pub safe: Vec<String>,
    /// It takes in other files, which were not read.
    pub includes: bool,
}

/// Reads a configuration. What is no setting is passed over, as git's own error is not ours to tell.
pub fn parse(text: &str) -> GitConfig {
    let (mut config, mut section) = (GitConfig::default(), String::new());
    for line in text.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            section = head.split(']').next().unwrap_or_default().trim().to_ascii_lowercase();
            config.includes |= section == "include" || section.starts_with("includeif");
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| section == "safe") else { continue };
        if !key.trim().eq_ignore_ascii_case("directory") {
            continue;
        }
        let value = value.split([';', '#']).next().unwrap_or_default().trim().trim_matches('"');
        if value.is_empty() {
            config.safe.clear();
        } else {
            config.safe.push(value.to_owned());
        }
    }
    config
}

/// Whether an entry of `safe.directory` is about a repository: `*`, the directory itself, or `DIR/*`.
pub fn covers(entry: &str, root: &str) -> bool {
    let below = |dir: &str| root.strip_prefix(dir).is_some_and(|it| it.starts_with('/'));
    entry == "*" || entry.trim_end_matches('/') == root || entry.strip_suffix("/*").is_some_and(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_directory_counts_and_an_empty_one_forgets() {
        let text = "[user]\n\tdirectory = /a\n[safe]\n\tdirectory = /b ; mine\n\tDirectory = \"/c d\"\n[Safe]\ndirectory=/e\n";
        assert_eq!(parse(text).safe, ["/b", "/c d", "/e"]);
        assert_eq!(parse("[safe]\ndirectory = /a\ndirectory =\ndirectory = /b").safe, ["/b"]);
        assert!(parse("[includeIf \"gitdir:~/job/\"]\npath = x").includes && !parse("[safe]").includes);
        assert_eq!(parse("nothing\n= \n[safe\ndirectory"), GitConfig::default());
    }

    #[test]
    fn an_entry_is_about_one_directory_or_all_below_it() {
        for (entry, yes) in
            [("*", true), ("/a/b", true), ("/a/b/", true), ("/a/*", true), ("/a", false), ("/a/b/*", false)]
        {
            assert_eq!(covers(entry, "/a/b"), yes, "{entry}");
        }
    }
}
