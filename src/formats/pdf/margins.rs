//! [`Margins`]: running headers, footers and page numbers, which are no part of the text.
//!
//! It stands apart because no page shows them alone: a line at the edge of a page is one if the pages beside have the
//! same at the same place, numbers aside.

use super::lines;
use super::words::{Sheet, Word};

/// Part of the height, above and below, where they are looked for.
const ZONE: f64 = 0.13;
/// Lines at each edge that are looked at.
const LINES: usize = 3;
/// How many pages away the same line counts: left and right pages differ.
pub(super) const BESIDE: usize = 2;
/// Points that it may be off.
const OFF: f64 = 8.0;

/// Lines that count pages, whatever stands on the pages beside.
const COUNTED: &[&str] = &["page #", "page # of #", "# of #", "page # / #", "p. #"];

/// A line at the edge of a page.
#[derive(Clone, Debug)]
struct Edge {
    /// Its words, numbers as `#`.
    key: String,
    base: f64,
    numbers: Vec<u32>,
    below: bool,
}

/// The lines at the edges of one page, from the edge inwards.
#[derive(Debug, Default)]
pub(super) struct Margins {
    number: u32,
    edges: Vec<Edge>,
}

/// The lines at the edges of `sheet`.
pub(super) fn margins(sheet: &Sheet) -> Margins {
    let zone = sheet.height * ZONE;
    let outer = |word: &&Word| word.base < zone || word.base > sheet.height - zone;
    let words: Vec<Word> = sheet.words.iter().filter(outer).cloned().collect();
    let rows = lines::lines(words);
    let edge = |line: &lines::Line, below: bool| {
        let (key, numbers) = key(&line.text());
        Edge {
            key,
            base: line.base,
            numbers,
            below,
        }
    };
    let above = rows.iter().filter(|row| row.base < zone);
    let below = rows.iter().rev().filter(|row| row.base >= zone);
    let mut edges: Vec<Edge> = above.take(LINES).map(|line| edge(line, false)).collect();
    edges.extend(below.take(LINES).map(|line| edge(line, true)));
    Margins {
        number: sheet.number,
        edges,
    }
}

impl Margins {
    /// Takes from `sheet`, whose margins these are, what runs through the pages beside it as well.
    pub(super) fn cut(&self, beside: &[&Self], sheet: &mut Sheet) {
        let mut gone: Vec<f64> = Vec::new();
        for below in [false, true] {
            for edge in self.edges.iter().filter(|edge| edge.below == below) {
                if !self.runs(edge, beside) {
                    break;
                }
                gone.push(edge.base);
            }
        }
        sheet.words.retain(|word| {
            let on_line = |base: &f64| (word.base - base).abs() < word.size * 0.4;
            !gone.iter().any(on_line)
        });
    }

    fn runs(&self, edge: &Edge, beside: &[&Self]) -> bool {
        let bare = edge.key.chars().all(|letter| !letter.is_alphabetic());
        let counts = edge.numbers.contains(&self.number);
        // A number that is the page's, with nothing but signs or `Page # of #` around it.
        if counts && (bare || COUNTED.contains(&edge.key.as_str())) {
            return true;
        }
        beside.iter().any(|other| {
            let distance = i64::from(other.number) - i64::from(self.number);
            other.edges.iter().any(|twin| {
                let same = twin.key == edge.key
                    && twin.below == edge.below
                    && (twin.base - edge.base).abs() < OFF;
                let turned = edge
                    .numbers
                    .iter()
                    .zip(&twin.numbers)
                    .any(|(one, two)| i64::from(*two) - i64::from(*one) == distance);
                // Bare numbers have to count pages: a table may stand at the edge.
                same && (!bare || turned)
            })
        })
    }
}

/// A line with its numbers taken out, and the numbers.
fn key(text: &str) -> (String, Vec<u32>) {
    let mut numbers = Vec::new();
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let core = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if let Ok(number) = core.parse() {
            numbers.push(number);
            words.push("#".to_owned());
        } else if let Some(number) = roman(core) {
            numbers.push(number);
            words.push("#".to_owned());
        } else {
            words.push(word.to_lowercase());
        }
    }
    (words.join(" "), numbers)
}

/// A small number as front matter has it: `iv`. Words that only use its letters (`civil`) are none.
fn roman(word: &str) -> Option<u32> {
    const DIGITS: [(&str, u32); 9] = [
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let mut rest = word;
    let mut number = 0;
    for (digit, value) in DIGITS {
        // Fives stand once, ones three times, what is taken off once.
        let most = if digit.len() == 2 || value % 10 == 5 || value == 50 {
            1
        } else {
            3
        };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(digit) else {
                break;
            };
            (rest, number) = (after, number + value);
        }
    }
    (rest.is_empty() && number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_taken_out() {
        for (text, expected, numbers) in [
            ("12", "#", vec![12]),
            ("Page 3 of 40", "page # of #", vec![3, 40]),
            ("– xiv –", "– # –", vec![14]),
            (
                "Annual Report 2024 | 7",
                "annual report # | #",
                vec![2024, 7],
            ),
            ("xlix", "#", vec![49]),
            ("civil", "civil", vec![]),
        ] {
            assert_eq!(key(text), (expected.to_owned(), numbers), "{text}");
        }
    }
}
