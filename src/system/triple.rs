//! What this program was built for, in the words of those who publish it: `x86_64-unknown-linux-musl`.

/// The processor.
const ARCH: &str = std::env::consts::ARCH;

/// The rest: on Linux what is published is static, whatever this one is.
const SYSTEM: &str = if cfg!(target_os = "macos") {
    "apple-darwin"
} else if cfg!(windows) {
    "pc-windows-msvc"
} else {
    "unknown-linux-musl"
};

/// The triple of what is published for this machine.
pub fn triple() -> String {
    format!("{ARCH}-{SYSTEM}")
}
