//! The network while a bundle is used: its unpacked files under one address that nobody else has, and nobody else. Not a
//! packet leaves the machine through it.

use std::io::{Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::Url;

use crate::fact::Fact;
use crate::fetch::name::SafeName;
use crate::fetch::sources::BUNDLE;
use crate::system::{Disk, Kind, Look, Net, NetError, Request, Response, UrlRule};

/// A network that is an unpacked bundle.
pub struct BundleNet<'a> {
    look: &'a dyn Look,
    disk: &'a dyn Disk,
    dir: PathBuf,
}

impl<'a> BundleNet<'a> {
    /// Of what lies in this directory.
    pub fn new(look: &'a dyn Look, disk: &'a dyn Disk, dir: &Path) -> Self {
        Self { look, disk, dir: dir.to_path_buf() }
    }

    /// The file that a URL of the bundle names.
    fn file(&self, url: &Url) -> Option<(PathBuf, u64)> {
        let path = percent_decode_str(url.path().trim_start_matches('/')).collect::<Vec<u8>>();
        let file = self.dir.join(SafeName::parse(&path).ok()?.as_str());
        match self.look.stat(&file) {
            Fact::Here(stat) if stat.kind == Kind::File => Some((file, stat.size)),
            _ => None,
        }
    }
}

impl Net for BundleNet<'_> {
    fn get(&self, request: &Request) -> Result<Response, NetError> {
        let url = &request.url;
        let ours: Url = BUNDLE.parse().expect("a test asks for it");
        if url.origin() != ours.origin() {
            let url = url.host_str().unwrap_or_default().to_owned();
            return Err(NetError::NotAllowed { url, rule: UrlRule::OnlyBundle });
        }
        let nothing = |status| Response {
            status,
            length: None,
            range: None,
            etag: None,
            body: Box::new(std::io::empty()),
        };
        let Some((path, size)) = self.file(url) else { return Ok(nothing(404)) };
        let unread = |why: String| NetError::Unreachable { host: path.display().to_string(), why };
        let mut file = self.disk.open(&path).map_err(|it| unread(it.to_string()))?;
        let (from, to) = request.range.map_or((0, size), |(from, to)| (from, to.unwrap_or(size).min(size)));
        if from > to {
            return Ok(nothing(416));
        }
        file.seek(SeekFrom::Start(from)).map_err(|it| unread(it.to_string()))?;
        let range = request.range.map(|_| (from, Some(size)));
        let status = if range.is_some() { 206 } else { 200 };
        Ok(Response {
            status,
            length: Some(to - from),
            range,
            etag: None,
            body: Box::new(file.take(to - from)),
        })
    }

    fn bundle(&self) -> Option<&Path> {
        Some(&self.dir)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::disk::RealDisk;
    use crate::system::real::RealLook;

    #[test]
    fn only_files_of_the_bundle_are_answered_whole_or_in_part_and_nobody_else_is_asked() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let look = RealLook::new(<_>::default(), dir.path().join("scratch"));
        let at = dir.path().join("b");
        RealDisk.make_dir(&at.join("proxy/!x/@v"), 0o700).expect("a directory");
        RealDisk.write(&at.join("proxy/!x/@v/list"), b"v1.0.0", None).expect("a file");
        RealDisk.write(&dir.path().join("secret"), b"x", None).expect("a file");
        let net = BundleNet::new(&look, &RealDisk, &at);
        let get = |url: &str, range| {
            let request = Request { range, ..Request::new(url.parse().expect("a URL")) };
            net.get(&request).map(|answer| {
                let mut text = String::new();
                let mut body = answer.body;
                body.read_to_string(&mut text).expect("it reads");
                (answer.status, text)
            })
        };
        let list = "https://bundle.invalid/proxy/!x/@v/list";
        assert_eq!(get(list, None), Ok((200, "v1.0.0".into())));
        assert_eq!(get(list, Some((2, Some(4)))), Ok((206, ".0".into())));
        assert_eq!(get(list, Some((4, None))), Ok((206, ".0".into())));
        assert_eq!(get(list, Some((9, None))), Ok((416, String::new())));
        for none in
            ["proxy", "proxy/none", "%2e%2e/secret", "proxy/%2e%2e/%2e%2e/%2e%2e/secret", "..%2fsecret", ""]
        {
            assert_eq!(
                get(&format!("https://bundle.invalid/{none}"), None),
                Ok((404, String::new())),
                "{none}"
            );
        }
        for other in [
            "https://goproxy.example/x",
            "http://bundle.invalid/proxy/!x/@v/list",
            "https://127.0.0.1/",
            "https://bundle.invalid:8443/",
        ] {
            let answer = get(other, None);
            assert!(matches!(answer, Err(NetError::NotAllowed { rule: UrlRule::OnlyBundle, .. })), "{other}");
        }
        assert_eq!(net.bundle(), Some(at.as_path()));
    }
}
