//! Counts how words, and pairs of words, are written within sentences.
//!
//! By it the reader writes a text anew that has no capitals, or nothing else.

use std::collections::HashMap;

use briefing::names::model::usual::{Usual, of_pair, of_word, word as hash};
use briefing::text::TextRange;
use briefing::text::tokens::{self, Gap, Shape, Word};

use crate::learn::Knobs;

/// How often a word is small, has a capital first, is in capitals.
type Counts = [u32; 3];

const USUAL: [Usual; 3] = [Usual::Small, Usual::Title, Usual::Capitals];

#[derive(Default)]
pub(crate) struct Count {
    words: HashMap<u64, Counts>,
    pairs: HashMap<(u64, u64), [u16; 9]>,
}

impl Count {
    /// Counts the words of a text, line by line; its headlines tell nothing.
    pub(crate) fn read(&mut self, text: &str) {
        let mut words = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let range = TextRange::new(at, at + line.len());
            at += line.len();
            tokens::words(text, range, &mut words);
            let large = |word: &&Word| !matches!(word.shape, Shape::Lower | Shape::Number);
            let capitals = words.iter().filter(large).count();
            if capitals * 2 <= words.len() {
                self.count(text, &words);
            }
        }
    }

    fn count(&mut self, text: &str, words: &[Word]) {
        let mut before: Option<(u64, usize)> = None;
        for word in words {
            let spelling = word.range.of(text).trim_end_matches('.');
            let shape: usize = match word.shape {
                Shape::Lower => 0,
                Shape::Title => 1,
                Shape::Capitals | Shape::Initial => 2,
                Shape::Number => 3,
            };
            if word.opens || shape == 3 || spelling.len() < 2 {
                before = None;
                continue;
            }
            let key = hash(spelling);
            self.words.entry(key).or_default()[shape] += 1;
            if let Some((earlier, its)) = before.filter(|_| word.gap == Gap::Space) {
                let counts: &mut [u16; 9] = self.pairs.entry((earlier, key)).or_default();
                counts[its * 3 + shape] = counts[its * 3 + shape].saturating_add(1);
            }
            before = (!word.possessive).then_some((key, shape));
        }
    }

    /// Entries of the table: words that are seen often enough, and pairs that are written otherwise than their words.
    pub(crate) fn table(&self, knobs: &Knobs) -> Vec<(u64, Vec<u8>)> {
        let (least, least_pair) = (
            knobs.number("usual", 3.0) as u32,
            knobs.number("pairs", 3.0) as u32,
        );
        let mut rows = Vec::new();
        let usual: HashMap<u64, usize> = self
            .words
            .iter()
            .filter(|(_, counts)| counts.iter().sum::<u32>() >= least)
            .map(|(&key, counts)| (key, usual_of(counts)))
            .collect();
        rows.extend(
            usual
                .iter()
                .map(|(&key, &case)| (of_word(key), vec![USUAL[case] as u8])),
        );
        let words = rows.len();
        for (&(first, second), counts) in &self.pairs {
            let all: u32 = counts.iter().map(|&count| u32::from(count)).sum();
            let best = (0..9)
                .max_by_key(|&at| (counts[at], std::cmp::Reverse(at)))
                .unwrap_or(0);
            if all < least_pair || u32::from(counts[best]) * 10 < all * 6 {
                continue;
            }
            let (one, two) = (best / 3, best % 3);
            let other =
                |key: &u64, case: usize| usual.get(key).map_or(case != 0, |&usual| usual != case);
            if other(&first, one) || other(&second, two) {
                rows.push((
                    of_pair(first, second),
                    vec![Usual::pair(USUAL[one], USUAL[two])],
                ));
            }
        }
        println!(
            "{words} words and {} pairs as they are usually written",
            rows.len() - words
        );
        rows
    }
}

/// The case of a word: small if it mostly is, else as its capitals mostly are.
fn usual_of(counts: &Counts) -> usize {
    let [small, title, capitals] = *counts;
    if small >= title + capitals {
        0
    } else if title >= capitals {
        1
    } else {
        2
    }
}
