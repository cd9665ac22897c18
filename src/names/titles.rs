//! The offices and titles that the text gives a person: before the name, or after it and a comma.

use super::lexicon::{Classes, Lexicon};
use super::offices::{self, Sense};
use crate::text::TextRange;
use crate::text::tokens::{Gap, Shape, Word};

/// Forms of address that say nothing of a person's office.
const ADDRESS: &[&str] = &[
    "MR", "MR.", "MRS", "MRS.", "MS", "MS.", "Miss", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.",
];
/// A title is no longer than this many words.
pub(super) const MOST: usize = 18;
/// Words that lead from an office to what it is over.
pub(super) const LINKS: &[&str] = &["of", "for", "to", "at", "in", "with", "from", "on"];
/// Words before an office that are not of it.
pub(super) const LEADS: &[&str] = &[
    "a",
    "also",
    "an",
    "both",
    "currently",
    "her",
    "his",
    "its",
    "my",
    "now",
    "once",
    "our",
    "recently",
    "the",
    "their",
    "then",
];

/// After `and`, the first words of others.
pub(super) const NUMBERS: &[&str] = &[
    "eight", "five", "four", "many", "nine", "one", "other", "others", "seven", "several", "six",
    "some", "ten", "three", "two",
];

/// The words of a block, for asking what stands around a name.
#[derive(Debug)]
pub(super) struct Around<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Around<'a> {
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.words
            .get(at)
            .map_or("", |word| word.range.of(self.text))
    }

    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        self.lexicon.classes(self.word(at)).any(classes)
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    pub(super) fn gap(&self, at: usize) -> Option<Gap> {
        self.words.get(at).map(|word| word.gap)
    }

    pub(super) fn one_of(&self, at: usize, list: &[&str]) -> bool {
        list.contains(&self.word(at))
    }

    /// The word at `at` or, of a plural, its singular is an office; family and friends are none.
    pub(super) fn office(&self, at: usize) -> bool {
        let known = |word: &str| {
            let classes = Classes::TITLE.or(Classes::ROLE);
            match offices::sense(word) {
                Some(Sense::Office) => true,
                Some(_) => false,
                None => self.lexicon.classes(word).any(classes),
            }
        };
        let word = self.word(at);
        known(word) || word.strip_suffix('s').is_some_and(known) || self.opens_with_role(at)
    }

    /// `Lawyer Ada Ode said`: a role with the capital of its place.
    fn opens_with_role(&self, at: usize) -> bool {
        let first = self
            .words
            .get(at)
            .is_some_and(|word| word.opens && word.shape == Shape::Title);
        first && {
            let small = self.word(at).to_lowercase();
            let role = self.lexicon.classes(&small).any(Classes::ROLE);
            role || offices::sense(&small) == Some(Sense::Office)
        }
    }

    pub(super) fn tie(&self, at: usize) -> bool {
        offices::sense(self.word(at)) == Some(Sense::Tie)
    }

    /// An office, or a rank or style that is one: not `Mr.`
    pub(super) fn says(&self, at: usize) -> bool {
        self.office(at) || self.is(at, Classes::HONORIFIC) && !self.one_of(at, ADDRESS)
    }

    /// Whether a title cannot go over the word: a verb, or what begins something else.
    pub(super) fn ends_title(&self, at: usize) -> bool {
        let word = self.word(at);
        let past = word.len() > 4 && word.ends_with("ed") && !self.is(at, Classes::MODIFIER);
        let verb = matches!(offices::sense(word), Some(Sense::Verb | Sense::Cut));
        verb || past && !self.capital(at) || self.is(at, Classes::SPEECH)
    }

    /// Whether one thing goes on before the word at `at`: a space, or the end of `(ABC)`.
    pub(super) fn joined(&self, at: usize) -> bool {
        match self.gap(at) {
            Some(Gap::Space | Gap::Plural | Gap::Hyphen) => true,
            Some(Gap::Mark) => at > 0 && self.bracketed(at - 1) && self.closes(at),
            Some(Gap::Bracket) => self.bracketed(at),
            _ => false,
        }
    }

    fn bracketed(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| word.gap == Gap::Bracket && word.shape == Shape::Capitals)
            && self.gap(at + 1) == Some(Gap::Mark)
    }

    /// Whether only the end of a bracket stands before the word at `at`.
    fn closes(&self, at: usize) -> bool {
        let (last, next) = (self.words[at - 1].range, self.words[at].range);
        TextRange::new(last.end(), next.start()).of(self.text) == ") "
    }

    /// The range of the words `first..end`, without an acronym in brackets at the end.
    pub(super) fn range(&self, first: usize, end: usize) -> Option<TextRange> {
        let end = end - usize::from(end > 0 && self.bracketed(end - 1));
        let last = end.checked_sub(1).filter(|last| *last >= first)?;
        Some(TextRange::new(
            self.words.get(first)?.range.start(),
            self.words.get(last)?.range.end(),
        ))
    }

    /// The title before the name `name`, which lies after the person named before it, at `limit`.
    ///
    /// `row`: others of whom the same may be said come right after.
    pub(super) fn before(&self, name: TextRange, limit: usize, row: bool) -> Option<TextRange> {
        let mut end = self
            .words
            .partition_point(|word| word.range.start() < name.start());
        while end > 0 && self.one_of(end - 1, ADDRESS) && self.gap(end) == Some(Gap::Space) {
            end -= 1;
        }
        let comma = matches!(self.gap(end), Some(Gap::Comma | Gap::Bracket)) || self.colon(end);
        let open = |at: usize| self.one_of(at, LINKS) || self.one_of(at, LEADS);
        if end == 0 || !comma && !self.joined(end) || open(end - 1) {
            return None;
        }
        let start = if comma {
            let longer = self.over(end, limit, comma);
            longer.or_else(|| self.simple(end, limit))?
        } else {
            let simple = self.simple(end, limit);
            simple.or_else(|| self.over(end, limit, comma))?
        };
        // `three aides, Ada Ode`: more than one, or another; but all of a row.
        let many = comma
            && self
                .range(start, end)
                .and_then(|it| self.singular(it))
                .is_some();
        if many && !row || !many && self.colon(end) {
            return None;
        }
        // `Ode hosts Moor`: a verb. `Senators Ode and Moor`: an office of each.
        let verb = !comma && !row && !self.capital(end - 1) && self.one_more(end - 1);
        if verb {
            return None;
        }
        // `the board of governors, Ada Ode`: none of them is she.
        if comma && start > 0 && self.one_of(start - 1, LINKS) {
            return None;
        }
        let mut lead = start;
        while lead > 0 && self.one_of(lead - 1, LEADS) {
            lead -= 1;
        }
        // `Ada Ode, the harbour master, Tom Moor`: the office of the one before.
        let of_other = comma
            && self.gap(lead) == Some(Gap::Comma)
            && lead > 0
            && limit > 0
            && self.words[lead - 1].range.end() == limit;
        self.range(start, end).filter(|_| !of_other)
    }

    /// Whether `: ` stands before the word at `at`.
    fn colon(&self, at: usize) -> bool {
        self.gap(at) == Some(Gap::Mark) && at > 0 && {
            let (last, next) = (self.words[at - 1].range, self.words[at].range);
            TextRange::new(last.end(), next.start()).of(self.text) == ": "
        }
    }

    fn one_more(&self, at: usize) -> bool {
        let range = self.words[at].range;
        self.singular(range).is_some()
    }

    /// A second office, before the one that stands right before the name: `The head of the fleet, Admiral Ada Ode,`.
    pub(super) fn farther(
        &self,
        title: TextRange,
        name: TextRange,
        limit: usize,
    ) -> Option<TextRange> {
        let first = self
            .words
            .partition_point(|word| word.range.start() < title.start());
        let next = self
            .words
            .partition_point(|word| word.range.start() < name.end());
        let apart = self.gap(first) == Some(Gap::Comma) && self.gap(next) == Some(Gap::Comma);
        apart.then(|| self.before(title, limit, false)).flatten()
    }

    /// Where the office begins that stands right before the word at `end`: `Foreign Minister`.
    fn simple(&self, end: usize, limit: usize) -> Option<usize> {
        let comma = self.gap(end) == Some(Gap::Comma);
        if comma && !self.office(end - 1) {
            return None;
        }
        let mut start = end;
        while start > 0 && end - start < MOST {
            let at = start - 1;
            let joined = start == end || self.joined(start);
            if self.words[at].range.start() < limit || !joined || !self.may_stand(at, start) {
                break;
            }
            start = at;
        }
        let linked = |at: usize| matches!(self.word(at), "of" | "for");
        // `Readout of Vice President`: what has no office before its `of` is not of the title.
        let before = |at: usize| (start..at).any(|at| self.says(at));
        let from = (start..end)
            .rev()
            .find(|&at| linked(at) && !before(at))
            .map_or(start, |at| at + 1);
        let mut start = from;
        while start < end && !self.may_begin(start) {
            start += 1;
        }
        // `clerk for Justice Ode`: the office is of whom the clerk is.
        let of_whom = (start + 1..end.saturating_sub(1))
            .rev()
            .find(|&at| matches!(self.word(at), "of" | "for") && !comma)
            .filter(|&at| {
                let whole = (at + 1..end).all(|at| {
                    self.says(at) || self.is(at, Classes::MODIFIER.or(Classes::NATIONALITY))
                });
                whole && self.capital(at + 1) && !self.capital(at - 1)
            });
        start = of_whom.map_or(start, |at| at + 1);
        let act =
            self.word(start).ends_with("ing") && self.words[start.min(self.words.len() - 1)].opens;
        if act && start + 1 < end && !self.is(start, Classes::MODIFIER) && !self.modifies(start) {
            start += 1;
        }
        let says = (start..end).any(|at| self.says(at));
        let ends = end > start && (self.says(end - 1) || (start..end).any(linked));
        (says && ends).then_some(start)
    }

    /// `Acting`, `Managing`: a modifier with the capital of its place.
    fn modifies(&self, at: usize) -> bool {
        let small = self.word(at).to_lowercase();
        self.lexicon.classes(&small).any(Classes::MODIFIER)
    }

    /// Whether the word at `at`, before a title's word at `next`, can belong to the title.
    fn may_stand(&self, at: usize, next: usize) -> bool {
        match self.word(at) {
            "of" | "for" => true,
            "the" => at > 0 && matches!(self.word(at - 1), "of" | "for"),
            "and" => {
                at > 0
                    && self.capital(at - 1)
                    && self.capital(next)
                    && !self.is(next, Classes::TITLE)
            }
            _ if self.bracketed(at) => true,
            _ => self.attribute(at),
        }
    }

    pub(super) fn attribute(&self, at: usize) -> bool {
        let kinds = Classes::HONORIFIC
            .or(Classes::MODIFIER)
            .or(Classes::NATIONALITY);
        self.office(at)
            || self.is(at, kinds)
            || self.capital(at) && !self.is(at, Classes::STOP.or(Classes::CALENDAR))
            || self.words[at].shape == Shape::Number && self.word(at).ends_with("-old")
    }

    fn may_begin(&self, at: usize) -> bool {
        !matches!(self.word(at), "of" | "for" | "and" | "the")
            && !self.one_of(at, LEADS)
            && !self.is(at, Classes::STOP)
            && !self.tie(at)
    }

    /// Where the office begins whose matter ends before `end`: `chair of its board of works`.
    fn over(&self, end: usize, limit: usize, comma: bool) -> Option<usize> {
        let mut at = end - 1;
        let mut head = None;
        while end - at < MOST && self.words[at].range.start() >= limit {
            let plain = comma || self.capital(at) || self.capital(end - 1);
            let whole = self.word(at) == "and" || !self.ends_title(at) && !self.doing(at);
            if !whole {
                break;
            }
            let lead = self.one_of(at + 1, if comma { LINKS } else { &LINKS[..3] });
            // `head of operations Ada Ode`
            let brief = end - at == 3
                && self.word(at + 1) == "of"
                && !self.office(end - 1)
                && !self.tie(end - 1);
            if self.office(at) && lead && (plain || brief || self.capital(at)) {
                head = Some(at);
            }
            if at == 0 || !self.joined(at) {
                break;
            }
            at -= 1;
        }
        let head = head?;
        let mut start = head;
        while start > 0
            && self.joined(start)
            && self.words[start - 1].range.start() >= limit
            && self.attribute(start - 1)
            && !self.bracketed(start - 1)
        {
            start -= 1;
        }
        Some(start)
    }

    /// The title of each of several whom one word in the plural introduces: `Senators` gives `Senator`.
    pub(super) fn singular(&self, title: TextRange) -> Option<TextRange> {
        let last = self
            .words
            .partition_point(|word| word.range.start() < title.end())
            .checked_sub(1)?;
        let first = self
            .words
            .partition_point(|word| word.range.start() < title.start());
        // `head of the board of directors` is one.
        if (first..last).any(|at| self.one_of(at, LINKS)) {
            return None;
        }
        if matches!(self.word(last), "Sens." | "Reps.") {
            return Some(TextRange::new(title.start(), title.end() - 2));
        }
        let one = self.word(last).strip_suffix('s')?;
        let office = Classes::TITLE.or(Classes::ROLE);
        let known =
            self.lexicon.classes(one).any(office) || offices::sense(one) == Some(Sense::Office);
        known.then(|| TextRange::new(title.start(), title.end() - 1))
    }

    /// Whether only `and`, commas and `of` a place stand between two names.
    pub(super) fn row(&self, from: usize, to: usize) -> bool {
        let first = self.words.partition_point(|word| word.range.start() < from);
        let next = self.words.partition_point(|word| word.range.start() < to);
        let comma = matches!(self.gap(next), Some(Gap::Comma)) || first < next;
        comma
            && next - first <= 5
            && (first..next).all(|at| {
                let place = at > first && self.word(first) == "of" && self.capital(at);
                matches!(self.gap(at), Some(Gap::Space | Gap::Comma))
                    && (matches!(self.word(at), "and" | "of") || place)
            })
            && matches!(self.gap(next), Some(Gap::Space | Gap::Comma))
            && (self.word(next - 1) == "and" || self.gap(next) == Some(Gap::Comma))
    }
}
