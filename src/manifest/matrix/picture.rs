//! The picture: a row for each Fyne line, a column for each Go line, a colour for what was seen. Pure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Line, Matrix, Seen};
use crate::manifest::Row;
use crate::version::GoVersion;

const LEFT: usize = 92;
const TOP: usize = 64;
const WIDTH: usize = 74;
const HEIGHT: usize = 34;
const GAP: usize = 4;

const GREEN: &str = "#2da44e";
const AMBER: &str = "#d4a72c";
const RED: &str = "#cf222e";
const PALE: &str = "#dcefe1";
const GREY: &str = "#f0f1f3";
const INK: &str = "#24292f";

/// The whole picture.
pub(super) fn svg(matrix: &Matrix) -> String {
    let columns = columns(matrix);
    let rows = &matrix.manifest.fyne;
    let (width, height) = (LEFT + columns.len() * WIDTH + 16, TOP + rows.len() * HEIGHT + 44);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>Which Go builds which Fyne</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#ffffff\"/>\n\
         <g font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" font-size=\"13\" fill=\"{INK}\" text-anchor=\"middle\">\n\
         <text x=\"16\" y=\"24\" text-anchor=\"start\" font-size=\"15\" font-weight=\"600\">Which Go builds which Fyne</text>\n"
    );
    for (index, (major, minor)) in columns.iter().enumerate() {
        let x = LEFT + index * WIDTH + (WIDTH - GAP) / 2;
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{}\">Go {major}.{minor}</text>", TOP - 10);
    }
    for (index, row) in rows.iter().enumerate() {
        let y = TOP + index * HEIGHT;
        let _ = writeln!(
            svg,
            "<text x=\"16\" y=\"{}\" text-anchor=\"start\" font-weight=\"600\">Fyne {}</text>",
            y + 20,
            row.line
        );
        let seen = by_line(&matrix.row(row));
        for (index, line) in columns.iter().enumerate() {
            cell(&mut svg, LEFT + index * WIDTH, y, row, *line, seen.get(line));
        }
    }
    legend(&mut svg, height - 20);
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The Go lines from the oldest that was tried to the newest that a row names.
fn columns(matrix: &Matrix) -> Vec<Line> {
    let newest = matrix.manifest.fyne.iter().map(|it| it.go.max.line()).max().unwrap_or_default();
    let oldest = matrix.gos().first().map_or(newest, |it| it.line());
    (oldest.1..=newest.1).map(|minor| (newest.0, minor)).collect()
}

/// What was seen of each Go line: the best, and the release that it was seen with.
fn by_line(row: &BTreeMap<GoVersion, Seen>) -> BTreeMap<Line, (Seen, GoVersion)> {
    let mut all: BTreeMap<Line, (Seen, GoVersion)> = BTreeMap::new();
    for (go, seen) in row {
        let slot = all.entry(go.line()).or_insert((*seen, *go));
        *slot = (*slot).max((*seen, *go));
    }
    all
}

fn cell(svg: &mut String, x: usize, y: usize, row: &Row, line: Line, seen: Option<&(Seen, GoVersion)>) {
    let within = line >= row.go.min.line() && line <= row.go.max.line();
    let (fill, ink, text) = match seen {
        Some((Seen::Whole, go)) => (GREEN, "#ffffff", format!("✓ {go}")),
        Some((Seen::WithoutCli, go)) => (AMBER, INK, format!("✓ {go}")),
        Some((Seen::Broken, go)) => (RED, "#ffffff", format!("✗ {go}")),
        None if within => (PALE, INK, String::new()),
        None => (GREY, INK, String::new()),
    };
    let (w, h) = (WIDTH - GAP, HEIGHT - GAP);
    let _ =
        writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"5\" fill=\"{fill}\"/>");
    if !text.is_empty() {
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" fill=\"{ink}\" font-size=\"12\">{text}</text>",
            x + w / 2,
            y + 20
        );
    }
}

fn legend(svg: &mut String, y: usize) {
    let mut x = 16;
    for (fill, text, width) in [
        (GREEN, "window seen", 116),
        (AMBER, "window seen, an old CLI fails", 218),
        (RED, "fails", 74),
        (PALE, "said to work", 122),
        (GREY, "outside the limits", 120),
    ] {
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{}\" width=\"14\" height=\"14\" rx=\"3\" fill=\"{fill}\"/>\
             <text x=\"{}\" y=\"{y}\" text-anchor=\"start\" font-size=\"12\">{text}</text>",
            y - 12,
            x + 20
        );
        x += width;
    }
}
