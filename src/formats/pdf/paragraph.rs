//! [`Paragraph`]: lines that belong together, and whether another line does.
//!
//! It stands apart because a page has no paragraphs: where one ends is read from gaps, indents, short last lines and
//! signs of lists, and a word parted at the end of a line is put together again.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::face::Look;
use super::lines::Line;
use super::manner::{LARGER, Manner};
use super::marks::{self, Marked};

/// First parts of words that keep their hyphen.
static PREFIXES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let words = include_str!("../../../assets/formats/prefixes.txt");
    let lines = words.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Further than this times the usual distance, a line begins a new paragraph.
const APART: f64 = 1.28;
/// Lines of a heading may stand further from each other.
const HEADING_APART: f64 = 1.6;
/// An indent, in sizes.
const INDENT: f64 = 0.8;

/// How far in quotations stand, in sizes.
const SET_IN: f64 = 1.4;

/// A stretch of words that look alike, on one page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) look: Look,
    pub(super) page: u32,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) page: u32,
    /// Which column of the page.
    pub(super) column: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Where most lines of the column begin.
    pub(super) margin: f64,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) pieces: Vec<Piece>,
    /// Page of the first line.
    pub(super) page: u32,
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) lines: usize,
    /// Where its first line begins.
    pub(super) x0: f64,
    /// What it begins with, if it may be an item of a list.
    pub(super) marked: Option<Marked>,
    /// How far all its lines stand in from the margin.
    inset: f64,
    last: Line,
    place: Place,
}

impl Paragraph {
    /// A paragraph that begins with `line`.
    pub(super) fn begin(line: Line, place: Place) -> Self {
        let mut paragraph = Self {
            pieces: Vec::new(),
            page: place.page,
            size: line.size,
            bold: line.bold,
            lines: 1,
            x0: line.x0,
            marked: marks::mark(&line),
            inset: line.x0 - place.margin,
            last: line,
            place,
        };
        paragraph.take_words();
        paragraph
    }

    /// Whether `line`, the next below or in the next column, begins something new.
    pub(super) fn ends_before(&self, line: &Line, place: Place, manner: &Manner) -> bool {
        if !Manner::is_same(self.size, line.size) {
            return true;
        }
        let marked = marks::mark(line);
        if marked.is_some_and(|it| it.sure && it.words > 0) {
            return true;
        }
        if (place.page, place.column) != (self.place.page, self.place.column) {
            return self.ends_at_edge(line, place, manner);
        }
        let heading = self.size >= manner.body * LARGER || (self.bold && !manner.bold);
        let usual = manner.leading.max(1.0) * self.size;
        let distance = line.base - self.last.base;
        if distance > usual * if heading { HEADING_APART } else { APART } || distance < 0.0 {
            return true;
        }
        let full = !self.is_short(line, place);
        if self.bold && !line.bold {
            // A heading that runs full is rare; bold words at the start of a paragraph are not.
            let starts_bold = line.words.first().is_some_and(|word| word.look.bold);
            return !starts_bold && (!full || self.lines == 1 && !self.is_ended());
        }
        if !self.bold && line.bold && !full {
            return true;
        }
        if heading {
            return false;
        }
        let ended = self.is_ended();
        if marked.is_some() && (self.marked.is_some() || ended || !full) {
            return true;
        }
        if self.is_indented(line) {
            return true;
        }
        !full && (ended || self.slack(line, place) > 0.35 * (place.right - place.left))
    }

    /// Whether it is over at the end of a page or column: what comes next may stand there.
    pub(super) fn is_over(&self) -> bool {
        let room = self.place.right - self.last.x1;
        self.is_ended() && room > 0.08 * (self.place.right - self.place.left)
    }

    fn ends_at_edge(&self, line: &Line, place: Place, manner: &Manner) -> bool {
        if self.bold != line.bold || self.size >= manner.body * LARGER {
            return self.bold || line.bold || self.is_ended();
        }
        let hanging = self.marked.is_some();
        let inset = line.x0 - place.margin;
        let as_before = (inset - (self.last.x0 - self.place.margin)).abs() < 0.3 * line.size;
        if !hanging && !as_before && inset > INDENT * line.size {
            return true;
        }
        if marks::mark(line).is_some() && (hanging || self.is_ended()) {
            return true;
        }
        let first = line.words.first().and_then(|word| word.text.chars().next());
        if self.is_ended() {
            let room = self.place.right - self.last.x1;
            let full = room < 0.03 * (self.place.right - self.place.left);
            return !(full && manner.indents && !hanging);
        }
        // Without an end: only what begins as headings and items do is something new.
        let short = self.place.right - self.last.x1 > 0.3 * (self.place.right - self.place.left);
        short && first.is_some_and(|first| !first.is_lowercase())
    }

    /// Whether all of it stands in from the margin, as quotations do.
    pub(super) fn is_set_in(&self) -> bool {
        self.lines > 1 && self.inset > SET_IN * self.size
    }

    /// Whether it is the head of a table whose rows were not found: one line with several wide gaps.
    pub(super) fn is_row(&self) -> bool {
        self.lines == 1 && self.last.cells().len() > 2
    }

    /// Whether its last line ends a sentence.
    pub(super) fn is_ended(&self) -> bool {
        let text = self.pieces.iter().rev().map(|piece| piece.text.trim_end());
        let last = text.filter(|text| !text.is_empty()).find_map(|text| {
            let is_closing =
                |letter: char| matches!(letter, '”' | '’' | '"' | ')' | ']' | '»' | '\'');
            let raised = |letter: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(letter);
            let text = text.trim_end_matches(|it| is_closing(it) || raised(it));
            text.chars().next_back()
        });
        last.is_some_and(|last| ".!?:;…".contains(last))
    }

    /// How much room is left at the end of the last line behind the first word of `line`.
    fn slack(&self, line: &Line, place: Place) -> f64 {
        place.right - self.last.x1 - line.first_width() - 0.3 * line.size
    }

    /// Whether the first word of `line` would have fitted on the last one.
    fn is_short(&self, line: &Line, place: Place) -> bool {
        self.slack(line, place) > 0.02 * (place.right - place.left)
    }

    fn is_indented(&self, line: &Line) -> bool {
        let by = line.x0 - self.last.x0;
        let far = INDENT * line.size;
        match self.marked {
            // The words of an item may stand further in than its sign, or not; what stands out ends it.
            Some(marked) if self.lines == 1 => {
                line.x0 > marked.text + far || line.x0 < self.x0 - far * 0.5
            }
            Some(_) => by.abs() > far,
            None => by > far || (self.lines > 1 && by < -far),
        }
    }

    /// Adds a line.
    pub(super) fn add(&mut self, line: Line, place: Place, known: &HashSet<String>) {
        self.bold &= line.bold;
        self.lines += 1;
        self.inset = self.inset.min(line.x0 - place.margin);
        (self.last, self.place) = (line, place);
        match self.parted() {
            Some(first) => self.join(&first, known),
            None => self.push(" ", None),
        }
        self.take_words();
    }

    /// The first part of a word that is parted at the end, with its hyphen.
    fn parted(&self) -> Option<String> {
        let text = &self.pieces.last()?.text;
        let word = text.rsplit(' ').next()?;
        let stem = word.strip_suffix(['-', '\u{2010}', '\u{AD}'])?;
        let next = self.last.words.first()?.text.chars().next()?;
        let lettered = stem.chars().next_back()?.is_alphabetic();
        (lettered && next.is_alphanumeric()).then(|| word.to_owned())
    }

    /// Puts a parted word together: with its hyphen if the word has one of its own.
    fn join(&mut self, parted: &str, known: &HashSet<String>) {
        let soft = parted.ends_with('\u{AD}');
        let stem = parted.trim_end_matches(['-', '\u{2010}', '\u{AD}']);
        let rest = self
            .last
            .words
            .first()
            .map_or("", |word| word.text.as_str());
        let bare = |word: &str| {
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            bare.to_lowercase()
        };
        let (stem, rest_bare) = (bare(stem), bare(rest));
        let whole = known.contains(&format!("{stem}{rest_bare}"));
        let hyphened = known.contains(&format!("{stem}-{rest_bare}"));
        let lower = rest.starts_with(char::is_lowercase);
        let own = !soft
            && !whole
            && (hyphened || !lower || PREFIXES.contains(stem.as_str()) || stem.contains('-'));
        if !own && let Some(last) = self.pieces.last_mut() {
            last.text.pop();
        }
    }

    /// Takes the words of the last line.
    fn take_words(&mut self) {
        let line = self.last.clone();
        for (at, word) in line.words.iter().enumerate() {
            if line.is_spaced(at) {
                self.push(" ", None);
            }
            if word.raised && word.text.bytes().all(|byte| byte.is_ascii_digit()) {
                let raised: String = word.text.chars().filter_map(raised).collect();
                self.push(&raised, Some(word.look));
            } else {
                self.push(&word.text, Some(word.look));
            }
        }
    }

    /// Adds words; without a look they look like those before.
    fn push(&mut self, text: &str, look: Option<Look>) {
        if let Some(last) = self.pieces.last_mut()
            && look.is_none_or(|look| look == last.look && self.place.page == last.page)
        {
            last.text.push_str(text);
            return;
        }
        self.pieces.push(Piece {
            text: text.to_owned(),
            look: look.unwrap_or_default(),
            page: self.place.page,
        });
    }

    /// What it reads.
    pub(super) fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

fn raised(digit: char) -> Option<char> {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits.get(digit.to_digit(10)? as usize).copied()
}
