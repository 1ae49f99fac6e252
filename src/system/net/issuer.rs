//! Reads who issued a certificate, so that a message can name the CA that is missing. Pure; reads as much of the DER
//! as it needs, never fails and never panics: it gives less. Nothing is trusted because of it.

/// The issuer's common name, else its organisation, as it may be shown on a terminal.
pub(super) fn issuer(certificate: &[u8]) -> Option<String> {
    let (outer, _) = element(certificate, 0x30)?;
    let (mut inside, _) = element(outer, 0x30)?;
    if let Some((_, rest)) = element(inside, 0xa0) {
        inside = rest; // the version
    }
    let (_, inside) = element(inside, 0x02)?; // the serial number
    let (_, inside) = element(inside, 0x30)?; // the signature algorithm
    let (mut names, _) = element(inside, 0x30)?;
    let mut organisation = None;
    while let Some((set, rest)) = element(names, 0x31) {
        names = rest;
        let Some((pair, _)) = element(set, 0x30) else { continue };
        let Some((kind, value)) = element(pair, 0x06) else { continue };
        let Some((text, _)) = [0x0c, 0x13, 0x16, 0x14].into_iter().find_map(|it| element(value, it)) else {
            continue;
        };
        match kind {
            [0x55, 0x04, 0x03] => return shown(text),
            [0x55, 0x04, 0x0a] => organisation = shown(text),
            _ => {}
        }
    }
    organisation
}

/// The content of an element with this tag at the front, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[first, length], rest) = bytes.split_first_chunk::<2>()?;
    if first != tag {
        return None;
    }
    if length < 0x80 {
        return rest.split_at_checked(length.into());
    }
    let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f)).filter(|(it, _)| it.len() <= 3)?;
    let length = digits.iter().fold(0, |sum, it| sum << 8 | usize::from(*it));
    rest.split_at_checked(length)
}

fn shown(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let plain = |it: &char| {
        !it.is_control()
            && !matches!(*it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let text: String = text.chars().filter(plain).take(80).collect();
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}
