//! What a program is called with: options that mean a secret, headers, logins of a proxy. Pure.

use super::secrets::means_secret;
use super::{Recording, Redactor};
use crate::system::Look;

impl Redactor {
    /// Knows who and where we are, before anything was recorded.
    pub fn here(look: &dyn Look) -> Self {
        let (identity, env) = (look.identity(), look.env().clone());
        Self::of(&Recording { identity, env, ..Recording::default() }, look)
    }

    /// The arguments of a program. Where an option means a secret, what follows it is one.
    pub fn arguments(&self, args: &[String]) -> Vec<String> {
        let before = [""].into_iter().chain(args.iter().map(String::as_str));
        before.zip(args).map(|(before, arg)| self.argument(before, arg)).collect()
    }

    fn argument(&self, before: &str, arg: &str) -> String {
        let option = before.starts_with('-') && !before.contains('=');
        let login = matches!(before, "-u" | "-U" | "--user" | "--proxy-user") && arg.contains(':');
        if option && (login || means_secret(before)) && !arg.starts_with("--") {
            return "redacted".to_owned();
        }
        if let Some((name, _)) = arg.split_once('=').filter(|it| means_secret(it.0)) {
            return format!("{name}=redacted");
        }
        if let Some((name, _)) = arg.split_once(':').filter(|it| means_secret(it.0)) {
            return format!("{name}: redacted");
        }
        // `name:password@host`, of a proxy that was given without `http://`.
        let (front, value) = arg.split_once('=').map_or(("", arg), |(name, _)| arg.split_at(name.len() + 1));
        match value.rsplit_once('@') {
            Some((login, host)) if !login.contains("//") && login.contains(':') => {
                self.text(&format!("{front}redacted@{host}"))
            }
            _ => self.text(arg),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn arguments_lose_what_their_options_say_is_secret() {
        let redactor =
            Redactor::here(&Machine::linux().var("HOME", "/home/alice").var("CI_TOKEN", "tok-9f8e7d"));
        let rows: [(&[&str], &[&str]); 9] = [
            (&["--token=a b"], &["--token=redacted"]),
            (&["--api-key", "abc", "next"], &["--api-key", "redacted", "next"]),
            (&["-H", "Authorization: Basic YTpi"], &["-H", "Authorization: redacted"]),
            (&["-H", "X-Auth-Token: abc"], &["-H", "X-Auth-Token: redacted"]),
            (&["-u", "me:pw"], &["-u", "redacted"]),
            (&["-x", "me:pw@proxy:3128", "git@host:repo"], &["-x", "redacted@proxy:3128", "git@host:repo"]),
            (
                &["env", "-w", "GOPROXY=https://me:pw@host/x,direct"],
                &["env", "-w", "GOPROXY=https://redacted@host/x,direct"],
            ),
            (&["say", "tok-9f8e7d"], &["say", "redacted"]),
            (
                &["install", "fyne.io/tools/cmd/fyne@v1.7.4", "/home/alice/x"],
                &["install", "fyne.io/tools/cmd/fyne@v1.7.4", "/home/user/x"],
            ),
        ];
        for (args, expected) in rows {
            let args: Vec<String> = args.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(redactor.arguments(&args), expected);
        }
    }
}
