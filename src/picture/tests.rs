//! Tests of the picture: what is the pattern, and what only looks like it.

use super::*;

/// What the program draws, without its text's real shape: a bar of ink.
fn drawn(pattern: &Pattern, width: usize, height: usize) -> Picture {
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let grid = height * 7 / 8;
            let colour = if y < grid {
                let cell = (y * ROWS / grid) * COLUMNS + x * COLUMNS / width;
                COLOURS[usize::from(pattern.0[cell])]
            } else if x > width / 3 && x < width / 2 && y > height * 15 / 16 && y < height * 31 / 32 {
                [0; 3]
            } else {
                [255; 3]
            };
            rgb.extend(colour);
        }
    }
    Picture { width, height, rgb }
}

/// What a window of this title shows when all is well.
pub(crate) fn shown(title: &str) -> Picture {
    let digits = title.rsplit(' ').next().unwrap_or_default().bytes();
    let mut cells = [0; COLUMNS * ROWS];
    for (cell, digit) in cells.iter_mut().zip(digits) {
        *cell = digit & 7;
    }
    drawn(&Pattern(cells), 480, 360)
}

fn plain(colour: [u8; 3]) -> Picture {
    Picture { width: 480, height: 360, rgb: colour.repeat(480 * 360) }
}

fn whole(share: f32) -> bool {
    share >= 1.0
}

#[test]
fn what_was_drawn_matches_at_any_size() {
    let pattern = Pattern::new("a run");
    for (width, height) in [(480, 360), (960, 720), (1024, 768), (321, 247), (1917, 1033)] {
        assert!(whole(pattern.matched(&drawn(&pattern, width, height))), "{width}x{height}");
    }
}

#[test]
fn blank_black_and_foreign_pictures_do_not_match() {
    let pattern = Pattern::new("a run");
    for colour in [[0; 3], [255; 3], [128; 3], COLOURS[0], COLOURS[7]] {
        let share = pattern.matched(&plain(colour));
        assert!(share < 0.5, "{colour:?}: {share}");
    }
    let other = drawn(&Pattern::new("an earlier run"), 480, 360);
    assert!(!whole(pattern.matched(&other)));
    let tiny = Picture { width: 1, height: 1, rgb: vec![0; 3] };
    assert!(pattern.matched(&tiny) < 0.1);
    let lying = Picture { width: 480, height: 360, rgb: Vec::new() };
    assert!(pattern.matched(&lying) < 0.1);
}

#[test]
fn a_part_of_the_pattern_is_not_enough() {
    let pattern = Pattern::new("a run");
    let good = drawn(&pattern, 480, 360);
    let spoil = |x0: usize, x1: usize, y0: usize, y1: usize| {
        let mut bad = good.clone();
        for y in y0..y1 {
            bad.rgb[(y * 480 + x0) * 3..(y * 480 + x1) * 3].fill(0);
        }
        pattern.matched(&bad)
    };
    assert!(!whole(spoil(0, 480, 0, 180)), "the upper half is black");
    assert!(!whole(spoil(0, 60, 0, 52)), "one cell is black");
    assert!(!whole(spoil(0, 480, 315, 360)), "the text is black");
    assert!(whole(spoil(0, 1, 0, 360)), "a column of border pixels is not what we look at");
    let mut no_text = good.clone();
    no_text.rgb[480 * 315 * 3..].fill(255);
    assert!(!whole(pattern.matched(&no_text)), "no font, no text");
}

#[test]
fn sixteen_bit_colours_are_near_enough_and_swapped_channels_are_not() {
    let pattern = Pattern::new("a run");
    let mut coarse = drawn(&pattern, 480, 360);
    for channel in &mut coarse.rgb {
        *channel &= 0xf8;
    }
    assert!(whole(pattern.matched(&coarse)));
    let mut swapped = drawn(&pattern, 480, 360);
    for pixel in swapped.rgb.chunks_exact_mut(3) {
        pixel.swap(0, 2);
    }
    assert!(!whole(pattern.matched(&swapped)));
}

#[test]
fn every_run_has_a_pattern_of_its_own_with_all_colours() {
    let (one, two) = (Pattern::new("1"), Pattern::new("2"));
    assert_ne!(one, two);
    assert_eq!(one, Pattern::new("1"));
    for pattern in [one, two] {
        assert_eq!(pattern.digits().len(), 48);
        assert!((0..8).all(|it| pattern.0.contains(&it)));
        assert_eq!(pattern.title(), format!("fyne-setup {}", pattern.digits()));
    }
}

#[test]
fn the_colours_are_those_of_the_program() {
    let source = include_str!("../prove/program/main.go");
    for [red, green, blue] in COLOURS {
        let line = format!("{{R: {red:#04x}, G: {green:#04x}, B: {blue:#04x}, A: 0xff}}");
        assert!(source.contains(&line), "{line}");
    }
}

#[test]
fn a_png_reads_back_the_same() {
    let picture = drawn(&Pattern::new("a run"), 48, 32);
    let png = picture.png().expect("encoded");
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a png");
    let mut back = vec![0; reader.output_buffer_size().expect("small")];
    reader.next_frame(&mut back).expect("a frame");
    assert_eq!(back, picture.rgb);
}

#[test]
fn a_picture_of_one_colour_is_blank() {
    let one = |colour: [u8; 3]| Picture { width: 4, height: 2, rgb: colour.repeat(8) };
    assert!([[0; 3], [255; 3], [12, 200, 7]].into_iter().all(|it| one(it).is_blank()));
    let mut spotted = one([0; 3]);
    spotted.rgb[13] = 5;
    assert!(!spotted.is_blank());
    spotted.rgb[13] = 4;
    assert!(spotted.is_blank(), "a display of 16 bits rounds");
}

#[test]
fn a_png_is_read_back_as_it_was_written_and_no_damage_makes_it_panic() {
    let picture = Picture { width: 3, height: 2, rgb: (0..18).collect() };
    let png = picture.png().expect("a picture");
    assert_eq!(Picture::of_png(&png).as_ref(), Some(&picture));
    assert_eq!(picture.clone().lowest(1).rgb, (9..18).collect::<Vec<u8>>());
    assert_eq!(picture.clone().lowest(9), picture, "it has no more");
    for at in 0..png.len() {
        let _ = Picture::of_png(&png[..at]);
        for bit in 0..8 {
            let mut bad = png.clone();
            bad[at] ^= 1 << bit;
            let _ = Picture::of_png(&bad);
        }
    }
    assert_eq!(Picture::of_png(b""), None);
}
