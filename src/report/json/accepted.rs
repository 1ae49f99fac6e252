//! An acceptance in a document: inside its check, or with the name of it.

use serde::Serialize;

use crate::checks::{Acceptance, Finding, Status};
use crate::report::words::Words;

/// What was accepted, and why.
#[derive(Serialize)]
pub(super) struct AcceptedJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    reason: &'a str,
    until: Option<&'a str>,
    status: Status,
}

impl<'a> AcceptedJson<'a> {
    /// Inside its check.
    pub(super) fn of(it: &'a Acceptance) -> Self {
        let (reason, until, status) = (it.reason.as_str(), it.until.as_deref(), it.was);
        Self { id: None, summary: None, reason, until, status }
    }

    /// By itself; nothing where it does not hold.
    pub(super) fn with_check(it: &'a Finding, words: &Words) -> Option<Self> {
        let summary = Some(words.say(&it.verdict.summary));
        Some(Self { id: Some(&it.id), summary, ..Self::of(it.verdict.accepted()?) })
    }
}
