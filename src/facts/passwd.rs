//! `/etc/passwd`: who a user id is. Accounts that come from elsewhere (LDAP, SSSD) are not in it.

use std::path::PathBuf;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Login name.
    pub name: String,
    /// Home directory.
    pub home: PathBuf,
    /// Login shell; `/bin/sh` where the file leaves it empty, as login(1) does.
    pub shell: PathBuf,
}

/// The first account with this id.
pub fn account(text: &str, uid: u32) -> Option<Account> {
    text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let [name, _, id, _, _, home, shell] = fields[..] else { return None };
        (id.parse() == Ok(uid)).then(|| Account {
            name: name.to_owned(),
            home: home.into(),
            shell: if shell.is_empty() { "/bin/sh".into() } else { shell.into() },
        })
    })
}

/// Who is in a group, by name: whom `/etc/group` lists, and whose first group `/etc/passwd` says that it is. `None` where
/// neither knows the group.
pub fn members(groups: &str, passwd: &str, gid: u32) -> Option<Vec<String>> {
    let fields = |line: &'_ str| line.split(':').map(str::to_owned).collect::<Vec<String>>();
    let listed = groups.lines().map(fields).find(|it| it.get(2).and_then(|it| it.parse().ok()) == Some(gid));
    let names = listed.as_ref().and_then(|it| it.get(3)).map(String::as_str).unwrap_or_default();
    let mut all: Vec<String> =
        names.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let first = passwd.lines().map(fields).filter(|it| it.get(3).and_then(|it| it.parse().ok()) == Some(gid));
    all.extend(first.filter_map(|it| it.into_iter().next()));
    (listed.is_some() || !all.is_empty()).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "root:x:0:0:root:/root:/bin/bash\nbad line\n+::::::\ndev:x:1000:1000:李,,,:/home/dev:\n";

    #[test]
    fn finds_an_account_by_its_id() {
        let rows = [(0, "root", "/root", "/bin/bash"), (1000, "dev", "/home/dev", "/bin/sh")];
        for (uid, name, home, shell) in rows {
            let account = account(FILE, uid).expect("an account");
            assert_eq!(
                (account.name.as_str(), account.home, account.shell),
                (name, home.into(), shell.into())
            );
        }
        assert_eq!(account(FILE, 7), None);
    }

    #[test]
    fn a_group_is_whom_it_lists_and_whose_first_group_it_is() {
        let groups = "root:x:0:\nbad\nstaff:x:50:\ngo:x:70:ann, bob\nann:x:1000:\n";
        let passwd = "root:x:0:0::/root:\nann:x:1000:1000::/home/ann:\ncy:x:1002:70::/home/cy:\n";
        for (gid, all) in
            [(50, Some(vec![])), (70, Some(vec!["ann", "bob", "cy"])), (1000, Some(vec!["ann"])), (9, None)]
        {
            let all: Option<Vec<String>> = all.map(|it| it.into_iter().map(str::to_owned).collect());
            assert_eq!(members(groups, passwd, gid), all, "{gid}");
        }
    }
}
