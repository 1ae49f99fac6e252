//! The repositories that dnf's files describe: some stand there and are not enabled.

use std::collections::BTreeMap;
use std::path::Path;

use crate::facts::yumrepos;
use crate::gather::Gather as _;
use crate::packages::Watched;
use crate::system::Look;

const FILES: Watched = Watched::dir("/etc/yum.repos.d", &["repo"]);

/// By name, whether it is enabled.
pub(super) fn probe(look: &dyn Look, manager: &str) -> BTreeMap<String, bool> {
    if manager != "dnf" {
        return BTreeMap::new();
    }
    let dir = Path::new(FILES.path);
    let names = FILES.read(look.list(dir).into_here().unwrap_or_default()).unwrap_or_default();
    let texts = names.iter().filter_map(|it| look.read_text(&dir.join(it)).into_here());
    texts.flat_map(|it| yumrepos::parse(&String::from_utf8_lossy(&it))).into_map()
}
