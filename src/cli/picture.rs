//! A picture inside a terminal, by the protocol that the terminal is known to have. Only variables that name a terminal are
//! believed: a question that it does not answer would wait for ever, or leave its answer in the next line that is read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::picture::Picture;

/// Columns that a picture takes.
const COLUMNS: u32 = 40;
/// Bytes of base64 in one command of kitty's protocol.
const CHUNK: usize = 4096;
/// Pixels across of a sixel picture, which nobody scales.
const ACROSS: usize = 320;
/// Steps of a colour channel in a sixel picture.
const STEPS: usize = 6;

/// How a terminal takes a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    Kitty,
    Iterm,
    Sixel,
}

/// The bytes that show a PNG on this terminal; `None` on one that is not known to show pictures.
pub fn drawn(env: &BTreeMap<String, String>, png: &[u8]) -> Option<String> {
    match protocol(env)? {
        Protocol::Kitty => Some(kitty(png)),
        Protocol::Iterm => Some(format!(
            "\u{1b}]1337;File=inline=1;size={};width={COLUMNS};preserveAspectRatio=1:{}\u{7}\n",
            png.len(),
            BASE64.encode(png)
        )),
        Protocol::Sixel => Picture::of_png(png).map(|it| sixel(&it)),
    }
}

fn protocol(env: &BTreeMap<String, String>) -> Option<Protocol> {
    let value = |name: &str| env.get(name).map_or("", String::as_str);
    let (term, program) = (value("TERM"), value("TERM_PROGRAM"));
    // What stands between takes the bytes for text.
    let between = !value("TMUX").is_empty() || !value("STY").is_empty();
    if between || ["screen", "tmux", "dumb"].iter().any(|it| term.starts_with(it)) {
        return None;
    }
    let starts = |all: &[&str]| all.iter().any(|it| term.starts_with(it));
    if matches!(program, "iTerm.app" | "WezTerm") || value("LC_TERMINAL") == "iTerm2" {
        return Some(Protocol::Iterm);
    }
    if starts(&["xterm-kitty", "xterm-ghostty"])
        || program == "ghostty"
        || !value("KITTY_WINDOW_ID").is_empty()
    {
        return Some(Protocol::Kitty);
    }
    if starts(&["foot", "mlterm", "contour", "yaft"]) { Some(Protocol::Sixel) } else { None }
}

/// kitty's protocol: in pieces, and with no answer (`q=2`), since nobody would read it.
fn kitty(png: &[u8]) -> String {
    let all = BASE64.encode(png);
    let mut out = String::new();
    let mut head = format!("f=100,a=T,q=2,c={COLUMNS},");
    let mut rest = all.as_str();
    while !rest.is_empty() {
        let (piece, next) = rest.split_at(rest.len().min(CHUNK));
        let more = u8::from(!next.is_empty());
        let _ = write!(out, "\u{1b}_G{head}m={more};{piece}\u{1b}\\");
        head.clear();
        rest = next;
    }
    out.push('\n');
    out
}

/// Sixels of a picture that is made smaller: six rows of pixels a band, a pass a colour.
fn sixel(of: &Picture) -> String {
    let across = of.width.clamp(1, ACROSS);
    let down = (of.height * across / of.width.max(1)).max(1);
    let colour = |x: usize, y: usize| {
        let at = ((y * of.height / down) * of.width + x * of.width / across) * 3;
        let step = |it: usize| usize::from(of.rgb.get(at + it).copied().unwrap_or(0)) * (STEPS - 1) / 255;
        (step(0) * STEPS + step(1)) * STEPS + step(2)
    };
    let mut out = String::from("\u{1b}Pq");
    for it in 0..STEPS * STEPS * STEPS {
        let percent = |step: usize| step * 100 / (STEPS - 1);
        let (red, green, blue) = (it / STEPS / STEPS, it / STEPS % STEPS, it % STEPS);
        let _ = write!(out, "#{it};2;{};{};{}", percent(red), percent(green), percent(blue));
    }
    for top in (0..down).step_by(6) {
        let rows = top..(top + 6).min(down);
        let band: Vec<Vec<usize>> = rows.map(|y| (0..across).map(|x| colour(x, y)).collect()).collect();
        let mut colours: Vec<usize> = band.concat();
        colours.sort_unstable();
        colours.dedup();
        for it in colours {
            let _ = write!(out, "#{it}");
            for x in 0..across {
                let set = (0u8..).zip(&band).filter(|(_, row)| row[x] == it);
                out.push(char::from(63 + set.fold(0u8, |bits, (row, _)| bits | 1 << row)));
            }
            out.push('$');
        }
        out.push('-');
    }
    out.push_str("\u{1b}\\\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_a_terminal_that_is_known_by_its_name_gets_a_picture() {
        for (pairs, want) in [
            (&[("TERM", "xterm-256color")][..], None),
            (&[("TERM", "xterm-kitty")], Some(Protocol::Kitty)),
            (&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux,1,0")], None),
            (&[("TERM", "screen-256color"), ("KITTY_WINDOW_ID", "1")], None),
            (&[("TERM_PROGRAM", "iTerm.app"), ("TERM", "xterm-256color")], Some(Protocol::Iterm)),
            (&[("LC_TERMINAL", "iTerm2"), ("TERM", "xterm")], Some(Protocol::Iterm)),
            (&[("TERM", "foot")], Some(Protocol::Sixel)),
            (&[("TERM", "dumb"), ("TERM_PROGRAM", "ghostty")], None),
            (&[], None),
        ] {
            assert_eq!(protocol(&env(pairs)), want, "{pairs:?}");
        }
    }

    #[test]
    fn a_long_picture_goes_in_pieces_of_which_the_last_says_so() {
        let png = vec![7; 4000];
        let out = kitty(&png);
        let pieces: Vec<&str> = out.trim_end().split("\u{1b}\\").filter(|it| !it.is_empty()).collect();
        assert_eq!(pieces.len(), 2);
        assert!(pieces[0].starts_with("\u{1b}_Gf=100,a=T,q=2,c=40,m=1;"), "{}", &pieces[0][..40]);
        assert!(pieces[1].starts_with("\u{1b}_Gm=0;"), "{}", &pieces[1][..20]);
        let data: String = pieces.iter().filter_map(|it| it.split_once(';')).map(|it| it.1).collect();
        assert_eq!(BASE64.decode(data).expect("base64"), png);
    }

    #[test]
    fn sixels_have_each_pixel_in_its_colour_once() {
        let red = [255, 0, 0];
        let blue = [0, 0, 255];
        // Two columns of seven rows: a band of six and one of one.
        let rgb: Vec<u8> = (0..7).flat_map(|_| [red, blue].concat()).collect();
        let out = sixel(&Picture { width: 2, height: 7, rgb });
        let (red, blue) = (5 * 36, 5);
        let bands = format!("#{blue}?~$#{red}~?$-#{blue}?@$#{red}@?$-\u{1b}\\\n");
        assert!(out.starts_with("\u{1b}Pq#0;2;0;0;0#1;2;0;0;20") && out.ends_with(&bands), "{out:?}");
        let none = Picture { width: 0, height: 0, rgb: vec![] };
        assert!(sixel(&none).ends_with("\u{1b}\\\n"));
    }
}
