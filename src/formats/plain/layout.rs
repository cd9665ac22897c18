//! How the lines of a plain text make paragraphs: one each, or joined where they were wrapped.

use unicode_width::UnicodeWidthStr;

/// Lines wider than this were not wrapped by anybody.
const WIDEST: usize = 120;
/// Lines narrower than this at most are verse, tables or a list, not wrapped text.
const NARROWEST: usize = 30;

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
        line.trim_end().width() + 1 + first_word(next).width() >= width - width / 4
    }
}

fn first_word(line: &str) -> &str {
    line.split_ascii_whitespace().next().unwrap_or_default()
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
    let inner = |at: &usize| widths[*at] > 0 && widths.get(at + 1).is_some_and(|&next| next > 0);
    let breaks: Vec<usize> = (0..lines.len()).filter(inner).collect();
    let mut inner_widths: Vec<usize> = breaks.iter().map(|&at| widths[at]).collect();
    inner_widths.sort_unstable();
    let width = *inner_widths.get(inner_widths.len() * 9 / 10)?;
    let layout = Layout {
        wrapped_at: Some(width),
        indent: 0,
    };
    let forced = breaks
        .iter()
        .filter(|&&at| layout.joins(lines[at], lines[at + 1]))
        .count();
    let usual = breaks.len() > 1 && forced * 10 >= breaks.len() * 6;
    (usual && (NARROWEST..=WIDEST).contains(&width)).then_some(width)
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
