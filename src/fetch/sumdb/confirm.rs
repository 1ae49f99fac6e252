//! Whether a Go program is made of what was published: every module in its build info against the checksum database.
//! The build info is the program's own word, so this judges what an honest `go` of ours built, not a stranger's file.

use super::{Client, SumdbError};
use crate::facts::go::{BuildInfo, BuildModule};

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
}
