//! [`Reasons`]: what speaks for a mention: what found it, what gave it its kind, what joined it to its name; and
//! [`Doubt`]: what was left open between names.
//!
//! Apart from the names themselves, as these are tables of words for people: what is said on the screen and in an
//! export is read from here, so that both say the same. Everything is a code, a number or a range; sentences are
//! made when somebody asks.

mod bonds;
mod rules;

use super::tally::Tally;
use super::{Entities, EntityId, EntityKind, Mention};
use crate::text::TextRange;
use crate::text::show::plural;

pub use bonds::{BONDS, Bond, Join};
pub use rules::{Cue, RULES, RuleRow, rule_row};

/// What speaks for one mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// What it was taken for by itself; its name has the kind of most mentions.
    pub kind: EntityKind,
    /// The rule that saw a name here: a row of [`RULES`].
    pub rule: Option<Seen>,
    /// The words that told the rule, where it needs some: the title, the head word.
    pub cue: Option<TextRange>,
    /// What the trained model says; `None` where the rules speak alone.
    pub verdict: Option<Verdict>,
    /// What joins it to another mention of its name; `None` for the first of each spelling that stands for itself.
    pub join: Option<Join>,
}

/// What a rule saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its name in [`RULES`].
    pub rule: &'static str,
    pub kind: EntityKind,
    /// Whether it saw exactly these words, not more or fewer.
    pub exact: bool,
}

/// What the trained model says of a mention. Margins are sums of weights; 100 is clear, under 50 is narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// By how much a name is better than none.
    pub margin: i16,
    /// The other kind that came nearest, and by how much it lost.
    pub rival: EntityKind,
    pub over_rival: i16,
    /// What spoke most for the name, the strongest first.
    pub strongest: [Option<Part>; 2],
    /// Of a body: how far all mentions with the same words lean, over 0 to an agency.
    pub lean: Option<i16>,
}

/// A part of what the model sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Spelling,
    Lists,
    Before,
    After,
    Place,
    Rules,
    Document,
}

/// All parts, with words for each.
pub const PARTS: [(Part, &str); 7] = [
    (Part::Spelling, "the spelling"),
    (Part::Lists, "the word lists"),
    (Part::Before, "what stands before it"),
    (Part::After, "what stands after it"),
    (Part::Place, "its place in the sentence"),
    (Part::Rules, "the rules"),
    (Part::Document, "its words elsewhere in the document"),
];

/// What was left open between a name and others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub why: Unsure,
    /// The words that could mean either.
    pub form: String,
    /// Whom else they may mean, the first in the text first; at most [`Doubt::MOST`].
    pub others: Vec<EntityId>,
    /// How many more there are.
    pub more: u32,
    /// How many mentions with these words were counted for this name all the same.
    pub taken: u32,
}

impl Doubt {
    /// So many others are named: a list of 10,000 people of one surname would be no answer.
    pub const MOST: usize = 4;
}

/// Why nothing certain can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unsure {
    Surname,
    FullName,
    Initials,
    State,
}

/// All grounds of doubt, with a word for those who could be called so.
pub const UNSURE: [(Unsure, &str); 4] = [
    (Unsure::Surname, "people named"),
    (Unsure::FullName, "people who may be called"),
    (Unsure::Initials, "names with the initials"),
    (Unsure::State, "bodies called"),
];

/// The second of the pair in `table` whose first is `key`.
fn worded<K: PartialEq, W: Copy>(table: &[(K, W)], key: &K) -> W {
    let row = table.iter().find(|(one, _)| one == key);
    row.expect("every code has its words").1
}

/// A margin, for people: `+2.4`.
fn shown(margin: i16) -> String {
    format!("{:+.1}", f32::from(margin) / 100.0)
}

impl Mention {
    /// What found it, in words.
    pub fn found(&self, text: &str) -> String {
        let reasons = &self.reasons;
        let mut said = Vec::new();
        if let Some(seen) = reasons.rule {
            let cue = reasons
                .cue
                .map_or(String::new(), |cue| format!(" “{}”", cue.of(text)));
            let near = if seen.exact {
                ""
            } else {
                ", with other bounds"
            };
            said.push(format!("{}{cue}{near}", seen.rule));
        }
        if let Some(verdict) = reasons.verdict {
            let parts = verdict.strongest.iter().flatten();
            let parts: Vec<String> = parts.map(|part| self.part(*part, text)).collect();
            let by = if parts.is_empty() { "" } else { " by " };
            let margin = shown(verdict.margin);
            said.push(format!("trained model {margin}{by}{}", parts.join(" and ")));
        }
        said.join("; ")
    }

    /// A part of what the model saw here, with the words where they are few.
    fn part(&self, part: Part, text: &str) -> String {
        let word = match part {
            Part::Before => word_before(text, self.range.start()),
            Part::After => word_after(text, self.range.end()),
            _ => None,
        };
        let word = word.map_or(String::new(), |word| format!(" “{}”", word.of(text)));
        format!("{}{word}", worded(&PARTS, &part))
    }
}

/// The word before the place `at`, without signs around it.
pub fn word_before(text: &str, at: usize) -> Option<TextRange> {
    let before = TextRange::new(0, at).of(text).trim_end();
    let word = before.rsplit(char::is_whitespace).next()?;
    plain(word, before.len() - word.len())
}

/// The word after the place `at`, without signs around it.
pub fn word_after(text: &str, at: usize) -> Option<TextRange> {
    let after = TextRange::new(at, text.len()).of(text);
    let mut start = at;
    // The first piece is what hangs on the name itself: `’s`, a comma.
    for (nth, word) in after.split(char::is_whitespace).take(3).enumerate() {
        if nth > 0 && word.starts_with(char::is_alphanumeric) {
            return plain(word, start);
        }
        start += word.len();
        let gap = TextRange::new(start, text.len()).of(text).chars().next();
        start += gap.map_or(0, char::len_utf8);
    }
    None
}

/// `word`, which begins at `start`, without signs at its ends.
pub fn plain(word: &str, start: usize) -> Option<TextRange> {
    let tail = word.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let start = start + word.len() - tail.len();
    let plain = tail.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '.');
    (!plain.is_empty()).then(|| TextRange::new(start, start + plain.len()))
}

impl Reasons {
    /// Who says that it is of its kind, in a word or two. `kind`: that of its name.
    fn typed_by(&self, kind: EntityKind) -> &'static str {
        let ruled = self.rule.is_some_and(|seen| seen.kind == self.kind);
        match (ruled, self.verdict.is_some()) {
            _ if self.kind != kind => "its other mentions",
            (true, true) => "rule and model",
            (true, false) => "rule",
            (false, _) => "model",
        }
    }

    /// What gave it its kind, in words.
    pub fn typed(&self) -> String {
        let mut said = Vec::new();
        let own = self.rule.filter(|seen| seen.kind == self.kind);
        if let Some(seen) = own {
            said.push(
                rule_row(seen.rule)
                    .map_or(seen.rule, |row| row.typed)
                    .to_owned(),
            );
        }
        if let Some(verdict) = self.verdict {
            let over = format!(
                "trained model {} over {}",
                shown(verdict.over_rival),
                verdict.rival.row().name
            );
            said.push(over);
            if let Some(lean) = verdict.lean {
                said.push(format!("all mentions of these words {}", leaning(lean)));
            }
        }
        if let (None, Some(seen)) = (own, self.rule) {
            said.push(format!(
                "against the rule, which says {}",
                seen.kind.row().name
            ));
        }
        said.join("; ")
    }
}

fn leaning(lean: i16) -> String {
    let kind = if lean > 0 {
        EntityKind::Agency
    } else {
        EntityKind::Organization
    };
    let much = f32::from(lean.saturating_abs()) / 100.0;
    format!("lean to {} by {much:.1}", kind.row().name)
}

impl Entities {
    /// What joins `mention` to another of its name, in words; `None` where the words are the same.
    pub fn joined(&self, mention: &Mention, text: &str) -> Option<String> {
        let join = mention.reasons.join?;
        let other = self.mentions.get(join.to as usize)?.range.of(text);
        let own = mention.range.of(text);
        let row = BONDS.iter().find(|(bond, ..)| *bond == join.bond);
        let (_, of, back, _) = row.expect("every bond has its words");
        let short = own.len() <= other.len();
        Some(format!("{} “{other}”", if short { of } else { back }))
    }

    /// What found `mentions` of a name, what gave them their kind and what joined them, each with how often.
    pub fn why<'a>(&self, id: EntityId, mentions: impl Iterator<Item = &'a Mention>) -> String {
        let entity = &self.entities[id as usize];
        let kind = entity.kind;
        let (mut found, mut typed, mut joined) =
            (Tally::default(), Tally::default(), Tally::default());
        for mention in mentions {
            let reasons = &mention.reasons;
            found.count(reasons.rule.map_or("trained model alone", |seen| seen.rule));
            typed.count(if entity.kind_is_set() {
                "the reader"
            } else {
                reasons.typed_by(kind)
            });
            if let Some(join) = reasons.join {
                let row = BONDS.iter().find(|(bond, ..)| *bond == join.bond);
                joined.count(row.expect("every bond has its words").3);
            }
        }
        let mut said = format!(
            "found by {}; {} by {}",
            found.words(),
            kind.row().name,
            typed.words()
        );
        if !joined.is_empty() {
            said.push_str("; joined by ");
            said.push_str(&joined.words());
        }
        match entity.mends(["by the reader", "by the reader’s own list"]) {
            Some(mends) => format!("{mends}; {said}"),
            None => said,
        }
    }

    /// What was left open about a name, a sentence for each.
    pub fn doubts(&self, id: EntityId) -> Vec<String> {
        let doubts = self.entities[id as usize].doubts.iter();
        doubts.map(|doubt| self.doubt(id, doubt)).collect()
    }

    fn doubt(&self, id: EntityId, doubt: &Doubt) -> String {
        let name = |id: &EntityId| self.entities[*id as usize].name.as_str();
        let form = doubt.form.as_str();
        let others = doubt.others.iter().map(name);
        // Words that stand for themselves are an entity too, and nobody they could mean.
        let (alone, others): (Vec<&str>, Vec<&str>) = others.partition(|other| *other == form);
        let mut others: Vec<String> = others.into_iter().map(str::to_owned).collect();
        if doubt.more > 0 {
            others.push(format!("{} more", doubt.more));
        }
        let others = others.join(" or ");
        if name(&id) == form {
            return format!("may be {others}: left apart, as several could be meant");
        }
        if doubt.taken > 0 {
            let times = plural(doubt.taken as usize, "mention");
            return format!("“{form}” alone ({times}) is taken for this one: may also be {others}");
        }
        if !alone.is_empty() {
            return format!("“{form}” is left apart: it may be this one or {others}");
        }
        let count = 1 + doubt.others.len() + doubt.more as usize;
        let what = worded(&UNSURE, &doubt.why);
        format!("left apart from {others}: {count} {what} {form}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_row() {
        for (at, row) in RULES.iter().enumerate() {
            assert!(
                RULES
                    .iter()
                    .skip(at + 1)
                    .all(|other| other.rule != row.rule),
                "{} stands twice",
                row.rule
            );
        }
        assert!(rule_row("head word of a body").is_some());
        assert!(rule_row("tea leaves").is_none());
    }
}
