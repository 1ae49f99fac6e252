//! Fyne's own settings, which every Fyne program reads before it shows a window. Most of what can be wrong with them (a file
//! where a directory should be, another owner, text that is no JSON) is logged by Fyne, and the window opens: tried. Looked
//! for is what stops it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::facts::{Host, Settings};
use crate::system::links;
use crate::system::{Kind, Look};

/// What Fyne waits for the end of, if it is a pipe.
const READ: [&str; 2] = ["settings.json", "theme.json"];

/// Those that are no files. What leads to `/dev` (`/dev/null`) has an end.
pub(super) fn blocked(look: &dyn Look, host: &Host, here: &Settings) -> Vec<PathBuf> {
    let dir = here.fyne_configs(&host.home());
    let blocks = |path: &PathBuf| {
        let seen = links::resolve(look, path).into_here();
        seen.is_some_and(|(real, stat)| stat.kind == Kind::Other && !real.starts_with(Path::new("/dev")))
    };
    READ.iter().map(|it| dir.join(it)).filter(blocks).collect()
}

/// The scale in the settings, as it is written there.
pub(super) fn scale(look: &dyn Look, host: &Host, here: &Settings) -> Option<(PathBuf, String)> {
    let file = here.fyne_configs(&host.home()).join(READ[0]);
    let regular = links::resolve(look, &file).into_here().is_some_and(|it| it.1.kind == Kind::File);
    let text = regular.then(|| look.read_text(&file).into_here()).flatten()?;
    let settings: Value = serde_json::from_slice(&text).ok()?;
    let scale = settings.get("scale").filter(|it| it.is_number())?;
    Some((file, scale.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::system::fake::Machine;

    #[test]
    fn the_scale_is_read_from_what_can_be_read() {
        let host = Host { home: Fact::Here("/root".into()), ..Host::default() };
        let file = "/root/.config/fyne/settings.json";
        for (text, scale) in
            [("{\"scale\":900.5}", Some("900.5")), ("{\"scale\":\"x\"}", None), ("{{{", None), ("{}", None)]
        {
            let machine = Machine::linux().file(file, text);
            let seen = super::scale(&machine, &host, &Settings::default());
            assert_eq!(seen, scale.map(|it| (file.into(), it.to_owned())), "{text}");
            assert_eq!(blocked(&machine, &host, &Settings::default()), Vec::<PathBuf>::new());
        }
    }
}
