//! The trained model: a chain of labels over the words where a name may stand, with weights read in place.
//!
//! It sees what the rules see and what the rules say, and has the last word. Without a sound asset the rules alone
//! speak. [`observe`] gives the trainer exactly what [`tagger::Tagger`] sees; see `tests/train/names`.

pub mod asset;
mod evidence;
mod explain;
pub mod features;
mod island;
mod tagger;
pub mod usual;

use crate::model::{BlockId, Document};
use crate::text::TextRange;

use super::candidate::{Candidate, Passage};
use super::survey::Survey;
use asset::{Asset, Fault};
use evidence::Evidence;
use features::{Family, Sink};
use island::Marked;
pub(super) use tagger::Tagger;

/// What is learnt of a document on the way to its last reading.
#[derive(Debug)]
pub(super) struct Learner<'a> {
    asset: &'a Asset<'a>,
    evidence: Evidence,
}

impl<'a> Learner<'a> {
    pub(super) fn new(asset: &'a Asset<'a>, survey: &Survey<'_>) -> Self {
        Self {
            asset,
            evidence: Evidence::new(survey, asset),
        }
    }

    pub(super) fn learn(&mut self, passage: &Passage<'_>, settled: &[Candidate]) {
        self.evidence.learn(passage, settled);
    }

    pub(super) fn tagger(mut self) -> Tagger<'a> {
        self.evidence.share();
        Tagger::new(self.asset, self.evidence)
    }
}

/// Why the model that is built in cannot be used, if it cannot.
pub fn fault() -> Option<&'static Fault> {
    Asset::standard().err()
}

/// A stretch where a name may stand, with all that the model sees of each word.
#[derive(Debug, Default)]
pub struct Island {
    pub words: Vec<TextRange>,
    /// Class of the gap before each word.
    pub gaps: Vec<u8>,
    /// Hash of the shape of each word.
    pub shapes: Vec<u64>,
    /// A number for each word, the same for the same word in the document.
    pub spellings: Vec<u32>,
    pub keys: Vec<Vec<(Family, u64)>>,
}

/// What the trainer is shown of a document.
#[derive(Debug, Default)]
pub struct Observed {
    pub islands: Vec<Island>,
    /// For each of the bodies asked for: what the model sees of it.
    pub bodies: Vec<(TextRange, Vec<(Family, u64)>)>,
}

struct Collect<'a>(&'a mut Vec<(Family, u64)>);

impl Sink for Collect<'_> {
    fn take(&mut self, family: Family, key: u64) {
        self.0.push((family, key));
    }
}

/// What the model sees of a document, for the trainer. `bodies`: names to be told apart by kind.
pub fn observe(document: &Document, asset: &Asset<'_>, bodies: &[TextRange]) -> Observed {
    let mut observed = Observed::default();
    let all = 0..document.blocks.len() as BlockId;
    let blocks = super::worded(document, all);
    let text = super::usual(document, &blocks, Some(asset));
    super::read_through(&text, &blocks, Some(asset), |passage, settled, tagger| {
        let Some(tagger) = tagger else { return };
        let marked = Marked::new(passage, tagger.evidence(), settled);
        marked.islands(|sentence, places| {
            let mut island = Island::default();
            for at in places {
                let first = island.words.is_empty();
                island.words.push(passage.range(at, at));
                island
                    .gaps
                    .push(if first { 0 } else { sentence.gap(at) as u8 });
                let spelling = sentence.token(at).spelling as usize;
                island.spellings.push(tagger.evidence().kin[spelling]);
                island.shapes.push(sentence.traits(at).short);
                let mut keys = Vec::new();
                features::all(sentence, at, &mut Collect(&mut keys));
                island.keys.push(keys);
            }
            observed.islands.push(island);
        });
        for &body in bodies {
            let inside = |at: &usize| passage.range(*at, *at).overlaps(body);
            let Some(first) = (0..passage.tokens.len()).find(inside) else {
                continue;
            };
            let last = (first..passage.tokens.len()).rfind(inside).unwrap_or(first);
            let mut keys = Vec::new();
            features::body(&marked.body(first, last), &mut Collect(&mut keys));
            observed.bodies.push((body, keys));
        }
    });
    observed
}
