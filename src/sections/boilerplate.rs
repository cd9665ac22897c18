//! Lines that belong to no report: "Also read", bylines, credits, "Subscribe".
//!
//! Two witnesses: how such lines begin (a list in the lens, kept here), and the learnt look of them (a column of the
//! cues). Neither is asked in a text that is no report.

use super::features::{Scene, each_word, phrase_key};
use super::lens::Openings;
use crate::text::TextRange;

/// Most words an opening may have.
const LONGEST: usize = 5;

/// The openings of a lens, ready for look-up.
#[derive(Debug, Default)]
pub(super) struct Boilerplate {
    /// Keys of whole openings, sorted; and of their first words.
    openings: Vec<u64>,
    first: Vec<u64>,
    longest: u32,
}

impl Boilerplate {
    pub(super) fn new(list: &Openings) -> Self {
        let sorted = |mut keys: Vec<u64>| {
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        let first = |opening: &String| phrase_key(opening.split(' ').next().unwrap_or_default());
        Self {
            openings: sorted(
                list.openings
                    .iter()
                    .map(|opening| phrase_key(opening))
                    .collect(),
            ),
            first: sorted(list.openings.iter().map(first).collect()),
            longest: list.longest as u32,
        }
    }

    /// The opening by which `scene`, of `words` words, is told to be boilerplate.
    pub(super) fn opening(&self, scene: &Scene<'_>, words: u32) -> Option<TextRange> {
        if words > self.longest {
            return None;
        }
        let mut keys: Vec<(u64, usize, usize)> = Vec::new();
        each_word(scene.words, |key, start, end| {
            if keys.len() < LONGEST {
                keys.push((key, start, end));
            }
        });
        let &(first, start, _) = keys.first()?;
        self.first.binary_search(&first).ok()?;
        (1..=keys.len()).rev().find_map(|count| {
            let end = keys[count - 1].2;
            let key = keys[..count]
                .iter()
                .map(|&(key, ..)| key)
                .reduce(super::features::pair)?;
            let known = self.openings.binary_search(&key).is_ok();
            let rest = scene
                .words
                .get(end..)
                .unwrap_or_default()
                .trim_start_matches(['*', '_', ' ']);
            // One word alone ("Sources", "Watch") begins sentences too: then a mark must follow it.
            let marked =
                rest.is_empty() || rest.starts_with([':', '|', '–', '—', '-', '/', '©', '»', '·']);
            let from = scene.range.start();
            (known && (count > 1 || marked)).then(|| TextRange::new(from + start, from + end))
        })
    }
}
