//! The layer of Apple's signature. It never proves a file: whom to trust nobody was told, and whether Apple took the
//! certificate back only a Mac can ask. It does speak against a file that is not what was signed.

use serde_json::json;

use super::layer::{Kind, Layer, State};
use crate::text::Text;
use crate::trust::apple::{self, Refusal, Signed, Signer};

/// The layer of a Mach-O file: the worst of its programs decides.
pub fn layer(bytes: &[u8]) -> Option<Layer> {
    let all = apple::judge(bytes)?;
    all.iter().map(of).max_by_key(|it| it.state)
}

fn of(one: &Result<Signed, Refusal>) -> Layer {
    let layer = |state, text| Layer::new(Kind::Apple, state, text);
    match one {
        Ok(Signed::Not) => layer(State::Absent, text!("verify-no-signature")),
        Ok(Signed::AdHoc) => layer(State::Absent, text!("verify-apple-ad-hoc")),
        Ok(Signed::By(signer)) => signed(signer),
        Err(refusal) => layer(if refusal.is_bad() { State::Bad } else { State::NotJudged }, why(refusal)),
    }
}

fn signed(by: &Signer) -> Layer {
    let (state, text) = if by.by_apple {
        (State::AsPublished, text!("verify-apple-signed", name = &by.name))
    } else {
        (State::NotJudged, text!("verify-apple-unknown", name = &by.name))
    };
    let by_whom = by.by_apple.then(|| by.name.clone());
    Layer { by: by_whom, more: Some(("team", json!(by.team))), ..Layer::new(Kind::Apple, state, text) }
}

fn why(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::Page(at) => text!("verify-apple-page", at = *at),
        Refusal::Part => text!("verify-apple-part"),
        Refusal::Unsigned => text!("verify-apple-unsigned"),
        Refusal::List => text!("verify-apple-list"),
        Refusal::Signature => text!("verify-apple-signature"),
        Refusal::Certificate => text!("verify-apple-certificate"),
        Refusal::Unread(why) => text!("verify-signature-unread", why = Text::new(*why)),
    }
}
