//! Whether a Go program is made of what was published: every module in its build info against the checksum database.
//! The build info is the program's own word, so this confirms what an honest `go` of ours built ([`Client::confirm`]); of a
//! stranger's file it can only say what speaks against it ([`Client::standings`]).

use super::{Client, SumdbError};
use crate::facts::go::{BuildInfo, BuildModule};
use crate::failure::Failure;
use crate::system::parallel;
use crate::text::Text;

/// How many modules are asked for at once.
const AT_ONCE: usize = 8;

/// What is known of a module that a program names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has the published hash.
    Published,
    /// It has another one.
    Differs {
        /// The published one.
        published: String,
    },
    /// Nobody can tell: why.
    Open(Text),
    /// What came as an answer fails its proof.
    Refused(Text),
}

impl Client<'_> {
    /// Confirms the main module and every other module of a program.
    pub fn confirm(&self, info: &BuildInfo) -> Result<(), SumdbError> {
        let modules: Vec<&BuildModule> = std::iter::once(&info.main).chain(&info.deps).collect();
        if let Some(local) = modules.iter().find(|it| it.sum.is_empty()) {
            return Err(SumdbError::Local { module: format!("{}@{}", local.path, local.version) });
        }
        let pairs: Vec<_> = modules.iter().map(|it| (it.path.clone(), it.version.clone())).collect();
        for (module, sum) in modules.into_iter().zip(self.lookup_all(&pairs)?) {
            let published = sum.get().zip.to_string();
            if module.sum != published {
                return Err(SumdbError::Differs {
                    module: sum.get().module(),
                    built: module.sum.clone(),
                    published,
                });
            }
        }
        Ok(())
    }

    /// What is known of each of these modules, in their order. Nobody is asked about one that only the builder's machine
    /// had, or that is `private`.
    pub fn standings(
        &self,
        modules: &[&BuildModule],
        private: &(dyn Fn(&str) -> bool + Sync),
    ) -> Vec<Standing> {
        let own =
            |it: &BuildModule| own_word(it).or_else(|| private(&it.path).then(|| text!("verify-private")));
        // All at once needs the fewest answers; one that nobody knows must not hide the others.
        let asked: Vec<_> = modules.iter().filter(|it| own(it).is_none()).collect();
        let pairs: Vec<_> = asked.iter().map(|it| (it.path.clone(), it.version.clone())).collect();
        let offline_or_dead =
            !pairs.is_empty() && self.lookup_all(&pairs).is_err_and(|it| is_unreachable(&it));
        let at_once = if offline_or_dead { 1 } else { AT_ONCE };
        let judged =
            parallel::each(at_once, modules, |it| own(it).map_or_else(|| self.standing(it), Standing::Open));
        let open = |why| Standing::Open(Failure::from(why).message);
        judged.into_iter().map(|it| it.unwrap_or_else(open)).collect()
    }

    fn standing(&self, module: &BuildModule) -> Standing {
        match self.lookup(&module.path, &module.version) {
            Ok(sum) if sum.get().zip.to_string() == module.sum => Standing::Published,
            Ok(sum) => Standing::Differs { published: sum.get().zip.to_string() },
            Err(error) if error.is_refusal() => Standing::Refused(Failure::from(error).message),
            Err(error) => Standing::Open(Failure::from(error).message),
        }
    }
}

/// Whether no other module will have an answer either.
fn is_unreachable(error: &SumdbError) -> bool {
    matches!(error, SumdbError::Fetch(_) | SumdbError::Offline { .. })
}

/// What only the builder's machine had.
fn own_word(module: &BuildModule) -> Option<Text> {
    if let Some(replaced) = &module.replaces {
        return Some(text!("verify-replaced", module = replaced));
    }
    let local = module.sum.is_empty() || module.version == "(devel)" || module.version.ends_with("+dirty");
    local.then(|| text!("verify-local"))
}
