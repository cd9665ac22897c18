//! How the lines of a plain text make paragraphs: one each, or joined where they were wrapped.

use super::line::Line;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Lines wider than this were not wrapped by anybody.
const WIDEST: usize = 120;
/// Lines narrower than this at most are verse, tables or a list, not wrapped text.
const NARROWEST: usize = 50;

/// Decided once for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Lines were wrapped at this width; `None` when every line is a paragraph.
    pub(super) wrapped_at: Option<usize>,
    /// Spaces before ordinary lines.
    pub(super) indent: usize,
}

impl Layout {
    pub(super) fn of(text: &str) -> Self {
        let widths: Vec<usize> = text.lines().map(|line| line.trim_end().width()).collect();
        let filled = widths.iter().filter(|&&width| width > 0).count();
        let wide = widths.iter().filter(|&&width| width > WIDEST).count();
        let indent = usual_indent(text);
        let wrapped_at = (wide * 10 < filled)
            .then(|| wrapping_width(text, &widths))
            .flatten();
        Self { wrapped_at, indent }
    }

    /// Whether `line` was wrapped there because `next` did not fit: the two belong together.
    pub(super) fn joins(self, line: &str, next: &str) -> bool {
        let Some(width) = self.wrapped_at else {
            return false;
        };
        let line = line.trim_end();
        !line.ends_with(['。', '！', '？'])
            && line.width() + 1 + first_word_width(next) >= width - width / 4
    }
}

/// Width of what would have to fit: in scripts without spaces one character.
fn first_word_width(line: &str) -> usize {
    let word = line.split_ascii_whitespace().next().unwrap_or_default();
    let first = word
        .chars()
        .next()
        .and_then(UnicodeWidthChar::width)
        .unwrap_or(0);
    if first > 1 { first } else { word.width() }
}

pub(super) fn indent_of(line: &str) -> usize {
    line.bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .map(|byte| if byte == b'\t' { 4 } else { 1 })
        .sum()
}

/// The indent that most of the filled lines have at least.
fn usual_indent(text: &str) -> usize {
    let mut indents: Vec<usize> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(indent_of)
        .collect();
    indents.sort_unstable();
    indents.get(indents.len() / 4).copied().unwrap_or(0)
}

/// The width at which most line breaks inside paragraphs had to be made.
fn wrapping_width(text: &str, widths: &[usize]) -> Option<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let breaks: Vec<(usize, &str, &str)> = lines
        .windows(2)
        .zip(widths)
        .filter_map(|(pair, &width)| {
            inner_break(pair[0], pair[1]).then_some((width, pair[0], pair[1]))
        })
        .collect();
    let mut inner_widths: Vec<usize> = breaks.iter().map(|&(width, ..)| width).collect();
    inner_widths.sort_unstable();
    let width = *inner_widths.get(inner_widths.len() * 9 / 10)?;
    let layout = Layout {
        wrapped_at: Some(width),
        indent: 0,
    };
    let forced: Vec<_> = breaks
        .iter()
        .filter(|(_, line, next)| layout.joins(line, next))
        .collect();
    // Long lines count for more: addresses and signatures are short lines in any letter.
    let sum = |widths: &mut dyn Iterator<Item = usize>| widths.sum::<usize>();
    let usual = 10 * sum(&mut forced.iter().map(|(width, ..)| *width))
        >= 6 * sum(&mut inner_widths.iter().copied());
    // In prose words go on where the line broke; verse and paragraphs begin anew.
    let goes_on = |next: &str| {
        !next
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(char::is_uppercase)
    };
    let prose = 10 * forced.iter().filter(|(_, _, next)| goes_on(next)).count() >= 4 * forced.len();
    (forced.len() > 1 && usual && prose && (NARROWEST..=WIDEST).contains(&width)).then_some(width)
}

/// Whether the break between two lines is inside a paragraph, by the look of the lines.
fn inner_break(line: &str, next: &str) -> bool {
    match (Line::of(line), Line::of(next)) {
        (Line::Quote(depth, words), Line::Quote(same, more)) => {
            depth == same && !words.is_empty() && !more.is_empty()
        }
        (Line::Words(_) | Line::Item(..), Line::Words(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_told_from_paragraphs() {
        let wrapped = textwrap::fill(
            &"The ministry said that the talks would go on. ".repeat(20),
            72,
        );
        let width = Layout::of(&wrapped).wrapped_at.expect("wrapped");
        assert!((64..=72).contains(&width), "{width}");
        let lines = "A paragraph that is a line of its own and runs on and on. ".repeat(4);
        assert_eq!(
            Layout::of(&format!("{lines}\nShort\n{lines}\n{lines}")).wrapped_at,
            None
        );
        assert_eq!(Layout::of("One line.\n\nAnother line.\n").wrapped_at, None);
    }
}
