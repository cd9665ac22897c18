//! [`Line`]: words side by side on one line, and how they are found among all words of a column.
//!
//! It stands apart from columns because a line is the unit of everything after: what is a heading, where a paragraph
//! ends.

use super::words::Word;

/// Words this much off one another still stand on one line, in sizes.
const OFF: f64 = 0.35;
/// Two stretches of letters nearer than this are one word, in sizes.
const GLUE: f64 = 0.12;
/// Where a space is written, less is enough.
const TOUCH: f64 = 0.05;
/// A gap of so many sizes parts the cells of a table.
const CELL: f64 = 1.0;

/// One line of a column. Places are points.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From left to right.
    pub(super) words: Vec<Word>,
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) base: f64,
    /// Of most of its letters.
    pub(super) size: f64,
    /// Of all its letters.
    pub(super) bold: bool,
}

impl Line {
    fn new(mut words: Vec<Word>) -> Self {
        words.sort_by(|one, other| one.x0.total_cmp(&other.x0));
        let mut sizes: Vec<(f64, usize)> = words
            .iter()
            .map(|word| (word.size, word.text.len()))
            .collect();
        sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let half = sizes.iter().map(|size| size.1).sum::<usize>() / 2;
        let mut passed = 0;
        let middle = sizes.iter().find(|(_, letters)| {
            passed += letters;
            passed > half
        });
        let size = middle.map_or(1.0, |middle| middle.0);
        let on_line = words.iter().filter(|word| !word.raised);
        let mut lettered = words
            .iter()
            .filter(|word| word.text.contains(char::is_alphanumeric))
            .peekable();
        let bold = lettered.peek().is_some() && lettered.all(|word| word.look.bold);
        let biggest = on_line.max_by(|one, other| one.size.total_cmp(&other.size));
        Self {
            x0: words.first().map_or(0.0, |word| word.x0),
            x1: words.iter().map(|word| word.x1).fold(0.0, f64::max),
            base: biggest.map_or(words[0].base, |word| word.base),
            size,
            bold,
            words,
        }
    }

    /// The gap before a word, in points.
    fn gap(&self, at: usize) -> f64 {
        match at.checked_sub(1) {
            Some(before) => self.words[at].x0 - self.words[before].x1,
            None => 0.0,
        }
    }

    /// Whether a space stands before a word.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let size = self.words[at].size.min(self.words[before].size);
        let gap = self.gap(at);
        // A space may be written where letters touch: kerning, drawn by some programs.
        gap > size * GLUE || (self.words[before].spaced && gap > size * TOUCH)
    }

    /// What it reads.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (at, word) in self.words.iter().enumerate() {
            if self.is_spaced(at) {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// Where the cells begin if it is a row of a table: words with wide gaps between them.
    pub(super) fn cells(&self) -> Vec<usize> {
        let begins = |&at: &usize| at == 0 || self.gap(at) > self.size * CELL;
        (0..self.words.len()).filter(begins).collect()
    }

    /// Width of the first word, for whether it would have fitted above.
    pub(super) fn first_width(&self) -> f64 {
        let glued = (1..self.words.len()).take_while(|&at| !self.is_spaced(at));
        let last = glued.last().unwrap_or_default();
        self.words.get(last).map_or(0.0, |word| word.x1 - self.x0)
    }
}

/// The lines that words stand on, from the top down.
pub(super) fn lines(words: Vec<Word>) -> Vec<Line> {
    rows(words).into_iter().map(Line::new).collect()
}

/// Words by the line they stand on, from the top down.
pub(super) fn rows(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut rows: Vec<Vec<Word>> = Vec::new();
    let mut base = f64::NEG_INFINITY;
    for word in words {
        match rows.last_mut() {
            Some(row) if word.base - base < OFF * word.size.min(row[0].size) => row.push(word),
            _ => {
                base = word.base;
                rows.push(vec![word]);
            }
        }
    }
    rows
}
