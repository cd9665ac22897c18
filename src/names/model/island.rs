//! [`Sentence`]: one sentence as the model sees it, and its islands: the stretches where a name may stand.
//!
//! Most words of a text are small and can be in no name; only islands are scored, so reading is quick.

use std::ops::Range;

use super::asset::GAPS;
use super::evidence::{Evidence, Traits};
use super::features::{Body, capital, hash};
use crate::model::EntityKind;
use crate::names::candidate::{Candidate, FIRM, Passage, Token};
use crate::text::tokens::{Gap, Shape};

/// Small words that stand inside names.
const LINKS: &[&str] = &[
    "against", "al", "and", "at", "bin", "da", "das", "de", "del", "der", "di", "do", "dos", "du",
    "e", "el", "et", "for", "ibn", "in", "la", "le", "les", "of", "on", "sans", "the", "to", "un",
    "van", "von", "with", "without", "y",
];

/// So many small words in a row may stand inside a name.
const MOST_LINKS: usize = 4;

/// A block, marked with what the rules say of each word; cut into sentences as it is read.
#[derive(Debug)]
pub(super) struct Marked<'a> {
    pub(super) passage: &'a Passage<'a>,
    pub(super) evidence: &'a Evidence,
    pub(super) settled: &'a [Candidate],
    /// For each word: which of `settled` holds it.
    said: Vec<Option<u32>>,
    /// Hash of the rule of each of `settled`.
    prints: Vec<u64>,
    /// For each word: whether a name may hold it.
    live: Vec<bool>,
    /// For each word: the first and the last word of its run.
    runs: Vec<(u32, u32)>,
}

/// What a rule says of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) candidate: &'a Candidate,
    /// Whether it begins here.
    pub(super) first: bool,
    /// Hash of its rule.
    pub(super) print: u64,
}

impl Said<'_> {
    /// Kind of name and whether it begins here, as a number over 0.
    pub(super) fn tag(&self) -> u64 {
        let kind = match self.candidate.kind {
            Some(EntityKind::Person) => 1,
            Some(EntityKind::Agency) => 2,
            Some(EntityKind::Organization) => 3,
            Some(EntityKind::Place) => 4,
            None => 5,
        };
        kind * 2 + u64::from(self.first)
    }

    pub(super) fn weight(&self) -> u8 {
        self.candidate.weight
    }
}

impl<'a> Marked<'a> {
    pub(super) fn new(
        passage: &'a Passage<'a>,
        evidence: &'a Evidence,
        settled: &'a [Candidate],
    ) -> Self {
        let count = passage.tokens.len();
        let mut said = vec![None; count];
        for (nth, candidate) in settled.iter().enumerate() {
            said[candidate.first..=candidate.last].fill(Some(nth as u32));
        }
        let mut marked = Self {
            passage,
            evidence,
            settled,
            said,
            prints: settled
                .iter()
                .map(|candidate| hash(candidate.rule.chars()))
                .collect(),
            live: vec![false; count],
            runs: Vec::new(),
        };
        marked.find_live();
        marked.find_runs();
        marked
    }

    fn traits(&self, at: usize) -> &'a Traits {
        &self.evidence.traits[self.passage.tokens[at].spelling as usize]
    }

    fn find_live(&mut self) {
        let tokens = self.passage.tokens;
        let mut last: Option<usize> = None;
        for at in 0..tokens.len() {
            let token = &tokens[at];
            if token.word.gap == Gap::Sentence {
                last = None;
            }
            if self.firm_thing(at) {
                last = None;
                continue;
            }
            let large = capital(token, self.traits(at));
            self.live[at] = large || self.said[at].is_some();
            if !large {
                continue;
            }
            if let Some(before) = last.filter(|&before| before + 1 < at) {
                let links = before + 1..at;
                let spaced = (before + 1..=at)
                    .all(|at| matches!(tokens[at].word.gap, Gap::Space | Gap::And));
                let number = links.len() == 1 && tokens[before + 1].word.shape == Shape::Number;
                let link = links.len() <= MOST_LINKS
                    && LINKS.binary_search(&self.passage.word(before + 1)).is_ok();
                if spaced && (number || link) {
                    self.live[links].fill(true);
                }
            } else if at > 0
                && tokens[at - 1].word.shape == Shape::Number
                && token.word.gap == Gap::Space
            {
                self.live[at - 1] = true;
            }
            if let Some(next) = tokens.get(at + 1)
                && next.word.shape == Shape::Number
                && matches!(next.word.gap, Gap::Space)
            {
                self.live[at + 1] = true;
            }
            last = Some(at);
        }
    }

    /// Whether a rule is sure that the word is in no name that counts.
    fn firm_thing(&self, at: usize) -> bool {
        let said = self.said[at].map(|nth| &self.settled[nth as usize]);
        said.is_some_and(|said| said.kind.is_none() && said.weight >= FIRM)
    }

    fn find_runs(&mut self) {
        let tokens = self.passage.tokens;
        self.runs = vec![(0, 0); tokens.len()];
        let mut at = 0;
        while at < tokens.len() {
            let first = at;
            while self.live[at]
                && at + 1 < tokens.len()
                && self.live[at + 1]
                && matches!(tokens[at + 1].word.gap, Gap::Space | Gap::And | Gap::Plural)
            {
                at += 1;
            }
            self.runs[first..=at].fill((first as u32, at as u32));
            at += 1;
        }
    }

    /// Calls `then` for each sentence with an island, with every island of it.
    pub(super) fn islands(&self, mut then: impl FnMut(&Sentence<'_>, Range<usize>)) {
        let tokens = self.passage.tokens;
        let mut start = 0;
        while start < tokens.len() {
            let mut end = start + 1;
            while end < tokens.len() && tokens[end].word.gap != Gap::Sentence {
                end += 1;
            }
            let sentence = self.sentence(start..end);
            let mut at = start;
            while at < end {
                if !self.live[at] {
                    at += 1;
                    continue;
                }
                let first = at;
                while at < end && self.live[at] {
                    at += 1;
                }
                then(&sentence, first..at);
            }
            start = end;
        }
    }

    fn sentence(&self, range: Range<usize>) -> Sentence<'_> {
        Sentence {
            marked: self,
            range,
        }
    }

    /// The words `first..=last`, as the kinds see them.
    pub(super) fn body(&self, first: usize, last: usize) -> Body<'_> {
        let sentence = self.sentence_at(first);
        let said = |at: usize| {
            sentence
                .said(at)
                .map_or((0, 0), |said| (said.tag(), said.print))
        };
        Body {
            words: (first..=last).map(|at| self.traits(at)).collect(),
            before: sentence.neighbour(first, -1).unwrap_or(Traits::edge()),
            after: sentence.neighbour(last, 1).unwrap_or(Traits::edge()),
            said: [said(first), said(last)],
        }
    }

    /// The sentence around the word at `at`.
    pub(super) fn sentence_at(&self, at: usize) -> Sentence<'_> {
        let tokens = self.passage.tokens;
        let opens = |at: usize| tokens[at].word.gap == Gap::Sentence;
        let start = (0..=at).rev().find(|&at| opens(at)).unwrap_or(0);
        let end = (at + 1..tokens.len())
            .find(|&at| opens(at))
            .unwrap_or(tokens.len());
        self.sentence(start..end)
    }
}

/// A sentence; words are counted from the start of the block.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    marked: &'a Marked<'a>,
    range: Range<usize>,
}

impl<'a> Sentence<'a> {
    pub(super) fn has(&self, at: usize) -> bool {
        self.range.contains(&at)
    }

    pub(super) fn token(&self, at: usize) -> &'a Token {
        &self.marked.passage.tokens[at]
    }

    pub(super) fn traits(&self, at: usize) -> &'a Traits {
        self.marked.traits(at)
    }

    /// The word `step` places on, if the sentence has it.
    pub(super) fn neighbour(&self, at: usize, step: i8) -> Option<&'a Traits> {
        let at = at.checked_add_signed(isize::from(step))?;
        self.has(at).then(|| self.traits(at))
    }

    /// The word before the one at `at`.
    pub(super) fn word_before(&self, at: usize) -> Option<&'a Traits> {
        self.neighbour(at, -1)
    }

    /// The class of what stands before the word at `at`.
    pub(super) fn gap(&self, at: usize) -> u64 {
        if !self.has(at) || at == self.range.start {
            return 0;
        }
        let owned = self.token(at - 1).word.possessive;
        match self.token(at).word.gap {
            _ if owned => 7,
            Gap::Sentence => 0,
            Gap::Space => 1,
            Gap::Comma => 2,
            Gap::And => 3,
            Gap::Bracket => 4,
            Gap::Hyphen | Gap::Plural => 5,
            Gap::Mark => 6,
        }
        .min(GAPS as u64 - 1)
    }

    pub(super) fn gap_after(&self, at: usize) -> u64 {
        self.gap(at + 1)
    }

    /// How capitals are used here: 0 as usual, 1 in every word, 2 in every letter.
    pub(super) fn look(&self) -> u64 {
        let passage = self.marked.passage;
        u64::from(passage.headline) + u64::from(passage.shouted)
    }

    /// The first and last word of the run of capital words around `at`, links among them.
    pub(super) fn run(&self, at: usize) -> (usize, usize) {
        let (first, last) = self.marked.runs[at];
        (
            (first as usize).max(self.range.start),
            (last as usize).min(self.range.end - 1),
        )
    }

    pub(super) fn said(&self, at: usize) -> Option<Said<'a>> {
        let nth = self.marked.said[at]?;
        let candidate = &self.marked.settled[nth as usize];
        Some(Said {
            candidate,
            first: candidate.first == at,
            print: self.marked.prints[nth as usize],
        })
    }
}
