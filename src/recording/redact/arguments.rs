//! What a program is called with: options that mean a secret, headers, logins of a proxy. Pure.

use std::path::Path;

use super::{Recording, Redactor};
use crate::discreet;
use crate::system::Look;

impl Redactor {
    /// Knows who and where we are, before anything was recorded.
    pub fn here(look: &dyn Look) -> Self {
        let (identity, env) = (look.identity(), look.env().clone());
        Self { others: None, ..Self::of(&Recording { identity, env, ..Recording::default() }, look) }
    }

    /// The arguments of a program. Where an option means a secret, what follows it is one.
    pub fn arguments(&self, program: &Path, args: &[String]) -> Vec<String> {
        let args = discreet::arguments_of(&program.to_string_lossy(), args, discreet::REDACTED);
        args.iter().map(|it| self.text(it)).collect()
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
            assert_eq!(redactor.arguments(Path::new("/bin/x"), &args), expected);
        }
    }

    #[test]
    fn what_is_asked_of_a_file_by_the_name_of_its_attribute_is_kept_and_answers_keep_that_name() {
        use crate::fact::Fact;
        use crate::probe::programs::ask;
        use crate::system::{Answer, Environment};
        let args = ["-p", "com.apple.quarantine", "/Users/ann/go"];
        let ask = ask(Path::new("/usr/bin/xattr"), &args, Environment::of_system());
        let answer = Answer {
            code: Some(1),
            stderr: b"No such xattr: com.apple.quarantine\n".to_vec(),
            ..Answer::default()
        };
        let run = [(crate::recording::run_key(&ask), (ask, Fact::Here(answer)))].into();
        let machine = Machine::macos();
        let env = [("HOME".to_owned(), "/Users/ann".to_owned())].into();
        let recording = Recording { run, env, identity: machine.identity.clone(), ..Recording::default() };
        let kept = Redactor::of(&recording, &machine).recording(recording);
        let (ask, answer) = kept.run.values().next().expect("one");
        assert_eq!(ask.args, ["-p", "com.apple.quarantine", "/Users/user/go"]);
        assert!(answer.here().is_some_and(|it| it.err().contains("com.apple.quarantine")));
    }
}
