//! The text form of OpenPGP: base64 between two lines, with a checksum. Pure. Binary files are taken as they are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What is wrong with a block that ends too early.
pub(super) const CUT: &str = "openpgp-cut";

/// The blocks of a file that are of this kind (`SIGNATURE`, `PUBLIC KEY BLOCK`), or the file itself where it is binary.
/// Nothing may stand outside of the blocks; an error is the key of what is wrong.
pub(super) fn blocks(bytes: &[u8], kind: &str) -> Result<Vec<Vec<u8>>, &'static str> {
    // Every packet begins with this bit, and no text does.
    if bytes.first().is_some_and(|it| it & 0x80 != 0) {
        return Ok(vec![bytes.to_vec()]);
    }
    let text = str::from_utf8(bytes).ok().filter(|it| it.is_ascii()).ok_or("openpgp-no-text")?;
    let (begin, end) = (format!("-----BEGIN PGP {kind}-----"), format!("-----END PGP {kind}-----"));
    let mut lines = text.lines().map(str::trim_end);
    let mut all = Vec::new();
    while let Some(line) = lines.by_ref().find(|it| !it.is_empty()) {
        if line != begin {
            return Err("openpgp-no-block");
        }
        let mut block: Vec<&str> = Vec::new();
        loop {
            match lines.next() {
                Some(line) if line == end => break,
                Some(line) => block.push(line),
                None => return Err(CUT),
            }
        }
        all.push(decoded(&block)?);
    }
    if all.is_empty() { Err("openpgp-no-block") } else { Ok(all) }
}

/// Headers, an empty line, base64, and the checksum where there is one.
fn decoded(block: &[&str]) -> Result<Vec<u8>, &'static str> {
    let empty = block.iter().position(|it| it.is_empty()).ok_or("openpgp-block")?;
    if block[..empty].iter().any(|it| !it.contains(": ")) {
        return Err("openpgp-block");
    }
    let mut body = &block[empty + 1..];
    let mut sum = None;
    if let Some((last, rest)) = body.split_last()
        && let Some(text) = last.strip_prefix('=')
    {
        let bytes = STANDARD.decode(text).ok().and_then(|it| <[u8; 3]>::try_from(it).ok());
        (sum, body) = (Some(bytes.ok_or("openpgp-block")?), rest);
    }
    let bytes = STANDARD.decode(body.concat()).map_err(|_| "openpgp-block")?;
    let [_, is @ ..] = crc24(&bytes).to_be_bytes();
    if sum.is_some_and(|it| it != is) { Err("openpgp-block") } else { Ok(bytes) }
}

fn crc24(bytes: &[u8]) -> u32 {
    let mut crc = 0x00b7_04ce_u32;
    for byte in bytes {
        crc ^= u32::from(*byte) << 16;
        for _ in 0..8 {
            crc <<= 1;
            if crc & 0x0100_0000 != 0 {
                crc ^= 0x0186_4cfb;
            }
        }
    }
    crc & 0x00ff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "-----BEGIN PGP SIGNATURE-----\nVersion: x\n\nYWJj\n=uhx7\n-----END PGP SIGNATURE-----\n";

    fn read(text: &str) -> Result<Vec<Vec<u8>>, &'static str> {
        blocks(text.as_bytes(), "SIGNATURE")
    }

    #[test]
    fn a_block_is_read_with_its_checksum_and_without() {
        assert_eq!(crc24(b"abc").to_be_bytes()[1..], STANDARD.decode("uhx7").expect("base64")[..]);
        assert_eq!(read(GOOD), Ok(vec![b"abc".to_vec()]));
        assert_eq!(read(&GOOD.replace("=uhx7\n", "")), Ok(vec![b"abc".to_vec()]));
        assert_eq!(read(&format!("\n{GOOD}\n{GOOD}")).map(|it| it.len()), Ok(2));
        assert_eq!(blocks(b"\x88\x01", "SIGNATURE"), Ok(vec![b"\x88\x01".to_vec()]));
    }

    #[test]
    fn what_is_no_block_is_refused() {
        for (bad, why) in [
            ("", "openpgp-no-block"),
            ("hello\n", "openpgp-no-block"),
            (&GOOD.replace("SIGNATURE", "MESSAGE"), "openpgp-no-block"),
            (&format!("{GOOD}hello\n"), "openpgp-no-block"),
            (&GOOD.replace("-----END PGP SIGNATURE-----", ""), CUT),
            (&GOOD.replace("\n\n", "\n"), "openpgp-block"),
            (&GOOD.replace("Version: x", "Version"), "openpgp-block"),
            (&GOOD.replace("uhx7", "uhx8"), "openpgp-block"),
            (&GOOD.replace("YWJj", "YWJk"), "openpgp-block"),
            (&GOOD.replace("YWJj", "YW!j"), "openpgp-block"),
            ("\né", "openpgp-no-text"),
        ] {
            assert_eq!(read(bad), Err(why), "{bad}");
        }
    }
}
