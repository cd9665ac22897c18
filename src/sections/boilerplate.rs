//! Lines that belong to no report: "Also read", bylines, credits, "Subscribe".
//!
//! Three witnesses: how such lines begin (a list in the lens, kept here), the learnt look of them (a column of the
//! cues), and that a short paragraph repeats words of another. None is asked in a text that is no report.

use super::Heard;
use super::features::{Scene, each_word, phrase_key};
use super::lens_file::Openings;
use crate::model::Document;
use crate::text::TextRange;

/// Most words an opening may have.
pub(super) const LONGEST: usize = 5;

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

/// Marks the short paragraphs whose words stand in a longer one as well: quotes pulled out for show.
pub(super) fn mark_repeated(document: &Document, heard: &mut [Heard]) {
    /// Reports that are longer have no pulled quotes, and every one is looked for everywhere.
    const MOST: usize = 200;
    /// Words it may have. Fewer repeat by chance.
    const SHORT: std::ops::RangeInclusive<u32> = 7..=60;
    if heard.len() > MOST {
        return;
    }
    let bare = |block: u32| {
        let words = document.words(block);
        words.trim_matches(|letter: char| !letter.is_alphanumeric())
    };
    for at in 0..heard.len() {
        if !SHORT.contains(&heard[at].step.score.words) {
            continue;
        }
        let words = bare(heard[at].block);
        let longer = |other: &Heard| {
            let stand = bare(other.block);
            stand.len() > words.len()
                && memchr::memmem::find(stand.as_bytes(), words.as_bytes()).is_some()
        };
        let found = heard.iter().any(longer);
        heard[at].repeated = found;
    }
}
