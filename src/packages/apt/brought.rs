//! What dpkg brought, by what it prints while it works and by what it writes down.

/// The names that apt says it unpacks where nothing of them was before.
pub(super) fn unpacked(output: &str) -> Vec<String> {
    let line = |line: &str| {
        let (name, rest) = line.strip_prefix("Unpacking ")?.split_once(" (")?;
        let new = !rest.contains(" over (");
        new.then(|| name.split(':').next().unwrap_or(name).to_owned())
    };
    output.lines().filter_map(line).collect()
}

/// Whether dpkg's own log has a removal of a package after it came in this version.
pub(super) fn removed_since(log: &str, name: &str, version: &str) -> bool {
    // `2026-11-28 12:00:00 install libxrandr-dev:amd64 <none> 2:1.5.2-2`
    let event = |line: &str| {
        let mut words = line.split_whitespace().skip(2);
        let (verb, package) = (words.next()?, words.next()?);
        let plain = package.split(':').next() == Some(name);
        plain.then(|| (verb.to_owned(), words.nth(1).unwrap_or_default().to_owned()))
    };
    let mut after = log.lines().filter_map(event).skip_while(|it| it.0 != "install" || it.1 != version);
    after.any(|it| it.0 == "remove")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_went_and_came_again_is_told_from_one_that_only_grew_newer() {
        let at = |it: &str| format!("2026-11-28 12:00:00 {it}\n");
        let came = at("install x:amd64 <none> 1");
        for (log, gone) in [
            (came.clone(), false),
            (came.clone() + &at("upgrade x:amd64 1 2"), false),
            (came.clone() + &at("remove x:amd64 1 <none>") + &at("install x:amd64 <none> 2"), true),
            (came.clone() + &at("remove xx:amd64 1 <none>"), false),
            (at("remove x:amd64 0 <none>") + &came, false),
            (at("remove x:amd64 1 <none>"), false),
            (String::new(), false),
        ] {
            assert_eq!(removed_since(&log, "x", "1"), gone, "{log}");
        }
    }
}
