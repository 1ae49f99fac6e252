//! What a machine in memory has if it is a Mac.

use super::Machine;
use crate::system::Identity;

impl Machine {
    /// A Mac of Ann's with nothing on it: macOS 15 on one of Apple's own processors, and zsh.
    pub fn macos() -> Self {
        let identity = Identity {
            os: "macos".into(),
            arch: "aarch64".into(),
            kernel: "24.2.0".into(),
            uid: 501,
            gid: 20,
            groups: vec![20, 12, 61, 80],
            cwd: "/Users/ann".into(),
            cpus: 2,
            ..Identity::default()
        };
        let env = [
            ("HOME", "/Users/ann"),
            ("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"),
            ("SHELL", "/bin/zsh"),
            ("TMPDIR", "/var/folders/zz/T/"),
            ("USER", "ann"),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let version = "<plist version=\"1.0\">\n<dict>\n\t<key>ProductBuildVersion</key>\n\t<string>24C101</string>\n\
                       \t<key>ProductVersion</key>\n\t<string>15.2</string>\n</dict>\n</plist>\n";
        let machine = Self { identity, env, ..Self::default() };
        machine
            .link("/etc", "private/etc")
            .link("/tmp", "private/tmp")
            .link("/var", "private/var")
            .file("/private/var/folders/zz/T/x", "")
            .file("/Users/ann/Library/x", "")
            .file("/System/Library/CoreServices/SystemVersion.plist", version)
            .file("/private/etc/paths", "/usr/local/bin\n/usr/bin\n/bin\n/usr/sbin\n/sbin\n")
            .answer(
                "/usr/sbin/sysctl",
                "sysctl.proc_translated hw.optional.arm64",
                0,
                "sysctl.proc_translated: 0\nhw.optional.arm64: 1\n",
                "",
            )
            .answer("/bin/launchctl", "getenv", 0, "", "")
    }
}
