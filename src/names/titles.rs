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
const MOST: usize = 18;
/// Words that lead from an office to what it is over.
const LINKS: &[&str] = &["of", "for", "to", "at", "in", "with"];
/// Words before an office that are not of it.
const LEADS: &[&str] = &[
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
    "our",
    "recently",
    "the",
    "their",
    "then",
];

/// After `and`, the first words of others.
const NUMBERS: &[&str] = &[
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
    fn word(&self, at: usize) -> &'a str {
        self.words
            .get(at)
            .map_or("", |word| word.range.of(self.text))
    }

    fn is(&self, at: usize, classes: Classes) -> bool {
        self.lexicon.classes(self.word(at)).any(classes)
    }

    fn capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    fn gap(&self, at: usize) -> Option<Gap> {
        self.words.get(at).map(|word| word.gap)
    }

    fn one_of(&self, at: usize, list: &[&str]) -> bool {
        list.contains(&self.word(at))
    }

    /// The word at `at` or, of a plural, its singular is an office; family and friends are none.
    fn office(&self, at: usize) -> bool {
        let known = |word: &str| {
            let classes = Classes::TITLE.or(Classes::ROLE);
            match offices::sense(word) {
                Some(Sense::Office) => true,
                Some(_) => false,
                None => self.lexicon.classes(word).any(classes),
            }
        };
        let word = self.word(at);
        known(word) || word.strip_suffix('s').is_some_and(known)
    }

    fn tie(&self, at: usize) -> bool {
        offices::sense(self.word(at)) == Some(Sense::Tie)
    }

    /// An office, or a rank or style that is one: not `Mr.`
    fn says(&self, at: usize) -> bool {
        self.office(at) || self.is(at, Classes::HONORIFIC) && !self.one_of(at, ADDRESS)
    }

    /// Whether a title cannot go over the word: a verb, or what begins something else.
    fn ends_title(&self, at: usize) -> bool {
        let word = self.word(at);
        let past = word.len() > 4 && word.ends_with("ed") && !self.is(at, Classes::MODIFIER);
        let verb = matches!(offices::sense(word), Some(Sense::Verb | Sense::Cut));
        verb || past && !self.capital(at) || self.is(at, Classes::SPEECH)
    }

    /// Whether one thing goes on before the word at `at`: a space, or the end of `(ABC)`.
    fn joined(&self, at: usize) -> bool {
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
    fn range(&self, first: usize, end: usize) -> Option<TextRange> {
        let end = end - usize::from(end > 0 && self.bracketed(end - 1));
        let last = end.checked_sub(1).filter(|last| *last >= first)?;
        Some(TextRange::new(
            self.words.get(first)?.range.start(),
            self.words.get(last)?.range.end(),
        ))
    }

    /// The title before the name `name`, which lies after the person named before it, at `limit`.
    pub(super) fn before(&self, name: TextRange, limit: usize) -> Option<TextRange> {
        let mut end = self
            .words
            .partition_point(|word| word.range.start() < name.start());
        while end > 0 && self.one_of(end - 1, ADDRESS) && self.gap(end) == Some(Gap::Space) {
            end -= 1;
        }
        let comma = self.gap(end) == Some(Gap::Comma);
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
        // `three aides, Ada Ode`: more than one, or another.
        let many = comma
            && self
                .range(start, end)
                .and_then(|it| self.singular(it))
                .is_some();
        if many {
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
        let says = (start..end).any(|at| self.says(at));
        let ends = end > start && (self.says(end - 1) || (start..end).any(linked));
        (says && ends).then_some(start)
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

    fn attribute(&self, at: usize) -> bool {
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
            let lead = self.one_of(at + 1, &LINKS[..3]);
            if self.office(at) && lead && (plain || self.capital(at)) {
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

    /// The offices after the name: letters, or what follows a comma, which ends before the next person, `other`.
    pub(super) fn after(&self, name: TextRange, other: TextRange) -> [Option<TextRange>; 2] {
        let next = self
            .words
            .partition_point(|word| word.range.start() < name.end());
        let letters = self.gap(next) == Some(Gap::Space)
            && self.is(next, Classes::TITLE)
            && self.words[next].shape == Shape::Capitals
            && self.words[next].range.end() <= other.start();
        let from = next + usize::from(letters);
        let comma = self.gap(from) == Some(Gap::Comma);
        let role = self.gap(from) == Some(Gap::Space) && self.word(from) == "as";
        let stated = (comma || role)
            .then(|| self.stated(from + usize::from(role), other))
            .flatten();
        let letters = letters.then(|| self.words[next].range);
        [letters, stated]
    }

    /// The office that begins at `start` or after an article.
    fn stated(&self, mut start: usize, other: TextRange) -> Option<TextRange> {
        let from = start;
        while self.one_of(start, LEADS) && (start == from || self.joined(start)) {
            start += 1;
        }
        if self.ends_title(start) || self.one_of(start, LINKS) {
            return None;
        }
        let (mut end, mut head, mut says) = (start, None, false);
        while end - start < MOST && (end == start && start == from || self.joined(end)) {
            if self.word(end) == "and" {
                if !self.goes_on(end, head.is_some()) {
                    break;
                }
            } else if head.is_some() && self.leaves(end) || self.ends_title(end) {
                break;
            }
            let whose = self.words[end].possessive;
            if !whose && (self.office(end) || self.tie(end)) && end < start + 8 {
                says |= self.office(end);
                head = Some(head.unwrap_or(end));
            } else if head.is_none() && self.one_of(end, LINKS) {
                return None;
            }
            if self.words[end].range.start() == other.start() && !self.object(start, end, head) {
                return self.past_owner(other).filter(|_| head.is_none());
            }
            end += 1;
        }
        if end - start == MOST && self.joined(end) {
            end = (start..end)
                .rev()
                .find(|&at| self.one_of(at, LINKS))
                .unwrap_or(end);
        }
        let dangles =
            |at: usize| self.one_of(at, LINKS) || self.one_of(at, LEADS) || self.word(at) == "and";
        while end > start && dangles(end - 1) {
            end -= 1;
        }
        let tied = head.is_some() && (start..end).any(|at| self.word(at) == "of");
        self.range(start, end)
            .filter(|range| says || tied && range.end() > other.start())
    }

    /// `Ada Ode’s minister`: what is hers begins after her.
    fn past_owner(&self, owner: TextRange) -> Option<TextRange> {
        let next = self
            .words
            .partition_point(|word| word.range.start() < owner.end());
        let owns = next > 0 && self.words[next - 1].possessive && self.joined(next);
        let nobody = TextRange::new(self.text.len(), self.text.len());
        owns.then(|| self.stated(next, nobody)).flatten()
    }

    /// Whether what follows the office at `at` leaves it: `in an address`, `since 1997`, `at the time`.
    fn leaves(&self, at: usize) -> bool {
        let time = self.word(at + 1) == "the" && self.word(at + 2) == "time";
        match self.word(at) {
            "in" => {
                matches!(self.word(at + 1), "a" | "an")
                    || !self.letter(at + 1)
                    || self.is(at + 1, Classes::CALENDAR)
            }
            "at" => time,
            "to" => offices::sense(self.word(at + 1)) == Some(Sense::Verb),
            _ => self.words[at].shape == Shape::Number || self.doing(at),
        }
    }

    /// `taking up the role`, `for giving`: not `board of shipping`.
    fn doing(&self, at: usize) -> bool {
        let before = |word: &str| at > 0 && self.word(at - 1) == word;
        let name = at > 0 && self.capital(at - 1);
        let word = self.word(at);
        word.ends_with("ing") && !self.capital(at) && (name || before("for"))
    }

    fn letter(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_alphabetic)
    }

    /// Whether the `and` at `at` joins two matters of an office, or two offices.
    fn goes_on(&self, at: usize, head: bool) -> bool {
        let next = at + 1;
        if !self.joined(next) || !head && !self.capital(next) {
            return head && self.office(next);
        }
        let other = self.one_of(next, LEADS)
            || self.one_of(next, NUMBERS)
            || self.tie(next)
            || self
                .words
                .get(next)
                .is_none_or(|word| word.shape == Shape::Number);
        !other && !self.ends_title(next)
    }

    /// Whether the person at `at` is what the office is of: `aide to President Ode`.
    fn object(&self, start: usize, at: usize, head: Option<usize>) -> bool {
        let Some(head) = head else { return false };
        let mut back = at;
        while back > start {
            back -= 1;
            if self.one_of(back, LINKS) {
                return head < back;
            }
            let kinds = Classes::MODIFIER.or(Classes::NATIONALITY);
            let rank = self.says(back) || self.is(back, kinds.or(Classes::HONORIFIC));
            if !rank && self.word(back) != "the" {
                return false;
            }
        }
        false
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
