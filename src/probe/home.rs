//! The home directory, one answer for the whole program: what HOME says, as everywhere; without it, the user's account.
//! Or why there is none: then nothing that lies below it is planned, and what would is put [`NOWHERE`].
//!
//! [`NOWHERE`]: crate::places::NOWHERE

mod mac;

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::passwd::{self, Account};
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::places::FOR_ALL;
use crate::quoting::quoted;
use crate::system::{Kind, Look, links};
use crate::text::Text;

/// What Windows calls HOME. HOME itself is nothing there: Git Bash and MSYS2 set it to what they like.
const PROFILE: &str = "USERPROFILE";

/// Why there is no home directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeError {
    /// What is wrong.
    pub fault: HomeFault,
    /// The home that the user's account names.
    pub account: Option<PathBuf>,
    /// `HOME`, or what it is called on Windows.
    pub variable: &'static str,
}

/// What is wrong with HOME.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeFault {
    /// It is not set, and no account names a home.
    Unknown,
    /// It is set to nothing.
    Empty,
    /// It does not begin with `/`, so that it would mean another directory in each.
    Relative(String),
    /// It holds a line end or another control character.
    Control,
    /// There is no such directory.
    Absent(PathBuf),
}

impl HomeError {
    /// What is wrong, for people.
    pub fn text(&self) -> Text {
        match &self.fault {
            HomeFault::Unknown if self.is_windows() => text!("usage-no-profile", variable = self.variable),
            HomeFault::Unknown => text!("usage-no-home"),
            HomeFault::Empty => text!("usage-home-empty", variable = self.variable),
            HomeFault::Relative(home) if self.is_windows() => {
                text!("usage-profile-relative", variable = self.variable, home = home)
            }
            HomeFault::Relative(home) => text!("usage-home-relative", home = home),
            HomeFault::Control => text!("usage-home-control", variable = self.variable),
            HomeFault::Absent(home) => text!("usage-home-absent", path = home),
        }
    }

    /// What to do, with the line to type. A home that the account names too only has to be made.
    pub fn hint(&self) -> Text {
        match (&self.fault, self.account.as_ref()) {
            (HomeFault::Absent(home), account) if account.is_none_or(|it| it == home) => {
                let line = format!("mkdir -p {}", quoted(&home.to_string_lossy()));
                text!("usage-home-absent-hint", line = line)
            }
            _ => text!("usage-no-home-hint", variable = self.variable, line = self.line()),
        }
    }

    /// The line that sets it right: with the account's home where it names one.
    pub fn line(&self) -> String {
        if self.is_windows() {
            return format!("$env:{} = 'C:\\Users\\NAME'", self.variable);
        }
        match self.account.as_deref().and_then(Path::to_str) {
            Some(home) => format!("export HOME={}", quoted(home)),
            None => "export HOME=/home/NAME".to_owned(),
        }
    }
}

impl HomeError {
    fn is_windows(&self) -> bool {
        self.variable == PROFILE
    }
}

impl From<HomeError> for Failure {
    fn from(error: HomeError) -> Self {
        Self::new(Code::HomeUnknown, error.text()).hint(error.hint())
    }
}

/// The home directory of who runs this.
pub fn home_dir(look: &dyn Look) -> Result<PathBuf, HomeError> {
    let named =
        || account(look).map(|it| it.home).filter(|it| sound(it.as_os_str().to_str().unwrap_or_default()));
    let style = PathStyle::of(&look.identity().os);
    let variable = variable(style);
    let fault = match look.env().get(variable).map(String::as_str) {
        None => return named().ok_or(HomeError { fault: HomeFault::Unknown, account: None, variable }),
        Some("") => HomeFault::Empty,
        Some(home) if home.contains(char::is_control) => HomeFault::Control,
        Some(home) if !style.is_absolute(home) => HomeFault::Relative(home.to_owned()),
        Some(home) => return Ok(style.path(home)),
    };
    Err(HomeError { fault, account: named(), variable })
}

/// Whether the home is that of nobody in particular: the command is about what is for all users.
pub fn is_nobodys(look: &dyn Look) -> bool {
    look.env().get(FOR_ALL).is_some_and(|it| it == "1")
}

/// The same where something is to be kept there: it is also a directory. What cannot be looked at may be one.
pub fn existing_home_dir(look: &dyn Look) -> Result<PathBuf, HomeError> {
    let home = home_dir(look)?;
    match links::resolve(look, &home) {
        Fact::Here((_, stat)) if stat.kind == Kind::Dir => Ok(home),
        Fact::Unknown(_) => Ok(home),
        // Whoever writes makes it.
        Fact::Absent if is_nobodys(look) => Ok(home),
        Fact::Here(_) | Fact::Absent => {
            let account = account(look).map(|it| it.home);
            let variable = variable(PathStyle::of(&look.identity().os));
            Err(HomeError { fault: HomeFault::Absent(home), account, variable })
        }
    }
}

const fn variable(style: PathStyle) -> &'static str {
    match style {
        PathStyle::Unix => "HOME",
        PathStyle::Windows => PROFILE,
    }
}

fn sound(home: &str) -> bool {
    home.starts_with('/') && !home.contains(char::is_control)
}

/// The account of who runs this. Windows has no file of accounts; what lies at its path is somebody else's.
pub fn account(look: &dyn Look) -> Option<Account> {
    if PathStyle::of(&look.identity().os) == PathStyle::Windows {
        return None;
    }
    let uid = look.identity().uid;
    of_file(look, uid).or_else(|| is_mac(look).then(|| mac::account(look, uid)).flatten())
}

fn of_file(look: &dyn Look, uid: u32) -> Option<Account> {
    let text = String::from_utf8_lossy(&look.read(Path::new("/etc/passwd")).into_here()?).into_owned();
    passwd::account(&text, uid)
}

/// Whether people's accounts are in no file.
pub fn is_mac(look: &dyn Look) -> bool {
    look.identity().os == "macos"
}

/// The name of the account with this number.
pub fn name_of(look: &dyn Look, uid: u32) -> Option<String> {
    let of_mac = || is_mac(look).then(|| mac::name_of(look, uid)).flatten();
    of_file(look, uid).map(|it| it.name).or_else(of_mac)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn on_windows_the_profile_is_the_home_and_home_is_nothing() {
        let ann =
            || Machine::windows().var("HOME", "/home/ann").file("/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        assert_eq!(home_dir(&ann()), Ok("C:/Users/Ann".into()));
        assert_eq!(home_dir(&ann().var("USERPROFILE", r"\\srv\homes\李 雷")), Ok("//srv/homes/李 雷".into()));
        let there = ann().file("C:/Users/Ann/x", "");
        assert_eq!(existing_home_dir(&there), Ok("C:/Users/Ann".into()));
        let mut none = ann();
        none.env.remove("USERPROFILE");
        for (machine, fault) in [
            (none, HomeFault::Unknown),
            (ann().var("USERPROFILE", ""), HomeFault::Empty),
            (ann().var("USERPROFILE", r"\Users\Ann"), HomeFault::Relative(r"\Users\Ann".into())),
            (ann().var("USERPROFILE", "C:Ann"), HomeFault::Relative("C:Ann".into())),
        ] {
            let error = home_dir(&machine).expect_err("no home");
            assert_eq!((&error.fault, error.account.as_deref()), (&fault, None));
            assert_eq!(error.line(), r"$env:USERPROFILE = 'C:\Users\NAME'");
            assert!(error.text().args.iter().any(|it| it.0 == "variable"), "{:?}", error.text());
        }
    }

    #[test]
    fn home_says_where_home_is_then_the_account_and_else_it_is_told_why_nobody_knows() {
        let known = "root:x:0:0:root:/root:/bin/sh\n";
        let fault = |fault, account: Option<&str>| {
            Err(HomeError { fault, account: account.map(PathBuf::from), variable: "HOME" })
        };
        let relative = |home: &str| HomeFault::Relative(home.into());
        let rows = [
            (Some("/home/ann"), known, Ok("/home/ann".into())),
            (None, known, Ok("/root".into())),
            (None, "", fault(HomeFault::Unknown, None)),
            (None, "root:x:0:0:root:root:/bin/sh\n", fault(HomeFault::Unknown, None)),
            (Some(""), known, fault(HomeFault::Empty, Some("/root"))),
            (Some(""), "", fault(HomeFault::Empty, None)),
            (Some("here"), known, fault(relative("here"), Some("/root"))),
            (Some("./here"), known, fault(relative("./here"), Some("/root"))),
            (Some("/a\nb"), known, fault(HomeFault::Control, Some("/root"))),
        ];
        for (home, accounts, expected) in rows {
            let mut machine = Machine::linux().file("/etc/passwd", accounts);
            machine.env.remove("HOME");
            machine.env.extend(home.map(|it| ("HOME".to_owned(), it.to_owned())));
            assert_eq!(home_dir(&machine), expected, "{home:?}");
        }
    }

    #[test]
    fn a_home_that_is_not_there_is_none_and_is_not_made() {
        let known = "root:x:0:0:root:/root:/bin/sh\n";
        let machine =
            |home: &str| Machine::linux().file("/etc/passwd", known).var("HOME", home).file("/file", "");
        let gone = |home: &str, account: &str| {
            let fault = HomeFault::Absent(home.into());
            Err(HomeError { fault, account: Some(account.into()), variable: "HOME" })
        };
        let there = machine("/root").file("/root/.profile", "");
        assert_eq!(existing_home_dir(&there), Ok("/root".into()));
        let linked = there.link("/home/ann", "/root").var("HOME", "/home/ann");
        assert_eq!(existing_home_dir(&linked), Ok("/home/ann".into()));
        for home in ["/home/gone", "/file", "/file/below"] {
            assert_eq!(existing_home_dir(&machine(home)), gone(home, "/root"), "{home}");
        }
        let error = existing_home_dir(&machine("/root")).expect_err("not there");
        assert!(error.hint().to_string().contains("mkdir -p /root"), "{}", error.hint());
        let error = existing_home_dir(&machine("/home/gone")).expect_err("not there");
        assert!(error.hint().to_string().contains("export HOME=/root"), "{}", error.hint());
    }

    #[test]
    fn the_line_to_type_names_the_home_of_the_account() {
        let error = |account: Option<&str>| HomeError {
            fault: HomeFault::Empty,
            account: account.map(Into::into),
            variable: "HOME",
        };
        assert_eq!(error(Some("/root")).line(), "export HOME=/root");
        assert_eq!(error(None).line(), "export HOME=/home/NAME");
    }
}
