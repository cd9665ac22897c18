//! The scored cue lexicon: for every cue its weight for each role, and how cues add up over a paragraph.
//!
//! The weights are whole hundredths of a nat, learnt by `tests/train/cues` and kept as a table in `assets/lenses`,
//! where a person can read and mend them. The program carries them packed (`packed`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::features::{Scene, Seen, each, each_of_heading, key};
use super::packed::Packed;

/// Most roles a lens may have.
pub const ROLES: usize = 8;

/// A score for each role, in nats.
pub type Scores = [f32; ROLES];

/// Weights of one cue: for each role, and for being boilerplate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    pub roles: [i16; ROLES],
    pub boilerplate: i16,
    /// How much it speaks for the text being a report at all, in tenths of a word.
    pub evidence: i8,
    /// Whether it is a common word of the language that the lens reads.
    pub language: bool,
}

/// The cues of a lens, ready for look-up.
#[derive(Debug, Default)]
pub struct Cues {
    table: HashMap<u64, Weights, BuildHasherDefault<Ready>>,
    /// When there are any, these are all.
    packed: Option<Packed<'static>>,
}

/// What the cues of a paragraph add up to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub roles: Scores,
    pub boilerplate: f32,
    pub words: u32,
    /// How many words of reports it has, in tenths.
    pub evidence: i32,
    /// How many are common words of the language that the lens reads.
    pub language: u32,
}

impl Cues {
    /// Adds to what a cue, as assets write it, weighs.
    pub fn add(&mut self, written: &str, change: impl FnOnce(&mut Weights)) {
        change(self.table.entry(key(written)).or_default());
    }

    pub fn len(&self) -> usize {
        self.packed.map_or(self.table.len(), |packed| packed.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn of_packed(packed: Packed<'static>) -> Self {
        Self {
            packed: Some(packed),
            ..Self::default()
        }
    }

    /// Keys and weights of all that are not packed.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Weights)> {
        self.table.iter().map(|(&key, weights)| (key, weights))
    }

    #[inline]
    fn get(&self, key: u64) -> Option<Weights> {
        match &self.packed {
            Some(packed) => packed.get(key),
            None => self.table.get(&key).copied(),
        }
    }

    /// What `scene` says of itself.
    pub fn score(&self, scene: &Scene<'_>) -> Score {
        let mut roles = [0_i32; ROLES];
        let (mut boilerplate, mut evidence) = (0_i32, 0_i32);
        let (mut words, mut language) = (0_u32, 0_u32);
        each(scene, |key, seen| {
            words += u32::from(seen.is_word());
            let Some(weights) = self.get(key) else {
                return;
            };
            for (sum, &weight) in roles.iter_mut().zip(&weights.roles) {
                // A lens of the reader's may weigh much, and a paragraph have millions of words.
                *sum = sum.saturating_add(i32::from(weight));
            }
            boilerplate += i32::from(weights.boilerplate);
            evidence += i32::from(weights.evidence);
            language += u32::from(weights.language);
        });
        let scale = scale(words) / 100.0;
        Score {
            roles: roles.map(|sum| sum as f32 * scale),
            boilerplate: boilerplate as f32 * scale,
            words,
            evidence,
            language,
        }
    }

    /// What the heading over `scene` says, apart from its own words.
    pub fn heading(&self, scene: &Scene<'_>) -> Scores {
        let mut roles = [0.0; ROLES];
        each_of_heading(scene, |key, _| {
            if let Some(weights) = self.get(key) {
                for (sum, &weight) in roles.iter_mut().zip(&weights.roles) {
                    *sum += f32::from(weight) / 100.0;
                }
            }
        });
        roles
    }

    /// Calls `found` with every cue in `scene` and its weights.
    pub fn each_in(&self, scene: &Scene<'_>, mut found: impl FnMut(Seen, &Weights)) {
        each(scene, |key, seen| {
            if let Some(weights) = self.get(key) {
                found(seen, &weights);
            }
        });
    }
}

/// Long paragraphs have more cues but are not surer for it: scores are damped by length.
pub fn scale(words: u32) -> f32 {
    6.0 / (words.max(8) as f32).sqrt()
}

/// The keys are hashes already.
#[derive(Debug, Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
