//! What is done to Windows Subsystem for Linux from within: commands as they are shown and run, and what is written.

use std::path::Path;

use crate::quoting::quoted;

/// Where programs look for the sockets of X11.
pub const SHOWN: &str = "/tmp/.X11-unix";

/// Read by systemd-tmpfiles before `x11.conf`, which would make an empty directory: of two lines for a path the first counts.
pub const DROP_IN: &str = "/etc/tmpfiles.d/fyne-setup-wslg.conf";

/// What stands in that file. Without a `+` nothing that is there is removed: a newer WSL shows its sockets itself.
pub fn drop_in(dir: &Path) -> String {
    format!(
        "# Written by fyne-setup, and removed by fyne-setup undo: systemd mounts /tmp over the sockets of WSLg.\n\
         L {SHOWN} - - - - {}/.X11-unix\n",
        dir.display()
    )
}

/// Whether a path can stand in such a file as it is.
pub fn is_plain(dir: &Path) -> bool {
    dir.to_str().is_some_and(|it| it.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c)))
}

/// Shows the sockets as WSL itself does it.
pub fn show(dir: &Path) -> Vec<String> {
    let from = dir.join(".X11-unix").display().to_string();
    words(&["/bin/mount", "-o", "bind,ro,X-mount.mkdir", "-t", "none", &from, SHOWN])
}

/// The same as a person types it, behind `sudo` or not.
pub fn show_typed(dir: &Path) -> String {
    let words: Vec<String> = show(dir).iter().map(|it| quoted(it)).collect();
    words.join(" ").replacen("/bin/", "", 1)
}

/// Takes the mount away.
pub fn hide() -> Vec<String> {
    words(&["/bin/umount", SHOWN])
}

/// Removes the directory that it was mounted on, where that is empty.
pub fn remove_dir() -> Vec<String> {
    words(&["/bin/rmdir", SHOWN])
}

/// Lays a file from staging.
pub fn lay(staged: &Path) -> Vec<String> {
    let staged = staged.display().to_string();
    words(&["/usr/bin/install", "-D", "-m", "0644", "-T", "--", &staged, DROP_IN])
}

/// The name of that file in staging.
pub fn staged(id: u32) -> String {
    format!("wslg-{id}.conf")
}

/// Removes it, and the link that systemd-tmpfiles made of it.
pub fn take_away(link: bool) -> Vec<String> {
    let all = ["/bin/rm", "-f", "--", DROP_IN, SHOWN];
    words(if link { &all } else { &all[..4] })
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|&it| it.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systemd_reads_is_a_link_that_comes_before_the_directory_of_x11_and_removes_nothing() {
        let text = drop_in(Path::new("/mnt/wslg"));
        assert_eq!(text.lines().last(), Some("L /tmp/.X11-unix - - - - /mnt/wslg/.X11-unix"));
        let name = Path::new(DROP_IN).file_name().and_then(|it| it.to_str());
        assert!(name < Some("x11.conf"), "{name:?}");
        assert!(is_plain(Path::new("/mnt/wslg")) && !is_plain(Path::new("/my drives/wslg")));
        assert!(!is_plain(Path::new("/mnt/%u\nF /etc/x")));
    }
}
