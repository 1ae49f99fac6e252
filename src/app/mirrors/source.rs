//! Where the modules of a run come from, and what came of asking: values, and what is told of them. Nobody is asked here.

use serde_json::json;
use url::Url;

use crate::discreet::Discreet;
use crate::fetch::sources::Source;
use crate::report::Report;
use crate::system::Request;
use crate::text::Text;

/// Where the modules of a run come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ModuleSource {
    /// As it was asked for, or as it is set.
    #[default]
    AsSet,
    /// Nobody said it, and nobody was asked yet.
    Unmeasured,
    /// Nobody said it, and the sources were asked.
    Measured(Measured),
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Milliseconds until the default source answered, where it did.
    pub default_ms: Option<u64>,
    /// The same of each mirror that was asked.
    pub mirrors: Vec<(Url, Option<u64>)>,
    /// Which of the mirrors is used; `None` for the default.
    pub chosen: Option<usize>,
}

impl ModuleSource {
    /// What `--goproxy` leaves open: `as_set` is its word for where Go is set to look.
    pub fn of(goproxy: Option<&Discreet>, as_set: bool) -> Self {
        if as_set || goproxy.is_some() { Self::AsSet } else { Self::Unmeasured }
    }

    /// Keeps what was measured for the next look of the same command, or takes it from there.
    pub fn remember(&mut self, kept: &mut Option<Measured>) {
        match (&*self, &*kept) {
            (Self::Unmeasured, Some(it)) => *self = Self::Measured(it.clone()),
            (Self::Measured(it), _) => *kept = Some(it.clone()),
            _ => {}
        }
    }

    /// The report, with the figures for programs.
    pub fn told_in(&self, mut report: Report) -> Report {
        if let Self::Measured(it) = self {
            let mirror = |(url, ms): &(Url, Option<u64>)| json!({ "url": base(url), "ms": ms });
            let mirrors: Vec<_> = it.mirrors.iter().map(mirror).collect();
            let told = json!({
                "default_ms": it.default_ms,
                "mirrors": mirrors,
                "chosen": it.mirror().map(|it| base(it.0)),
            });
            report.more.insert("module_source".into(), told);
        }
        report
    }
}

impl Measured {
    /// The mirror that is used, and the milliseconds until it answered.
    pub fn mirror(&self) -> Option<(&Url, u64)> {
        let (url, ms) = self.mirrors.get(self.chosen?)?;
        Some((url, (*ms)?))
    }

    /// What people are told, where it is not the default.
    pub fn told(&self) -> Option<Text> {
        let (url, ms) = self.mirror()?;
        let (mirror, ms) = (Source::proxy(url.clone()).name(), ms.cast_signed());
        Some(match self.default_ms.map(u64::cast_signed) {
            None => {
                let limit = Request::BRIEF.as_secs().cast_signed();
                text!("mirrors-silent", limit = limit, mirror = mirror, ms = ms)
            }
            Some(default) => text!("mirrors-slower", default = default, mirror = mirror, ms = ms),
        })
    }
}

/// A mirror as GOPROXY names it.
pub fn base(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}
