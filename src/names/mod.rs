//! Document to names: candidates by finders, settled into disjoint mentions, linked into entities.
//!
//! The front door has two functions, as the outline stands between them: [`find`] before it, [`link`] after.
//! A trained model can take the finders' place behind [`Found`]: text in, mentions out.
//!
//! The text is read three times, block by block, so that memory does not grow with it: to count how words are
//! written ([`survey`]), to learn full names ([`book`]), and to find every mention with what was learnt. One without
//! capitals, or with nothing else, is written anew before ([`case`]).

mod acronyms;
mod after;
mod agree;
pub mod amend;
mod bodies;
mod book;
mod candidate;
mod case;
mod extent;
mod firms;
mod grounds;
mod join;
mod lexicon;
mod link;
mod listed;
mod mend;
pub mod model;
mod offices;
mod people;
mod places;
mod quick;
mod reach;
mod settle;
mod sieve;
mod survey;
#[cfg(test)]
mod tests;
mod things;
mod titles;
mod whole;
pub mod wish;

use std::borrow::Cow;
use std::ops::Range;

use crate::model::reasons::{Seen, Verdict};
use crate::model::{Block, BlockId, BlockKind, Document, EntityKind};
use crate::text::TextRange;
use crate::text::tokens::{self, Gap, Shape, Word};

use book::Book;
use candidate::{Candidate, FIRM, Passage, Token};
use lexicon::{Classes, Lexicon};
use mend::Firm;
use model::asset::Asset;
use model::{Learner, Tagger};
use survey::Survey;

pub use link::link;

/// A name found in the text, not yet joined with other mentions of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub range: TextRange,
    pub kind: EntityKind,
    /// What a rule saw here, if any.
    pub seen: Option<Seen>,
    /// What the trained model says, where it speaks.
    pub verdict: Option<Verdict>,
}

/// A row of [`FINDERS`]: one way to see a name.
struct Finder {
    /// What it looks for, in words.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "rows are named for readers and tests")
    )]
    name: &'static str,
    find: fn(&Passage, &mut Vec<Candidate>),
}

/// Every finder. Their order does not matter: weights settle what overlaps.
const FINDERS: &[Finder] = &[
    Finder {
        name: "known names",
        find: listed::find,
    },
    Finder {
        name: "people by title, first name or what stands around",
        find: people::find,
    },
    Finder {
        name: "people named in full elsewhere",
        find: people::find_echoes,
    },
    Finder {
        name: "bodies by head word",
        find: bodies::find,
    },
    Finder {
        name: "bodies named in full elsewhere",
        find: bodies::find_echoes,
    },
    Finder {
        name: "acronyms",
        find: acronyms::find,
    },
    Finder {
        name: "bodies by what stands around",
        find: firms::find,
    },
    Finder {
        name: "laws, accords, storms: names that count for nothing",
        find: things::find,
    },
    Finder {
        name: "places by head word or what stands around",
        find: places::find,
    },
];

/// The names in `blocks`, sorted and disjoint.
pub fn find(document: &Document, blocks: Range<BlockId>) -> Vec<Found> {
    find_with(document, blocks, Asset::standard().ok())
}

/// The names in `blocks` by the model in `asset`, or by rules alone.
pub fn find_with(
    document: &Document,
    blocks: Range<BlockId>,
    asset: Option<&Asset<'_>>,
) -> Vec<Found> {
    let blocks = worded(document, blocks);
    let text = usual(document, &blocks, asset);
    let mut found = Vec::new();
    let mut firm = Vec::new();
    let tagger = read_through(&text, &blocks, asset, |passage, settled, tagger| {
        let sure = settled.iter().filter(|candidate| candidate.weight >= FIRM);
        firm.extend(sure.map(|candidate| Firm {
            range: passage.range(candidate.first, candidate.last),
            kind: candidate.kind,
            rule: candidate.rule,
        }));
        match tagger {
            Some(tagger) => tagger.read(passage, settled),
            None => found.extend(settled.iter().filter_map(|candidate| {
                let kind = candidate.kind?;
                Some(Found {
                    range: passage.range(candidate.first, candidate.last),
                    kind,
                    seen: Some(Seen {
                        rule: candidate.rule,
                        kind,
                        exact: true,
                    }),
                    verdict: None,
                })
            })),
        }
    });
    let found = tagger.map_or(found, Tagger::finish);
    let found = mend::mend(&text, found, &firm);
    let mut found = whole::whole(&text, found);
    agree::agree(&text, &mut found);
    found
}

/// The blocks where names may stand.
fn worded(document: &Document, blocks: Range<BlockId>) -> Vec<&Block> {
    let blocks = document
        .blocks
        .get(blocks.start as usize..blocks.end as usize);
    let blocks = blocks.unwrap_or_default().iter();
    blocks
        .filter(|block| !matches!(block.kind, BlockKind::Code | BlockKind::Rule))
        .collect()
}

/// The text of `document` with capitals where they usually stand; see [`case`].
fn usual<'a>(document: &'a Document, blocks: &[&Block], asset: Option<&Asset<'_>>) -> Cow<'a, str> {
    let text = document.text.as_str();
    asset.map_or(Cow::Borrowed(text), |asset| {
        case::usual(text, blocks, asset)
    })
}

/// What a reader must know of a damaged model.
pub fn fault_sentence(fault: Option<&model::asset::Fault>) -> Option<String> {
    fault.map(|fault| {
        format!("{fault}: names are found by rules alone, less surely; install the program again")
    })
}

/// Reads `blocks` three times; hands over each with what the rules find in it and, given a model, its tagger.
fn read_through<'a>(
    text: &str,
    blocks: &[&Block],
    asset: Option<&'a Asset<'a>>,
    mut then: impl FnMut(&Passage<'_>, &[Candidate], Option<&mut Tagger<'a>>),
) -> Option<Tagger<'a>> {
    let lexicon = Lexicon::standard();
    let mut words = Vec::new();
    let mut survey = Survey::default();
    for block in blocks {
        tokens::words(text, block.range, &mut words);
        survey.count(text, &words, lexicon);
    }
    survey.settle(lexicon);
    let mut learner = asset.map(|asset| Learner::new(asset, &survey));
    let mut reader = Reader {
        text,
        lexicon,
        survey: &survey,
        words,
        nth: 0,
        tokens: Vec::new(),
        candidates: Vec::new(),
        taken: Vec::new(),
    };
    let mut book = Book::default();
    let unread = Book::default();
    for block in blocks {
        reader.read(block.range, &unread, |passage, settled| {
            book.learn(text, passage, settled);
            if let Some(learner) = &mut learner {
                learner.learn(passage, settled);
            }
        });
    }
    let mut tagger = learner.map(Learner::tagger);
    reader.nth = 0;
    for block in blocks {
        reader.read(block.range, &book, |passage, settled| {
            then(passage, settled, tagger.as_mut());
        });
    }
    tagger
}

/// Reads block after block in the same buffers.
struct Reader<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    survey: &'a Survey<'a>,
    words: Vec<Word>,
    /// How many words were read before the block.
    nth: usize,
    tokens: Vec<Token>,
    candidates: Vec<Candidate>,
    taken: Vec<bool>,
}

impl<'a> Reader<'a> {
    /// Two people in one word are two words: `the Ode-Moor administration`.
    fn split_pairs(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let word = self.tokens[at].word;
            let spelling = word.range.of(self.text);
            if word.shape != Shape::Title || spelling.bytes().all(|byte| byte != b'-') {
                at += 1;
                continue;
            }
            let halves = spelling.split_once('-');
            let next = self
                .tokens
                .get(at + 1)
                .map_or("", |next| next.word.range.of(self.text));
            let reign = matches!(
                next,
                "Administration" | "administration" | "regime" | "government"
            );
            let pair = |half: &str| {
                self.lexicon.classes(half).any(Classes::LEADER)
                    || reign
                        && half.starts_with(char::is_uppercase)
                        && !self.lexicon.classes(half).any(Classes::COUNTRY)
            };
            if let Some((one, two)) = halves.filter(|(one, two)| pair(one) && pair(two)) {
                let middle = word.range.start() + one.len();
                let first = Word {
                    range: TextRange::new(word.range.start(), middle),
                    possessive: false,
                    ..word
                };
                let second = Word {
                    range: TextRange::new(word.range.end() - two.len(), word.range.end()),
                    gap: Gap::Hyphen,
                    opens: false,
                    ..word
                };
                let spelling = self.tokens[at].spelling;
                let pair = [first, second].map(|word| Token {
                    spelling,
                    word,
                    classes: self.lexicon.classes(word.range.of(self.text)),
                    common: false,
                });
                self.tokens.splice(at..=at, pair);
                at += 1;
            }
            at += 1;
        }
    }

    /// Lets every finder see one block, and hands over what settled.
    fn read(
        &mut self,
        range: TextRange,
        book: &Book<'a>,
        mut then: impl FnMut(&Passage<'_>, &[Candidate]),
    ) {
        tokens::words(self.text, range, &mut self.words);
        self.tokens.clear();
        self.tokens.extend(
            self.words
                .iter()
                .zip(self.nth..)
                .map(|(word, nth)| self.survey.token(nth, *word)),
        );
        self.nth += self.words.len();
        self.split_pairs();
        let letters = |token: &&Token| token.word.shape != Shape::Number;
        let (all, capitals, shouted) = self.tokens.iter().filter(letters).fold(
            (0, 0, 0),
            |(all, capitals, shouted): (usize, usize, usize), token| {
                let shout = matches!(token.word.shape, Shape::Capitals | Shape::Initial);
                (
                    all + 1,
                    capitals + usize::from(token.capital()),
                    shouted + usize::from(shout),
                )
            },
        );
        let tokens = std::mem::take(&mut self.tokens);
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let passage = Passage {
            text: self.text,
            tokens: &tokens,
            headline: all >= 4 && capitals * 10 >= all * 7,
            shouted: all >= 3 && shouted * 10 >= all * 9,
            lexicon: self.lexicon,
            book,
        };
        for finder in FINDERS {
            (finder.find)(&passage, &mut candidates);
        }
        settle::settle(&mut candidates, &mut self.taken, tokens.len());
        then(&passage, &candidates);
        self.tokens = tokens;
        self.candidates = candidates;
    }
}
