//! The offices that the text gives a person after the name: behind a comma, or as what she is, was or was made.
//!
//! Apart from `titles`, which reads what stands before a name.

use super::lexicon::Classes;
use super::offices::{self, Clause, Sense};
use super::titles::{Around, LEADS, LINKS, MOST, NUMBERS};
use crate::text::TextRange;
use crate::text::tokens::{Gap, Shape};

impl Around<'_> {
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
        let role =
            self.gap(from) == Some(Gap::Space) && self.word(from) == "as" && self.given(name);
        let bare = self.gap(from) == Some(Gap::Space) && self.given(name) && self.attribute(from);
        let from = from + usize::from(comma) * self.age(from);
        let stated = (comma || role || bare && !self.is(from, Classes::PARTICLE))
            .then(|| self.stated(from + usize::from(role), other))
            .flatten();
        let stated = stated.or_else(|| self.told(from, other));
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
    pub(super) fn doing(&self, at: usize) -> bool {
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
        // `officer and remain a director`: no second office, and nothing that the first is over.
        let over = (0..at)
            .rev()
            .take(MOST)
            .any(|back| self.one_of(back, LINKS));
        let office = || (next..next + 4).any(|at| self.office(at));
        let adverb = self.word(next).ends_with("ly");
        !other && !adverb && (over || self.capital(next) || office()) && !self.ends_title(next)
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

    /// How many words an age takes: `Ada Ode, 58, a baker`.
    fn age(&self, at: usize) -> usize {
        let number = self
            .words
            .get(at)
            .is_some_and(|word| word.shape == Shape::Number);
        usize::from(number && self.word(at).len() < 4 && self.gap(at + 1) == Some(Gap::Comma))
    }

    /// The verb that the person `name` is the object of, titles left out.
    fn verb_before(&self, name: TextRange) -> &str {
        let mut at = self
            .words
            .partition_point(|word| word.range.start() < name.start());
        let kinds = Classes::MODIFIER
            .or(Classes::NATIONALITY)
            .or(Classes::HONORIFIC);
        while at > 0 && self.joined(at) {
            let before = at - 1;
            let rank = self.says(before)
                || self.is(before, kinds)
                || matches!(self.word(before), "the" | "of");
            if !rank {
                return self.word(before);
            }
            at = before;
        }
        ""
    }

    fn given(&self, name: TextRange) -> bool {
        offices::says(self.verb_before(name), Clause::Give)
    }

    /// The office that `name` lost to another: `as minister` after `Ada Ode replaced Tom Moor`.
    pub(super) fn lost(&self, name: TextRange, other: TextRange) -> Option<TextRange> {
        let next = self
            .words
            .partition_point(|word| word.range.start() < name.end());
        let role = self.gap(next) == Some(Gap::Space) && self.word(next) == "as";
        let taken = role && offices::says(self.verb_before(name), Clause::Take);
        taken.then(|| self.stated(next + 1, other)).flatten()
    }

    /// Whether one sentence goes on from one person to another.
    pub(super) fn one_sentence(&self, from: usize, to: usize) -> bool {
        let first = self.words.partition_point(|word| word.range.start() < from);
        let last = self.words.partition_point(|word| word.range.start() <= to);
        last > first && (first..last).all(|at| self.gap(at) != Some(Gap::Sentence))
    }

    /// The office that a clause about the person states: `who is a baker`, `was named minister`, `resigned as mayor`.
    fn told(&self, start: usize, other: TextRange) -> Option<TextRange> {
        let who = self.word(start) == "who" && self.gap(start) == Some(Gap::Comma);
        if !who && !matches!(self.gap(start), Some(Gap::Space | Gap::Comma)) {
            return None;
        }
        let start = start + usize::from(who);
        let lead = (start..start + 2)
            .find(|&at| !matches!(self.word(at), "now" | "also" | "currently" | "once"))?;
        if who && offices::says(self.word(lead), Clause::Heads) {
            return self.matter(lead, other);
        }
        let mut is = false;
        for at in start..start + 7 {
            let after = at + 1;
            if at >= self.words.len() || self.words[at].range.start() >= other.start() {
                return None;
            }
            if at > start && self.gap(at) != Some(Gap::Space) {
                return None;
            }
            let word = self.word(at);
            if is && offices::says(word, Clause::Made) && self.opens_office(after) {
                return self.stated(after, other);
            }
            if offices::says(word, Clause::Be) {
                is = true;
                if self.opens_office(after) && self.word(after) != "to" {
                    return self.stated(after, other);
                }
                continue;
            }
            if word == "as" {
                let served = at > start && offices::says(self.word(at - 1), Clause::Serve);
                return served.then(|| self.stated(after, other)).flatten();
            }
            if self.capital(at)
                || matches!(
                    word,
                    "that" | "and" | "but" | "by" | "said" | "says" | "when" | "not"
                )
            {
                return None;
            }
        }
        None
    }

    /// Whether an office may begin here: by an article, or by a word of an office itself.
    fn opens_office(&self, at: usize) -> bool {
        let article = matches!(
            self.word(at),
            "a" | "an" | "the" | "its" | "their" | "his" | "her"
        );
        self.gap(at) == Some(Gap::Space) && (article || self.attribute(at) && !self.ends_title(at))
    }

    /// What one is at the head of, with the verb: `leads a team of divers`.
    fn matter(&self, verb: usize, other: TextRange) -> Option<TextRange> {
        let mut end = verb + 1;
        while end < self.words.len()
            && end - verb < MOST
            && self.words[end].range.end() <= other.start()
        {
            let cut = offices::sense(self.word(end)) == Some(Sense::Cut) && self.word(end) != "and";
            if !self.joined(end) || cut || end > verb + 1 && self.leaves(end) {
                break;
            }
            end += 1;
        }
        while end > verb + 1
            && (self.one_of(end - 1, LINKS)
                || self.one_of(end - 1, LEADS)
                || self.word(end - 1) == "and")
        {
            end -= 1;
        }
        (end > verb + 1).then(|| self.range(verb, end)).flatten()
    }
}
