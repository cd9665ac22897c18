//! [`mark`]: what stands before the words of a list item.
//!
//! It stands apart because it is about signs alone; whether a list may begin at a place is decided where lines meet.

use super::lines::Line;
use crate::model::Mark;

/// Signs before items of lists.
const BULLETS: &str = "\u{FFFD}•◦▪▫‣●○■□·∙➢➤✓✔❖⁃–—-*►▶◆◇";
/// How far the words of an item stand from its sign at least, in sizes, where the sign is a letter as well.
const APART: f64 = 0.5;

/// A line that begins an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Marked {
    pub(super) mark: Mark,
    /// How many words of the line are the mark.
    pub(super) words: usize,
    /// Where the words of the item begin.
    pub(super) text: f64,
    /// Only a list has this sign: it needs nothing else to be one.
    pub(super) sure: bool,
}

/// The mark at the start of `line`, if it has one and words after it.
pub(super) fn mark(line: &Line) -> Option<Marked> {
    let [first, second, ..] = line.words.as_slice() else {
        return None;
    };
    if !line.is_spaced(1) {
        return None;
    }
    let gap = second.x0 - first.x1;
    let mut letters = first.text.chars();
    let marked = |mark, words, sure| {
        Some(Marked {
            mark,
            words,
            text: second.x0,
            sure,
        })
    };
    if let (Some(sign), None) = (letters.next(), letters.next()) {
        if BULLETS.contains(sign) {
            return marked(
                Mark::Bullet,
                1,
                !"–—-*·".contains(sign) || gap > APART * line.size,
            );
        }
        if sign == 'o' && gap > APART * line.size {
            return marked(Mark::Bullet, 1, true);
        }
    }
    let (core, open) = match first.text.strip_prefix('(') {
        Some(core) => (core, true),
        None => (first.text.as_str(), false),
    };
    let core = core
        .strip_suffix(')')
        .or_else(|| core.strip_suffix('.').filter(|_| !open))?;
    let sure = gap > APART * line.size;
    if !core.is_empty() && core.len() <= 3 && core.bytes().all(|byte| byte.is_ascii_digit()) {
        // `(3)` is not `3.`: it stays as it is written.
        let number = core.parse().ok().filter(|_| !open)?;
        return marked(Mark::Number(number), 1, sure);
    }
    let small = core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_lowercase());
    let roman = core.len() <= 4 && !core.is_empty() && core.bytes().all(|it| b"ivx".contains(&it));
    (small || roman)
        .then(|| marked(Mark::None, 0, sure))
        .flatten()
}
