//! apt as a program that plays a part, for tests of what runs it: how its commands begin, and what it prints where it fails.

/// The program.
pub const APT: &str = "/usr/bin/apt-get";
/// An installation, also one again.
pub const INSTALL: &str = "/usr/bin/apt-get install -y";
/// Fixes what is broken.
pub const FIX: &str = "/usr/bin/apt-get install -y -o Dpkg::Use-Pty=0";
/// Brings the lists up to date.
pub const UPDATE: &str = "/usr/bin/apt-get update";
/// Finishes what was cut off.
pub const CONFIGURE: &str = "/usr/bin/dpkg --force-confdef";
/// Asks what is installed.
pub const QUERY: &str = "/usr/bin/dpkg-query";
/// Somebody else is at work.
pub const LOCKED: &str = "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)\n";
/// The lists are old.
pub const STALE: &str = "E: Unable to locate package libxrandr-dev\n";
/// It was cut off before.
pub const CUT: &str = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'\n";
/// Something that is installed has not what it needs.
pub const BROKEN: &str = "E: Unmet dependencies. Try 'apt --fix-broken install' with no packages\n";
/// There is no network.
pub const NETWORK: &str = "E: Failed to fetch x  Temporary failure resolving 'deb.example'\n";
/// It throws its lists away.
pub const FORGET: &str = "/usr/bin/find /var/lib/apt/lists";
/// An archive was reached that has nothing new.
pub const HIT: &str = "Hit:1 http://deb.example/debian bookworm InRelease\n";
/// No source was reached, which it only warns of.
pub const UNREACHED: &str = "Err:1 http://deb.example/debian bookworm InRelease\n  Temporary failure resolving 'deb.example'\n\
    W: Failed to fetch http://deb.example/debian/dists/bookworm/InRelease  Temporary failure resolving 'deb.example'\n\
    W: Some index files failed to download. They have been ignored, or old ones used instead.\n";
/// A file of an archive is gone.
pub const GONE: &str = "E: Failed to fetch http://deb.example/x_1.deb  404  Not Found\n";
/// One source cannot be used, and another one can.
pub const ONE_UNUSABLE: &str = "Hit:1 http://deb.example/debian bookworm InRelease\n\
    E: The repository 'http://acme.example/apt stable InRelease' is not signed.\n";
/// A file is given to a group that does not exist.
pub const ORPHANED: &str =
    "dpkg: unrecoverable fatal error, aborting:\n unknown system group 'ssl' in statoverride file; the\n";
/// Ends that.
pub const DISOWN: &str = "/usr/bin/dpkg-statoverride --remove";
/// Its record of owners.
pub const OWNERS: &str = "/var/lib/dpkg/statoverride";
/// Where it keeps when `a` was laid.
pub const LAID: &str = "/var/lib/dpkg/info/a:amd64.list";
/// Where it writes down what it did.
pub const HISTORY: &str = "/var/log/dpkg.log";
