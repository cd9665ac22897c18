//! Takes the picture in the README: runs the program on its sample and draws the screen as SVG.
//!
//! `cargo build --release && cargo run --example picture [-- KEYS [DOCUMENT [FILE]]]`
//!
//! It stands apart from the program because only the README needs it. The terminal is the one of the tests.

#[expect(
    dead_code,
    reason = "the tests use more of the terminal than a picture needs"
)]
#[path = "../it/pty.rs"]
mod pty;

use std::fmt::Write as _;
use std::path::Path;

use pty::Start;
use vt100::{Cell, Color, Screen};

const COLUMNS: u16 = 120;
const ROWS: u16 = 36;
/// One cell, in the picture's units.
const WIDTH: f32 = 8.4;
const HEIGHT: f32 = 17.0;
const MARGIN: f32 = 12.0;
const FONT: &str = "ui-monospace, 'DejaVu Sans Mono', 'SF Mono', Menlo, Consolas, monospace";
const INK: &str = "#d8dee9";
const PAPER: &str = "#1b2028";
/// The sixteen colours of the terminal that is drawn: readable on the paper.
const COLOURS: [&str; 16] = [
    "#3b4252", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
    "#7f8896", "#f08f97", "#b5d69b", "#f0d49a", "#8cc5f5", "#d99be8", "#7fd0da", "#ffffff",
];

/// How a cell looks, so that cells of one look become one stretch of text.
#[derive(Clone, Debug, PartialEq)]
struct Look {
    paper: Option<String>,
    underline: bool,
    /// The rest, as SVG has it.
    attributes: String,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let keys = arguments.next().unwrap_or_default();
    let document = arguments.next().filter(|path| !path.is_empty());
    let file = arguments
        .next()
        .unwrap_or_else(|| "docs/screen.svg".to_owned());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let binary = root.join("target/release/briefing");
    anyhow::ensure!(
        binary.exists(),
        "{} is missing: cargo build --release",
        binary.display()
    );
    let mut session = document
        .iter()
        .fold(Start::program(&binary), Start::argument)
        .open(COLUMNS, ROWS);
    session.wait_until("a screen", |session| session.terminal().alternate_screen());
    session.settle();
    for key in keys.chars() {
        session.keys(key.encode_utf8(&mut [0; 4]));
        session.settle();
    }
    std::fs::write(root.join(&file), picture(session.terminal())?)?;
    Ok(())
}

/// The screen as SVG: papers first, then the words, each stretch at its column whatever font there is.
fn picture(screen: &Screen) -> Result<String, std::fmt::Error> {
    let (width, height) = (
        f32::from(COLUMNS) * WIDTH + 2.0 * MARGIN,
        f32::from(ROWS) * HEIGHT + 2.0 * MARGIN,
    );
    let mut papers = String::new();
    let mut words = String::new();
    for row in 0..ROWS {
        for (column, cells, text, look) in stretches(screen, row) {
            let (x, y) = (
                MARGIN + f32::from(column) * WIDTH,
                MARGIN + f32::from(row) * HEIGHT,
            );
            let long = f32::from(cells) * WIDTH;
            if let Some(paper) = &look.paper {
                writeln!(
                    papers,
                    r#"<rect x="{x:.1}" y="{y:.1}" width="{long:.1}" height="{HEIGHT}" fill="{paper}"/>"#
                )?;
            }
            if !text.trim().is_empty() {
                let (attributes, text) = (look.attributes, escaped(&text));
                let y = y + HEIGHT * 0.75;
                writeln!(
                    words,
                    r#"<text x="{x:.1}" y="{y:.1}" textLength="{long:.1}" lengthAdjust="spacingAndGlyphs"{attributes}>{text}</text>"#
                )?;
            }
        }
    }
    Ok(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}">
<title>briefing, showing its sample at {COLUMNS} by {ROWS}</title>
<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>
{papers}<g font-family="{FONT}" font-size="14" xml:space="preserve">
{words}</g>
</svg>
"#
    ))
}

/// The stretches of one look in a row: first column, number of cells, text, look.
fn stretches(screen: &Screen, row: u16) -> Vec<(u16, u16, String, Look)> {
    let mut stretches: Vec<(u16, u16, String, Look)> = Vec::new();
    for column in 0..COLUMNS {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        let look = look(cell);
        let text = match cell.contents() {
            "" if cell.is_wide_continuation() => "",
            "" => " ",
            text => text,
        };
        match stretches.last_mut() {
            Some((_, cells, words, last)) if *last == look => {
                *cells += 1;
                words.push_str(text);
            }
            _ => stretches.push((column, 1, text.to_owned(), look)),
        }
    }
    stretches.iter_mut().for_each(trim);
    stretches
}

/// Takes blanks off the ends, where nothing but the words is drawn.
fn trim((column, cells, text, look): &mut (u16, u16, String, Look)) {
    if look.paper.is_some() || look.underline {
        return;
    }
    let before = text.len() - text.trim_start().len();
    let after = text.trim_start().len() - text.trim().len();
    *column += before as u16;
    *cells -= (before + after).min(usize::from(*cells)) as u16;
    *text = text.trim().to_owned();
}

fn look(cell: &Cell) -> Look {
    let (ink, paper) = (colour(cell.fgcolor()), colour(cell.bgcolor()));
    let (ink, paper) = if cell.inverse() {
        (
            paper.unwrap_or_else(|| PAPER.to_owned()),
            Some(ink.unwrap_or_else(|| INK.to_owned())),
        )
    } else {
        (ink.unwrap_or_else(|| INK.to_owned()), paper)
    };
    let mut attributes = format!(r#" fill="{ink}""#);
    let marks = [
        (cell.bold(), r#" font-weight="bold""#),
        (cell.dim(), r#" opacity="0.6""#),
        (cell.italic(), r#" font-style="italic""#),
        (cell.underline(), r#" text-decoration="underline""#),
    ];
    for (_, mark) in marks.iter().filter(|(on, _)| *on) {
        attributes.push_str(mark);
    }
    Look {
        paper,
        underline: cell.underline(),
        attributes,
    }
}

/// `None` for the terminal's own.
fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Default => None,
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Idx(index @ 0..16) => Some(COLOURS[usize::from(index)].to_owned()),
        // The cube of six steps, and above it the ramp of greys.
        Color::Idx(index @ 16..232) => {
            let step = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            let (red, green, blue) = ((index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6);
            Some(format!(
                "#{:02x}{:02x}{:02x}",
                step(red),
                step(green),
                step(blue)
            ))
        }
        Color::Idx(index) => Some(format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (index - 232))),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
