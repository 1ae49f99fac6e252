//! The layer of SHA-256: what a list of checksums says. The list is as good as its signature; without one it can only speak
//! against a file.

use super::Court;
use super::file::{self, Given};
use super::layer::{Kind, Layer, State};
use super::minisign::{Seal, seal};
use crate::text::Text;
use crate::trust::sums;

/// The name of a list that lies beside a file.
const LIST: &str = "SHA256SUMS";

/// The layer of a file.
pub fn layer(court: &Court, file: &Given) -> Layer {
    let layer = |state, text| Layer::new(Kind::Sha256, state, text);
    let found;
    let list = if let Some(list) = &court.list {
        list
    } else {
        let path = file.path.with_file_name(LIST);
        if file.name() == LIST
            || file.name() == format!("{LIST}.minisig")
            || court.session.look.stat(&path).is_absent()
        {
            return layer(State::Absent, text!("verify-no-list"));
        }
        match file::read(court.session, &path) {
            Ok(it) => found = it,
            Err(failure) => return layer(State::NotJudged, failure.message),
        }
        &found
    };
    let signed = seal(court, list);
    if let Seal::Bad(why) = signed {
        return layer(State::Bad, text!("verify-list-bad", list = &list.named, why = why));
    }
    // A list that was named is a question, and one that does not know the file answers it with no.
    let no = |it: Layer| Layer { denies: court.list.is_some(), ..it };
    match sums::find(&list.bytes, &file.name()) {
        Err(why) => no(layer(
            State::NotJudged,
            text!("verify-list-malformed", list = &list.named, why = Text::new(why)),
        )),
        Ok(None) => no(layer(State::Absent, text!("verify-list-silent", list = &list.named))),
        Ok(Some(it)) if it != file.digest => {
            layer(State::Bad, text!("verify-list-differs", list = &list.named, digest = it.to_string()))
        }
        Ok(Some(_)) => listed(&list.named, signed),
    }
}

/// The list has this digest.
fn listed(list: &str, signed: Seal) -> Layer {
    let open = |why: Text| {
        Layer::new(Kind::Sha256, State::NotJudged, text!("verify-list-open", list = list, why = why))
    };
    match signed {
        Seal::By { key, .. } => {
            let text = text!("verify-listed", list = list, key = &key);
            Layer::proven(Kind::Sha256, key, text)
        }
        Seal::Open(why) | Seal::Bad(why) => open(why),
        Seal::Absent => open(text!("verify-list-unsigned")),
    }
}
