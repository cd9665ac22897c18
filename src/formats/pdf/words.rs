//! [`words`]: signs with places to words with places.
//!
//! It stands apart because PDF knows no words: a space may be a sign, a gap or both, a raised number stands on no line
//! of its own, and a word may be drawn twice to look bold. Nothing here looks at more than a few signs at once.

use std::collections::HashMap;

use super::drawn::{Drawn, Glyph};
use super::face::Look;

/// A gap of so many sizes ends a word.
const GAP: f64 = 0.17;
/// Signs this much smaller than their neighbours, and off their line, are raised or lowered.
const SMALL: f64 = 0.92;
/// A first letter this much larger than what follows reaches down several lines.
const DROPPED: f64 = 1.8;

/// A stretch of letters without a gap. Places are points, `x` to the right, `base` down from the top.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// The line on which it stands.
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) look: Look,
    /// Small and above the line: a reference to a note, as a rule.
    pub(super) raised: bool,
    /// A space is written behind it.
    pub(super) spaced: bool,
}

/// One page as words.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Counted from 1.
    pub(super) number: u32,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) words: Vec<Word>,
    pub(super) pictures: usize,
    /// Signs of which the file does not say how they read.
    pub(super) unread: usize,
    /// Words that run in another direction than the rest of the page.
    pub(super) askew: usize,
    pub(super) cut: bool,
}

/// Which way letters run on the page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Right,
    Down,
    Left,
    Up,
    Askew,
}

/// Makes words of what is drawn on a page of this size.
pub(super) fn words(drawn: Drawn, number: u32, (width, height): (f64, f64)) -> Sheet {
    let way = main_way(&drawn.glyphs);
    let turned = matches!(way, Way::Up | Way::Down);
    let mut sheet = Sheet {
        number,
        width: if turned { height } else { width },
        height: if turned { width } else { height },
        pictures: drawn.pictures,
        cut: drawn.cut,
        ..Sheet::default()
    };
    let mut maker = Maker::default();
    let mut astray = false;
    for mut glyph in drawn.glyphs {
        if way_of(&glyph).is_some_and(|it| it != way) {
            let blank = glyph.text.as_deref().is_none_or(|it| it.trim().is_empty());
            sheet.askew += usize::from(!astray && !blank);
            astray = !blank;
            continue;
        }
        astray = false;
        for place in [&mut glyph.from, &mut glyph.to] {
            let (x, y) = *place;
            *place = match way {
                Way::Right | Way::Askew => (x, y),
                Way::Down => (y, width - x),
                Way::Left => (width - x, height - y),
                Way::Up => (height - y, x),
            };
        }
        let inside = |at: f64, end: f64| at > -glyph.size && at < end + glyph.size;
        if !inside(glyph.from.0, sheet.width) || !inside(glyph.from.1, sheet.height) {
            continue;
        }
        sheet.unread += usize::from(glyph.text.is_none());
        maker.add(&glyph);
    }
    maker.end();
    sheet.words = maker.words;
    drop_doubles(&mut sheet.words);
    sheet
}

fn way_of(glyph: &Glyph) -> Option<Way> {
    let (x, y) = (glyph.to.0 - glyph.from.0, glyph.to.1 - glyph.from.1);
    let flat = |small: f64, large: f64| small.abs() < large.abs() * 0.05;
    if x.abs() + y.abs() < glyph.size * 0.01 {
        None
    } else if flat(y, x) {
        Some(if x > 0.0 { Way::Right } else { Way::Left })
    } else if flat(x, y) {
        Some(if y > 0.0 { Way::Down } else { Way::Up })
    } else {
        Some(Way::Askew)
    }
}

fn main_way(glyphs: &[Glyph]) -> Way {
    let count = |way: Way| {
        let running = glyphs.iter().filter(|glyph| way_of(glyph) == Some(way));
        running.count()
    };
    let ways = [Way::Right, Way::Down, Way::Up, Way::Left];
    let counted = ways.map(|way| (count(way), way));
    // The first of equals: the usual way.
    let mut best = counted[0];
    for other in counted {
        if other.0 > best.0 {
            best = other;
        }
    }
    best.1
}

/// Words on their way.
#[derive(Default)]
struct Maker {
    words: Vec<Word>,
    open: Option<Word>,
}

impl Maker {
    fn add(&mut self, glyph: &Glyph) {
        let text = glyph.text.as_deref().unwrap_or("\u{FFFD}");
        if text.trim().is_empty() {
            if let Some(open) = &mut self.open {
                open.spaced = true;
            }
            self.end();
            return;
        }
        let (x0, x1) = (glyph.from.0.min(glyph.to.0), glyph.from.0.max(glyph.to.0));
        let base = glyph.from.1;
        if let Some(open) = &mut self.open {
            let same = (open.base - base).abs() < glyph.size * 0.1
                && (open.size - glyph.size).abs() < glyph.size * 0.1
                && open.look == glyph.look;
            let near = x0 - open.x1 < glyph.size * GAP && x0 - open.x1 > glyph.size * -0.4;
            if same && near && x0 > open.x0 - glyph.size * 0.05 {
                open.text.push_str(text);
                open.x1 = open.x1.max(x1);
                return;
            }
            self.end();
        }
        self.open = Some(Word {
            text: text.to_owned(),
            x0,
            x1,
            base,
            size: glyph.size.max(0.1),
            look: glyph.look,
            raised: false,
            spaced: false,
        });
    }

    fn end(&mut self) {
        let Some(mut word) = self.open.take() else {
            return;
        };
        if let Some(before) = self.words.last_mut() {
            settle(before, &mut word);
        }
        self.words.push(word);
    }
}

/// Puts raised numbers and dropped first letters on the line of the word beside them.
fn settle(before: &mut Word, word: &mut Word) {
    let gap = word.x0 - before.x1;
    let large = before.size.max(word.size);
    if gap < -0.4 * large || gap > large {
        return;
    }
    let off = before.base - word.base;
    if before.size > word.size * DROPPED && off > 0.0 && off < before.size {
        if before.text.chars().count() == 1 {
            (before.base, before.size) = (word.base, word.size);
        }
    } else if off.abs() < large * 0.08 || off.abs() > large * 0.7 {
        // On one line, or on two.
    } else if word.size < before.size * SMALL {
        word.raised = off > 0.0;
        word.base = before.base;
    } else if before.size < word.size * SMALL {
        before.raised = off < 0.0;
        before.base = word.base;
    }
}

/// Words drawn twice, a hair apart, are one bold word.
fn drop_doubles(words: &mut Vec<Word>) {
    let mut seen: HashMap<(i64, u64), Vec<usize>> = HashMap::new();
    let mut doubles = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let place = (word.base.round() as i64, word.text.len() as u64);
        let others = seen.entry(place).or_default();
        let twin = others.iter().copied().find(|&other: &usize| {
            let other: &Word = &words[other];
            (other.x0 - word.x0).abs() < word.size * 0.12 && other.text == word.text
        });
        match twin {
            Some(twin) => doubles.push((twin, at)),
            None => others.push(at),
        }
    }
    for &(twin, at) in doubles.iter().rev() {
        words[twin].look.bold = true;
        words[twin].spaced |= words[at].spaced;
        words.remove(at);
    }
}
