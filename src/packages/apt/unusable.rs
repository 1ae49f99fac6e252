//! What apt says of single sources that it cannot use, and dpkg of owners who do not exist.

use crate::packages::Unusable;
use crate::packages::commands::command;

/// The sources that `update` could not use, each once, in the order of its complaints.
pub fn read(output: &str) -> Vec<Unusable> {
    let mut all: Vec<Unusable> = Vec::new();
    for line in output.lines().filter_map(|it| it.strip_prefix("E: ").or_else(|| it.strip_prefix("W: "))) {
        let Some((uri, suite)) = quoted(line).or_else(|| fetched(line)) else { continue };
        match all.iter_mut().find(|it| it.uri == uri && it.suite == suite) {
            // The error says less than the warning in front of it.
            Some(_) => {}
            None => all.push(Unusable { uri, suite, words: line.to_owned() }),
        }
    }
    all
}

/// `The repository 'http://deb.example bookworm InRelease' is not signed.`, `GPG error: http://deb.example x InRelease: …`
fn quoted(line: &str) -> Option<(String, String)> {
    let of_repository = ["The repository '", "Repository '"].iter().find_map(|it| line.strip_prefix(it));
    let named = match of_repository {
        Some(rest) => rest.split_once('\'')?.0,
        None => line.split_once("GPG error: ")?.1.split_once("Release: ").map(|it| it.0)?,
    };
    let mut words = named.rsplitn(3, ' ');
    let (_, suite, uri) = (words.next()?, words.next()?, words.next()?);
    Some((uri.to_owned(), suite.to_owned()))
}

/// `Failed to fetch http://deb.example/dists/bookworm/InRelease  404 …`, `Release file for http://… is expired …`
fn fetched(line: &str) -> Option<(String, String)> {
    let front = ["Failed to fetch ", "Release file for "];
    let url = front.iter().find_map(|it| line.strip_prefix(it))?.split_whitespace().next()?;
    let Some((uri, rest)) = url.split_once("/dists/") else {
        return Some((url.rsplit_once('/')?.0.trim_end_matches("/.").to_owned(), "./".to_owned()));
    };
    let whole = ["/InRelease", "/Release", "/Release.gpg"].iter().find_map(|it| rest.strip_suffix(it));
    let suite = whole.or_else(|| rest.split('/').next())?;
    Some((uri.to_owned(), suite.to_owned()))
}

/// `unknown system group 'ssl' in statoverride file`: whatever the record gives to that name is given back.
pub fn disown(output: &str, record: &str) -> Vec<Vec<String>> {
    let said = output.lines().find(|it| it.contains("in statoverride file"));
    let Some(name) = said.and_then(|it| it.split('\'').nth(1)) else { return Vec::new() };
    let path = |line: &str| {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        let [user, group, _, path] = words.as_slice() else { return None };
        ([user, group].contains(&&name)).then(|| (*path).to_owned())
    };
    let paths = record.lines().filter_map(path);
    paths.map(|it| command(&["/usr/bin/dpkg-statoverride", "--remove"], &[it])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_source_that_cannot_be_used_is_named_once() {
        let said = "Err:2 http://deb.example/debian bookworm-backports InRelease\n\
            W: GPG error: http://deb.example/debian x InRelease: The following signatures couldn't be verified: NO_PUBKEY 6E\n\
            E: The repository 'http://deb.example/debian x InRelease' is not signed.\n\
            E: The repository 'cdrom://[Debian 12 _B_ DVD] bookworm Release' does not have a Release file.\n\
            E: Release file for http://a.example/dists/y/updates/InRelease is expired (invalid since 3d).\n\
            W: Failed to fetch http://b.example/dists/z/main/binary-amd64/Packages.xz  Could not resolve 'b.example'\n\
            W: Failed to fetch http://c.example/apt/./InRelease  404  Not Found\n\
            E: Repository 'http://d.example v InRelease' changed its 'Suite' value from 'stable' to 'oldstable'\n\
            W: Some index files failed to download. They have been ignored, or old ones used instead.\n\
            E: The list of sources could not be read.\n";
        let found = read(said);
        let shown: Vec<_> = found.iter().map(|it| format!("{} {}", it.uri, it.suite)).collect();
        assert_eq!(
            shown,
            [
                "http://deb.example/debian x",
                "cdrom://[Debian 12 _B_ DVD] bookworm",
                "http://a.example y/updates",
                "http://b.example z",
                "http://c.example/apt ./",
                "http://d.example v"
            ]
        );
        assert!(found[0].words.contains("NO_PUBKEY 6E"));
    }

    #[test]
    fn what_belongs_to_nobody_is_given_back() {
        let said = "dpkg: unrecoverable fatal error, aborting:\n unknown system group 'ssl' in statoverride file; the\n";
        let record = "root ssl 2755 /usr/bin/a b\nroot mail 2755 /usr/bin/c\nssl root 644 /d\n";
        let commands: Vec<_> = disown(said, record).iter().map(|it| it.join("|")).collect();
        assert_eq!(
            commands,
            ["/usr/bin/dpkg-statoverride|--remove|/usr/bin/a b", "/usr/bin/dpkg-statoverride|--remove|/d"]
        );
        assert!(disown("E: else", record).is_empty());
    }
}
