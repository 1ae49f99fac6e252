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
}
