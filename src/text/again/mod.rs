//! [`find`]: words that were quoted from a text, found again after the text has changed.
//!
//! A quote is known by its words, by some characters before and after it, and by where it stood. It is looked for as
//! it was, first where it was and then everywhere; what is not there word for word is looked for by likeness (`like`).
//! Either way one pass over the text serves all quotes. The rule above all others: better lost than in a wrong place.
//! So a place must agree with what stood around the quote better than any other place of the same words ever did
//! ([`Sought::rival`]), and where two places are as good as each other, neither is taken.

mod like;

use aho_corasick::{AhoCorasick, Input};
use memchr::memmem;

use super::TextRange;

/// Characters that are kept from before and from after a quote.
pub const AROUND: usize = 32;

/// Characters on one side that must agree before a side is a witness, or all that were kept when they are fewer.
const WITNESS: usize = 12;
/// By how many characters the best place must agree better than the next.
const MARGIN: usize = 6;

/// A quote to be found again.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    pub quote: &'a str,
    /// What stood right before and after it, at most [`AROUND`] characters each.
    pub before: &'a str,
    pub after: &'a str,
    /// Where it stood, in bytes.
    pub offset: usize,
    /// How long the text was, in bytes.
    pub length: usize,
    /// With how many characters around it the best other place of the same words agreed; `None` when there was none.
    pub rival: Option<usize>,
    /// How like it the likest other place near it was, in per cent.
    pub likest: u8,
}

impl<'a> Sought<'a> {
    /// The quote at `range` of `text`, to be found again later.
    pub fn of(text: &'a str, range: TextRange) -> Self {
        let (head, tail) = (
            TextRange::new(0, range.start()).of(text),
            TextRange::new(range.end(), text.len()).of(text),
        );
        let first = head.char_indices().rev().take(AROUND).last();
        let last = tail.char_indices().nth(AROUND);
        let own = Self {
            quote: range.of(text),
            before: TextRange::new(first.map_or(head.len(), |(at, _)| at), head.len()).of(head),
            after: TextRange::new(0, last.map_or(tail.len(), |(at, _)| at)).of(tail),
            offset: range.start(),
            length: text.len(),
            rival: None,
            likest: 0,
        };
        let others = memmem::find_iter(text.as_bytes(), own.quote).filter(|&at| {
            !own.quote.is_empty() && at != range.start() && stands_free(text, at, own.quote)
        });
        let rival = others.map(|at| own.agreement(text, at).total()).max();
        Self {
            rival,
            likest: like::likest_other(text, &own),
            ..own
        }
    }

    /// How well what stands around `at` agrees with what stood around the quote.
    fn agreement(&self, text: &str, at: usize) -> Agreement {
        let end = at + self.quote.len();
        let head = text.get(..at).unwrap_or_default();
        let tail = text.get(end..).unwrap_or_default();
        let same = |(a, b): &(char, char)| a == b;
        // Where the text begins or ends counts as a character that is nowhere else.
        let edge = || std::iter::once('\0');
        let before = self.before.chars().rev().chain(edge());
        let before = before.zip(head.chars().rev().chain(edge()));
        let after = self.after.chars().chain(edge());
        let after = after.zip(tail.chars().chain(edge()));
        Agreement {
            before: before.take_while(same).count(),
            after: after.take_while(same).count(),
        }
    }

    /// Whether one side alone, or both together, say that this is the place.
    /// How many sides say that this is the place.
    fn witnesses(&self, agreement: Agreement) -> usize {
        let side = |agreed: usize, kept: &str| agreed >= WITNESS.min(kept.chars().count() + 1);
        let before = side(agreement.before, self.before);
        usize::from(before) + usize::from(side(agreement.after, self.after))
    }

    /// Whether a place agrees better, by `margin`, than any other ever did.
    fn beats_rival(&self, agreement: Agreement, margin: usize) -> bool {
        self.rival
            .is_none_or(|rival| agreement.total() >= rival + margin)
    }
}

/// Characters that agree, counted from the quote outwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Agreement {
    before: usize,
    after: usize,
}

impl Agreement {
    fn total(self) -> usize {
        self.before + self.after
    }
}

/// Where each quote stands in `text` now; `None` for those that are lost.
pub fn find(text: &str, sought: &[Sought<'_>]) -> Vec<Option<TextRange>> {
    let mut found: Vec<Option<TextRange>> = sought.iter().map(|one| in_place(text, one)).collect();
    let missing: Vec<usize> = (0..sought.len())
        .filter(|&id| found[id].is_none() && !sought[id].quote.trim().is_empty())
        .collect();
    if missing.is_empty() {
        return found;
    }
    let seen = word_for_word(text, sought, &missing);
    let mut reworded = Vec::new();
    for (&id, places) in missing.iter().zip(&seen) {
        found[id] = places.decide(&sought[id]);
        // Words that stand once, but not as they stood, have moved; or these are others, and the words that were
        // meant have changed. Likeness weighs both.
        let moved = places.count == 1 && sought[id].rival.is_none();
        if found[id].is_none() && (places.count == 0 || moved) {
            reworded.push(id);
        }
    }
    like::find(text, sought, &reworded, &mut found);
    for (&id, places) in missing.iter().zip(&seen) {
        // Where the words stand as they were, the likest stretch is they and nothing beside them.
        let whole = (places.count > 0).then(|| places.range(&sought[id]));
        if let (Some(place), Some(whole)) = (found[id], whole)
            && whole.overlaps(place)
        {
            found[id] = Some(whole);
        }
    }
    found
}

/// Where it stood, if it stands there with all that stood around it. What cannot be told from its twins is there only
/// while the text is as long as it was.
fn in_place(text: &str, sought: &Sought<'_>) -> Option<TextRange> {
    let end = sought.offset.checked_add(sought.quote.len())?;
    let words = text.get(sought.offset..end)?;
    let range = TextRange::new(sought.offset, end);
    let agreement = sought.agreement(text, range.start());
    let all = sought.before.chars().count() + sought.after.chars().count();
    let single = sought.beats_rival(agreement, 1) || text.len() == sought.length;
    let sure = agreement.total() >= all && single;
    (!words.is_empty() && words == sought.quote && sure).then_some(range)
}

/// The places of one quote, word for word.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    count: usize,
    best: usize,
    agreement: Agreement,
    /// How well the next best agrees.
    next: Agreement,
}

impl Places {
    fn add(&mut self, at: usize, agreement: Agreement) {
        self.count += 1;
        if self.count == 1 || agreement.total() > self.agreement.total() {
            self.next = self.agreement;
            (self.best, self.agreement) = (at, agreement);
        } else if agreement.total() > self.next.total() {
            self.next = agreement;
        }
    }

    fn range(&self, sought: &Sought<'_>) -> TextRange {
        TextRange::new(self.best, self.best + sought.quote.len())
    }

    fn decide(&self, sought: &Sought<'_>) -> Option<TextRange> {
        let sure = match sought.witnesses(self.agreement) {
            0 => false,
            // What stood once and stands twice was copied, and one neighbour may be the copy's.
            1 if self.count > 1 => sought.rival.is_some() && sought.witnesses(self.next) == 0,
            1 => !like::can_weigh(sought.quote) || sought.rival.is_some(),
            _ => true,
        };
        let next = self.next.total() + MARGIN;
        let clear = self.count == 1 || self.agreement.total() >= next;
        (sure && clear && sought.beats_rival(self.agreement, MARGIN)).then(|| self.range(sought))
    }
}

/// Every place of the quotes numbered `missing`, in one pass.
fn word_for_word(text: &str, sought: &[Sought<'_>], missing: &[usize]) -> Vec<Places> {
    let mut places = vec![Places::default(); missing.len()];
    let quotes = missing.iter().map(|&id| sought[id].quote);
    let Ok(finder) = AhoCorasick::new(quotes) else {
        return places;
    };
    let Ok(hits) = finder.try_find_overlapping_iter(Input::new(text)) else {
        return places;
    };
    for hit in hits {
        let number = hit.pattern().as_usize();
        let one = &sought[missing[number]];
        if stands_free(text, hit.start(), one.quote) {
            places[number].add(hit.start(), one.agreement(text, hit.start()));
        }
    }
    places
}

/// Whether words at `at` are cut out of no longer word.
fn stands_free(text: &str, at: usize, words: &str) -> bool {
    let joined = |a: Option<char>, b: Option<char>| {
        matches!((a, b), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric()
            && !like::is_word_alone(a) && !like::is_word_alone(b))
    };
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    let after = text
        .get(at + words.len()..)
        .and_then(|tail| tail.chars().next());
    !joined(before, words.chars().next()) && !joined(words.chars().next_back(), after)
}

#[cfg(test)]
mod tests;
