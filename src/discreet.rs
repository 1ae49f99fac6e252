//! `Discreet`: a value that may carry a login, such as a GOPROXY list. Whatever shows it (`Display`, `Debug`, JSON) hides
//! what is secret in it; only [`Discreet::reveal`] gives the value itself, to who makes a request or writes a setting.
//!
//! And the one reader of secrets in texts, which the reports, the log and recordings share: [`hidden`] for any text,
//! [`value`] for what a variable is set to. Pure, and the same twice as once. What hides too much is a nuisance, what
//! hides too little is a leak: where both readings are possible, it is a secret.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod arguments;
mod assigned;
mod brief;
mod forms;
mod headers;
mod line;
mod login;
pub mod mail;
mod mark;
pub mod names;
pub mod options;
mod sentences;

pub use arguments::{arguments, arguments_of};
pub use line::{conflict, unread};
pub use mark::{MARK, REDACTED};

/// A value that may carry a login. Shown, its secrets are [`MARK`].
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Discreet(String);

impl Discreet {
    /// The value itself. For a request, for a file of settings, for a comparison; never for a text.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it holds a secret, which is not shown.
    pub fn hides(&self) -> bool {
        shown(&self.0) != self.0
    }

    /// Whether a secret is missing: it was read from something that was shown.
    pub fn is_marked(&self) -> bool {
        self.0.contains(MARK)
    }

    /// With its secrets, from whichever of these would be shown like it.
    pub fn filled<'a>(&self, known: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        if !self.is_marked() {
            return Some(self.clone());
        }
        let mut known = known.into_iter().filter(|it| !it.contains(MARK));
        known.find(|it| shown(it) == self.0).map(Self::from)
    }
}

impl From<&str> for Discreet {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<String> for Discreet {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl fmt::Display for Discreet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

impl fmt::Debug for Discreet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", shown(&self.0))
    }
}

impl Serialize for Discreet {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&shown(&self.0))
    }
}

impl<'de> Deserialize<'de> for Discreet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self)
    }
}

/// A list of URLs, or any other value of a setting, as it may be shown.
pub fn shown(value: &str) -> String {
    shown_with(value, MARK)
}

/// The same, with another mark.
pub fn shown_with(value: &str, mark: &str) -> String {
    hidden(&login::without_bare(&brief::brief(value, mark), mark, false), mark)
}

/// Any text without what is secret in it: logins and queries of URLs, values of what is named like a secret, headers.
pub fn hidden(text: &str, mark: &str) -> String {
    let text = brief::brief(text, mark);
    let text = sentences::without_told(&forms::without_forms(&text, mark), mark);
    // Almost every text has none of the signs that any other secret can be told by.
    if !text.contains(['@', '=', ':', '?', '%']) && !names::may_tell(&text) {
        return text;
    }
    let text = options::without_values(&login::without_logins(&text, mark), mark, false);
    headers::without_headers(&assigned::without_values(&text, mark), mark)
}

/// What a variable is set to, from its first to its last character.
pub fn value(name: &str, value: &str, mark: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    if names::is_secret(name) {
        return mark.to_owned();
    }
    let value = &brief::brief(value, mark);
    if names::is_proxy(name) {
        return hidden(&login::without_bare(value, mark, true), mark);
    }
    // What a program is called with stands in it as one would type it.
    hidden(&options::without_values(value, mark, true), mark)
}

/// Whether a proxy, as it is written in a variable, carries a login.
pub fn has_login(proxy: &str) -> bool {
    login::without_bare(proxy, MARK, true) != proxy || login::without_logins(proxy, MARK) != proxy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discreet_value_shows_no_secret_in_any_form() {
        let list = Discreet::from("https://bob:CANARY@host.test/go?sig=CANARY,ann:CANARY@b.test,direct");
        let said = "https://…@host.test/go?sig=…,direct";
        let list = {
            assert!(!format!("{list} {list:?}").contains("CANARY"), "{list}");
            Discreet::from(list.reveal().replace("ann:CANARY@b.test,", ""))
        };
        assert_eq!(list.to_string(), said);
        assert_eq!(format!("{list:?}"), format!("{said:?}"));
        assert_eq!(serde_json::to_string(&list).expect("a text"), format!("{said:?}"));
        assert!(list.reveal().contains("CANARY") && !list.is_marked());
    }

    /// What readers of secrets look back and ahead for, a megabyte of each in one line: where nothing is cut, one of them
    /// takes minutes, and a list of URLs the whole stack.
    #[test]
    fn no_line_is_so_long_that_it_cannot_be_read() {
        for sign in ["{a=", "token=x ", "a://b,", "eyJ."] {
            let line = sign.repeat(1_000_000 / sign.len());
            let said = hidden(&format!("the first\n{line}\nthe last"), MARK);
            assert!(said.starts_with("the first\n") && said.ends_with("\nthe last"), "{sign}");
        }
    }

    #[test]
    fn a_marked_value_is_filled_from_what_would_be_shown_like_it_and_from_nothing_else() {
        let marked: Discreet = serde_json::from_str("\"https://…@host.test/go,direct\"").expect("a text");
        assert!(marked.is_marked());
        let other = "https://bob:pw@else.test/go,direct";
        let whole = "https://bob:pw@host.test/go,direct";
        assert_eq!(marked.filled([other]), None);
        assert_eq!(marked.filled([marked.reveal()]), None, "a mark is no secret");
        assert_eq!(marked.filled([other, whole]).expect("the second fits").reveal(), whole);
        let plain = Discreet::from("direct");
        assert_eq!(plain.filled([]), Some(plain.clone()));
    }

    /// Passwords as people have them, in every place that a text has for one. The canary is in each.
    #[test]
    fn no_password_is_left_wherever_it_stands_and_whatever_it_holds() {
        let mut left = Vec::new();
        let mut rows = 0;
        for inside in [
            "", ",", "'", "/", "@", "\"", "|", "?", "#", ":", ";", "&", "=", "(", "\\", "1/", "@/", "://",
            "%40", "é",
        ] {
            let password = format!("a{inside}CANARY");
            let places = [
                format!("https://bob:{password}@host.test/go,direct"),
                format!("https://goproxy.test,https://bob:{password}@host.test|direct"),
                format!("see http://bob:{password}@host.test:3128/x now"),
                format!("socks5://bob:{password}@host.test"),
                format!("Get \"https://bob:{password}@host.test/x/@v/list\": EOF"),
                format!("HTTPS_PROXY=bob:{password}@host.test:9"),
                format!("http_proxy=http://bob:{password}@host.test:9"),
                serde_json::json!({"a": "b", "value": format!("bob:{password}@host.test:9,direct")})
                    .to_string(),
            ];
            for text in places {
                rows += 1;
                let said = hidden(&text, REDACTED);
                // A quote ends a text in quotes, as it does for a shell.
                let closed = text.contains("\"https") && inside == "\"";
                if said.contains("CANARY") && !closed {
                    left.push(format!("{text} -> {said}"));
                }
                assert_eq!(hidden(&said, REDACTED), said, "twice is once: {text}");
            }
        }
        assert!(left.is_empty() && rows > 100, "{rows} rows, left: {left:#?}");
    }

    #[test]
    fn a_secret_is_hidden_in_what_programs_write_for_programs_and_in_a_path() {
        for text in [
            "{\"url\":\"https:\\/\\/bob:CANARY@host.test\\/x\"}",
            "https:\\/\\/CANARY@host.test\\/x, next",
            "{\"a\":\"https:\\/\\/host.test\\/x?access=CANARY\"}",
            "Get https://host.test/token/aB3dCANARYe5f6G7/x/@v/list: 404",
            "https://host.test/basic-auth/aB3dCANARYe5f6G7/go",
            "https://hooks.host.test/webhooks/12/aB3dCANARYe5f6G7",
            "https://host.test/api_key/aB3dCANARYe5f6G7",
            "Authorization=Basic CANARY",
            "--header=Authorization=Bearer CANARY",
            "header Proxy-Authorization=Digest CANARY",
            "PROXY_AUTH=Basic CANARY x",
            "run --key /mnt/CANARY",
            "run --key CANARY.pub.pem",
            "run --api-key CANARY.pub",
        ] {
            let said = hidden(text, MARK);
            assert!(!said.contains("CANARY") && said.contains(MARK), "{text} -> {said}");
            assert_eq!(hidden(&said, MARK), said, "twice is once");
        }
    }

    #[test]
    fn a_value_of_a_variable_is_hidden_to_its_end() {
        for (name, set) in [
            ("HTTPS_PROXY", "bob:CANARY@127.0.0.1:9"),
            ("https_proxy", "bob:a b/CANARY@127.0.0.1:9"),
            ("ALL_PROXY", "socks5://bob:CANARY'e3@127.0.0.1:9"),
            ("http_proxy", "http://bob:12/CANARY@proxy"),
            ("GOPROXY", "bob:CANARY@host,direct"),
            ("GOPROXY", "https://bob:x,CANARY@host/go,direct"),
            ("GOAUTH", "git /home/CANARY"),
            ("GITHUB_TOKEN", "CANARY"),
            ("DB_PASS", "CANARY"),
            ("MYSQL_PWD", "CANARY"),
            ("GH_PAT", "CANARY"),
            ("NPM_AUTH", "CANARY"),
            ("CC", "gcc -DTOK=CANARY"),
            ("CGO_CFLAGS", "-O2 '-DKEY=\"CANARY\"'"),
            ("GOFLAGS", "-ldflags=-X=main.token=CANARY"),
            ("CC", "gcc --token CANARY"),
            ("CC", "gcc --password CANARY -O2"),
            ("CC", "gcc '--api-key' 'a CANARY' -O2"),
            ("CC", "gcc -token CANARY"),
            ("CC", "cc -p CANARY"),
            ("CC", "cc -pCANARY -pthread"),
            ("CC", "cc -u bob:CANARY"),
            ("GOFLAGS", "'-exec=run --token CANARY'"),
            ("GOFLAGS", "\"-toolexec=run -p CANARY\""),
            ("GOPROXY", "https://host.test/go#CANARY"),
            ("GOPROXY", "https://host.test/go#a=b&CANARY,direct"),
            ("GOPROXY", "https://host.test/go?CANARY"),
            ("GOPROXY", "https://host.test/go?CANARY&access_token=CANARY#CANARY|direct"),
            ("GOPROXY", "https://bob%3ACANARY%40host.test/go,direct"),
            ("GOPROXY", "bob%3aCANARY%40host.test,direct"),
            ("GOPROXY", "https%3A%2F%2Fbob%3ACANARY%40host.test"),
            ("http_proxy", "http://bob:CANARY%40host.test:3128"),
            ("https_proxy", "bob%253ACANARY%2540host.test:3128"),
            ("ALL_PROXY", "socks5://CANARY%40host.test"),
        ] {
            let said = value(name, set, MARK);
            assert!(!said.contains("CANARY") && said.contains(MARK), "{name}={set} -> {said}");
            assert_eq!(value(name, &said, MARK), said, "twice is once");
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for text in [
            "https://goproxy.example/fyne.io/fyne/v2/@v/v2.8.1.info",
            "http://athens:3000/fyne.io/fyne/v2/@v/list",
            "http://athens:3000/golang.org/toolchain/@v/v0.0.1-go1.27.4.linux-amd64.zip",
            "https://goproxy.example,https://b.example|direct",
            "file:///root/go/pkg/mod/cache/download|https://goproxy.example",
            "PATH=/root/go/bin:/root/go/pkg/mod/golang.org/x/tools@v0.24.0/bin:/usr/bin",
            "/root/go/pkg/mod/fyne.io/fyne/v2@v2.8.1/go.mod:12: unknown directive",
            "fyne.io/tools/cmd/fyne@v1.7.4",
            "GOFLAGS=-mod=mod -trimpath",
            "CC=gcc -O2 -D_FORTIFY_SOURCE=2 -I/opt/include",
            "XAUTHORITY=/run/user/1000/gdm/Xauthority",
            "GIT_AUTHOR_NAME=Ann",
            "PWD=/home/ann",
            "GOPATH=/home/ann/go",
            "git@github.com:fyne-io/fyne.git",
            "x509: certificate signed by unknown authority: bad",
            "export HOME=/root",
            "http_proxy=http://proxy.corp.example:3128",
            "NO_PROXY=localhost,127.0.0.1",
            "bash: line 3: syntax error: unexpected end of file",
            "mkdir -p ~/.config/go",
            "xattr -p com.apple.quarantine /Users/ann/go/bin/fyne",
            "sudo mkdir -p /opt/fyne-setup && ssh -p 2222 host",
            "go build -p 2 -tags x",
            "可以运行程序的目录：mkdir -p ~/tmp，然后",
            "gcc -pthread -pipe -O2",
            "https://proxy.example/fyne.io/%40v/list",
            "100%25 of 40%40",
            "is it https://host.example/x? or #4",
            "https://host.example/golang.org/x/oauth2/@v/v0.30.0.mod",
            "https://host.example/auth/login/of/somebody",
            "{\"url\":\"https:\\/\\/host.example\\/x\"}",
            "Authorization is needed",
            "fyne-setup install --system --bundle /mnt/b.tar --key '/mnt/our keys/minisign.pub'",
            "--key RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
        ] {
            assert_eq!(hidden(text, MARK), text);
        }
        for value in ["gcc -pthread -pipe -O2 -pie", "-p=4", "-p 4 -pgo=off", "-print-search-dirs"] {
            assert_eq!(super::value("GOFLAGS", value, MARK), value);
        }
    }
}
