//! What one line of a plain text is, by its look: an item, a quotation, a rule, words.

use crate::model::Mark;

/// A line, and the words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Blank,
    /// Nothing but `----`, `====` and the like.
    Stroke(char),
    /// Depth of quoting, and the words.
    Quote(usize, &'a str),
    Item(Mark, &'a str),
    Words(&'a str),
}

/// Signs that open an item when a space follows.
const BULLETS: [char; 9] = ['-', '*', '+', '•', '‣', '▪', '◦', '·', '●'];

impl<'a> Line<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        // A form feed is the page break of old printers.
        let words = line.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{c}');
        if words.trim().is_empty() {
            return Self::Blank;
        }
        if let Some(stroke) = stroke(words) {
            return Self::Stroke(stroke);
        }
        if words.starts_with('>') {
            return quote(words);
        }
        bullet(words)
            .or_else(|| number(words))
            .unwrap_or(Self::Words(words))
    }

    /// Whether this line underlines `title`.
    pub(super) fn underlines(self, stroke_line: &str, title: &str) -> bool {
        let (stroke, words) = (
            stroke_line.trim().chars().count(),
            title.trim().chars().count(),
        );
        matches!(self, Self::Stroke('=' | '-' | '~' | '^'))
            && !stroke_line.trim().contains(' ')
            && words <= 120
            && 2 * stroke >= words
    }
}

/// The sign a line of at least three of them consists of.
fn stroke(words: &str) -> Option<char> {
    let sign = words
        .chars()
        .next()
        .filter(|sign| "-=*_~^#─═".contains(*sign))?;
    let mut signs = 0;
    for c in words.chars() {
        match c {
            ' ' => {}
            _ if c == sign => signs += 1,
            _ => return None,
        }
    }
    (signs >= 3).then_some(sign)
}

fn quote(words: &str) -> Line<'_> {
    let (mut depth, mut rest) = (0, words);
    while let Some(inner) = rest.strip_prefix('>') {
        depth += 1;
        rest = inner.trim_ascii_start();
    }
    Line::Quote(depth, rest)
}

fn bullet(words: &str) -> Option<Line<'_>> {
    let rest = words
        .strip_prefix(BULLETS)
        .or_else(|| words.strip_prefix("o  "))?;
    let item = rest.trim_ascii_start();
    let apart = item.len() < rest.len() || words.starts_with("o  ") || words.starts_with('•');
    (apart && !item.is_empty()).then_some(Line::Item(Mark::Bullet, item))
}

/// `1.`, `1)`, `(1)` and a space.
fn number(words: &str) -> Option<Line<'_>> {
    let (open, inside) = words
        .strip_prefix('(')
        .map_or((false, words), |inside| (true, inside));
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = inside.split_at_checked(digits)?;
    let rest = after
        .strip_prefix(')')
        .or_else(|| after.strip_prefix('.').filter(|_| !open))?;
    let item = rest.trim_ascii_start();
    let apart = item.len() < rest.len() && !item.is_empty() && (1..=3).contains(&digits.len());
    let number = digits.parse().ok()?;
    apart.then_some(Line::Item(Mark::Number(number), item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_by_their_look() {
        for (line, expected) in [
            ("  \u{c}", Line::Blank),
            ("-----", Line::Stroke('-')),
            ("* * *", Line::Stroke('*')),
            ("> > two", Line::Quote(2, "two")),
            (" - item", Line::Item(Mark::Bullet, "item")),
            ("-5 degrees", Line::Words("-5 degrees")),
            ("12) twelfth", Line::Item(Mark::Number(12), "twelfth")),
            ("(3) third", Line::Item(Mark::Number(3), "third")),
            ("2024. A year", Line::Words("2024. A year")),
            ("1.5 percent", Line::Words("1.5 percent")),
        ] {
            assert_eq!(Line::of(line), expected, "{line:?}");
        }
    }
}
