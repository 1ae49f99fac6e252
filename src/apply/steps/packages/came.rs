//! What a transaction brought, by the words of its manager in its own log: written while it works, so that they are there
//! also where nobody was left to say how it ended.

use super::run::{asked, log_prefix};
use crate::apply::steps::StepContext;
use crate::packages::{Brought, PackageManager};
use crate::system::Answer;

/// All that the manager printed in a step, and when it did so last.
pub fn words(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    run: &str,
    step: u32,
) -> (String, Option<u64>) {
    let (look, logs) = (site.system.look, site.places.logs());
    let prefix = log_prefix(manager, run, step);
    let of_step = |it: &&String| {
        let rest = it.strip_prefix(&prefix).and_then(|it| it.strip_suffix(".log"));
        rest.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    let (mut text, mut last) = (String::new(), None);
    for name in look.list(&logs).into_here().unwrap_or_default().iter().filter(of_step) {
        let path = logs.join(name);
        text += &String::from_utf8_lossy(&look.read(&path).into_here().unwrap_or_default());
        let modified = look.stat(&path).into_here().and_then(|it| u64::try_from(it.modified).ok());
        last = last.max(modified);
    }
    (text, last)
}

/// Which of these packages a step brought.
pub fn brought(
    site: &StepContext<'_>,
    manager: &dyn PackageManager,
    step: u32,
    names: &[String],
) -> Vec<Brought> {
    let said = manager.brings(&words(site, manager, site.journal.run(), step).0);
    let there = asked(site, manager, &manager.query()).filter(Answer::ok);
    let there = there.map(|it| manager.installed(&it.out())).unwrap_or_default();
    let chosen = chosen(site, manager);
    let names = names.iter().filter(|it| said.iter().any(|said| said == plain(it)));
    let one = |name: &String| Brought {
        name: name.clone(),
        version: there.get(plain(name)).map(|it| it.version.clone()),
        chosen: chosen.iter().any(|it| it == plain(name)),
    };
    names.map(one).collect()
}

/// What somebody asked for by name, as far as the manager tells.
pub fn chosen(site: &StepContext<'_>, manager: &dyn PackageManager) -> Vec<String> {
    let answer = manager.chosen().and_then(|it| asked(site, manager, &it)).filter(Answer::ok);
    let text = answer.map(|it| it.out()).unwrap_or_default();
    text.lines().map(|it| plain(it.trim()).to_owned()).filter(|it| !it.is_empty()).collect()
}

/// `libc6:i386` is listed as `libc6`.
pub fn plain(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}
