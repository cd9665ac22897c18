//! Rows: a range of text cut into ranges that fit a number of columns.
//!
//! It stands apart from the screen so that wrapping is a pure function of text and width, tested without a
//! terminal. Breaking is textwrap's first fit; widths are measured here by grapheme clusters, because a row
//! that is one column too long would push a panel out of place.

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::TextRange;

/// Columns that `words` takes on a terminal, where every grapheme cluster has cells of its own: letters that a
/// script would join into one (Arabic lam and alef) are drawn apart.
pub fn width(words: &str) -> usize {
    if words.is_ascii() {
        return words.len();
    }
    // Finding the clusters costs ten times as much, and no letter below Hebrew is joined to another.
    let plain = |letter: char| letter < '\u{590}' || ('\u{2010}'..='\u{2027}').contains(&letter);
    if words.chars().all(plain) {
        return words.width();
    }
    words.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// A word with the white space after it, as offsets; what textwrap is given to arrange.
#[derive(Clone, Copy, Debug)]
struct Word {
    range: TextRange,
    columns: usize,
    space: usize,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.columns as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Cuts `range` into rows of at most `columns` columns, at words where it can.
///
/// Newlines in the range end a row. Rows hold no white space at their ends, except a row that begins a line.
/// A single character wider than `columns` stands on a row of its own. An empty range gives one empty row.
pub fn wrap(text: &str, range: TextRange, columns: usize) -> Vec<TextRange> {
    let mut rows = Vec::new();
    for line in lines(text, range) {
        wrap_line(text, line, columns.max(1), &mut rows);
    }
    rows
}

/// Cuts preformatted lines: every line a row, longer ones broken hard, all white space kept.
pub fn wrap_code(text: &str, range: TextRange, columns: usize) -> Vec<TextRange> {
    let mut rows = Vec::new();
    for line in lines(text, range) {
        let before = rows.len();
        rows.extend(chop(text, line, columns.max(1)).map(|(piece, _)| piece));
        if rows.len() == before {
            rows.push(line);
        }
    }
    rows
}

/// The lines of `range`, without their newlines.
fn lines(text: &str, range: TextRange) -> impl Iterator<Item = TextRange> {
    let mut at = range.start();
    range.of(text).split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        TextRange::new(start, start + line.len())
    })
}

fn wrap_line(text: &str, line: TextRange, columns: usize, rows: &mut Vec<TextRange>) {
    let words = find_words(text, line, columns);
    if words.is_empty() {
        rows.push(line);
        return;
    }
    for row in wrap_first_fit(&words, &[columns as f64]) {
        if let (Some(first), Some(last)) = (row.first(), row.last()) {
            rows.push(TextRange::new(first.range.start(), last.range.end()));
        }
    }
}

/// The words of one line; those wider than a row are cut between grapheme clusters.
fn find_words(text: &str, line: TextRange, columns: usize) -> Vec<Word> {
    let content = line.of(text);
    // Unicode's line breaking costs twice as much, and for ASCII it only adds breaks inside dates and paths.
    let separator = if content.is_ascii() {
        WordSeparator::AsciiSpace
    } else {
        WordSeparator::UnicodeBreakProperties
    };
    let mut words = Vec::new();
    let mut at = line.start();
    for word in separator.find_words(content) {
        let range = TextRange::new(at, at + word.word.len());
        let space = width(word.whitespace);
        at = range.end() + word.whitespace.len();
        let wide = width(word.word);
        if wide <= columns {
            words.push(Word {
                range,
                columns: wide,
                space,
            });
            continue;
        }
        words.extend(chop(text, range, columns).map(|(range, columns)| Word {
            range,
            columns,
            space: 0,
        }));
        if let Some(last) = words.last_mut() {
            last.space = space;
        }
    }
    words
}

/// Cuts `range` into pieces of at most `columns` columns between grapheme clusters; with each its columns.
fn chop(text: &str, range: TextRange, columns: usize) -> impl Iterator<Item = (TextRange, usize)> {
    let mut clusters = range.of(text).grapheme_indices(true).peekable();
    std::iter::from_fn(move || {
        let (first, cluster) = clusters.next()?;
        let (mut end, mut taken) = (first + cluster.len(), width(cluster));
        while let Some((at, cluster)) = clusters.next_if(|(_, next)| taken + width(next) <= columns)
        {
            taken += width(cluster);
            end = at + cluster.len();
        }
        Some((
            TextRange::new(range.start() + first, range.start() + end),
            taken,
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, TextRange::new(0, text.len()), columns)
            .into_iter()
            .map(|row| row.of(text))
            .collect()
    }

    #[test]
    fn rows_break_at_words_and_newlines() {
        for (text, columns, expected) in [
            ("the envoy left early", 10, vec!["the envoy", "left early"]),
            ("the\nenvoy", 40, vec!["the", "envoy"]),
            ("", 10, vec![""]),
            ("abcdefghij", 4, vec!["abcd", "efgh", "ij"]),
            ("政府は昨日", 4, vec!["政府", "は昨", "日"]),
            ("a 👩‍💻👩‍💻 b", 4, vec!["a 👩‍💻", "👩‍💻 b"]),
            // A ligature of two letters takes two cells, as each is drawn in its own.
            ("سلام سلام", 8, vec!["سلام", "سلام"]),
            (
                "words”, he said – then",
                8,
                vec!["words”,", "he said", "– then"],
            ),
        ] {
            assert_eq!(rows(text, columns), expected, "{text:?} at {columns}");
        }
    }

    #[test]
    fn code_keeps_its_spaces() {
        let text = "fn a() {\n    b\n\n}";
        let rows: Vec<_> = wrap_code(text, TextRange::new(0, text.len()), 6)
            .iter()
            .map(|row| row.of(text))
            .collect();
        assert_eq!(rows, ["fn a()", " {", "    b", "", "}"]);
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_but_spaces(text in "[a-z ]{0,80}|\\PC{0,60}", columns in 1usize..30) {
            let range = TextRange::new(0, text.len());
            let mut end = 0;
            for row in wrap(&text, range, columns) {
                prop_assert!(row.start() >= end);
                prop_assert!(TextRange::new(end, row.start()).of(&text).trim().is_empty());
                let one = row.of(&text).graphemes(true).count() <= 1;
                prop_assert!(one || width(row.of(&text)) <= columns, "{:?}", row.of(&text));
                end = row.end();
            }
            prop_assert!(TextRange::new(end, text.len()).of(&text).trim().is_empty());
        }
    }
}
