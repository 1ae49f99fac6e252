//! The homes of other people on the same machine: a path into one names who it is.

use std::collections::BTreeSet;

use crate::recording::Recording;

/// Where homes are.
const ABOVE: [&str; 3] = ["/home/", "/Users/", r"\Users\"];

/// Names below these that are nobody's.
const NOBODY: [&str; 9] =
    ["user", "other", "linuxbrew", "Shared", "Public", "Default", "All", "lost+found", "Guest"];

/// The other people whose homes a recording names, each with the name that stands for it.
pub(super) fn found(recording: &Recording) -> Vec<(String, String)> {
    let mut names = BTreeSet::new();
    let paths = recording.read.keys().chain(recording.list.keys()).chain(recording.stat.keys());
    for text in paths.map(|it| it.to_string_lossy().into_owned()).chain(recording.env.values().cloned()) {
        replaced(&text, &mut |name| {
            names.insert(name.to_owned());
            name.to_owned()
        });
    }
    let numbered = |(at, name): (usize, String)| (name, format!("user{}", at + 2));
    names.into_iter().enumerate().map(numbered).collect()
}

/// A text without the names of other people's homes; who was not found before is `other`.
pub(super) fn without(text: &str, known: &[(String, String)]) -> String {
    let said =
        |name: &str| known.iter().find(|it| it.0 == name).map_or("other", |it| it.1.as_str()).to_owned();
    replaced(text, &mut |name| said(name))
}

/// A text with another name in each path into a home that is somebody's.
fn replaced(text: &str, name: &mut dyn FnMut(&str) -> String) -> String {
    let mut text = text.to_owned();
    for above in ABOVE {
        if !text.contains(above) {
            continue;
        }
        let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
        while let Some(at) = rest.find(above) {
            let (before, behind) = rest.split_at(at + above.len());
            let end =
                behind.find(|c: char| !c.is_alphanumeric() && !"_-.+".contains(c)).unwrap_or(behind.len());
            let (who, after) = behind.split_at(end);
            out.push_str(before);
            let begins = is_a_beginning(&out[..out.len() - above.len()]);
            let somebody = begins && !who.is_empty() && !is_nobody(who);
            out.push_str(&if somebody { name(who) } else { who.to_owned() });
            rest = after;
        }
        out.push_str(rest);
        text = out;
    }
    text
}

/// Whether a path may begin behind this, or homes lie below it: `/var/home`, `/mnt/c/Users`. In an address they do not.
fn is_a_beginning(before: &str) -> bool {
    let word = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_-.".contains(c));
    let drive = before.char_indices().next_back().is_some_and(|(at, _)| before[..at].ends_with("/mnt/"));
    !word || drive || before.ends_with("/var")
}

/// Whether a name is no person's, or one that stands for a person already.
fn is_nobody(name: &str) -> bool {
    let numbered = name.strip_prefix("user").is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    numbered || name.starts_with('.') || NOBODY.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_other_person_has_one_name_that_is_not_theirs_and_what_is_nobodys_stays() {
        let known = [("bob".to_owned(), "user2".to_owned()), ("eve".to_owned(), "user3".to_owned())];
        for (text, want) in [
            ("GOROOT=/home/bob/go:/home/eve/go", "GOROOT=/home/user2/go:/home/user3/go"),
            ("open /home/zoe/x: permission denied", "open /home/other/x: permission denied"),
            ("/home/bobby", "/home/other"),
            ("/var/home/bob/.profile:3", "/var/home/user2/.profile:3"),
            ("/mnt/c/Users/bob/go /Users/eve", "/mnt/c/Users/user2/go /Users/user3"),
            (r"C:\Users\bob\go", r"C:\Users\user2\go"),
            ("/home/user/go /home/user2/go /home/other", "/home/user/go /home/user2/go /home/other"),
            ("/home/linuxbrew/.linuxbrew /Users/Shared", "/home/linuxbrew/.linuxbrew /Users/Shared"),
            ("https://x.example/home/index", "https://x.example/home/index"),
            ("/home/ and /home", "/home/ and /home"),
        ] {
            assert_eq!(without(text, &known), want, "{text}");
            assert_eq!(without(want, &known), want, "twice is once: {text}");
        }
    }
}
