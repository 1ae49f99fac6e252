//! `/proc/locks`: which process holds a lock on a file. It names files by inode only, so a reader looks the inode up.

/// The process that holds a lock on this inode. `Some(0)` is a process of another PID namespace: held, by whom unknown.
pub fn holder(text: &str, inode: u64) -> Option<u32> {
    text.lines().find_map(|line| {
        // A waiting process has "->" after the number, and holds nothing.
        let fields: Vec<&str> = line.split_whitespace().skip(1).collect();
        let [kind, _, _, pid, file, ..] = fields[..] else { return None };
        let node: u64 = file.rsplit(':').next()?.parse().ok()?;
        (matches!(kind, "POSIX" | "FLOCK" | "OFDLCK") && node == inode)
            .then(|| pid.parse().map_or(0, |it: i64| u32::try_from(it).unwrap_or(0)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_holder_and_not_those_who_wait() {
        let text = "1: POSIX  ADVISORY  WRITE 812 08:01:131 0 EOF\n\
                    1: -> POSIX  ADVISORY  WRITE 900 08:01:131 0 EOF\n\
                    2: FLOCK  ADVISORY  WRITE 77 00:19:5 0 EOF\n\
                    3: OFDLCK ADVISORY  READ -1 00:19:6 0 EOF\n\
                    4: LEASE  ACTIVE    READ 5 00:19:9 0 EOF\ngarbage\n5: POSIX ADVISORY";
        for (inode, holds) in [(131, Some(812)), (5, Some(77)), (6, Some(0)), (9, None), (4, None)] {
            assert_eq!(holder(text, inode), holds, "{inode}");
        }
    }
}
