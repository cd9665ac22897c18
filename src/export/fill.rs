//! Words to lines of a width: streamed straight to the output, so that a paragraph of 100 MB is no burden.
//!
//! It stands apart from the form that uses it because tables need it too, and it knows no document.

use std::io::{self, Write};

use textwrap::WordSeparator;
use textwrap::core::{Word, display_width};

/// What stands before the first line and before the others, and where lines end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub(super) first: &'a str,
    pub(super) rest: &'a str,
    /// Columns, with what stands before.
    pub(super) width: usize,
}

impl<'a> Frame<'a> {
    /// The same before every line.
    pub(super) fn even(indent: &'a str, width: usize) -> Self {
        Self {
            first: indent,
            rest: indent,
            width,
        }
    }
}

/// Writes `words` in whole lines.
pub(super) fn fill(out: &mut dyn Write, words: &str, frame: Frame) -> io::Result<()> {
    lines(words, frame, &mut |lead, line| {
        writeln!(out, "{}", joined(lead, line).trim_end())
    })
}

/// The lines of `words` with what stands before them, one after another.
pub(super) fn lines(
    words: &str,
    frame: Frame,
    each: &mut dyn FnMut(&str, &str) -> io::Result<()>,
) -> io::Result<()> {
    let mut lead = frame.first;
    // A line break in the text is the author's own: a verse, an address.
    for line in words.split('\n') {
        let mut row = Row {
            lead,
            frame,
            text: String::new(),
            width: 0,
        };
        if display_width(lead) + line.len() <= frame.width {
            row.text.push_str(line);
        } else {
            for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
                row.word(&word, each)?;
            }
        }
        each(row.lead, row.text.trim_end())?;
        lead = frame.rest;
    }
    Ok(())
}

/// A line that is being filled.
struct Row<'a> {
    lead: &'a str,
    frame: Frame<'a>,
    text: String,
    width: usize,
}

impl Row<'_> {
    fn room(&self) -> usize {
        // Never nothing: a lead that is wider than the frame still leaves a column.
        self.frame
            .width
            .saturating_sub(display_width(self.lead))
            .max(1)
    }

    fn word(
        &mut self,
        word: &Word,
        each: &mut dyn FnMut(&str, &str) -> io::Result<()>,
    ) -> io::Result<()> {
        let width = display_width(word.word);
        if self.width > 0 && self.width + width > self.room() {
            self.end(each)?;
        }
        if width <= self.room() {
            self.push(word, width);
            return Ok(());
        }
        // Wider than a line: an address, or a script without spaces.
        let room = self.room();
        for piece in word.break_apart(room) {
            let width = display_width(piece.word);
            if self.width > 0 && self.width + width > room {
                self.end(each)?;
            }
            self.push(&piece, width);
        }
        Ok(())
    }

    fn push(&mut self, word: &Word, width: usize) {
        self.text.push_str(word.word);
        self.text.push_str(word.whitespace);
        self.width += width + display_width(word.whitespace);
    }

    fn end(&mut self, each: &mut dyn FnMut(&str, &str) -> io::Result<()>) -> io::Result<()> {
        each(self.lead, self.text.trim_end())?;
        self.text.clear();
        self.width = 0;
        self.lead = self.frame.rest;
        Ok(())
    }
}

fn joined(lead: &str, line: &str) -> String {
    [lead, line].concat()
}

/// `words` in one line of at most `width` columns; what does not fit is left out with a mark.
pub(super) fn clip(words: &str, width: usize) -> String {
    let line = words.replace('\n', " ");
    if display_width(&line) <= width {
        return line;
    }
    let mut short = String::new();
    let mut used = 1;
    for char in line.chars() {
        let mut bytes = [0; 4];
        used += display_width(char.encode_utf8(&mut bytes));
        if used > width {
            break;
        }
        short.push(char);
    }
    format!("{}…", short.trim_end())
}

/// `words` and spaces up to `width` columns.
pub(super) fn pad(words: &str, width: usize) -> String {
    let room = width.saturating_sub(display_width(words));
    format!("{words}{:room$}", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, proptest};

    fn filled(words: &str, width: usize) -> String {
        let mut out = Vec::new();
        fill(
            &mut out,
            words,
            Frame {
                first: "- ",
                rest: "  ",
                width,
            },
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_hang_under_their_mark() {
        assert_eq!(
            filled("one two three four", 12),
            "- one two\n  three four\n"
        );
        assert_eq!(filled("a\nb", 12), "- a\n  b\n");
    }

    #[test]
    fn wide_characters_and_long_words_are_broken_at_the_edge() {
        assert_eq!(filled("水道水道", 6), "- 水道\n  水道\n");
        assert_eq!(filled("ab abcdefgh", 6), "- ab\n  abcd\n  efgh\n");
    }

    #[test]
    fn clipping_leaves_a_mark() {
        assert_eq!(clip("水道 regions", 5), "水道…");
        assert_eq!(clip("short", 5), "short");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn nothing_is_lost_and_nothing_sticks_out(words in "[a-z水é \n]{0,120}", width in 4usize..40) {
            let filled = filled(&words, width);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&filled.replacen('-', "", 1)), bare(&words));
            for line in filled.lines() {
                assert!(display_width(line) <= width, "{line:?} is wider than {width}");
            }
        }
    }
}
