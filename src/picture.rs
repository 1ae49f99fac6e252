//! A picture, and the pattern that it must show. Pure: no display, no file.
//!
//! The pattern is 48 cells of eight colours, different in each run, so that neither an empty window nor one of an
//! earlier run can match. The program gets it in a file and has it in its title.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Pixels, three bytes each: red, green, blue, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// `width * height * 3` bytes.
    pub rgb: Vec<u8>,
}

impl Picture {
    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let from =
            (y.min(self.height.saturating_sub(1)) * self.width + x.min(self.width.saturating_sub(1))) * 3;
        self.rgb.get(from..from + 3).map_or([0; 3], |it| [it[0], it[1], it[2]])
    }

    /// One colour from edge to edge: what a window shows in which nothing was drawn.
    pub fn is_blank(&self) -> bool {
        // A black window is looked at ten times a second for a minute: one comparison tells it.
        if self.rgb.len() >= 3 && self.rgb[3..] == self.rgb[..self.rgb.len() - 3] {
            return true;
        }
        let mut pixels = self.rgb.chunks_exact(3);
        let first = pixels.next();
        first.is_none_or(|first| pixels.all(|it| it.iter().zip(first).all(|(a, b)| a.abs_diff(*b) <= BLANK)))
    }

    /// Its lowest rows, as many of them as it has.
    #[must_use]
    pub fn lowest(self, rows: usize) -> Self {
        let rows = rows.min(self.height);
        let from = (self.height - rows) * self.width * 3;
        Self { height: rows, rgb: self.rgb.get(from..).unwrap_or_default().to_vec(), ..self }
    }

    /// Of a PNG file; `None` of what is none, and of what is larger than any screen.
    pub fn of_png(bytes: &[u8]) -> Option<Self> {
        let limits = png::Limits { bytes: MOST };
        let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().ok()?;
        let mut all = vec![0; reader.output_buffer_size().filter(|it| *it <= MOST)?];
        let frame = reader.next_frame(&mut all).ok()?;
        let (colours, channels) = (frame.color_type, frame.color_type.samples());
        let side = |it: u32| usize::try_from(it).ok();
        let (width, height) = (side(frame.width)?, side(frame.height)?);
        if colours == png::ColorType::Rgb {
            all.truncate(frame.buffer_size());
            return Some(Self { width, height, rgb: all });
        }
        let grey = matches!(colours, png::ColorType::Grayscale | png::ColorType::GrayscaleAlpha);
        let pixels = all.get(..frame.buffer_size())?.chunks_exact(channels);
        let rgb = pixels.flat_map(|it| if grey { [it[0]; 3] } else { [it[0], it[1], it[2]] }).collect();
        Some(Self { width, height, rgb })
    }

    /// As a PNG file.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let side = |it: usize| u32::try_from(it).unwrap_or(0);
        let mut encoder = png::Encoder::new(&mut bytes, side(self.width), side(self.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.rgb)?;
        Ok(bytes)
    }
}

const COLUMNS: usize = 8;
const ROWS: usize = 6;

/// The colours of the program, in its order (`program/main.go`).
const COLOURS: [[u8; 3]; 8] = [
    [0xd8, 0x20, 0x20],
    [0x20, 0xa8, 0x20],
    [0x20, 0x40, 0xe0],
    [0xf0, 0xc8, 0x10],
    [0xc0, 0x30, 0xd0],
    [0x10, 0xb8, 0xc8],
    [0xf0, 0x78, 0x10],
    [0x68, 0x40, 0x18],
];

/// The most bytes of a picture that is read: far more than a window of ours has.
const MOST: usize = 256 << 20;

/// How far a channel may be off: displays of 16 bits lose three of its eight.
const TOLERANCE: u8 = 12;

/// How far the channels of one colour may be apart.
const BLANK: u8 = 4;

/// What the window of one run must show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern([u8; COLUMNS * ROWS]);

impl Pattern {
    /// A pattern for a run; another seed gives another one.
    pub fn new(seed: &str) -> Self {
        let mut cells = [0; COLUMNS * ROWS];
        let (first, second) = (Sha256::digest(seed), Sha256::digest(format!("{seed} again")));
        for (cell, byte) in cells.iter_mut().zip(first.iter().chain(second.iter())) {
            *cell = byte & 7;
        }
        // The first row has every colour, whatever the seed.
        for (column, cell) in cells.iter_mut().take(COLUMNS).enumerate() {
            *cell = u8::try_from(column).unwrap_or(0);
        }
        let turn = usize::from(first[0]) % COLUMNS;
        cells[..COLUMNS].rotate_left(turn);
        Self(cells)
    }

    /// What stands in the program's file.
    pub fn digits(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, cell| {
            let _ = write!(text, "{cell}");
            text
        })
    }

    /// The window's title.
    pub fn title(&self) -> String {
        format!("fyne-setup {}", self.digits())
    }

    /// How much of the pattern a picture shows, from 0 to 1: the share of the 48 cells, and once they are all there the
    /// line of text as one more. Only 1 is a match.
    pub fn matched(&self, picture: &Picture) -> f32 {
        if picture.width < COLUMNS * 4 || picture.height < ROWS * 4 {
            return 0.0;
        }
        let cells = (0..COLUMNS * ROWS).filter(|it| self.cell_matches(picture, *it)).count();
        let parts = cells + usize::from(cells == COLUMNS * ROWS && text_is_there(picture));
        #[expect(clippy::cast_precision_loss, reason = "at most 49")]
        let share = parts as f32 / (COLUMNS * ROWS + 1) as f32;
        share
    }

    /// Nine in ten of the points in the middle of the cell have its colour: a border may be blurred by scaling.
    fn cell_matches(&self, picture: &Picture, cell: usize) -> bool {
        const POINTS: usize = 9;
        let (column, row) = (cell % COLUMNS, cell / COLUMNS);
        let want = COLOURS[usize::from(self.0[cell] & 7)];
        let grid = picture.height * 7 / 8;
        // Points from one fifth to four fifths of the cell.
        let along = |cell: usize, cells: usize, length: usize, point: usize| {
            length * (cell * 5 * (POINTS - 1) + (POINTS - 1) + point * 3) / (cells * 5 * (POINTS - 1))
        };
        let points = (0..POINTS * POINTS).filter(|it| {
            let x = along(column, COLUMNS, picture.width, it % POINTS);
            let y = along(row, ROWS, grid, it / POINTS);
            near(picture.at(x, y), want)
        });
        points.count() * 10 >= POINTS * POINTS * 9
    }
}

fn near(is: [u8; 3], want: [u8; 3]) -> bool {
    is.iter().zip(want).all(|(is, want)| is.abs_diff(want) <= TOLERANCE)
}

/// Black on white in the strip below the grid: mostly paper, some ink, and nothing else but the steps between them.
fn text_is_there(picture: &Picture) -> bool {
    let top = picture.height * 7 / 8 + picture.height / 64;
    let bottom = picture.height - picture.height / 64;
    let (mut paper, mut ink, mut all) = (0, 0, 0);
    for y in top..bottom {
        for x in 0..picture.width {
            let colour = picture.at(x, y);
            all += 1;
            paper += usize::from(colour.iter().all(|it| *it >= 0xf0));
            ink += usize::from(colour.iter().all(|it| *it <= 0x60));
        }
    }
    all > 0 && paper * 100 >= all * 60 && ink * 1000 >= all * 3 && ink * 100 <= all * 30
}

#[cfg(test)]
pub(super) mod tests;
