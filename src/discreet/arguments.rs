//! What a program is called with: options that mean a secret, headers, logins of a proxy.

use super::options::{behind_p, has_other_p, means_secret, takes};
use super::{hidden, login};

/// The arguments of a program. Where an option means a secret, what follows it is one.
pub fn arguments(args: &[String], mark: &str) -> Vec<String> {
    arguments_of("", args, mark)
}

/// The same where the program is known: the `-p` of some means something else.
pub fn arguments_of(program: &str, args: &[String], mark: &str) -> Vec<String> {
    let other_p = has_other_p(program);
    let before = [""].into_iter().chain(args.iter().map(String::as_str));
    before
        .zip(args)
        .map(|(before, arg)| argument(if other_p { no_p(before) } else { before }, arg, mark))
        .collect()
}

fn no_p(before: &str) -> &str {
    if before == "-p" { "" } else { before }
}

fn argument(before: &str, arg: &str, mark: &str) -> String {
    if takes(before, arg) {
        return mark.to_owned();
    }
    if behind_p(arg).is_some() {
        return format!("-p{mark}");
    }
    if let Some((name, _)) = arg.split_once('=').filter(|it| means_secret(it.0)) {
        return format!("{name}={mark}");
    }
    if let Some((name, _)) = arg.split_once(':').filter(|it| means_secret(it.0)) {
        return format!("{name}: {mark}");
    }
    // `name:password@host`, of a proxy that was given without `http://`.
    let (front, value) = arg.split_once('=').map_or(("", arg), |(name, _)| arg.split_at(name.len() + 1));
    hidden(&format!("{front}{}", login::without_bare(value, mark, false)), mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_lose_what_their_options_say_is_secret() {
        let rows: [(&[&str], &[&str]); 13] = [
            (&["-p", "abc", "next"], &["-p", "redacted", "next"]),
            (&["-pabc", "-p=abc", "-pass word"], &["-predacted", "-predacted", "-predacted"]),
            (&["-p", "4", "-p=12", "-p", "-x"], &["-p", "4", "-p=12", "-p", "-x"]),
            (
                &["-pthread", "-pipe", "-pgo=off", "-print-file-name=libc.so", "-pkgdir=/x"],
                &["-pthread", "-pipe", "-pgo=off", "-print-file-name=libc.so", "-pkgdir=/x"],
            ),
            (&["--token=a b"], &["--token=redacted"]),
            (&["--api-key", "abc", "next"], &["--api-key", "redacted", "next"]),
            (&["-H", "Authorization: Basic YTpi"], &["-H", "Authorization: redacted"]),
            (&["-H", "X-Auth-Token: abc"], &["-H", "X-Auth-Token: redacted"]),
            (&["-u", "me:pw"], &["-u", "redacted"]),
            (&["-x", "me:pw@proxy:3128", "git@host:repo"], &["-x", "redacted@proxy:3128", "git@host:repo"]),
            (&["-x", "me:p,w/x@proxy"], &["-x", "redacted@proxy"]),
            (
                &["env", "-w", "GOPROXY=https://me:pw@host/x,direct"],
                &["env", "-w", "GOPROXY=https://redacted@host/x,direct"],
            ),
            (
                &["install", "fyne.io/tools/cmd/fyne@v1.7.4", "/home/alice/x"],
                &["install", "fyne.io/tools/cmd/fyne@v1.7.4", "/home/alice/x"],
            ),
        ];
        for (args, expected) in rows {
            let args: Vec<String> = args.iter().map(|it| (*it).to_owned()).collect();
            let said = arguments(&args, "redacted");
            assert_eq!(said, expected);
            assert_eq!(arguments(&said, "redacted"), expected, "twice is once");
        }
    }

    #[test]
    fn the_p_of_a_program_that_is_known_to_mean_something_else_hides_nothing() {
        let args = ["-p", "com.apple.quarantine", "/x"].map(str::to_owned);
        assert_eq!(arguments_of("/usr/bin/xattr", &args, "redacted"), args);
        assert_eq!(arguments_of("/usr/bin/other", &args, "redacted")[1], "redacted");
        let both = ["-p", "--token", "CANARY"].map(str::to_owned);
        assert_eq!(arguments_of("/usr/bin/xattr", &both, "redacted"), ["-p", "--token", "redacted"]);
    }
}
