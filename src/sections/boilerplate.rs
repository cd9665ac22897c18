//! Lines that belong to no report: "Also read", bylines, credits, "Subscribe".
//!
//! Three witnesses: how such lines begin (a list in the lens, kept here), the learnt look of them (a column of the
//! cues), and that a short paragraph repeats words of another. None is asked in a text that is no report.

use std::ops::Range;

use super::Heard;
use super::features::{each_word, phrase_key};
use super::lens_file::Marks;
use crate::model::{BlockId, BlockKind, Document};
use crate::text::TextRange;

/// Most words a phrase may have.
pub(super) const LONGEST: usize = 5;

/// Which words tell that a line belongs to no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It begins with them.
    Begins(TextRange),
    /// They stand in it.
    Has(TextRange),
    /// It has a date and nothing else.
    Date,
    /// It has no word at all.
    Wordless,
    /// It says what a word means, as a dictionary does.
    Definition,
}

/// The phrases of a lens, ready for look-up.
#[derive(Debug, Default)]
pub(super) struct Boilerplate {
    openings: Phrases,
    inside: Phrases,
    /// Before a colon near the end.
    credits: Phrases,
    dates: Phrases,
    /// Short for kinds of words, behind a dash.
    kinds: Phrases,
    longest: u32,
}

/// Keys of whole phrases, and of their first words; sorted.
#[derive(Debug, Default)]
struct Phrases {
    whole: Vec<u64>,
    first: Vec<u64>,
}

/// A word by its key, with its place.
type Word = (u64, usize, usize);

impl Phrases {
    fn new(list: &[String]) -> Self {
        let sorted = |keys: &mut dyn Iterator<Item = u64>| {
            let mut keys: Vec<u64> = keys.collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        let first = |phrase: &String| phrase_key(phrase.split(' ').next().unwrap_or_default());
        Self {
            whole: sorted(&mut list.iter().map(|phrase| phrase_key(phrase))),
            first: sorted(&mut list.iter().map(first)),
        }
    }

    /// How many of `words`, from the first, are a phrase: the longest that is.
    fn at(&self, words: &[Word]) -> Option<usize> {
        self.first.binary_search(&words.first()?.0).ok()?;
        (1..=words.len().min(LONGEST)).rev().find(|&count| {
            let keys = words[..count].iter().map(|&(key, ..)| key);
            let key = keys.reduce(super::features::pair).unwrap_or_default();
            self.whole.binary_search(&key).is_ok()
        })
    }
}

impl Boilerplate {
    pub(super) fn new(list: &Marks) -> Self {
        Self {
            openings: Phrases::new(&list.openings),
            inside: Phrases::new(&list.inside),
            credits: Phrases::new(&list.credits),
            dates: Phrases::new(&list.dates),
            kinds: Phrases::new(&list.kinds),
            longest: list.longest as u32,
        }
    }

    /// By what a line of `count` words that stands at `from` is told to be boilerplate.
    pub(super) fn sign(&self, line: &str, from: usize, count: u32) -> Option<Sign> {
        if count > self.longest {
            return None;
        }
        if count == 0 {
            return Some(Sign::Wordless);
        }
        let mut words: Vec<Word> = Vec::new();
        each_word(line, |key, start, end| words.push((key, start, end)));
        let place = |words: &[Word]| {
            let (start, end) = (words.first()?.1, words.last()?.2);
            Some(TextRange::new(from + start, from + end))
        };
        if let Some(count) = self.openings.at(&words) {
            // One word alone ("Sources", "Watch") begins sentences too: then a mark must follow it.
            if count > 1 || is_marked(line, words[0].2) {
                return place(&words[..count]).map(Sign::Begins);
            }
        }
        let date = |word: &Word| self.dates.at(&[*word]).is_some() || is_number(line, word);
        if words.iter().all(date) && words.iter().any(|word| self.dates.at(&[*word]).is_some()) {
            return Some(Sign::Date);
        }
        if self.is_definition(line, &words) {
            return Some(Sign::Definition);
        }
        (0..words.len()).find_map(|at| {
            if let Some(count) = self.inside.at(&words[at..]) {
                return place(&words[at..at + count]).map(Sign::Has);
            }
            let colon = line
                .get(words[at].2..)
                .is_some_and(|rest| rest.starts_with(':'));
            let credit = colon && at * 2 >= words.len() && self.credits.at(&[words[at]]).is_some();
            credit
                .then(|| place(&words[at..=at]).map(Sign::Has))
                .flatten()
        })
    }
}

impl Boilerplate {
    /// Whether a heading is told to be boilerplate.
    fn tell(&self, heading: &str) -> bool {
        let mut words = 0;
        each_word(heading, |_, _, _| words += 1);
        self.sign(heading, 0, words).is_some()
    }

    /// A word or three, a dash, the kind of word with a full stop: as in a glossary.
    fn is_definition(&self, whole: &str, words: &[Word]) -> bool {
        const TERM: usize = 4;
        (1..words.len().min(TERM)).any(|at| {
            let between = whole.get(words[at - 1].2..words[at].1).unwrap_or_default();
            let behind = whole.get(words[at].2..).unwrap_or_default();
            let dash = matches!(between.trim(), "–" | "—" | "-");
            dash && behind.starts_with('.') && self.kinds.at(&words[at..=at]).is_some()
        })
    }
}

/// Whether a mark, or nothing, follows at `end`.
fn is_marked(words: &str, end: usize) -> bool {
    let rest = words.get(end..).unwrap_or_default();
    let rest = rest.trim_start_matches(['*', '_', ' ']);
    rest.is_empty() || rest.starts_with([':', '|', '–', '—', '-', '/', '©', '»', '·'])
}

fn is_number(words: &str, &(_, start, end): &Word) -> bool {
    let word = words.get(start..end).unwrap_or_default();
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `lines` with the headings that stand over such lines alone ("Sources"), and these headings: they head no section.
/// Either the heading is told to be one itself, or every line is among the `certain`, as a wrong guess must not cost
/// a section.
pub(super) fn with_headings(
    document: &Document,
    blocks: Range<BlockId>,
    (mut lines, certain): (Vec<BlockId>, Vec<BlockId>),
    signs: &Boilerplate,
) -> (Vec<BlockId>, Vec<BlockId>) {
    let has = |list: &[BlockId], id: BlockId| list.binary_search(&id).is_ok();
    let is_heading = |id: BlockId| document.blocks[id as usize].kind == BlockKind::Heading;
    let over = |&heading: &BlockId| {
        if !is_heading(heading) {
            return false;
        }
        let rule = |id: &BlockId| document.blocks[*id as usize].kind == BlockKind::Rule;
        let under = (heading + 1..blocks.end).take_while(|&id| !is_heading(id));
        let mut under = under.filter(|id| !rule(id)).peekable();
        let told = signs.tell(document.words(heading));
        under.peek().is_some() && under.all(|id| has(&certain, id) || (told && has(&lines, id)))
    };
    let over: Vec<BlockId> = blocks.clone().filter(over).collect();
    lines.extend(&over);
    lines.sort_unstable();
    (lines, over)
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
        let start = most(words);
        let longer = |other: &Heard| {
            let stand = bare(other.block);
            stand.len() > words.len()
                && memchr::memmem::find(stand.as_bytes(), start.as_bytes()).is_some()
        };
        let found = heard.iter().any(longer);
        heard[at].repeated = found;
    }
}

/// What must stand elsewhere for `words` to be a quote pulled out: all of it, or of a longer one its first 80
/// characters, as the speaker's name often follows.
fn most(words: &str) -> &str {
    const ENOUGH: usize = 80;
    match words.char_indices().nth(ENOUGH) {
        Some((end, _)) => words.get(..end).unwrap_or(words),
        None => words,
    }
}
