//! The hashes of modules for a lock file: each proven by the checksum database, now or on an earlier day.

use std::collections::BTreeMap;

use crate::failure::Failure;
use crate::fetch::sumdb::{Client, SumdbError};
use crate::gather::Gather as _;
use crate::system::parallel;
use crate::text::Text;
use crate::trust::Verified;
use crate::trust::dirhash::H1;
use crate::trust::record::ModuleSum;
use crate::version::ModuleVersion;

/// How many modules are asked for at once where not all of them are known.
const AT_ONCE: usize = 4;

/// Hashes of modules, by `path@version`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hashes {
    /// Those that were proven.
    pub proven: BTreeMap<String, H1>,
    /// Why the others could not be had: who was asked, and what came of it.
    pub open: BTreeMap<String, Text>,
}

/// Those that can be had. What nobody knows, or nobody can be asked about, is left open; what fails its proof is refused.
pub fn proven(client: &Client<'_>, modules: &[ModuleVersion]) -> Result<Hashes, Failure> {
    let pairs: Vec<_> = modules.iter().map(pair).collect();
    let of = |module: &ModuleVersion, sum: &Verified<ModuleSum>| (module.to_string(), sum.get().zip);
    // All at once needs the fewest answers; one that nobody knows must not hide the others.
    match client.lookup_all(&pairs) {
        Ok(sums) => {
            let proven = modules.iter().zip(&sums).map(|(module, sum)| of(module, sum)).into_map();
            return Ok(Hashes { proven, ..Hashes::default() });
        }
        Err(error) if error.is_refusal() => return Err(error.into()),
        Err(_) => {}
    }
    let one = |module: &ModuleVersion| client.lookup(module.path(), module.version());
    let mut all = Hashes::default();
    for (module, sum) in modules.iter().zip(parallel::each(AT_ONCE, modules, one)) {
        match sum.unwrap_or_else(|it| Err(SumdbError::from(it))) {
            Ok(sum) => all.proven.extend([of(module, &sum)]),
            Err(error) if error.is_refusal() => return Err(error.into()),
            Err(error) => all.open.extend([(module.to_string(), Failure::from(error).message)]),
        }
    }
    Ok(all)
}

fn pair(module: &ModuleVersion) -> (String, String) {
    (module.path().to_owned(), module.version().to_owned())
}
