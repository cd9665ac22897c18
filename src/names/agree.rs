//! One kind for one spelling: what a word is taken for in one place is heard in all the others.
//!
//! After finding and mending, as it weighs what both the rules and the model said of every mention. Words that can
//! truly mean two things in one document (a person and a town) stay apart: each mention keeps what it was found as.

use std::collections::{HashMap, HashSet};

use super::Found;
use super::join::person::Name;
use crate::model::EntityKind;
use crate::model::reasons::Seen;
use crate::text::TextRange;

/// The rule of a mention that has its kind from others: a row of `RULES`.
pub(super) const RULE: &str = "agreed over all its mentions";

/// Rules that are no more than a hint of what the other mentions are.
const HINTS: &[&str] = &[
    "acronym",
    "capital within the word",
    "two unknown names together",
    "unknown name with an article",
    "verb of speech after the name",
];
/// Rules that go by a fuller name elsewhere. What the model keeps apart from it is another of the name.
const ECHOES: &[&str] = &[
    "first name of a full name elsewhere",
    "short form of a name elsewhere",
    "surname of a full name elsewhere",
];
/// Nothing but the model.
const VOTE: u8 = 0;
/// A rule of last resort.
const HINT: u8 = 1;
/// A rule that goes by what the word is or what stands beside it.
const OWN: u8 = 2;

/// A margin of the model, of each mention, that one word of place does not outweigh.
const CLEAR: i32 = 150;

/// People, bodies, places.
const SIDES: usize = 3;

pub(super) fn side(kind: EntityKind) -> usize {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Agency | EntityKind::Organization => 1,
        EntityKind::Place => 2,
    }
}

/// What all mentions of a spelling say.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    /// For each side: the strongest that was said for it.
    most: [u8; SIDES],
    /// For each side: the margins of the model over its next choice, added up.
    votes: [i32; SIDES],
    /// For each side: the kind of its first mention.
    first: [Option<EntityKind>; SIDES],
    /// For each side: how many mentions.
    count: [i32; SIDES],
    /// Whether a rule saw a place in a single word that the model took for a person.
    overruled: bool,
}

impl Said {
    fn hear(&mut self, text: &str, found: &Found, strength: u8) {
        let side = side(found.kind);
        self.most[side] = self.most[side].max(strength);
        let margin = found.verdict.map_or(0, |verdict| verdict.over_rival);
        self.votes[side] += i32::from(margin).max(1);
        self.count[side] += 1;
        self.first[side].get_or_insert(found.kind);
        let place = |seen: &Seen| seen.kind == EntityKind::Place && seen.exact;
        self.overruled |= strength == VOTE
            && found.kind == EntityKind::Person
            && found.seen.as_ref().is_some_and(place)
            && !found.range.of(text).contains(' ')
            // `In Quell's memoirs`: not in Quell.
            && !rest(text, found.range).starts_with(['\'', '’']);
    }

    /// What all mentions are, where the document says enough.
    fn settled(&self) -> Option<EntityKind> {
        let order = |side: &usize| (self.most[*side], self.votes[*side]);
        let best = (0..SIDES).max_by_key(order)?;
        let others = (0..SIDES).filter(|&side| side != best);
        let rival = others.max_by_key(order)?;
        // No title, no first name, no full name: the model alone saw a person, a rule a place.
        let body = self.first[1];
        let narrow = self.votes[0] < self.count[0] * CLEAR;
        if self.overruled && narrow && body.is_none() && self.most[0] == VOTE {
            return Some(EntityKind::Place);
        }
        self.first[rival]?;
        // Two that a rule is sure of: the word has two meanings here.
        (self.most[rival] < OWN)
            .then_some(self.first[best])
            .flatten()
    }
}

/// Gives all mentions of one spelling the kind that most speaks for.
pub(super) fn agree(text: &str, found: &mut [Found]) {
    let (lasts, parts) = names_in_full(text, found);
    let mut rows: HashMap<&str, usize> = HashMap::new();
    let mut said: Vec<Said> = Vec::new();
    let mut row_of = Vec::with_capacity(found.len());
    for found in &*found {
        let spelling = found.range.of(text);
        let row = *rows.entry(spelling).or_insert_with(|| {
            let mut fresh = Said::default();
            if lasts.contains(spelling) {
                fresh.most[0] = OWN;
                fresh.first[0] = Some(EntityKind::Person);
            }
            said.push(fresh);
            said.len() - 1
        });
        row_of.push(row);
        said[row].hear(text, found, strength(text, found, &parts));
    }
    let settled: Vec<Option<EntityKind>> = said.iter().map(Said::settled).collect();
    for (found, row) in found.iter_mut().zip(row_of) {
        let apart = |kind: EntityKind| {
            let echo = |seen: Seen| side(seen.kind) == side(kind) && ECHOES.contains(&seen.rule);
            side(kind) == side(found.kind) || found.seen.is_some_and(echo)
        };
        if let Some(kind) = settled[row].filter(|kind| !apart(*kind)) {
            turn(found, kind, RULE);
        }
    }
}

/// Last words of full names of people, and all their words.
fn names_in_full<'a>(text: &'a str, found: &[Found]) -> (HashSet<&'a str>, HashSet<&'a str>) {
    let (mut lasts, mut parts, mut read) = (HashSet::new(), HashSet::new(), HashSet::new());
    for found in found
        .iter()
        .filter(|found| found.kind == EntityKind::Person)
    {
        let name = found.range.of(text);
        if name.contains(' ') && read.insert(name) {
            lasts.extend(Some(Name::read(name).last_spelling()));
            parts.extend(name.split(' '));
        }
    }
    (lasts, parts)
}

fn strength(text: &str, found: &Found, parts: &HashSet<&str>) -> u8 {
    let name = found.range.of(text);
    if found.kind == EntityKind::Person && (parts.contains(name) || of_a_person(text, found.range))
    {
        return OWN;
    }
    let Some(seen) = found
        .seen
        .filter(|seen| side(seen.kind) == side(found.kind))
    else {
        return VOTE;
    };
    if seen.exact && !HINTS.contains(&seen.rule) {
        OWN
    } else {
        HINT
    }
}

/// Whether what stands around a name is said of people only: `, who`, `, 58,`, `his son`.
fn of_a_person(text: &str, range: TextRange) -> bool {
    let Some(after) = rest(text, range).strip_prefix(", ") else {
        return false;
    };
    let word = after.split([' ', ',']).next().unwrap_or_default();
    let age = matches!(word.len(), 1 | 2)
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && after
            .get(word.len()..)
            .is_some_and(|rest| rest.starts_with([',', '.']));
    age || matches!(word, "who" | "whose" | "himself" | "herself")
}

fn rest(text: &str, range: TextRange) -> &str {
    TextRange::new(range.end(), text.len()).of(text)
}

/// Makes `found` a `kind`; the model keeps its say, against it.
/// Makes `found` of another kind, and says by which rule.
pub(super) fn turn(found: &mut Found, kind: EntityKind, rule: &'static str) {
    if let Some(verdict) = &mut found.verdict {
        verdict.over_rival = verdict.over_rival.saturating_neg();
        verdict.rival = found.kind;
        verdict.lean = None;
    }
    found.kind = kind;
    found.seen = Some(Seen {
        rule,
        kind,
        exact: true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reasons::{Verdict, rule_row};
    use crate::names::tests::document;
    use crate::names::{find, link};
    use EntityKind::{Organization, Person, Place};

    const TITLE: (&str, EntityKind) = ("title before the name", Person);
    const IN: (&str, EntityKind) = ("word of place before the name", Place);
    const SURNAME: (&str, EntityKind) = ("surname of a full name elsewhere", Person);
    const SPEAKS: (&str, EntityKind) = ("verb of speech after the name", Organization);

    /// A mention: its words, what they were taken for, by how much, and the rule that saw them.
    type Row<'a> = (&'a str, EntityKind, i16, Option<(&'static str, EntityKind)>);

    fn agreed(rows: &[Row<'_>]) -> Vec<EntityKind> {
        let (mut text, mut found) = (String::new(), Vec::new());
        for &(words, kind, over_rival, rule) in rows {
            let start = text.len();
            text.push_str(words);
            found.push(Found {
                range: TextRange::new(start, text.len()),
                kind,
                seen: rule.map(|(rule, kind)| Seen {
                    rule,
                    kind,
                    exact: true,
                }),
                verdict: Some(Verdict {
                    margin: 300,
                    rival: Organization,
                    over_rival,
                    strongest: [None; 2],
                    lean: None,
                }),
            });
            text.push_str(" | ");
        }
        agree(&text, &mut found);
        found.iter().map(|found| found.kind).collect()
    }

    /// What is tried, its mentions, and what they are in the end.
    type Case = (&'static str, &'static [Row<'static>], &'static [EntityKind]);

    const CASES: &[Case] = &[
        (
            "a place by rule once, a person by the model often",
            &[
                ("Quorvia", Place, 10, Some(IN)),
                ("Quorvia", Person, 400, None),
                ("Quorvia", Person, 400, None),
            ],
            &[Place, Place, Place],
        ),
        (
            "a place by rule against the model, and nothing of a person",
            &[
                ("Quorvia", Person, 90, Some(IN)),
                ("Quorvia", Person, 90, None),
            ],
            &[Place, Place],
        ),
        (
            "a title once",
            &[
                ("Quorvia", Person, 10, Some(TITLE)),
                ("Quorvia", Place, 90, None),
            ],
            &[Person, Person],
        ),
        (
            "a title and a word of place: two meanings",
            &[
                ("Quorvia", Person, 90, Some(TITLE)),
                ("Quorvia", Place, 90, Some(IN)),
                ("Quorvia", Place, 20, None),
            ],
            &[Person, Place, Place],
        ),
        (
            "a bare surname stays with the full name",
            &[
                ("Ada Quorvia", Person, 90, None),
                ("Quorvia", Organization, 90, None),
            ],
            &[Person, Person],
        ),
        (
            "a place of the name of a person, against the full name",
            &[
                ("Ada Quorvia", Person, 90, None),
                ("Quorvia", Place, 90, Some(SURNAME)),
            ],
            &[Person, Place],
        ),
        (
            "a first name is no reason to make a place a person",
            &[
                ("Quorvia Ode", Person, 90, None),
                ("Quorvia", Place, 90, None),
            ],
            &[Person, Place],
        ),
        (
            "the model alone: by the sum of its margins",
            &[
                ("Quorvia", Organization, 300, None),
                ("Quorvia", Person, 20, None),
                ("Quorvia", Person, 20, None),
            ],
            &[Organization, Organization, Organization],
        ),
        (
            "a state that speaks",
            &[
                ("Quorvia", Organization, 300, Some(SPEAKS)),
                ("Quorvia", Place, 20, Some(IN)),
            ],
            &[Place, Place],
        ),
        (
            "other words are other names",
            &[
                ("Quorvia", Place, 90, Some(IN)),
                ("Quorvias", Person, 90, None),
            ],
            &[Place, Person],
        ),
    ];

    #[test]
    fn what_rules_say_goes_before_votes_and_two_meanings_stay_apart() {
        for (what, rows, expected) in CASES {
            assert_eq!(agreed(rows), *expected, "{what}");
        }
    }

    #[test]
    fn an_unknown_country_is_one_place_and_says_why() {
        for text in [
            "Cranes are built across the strait in Quorvia.\n\nQuorvia’s answer came late. The embassy of Quorvia \
             declined to comment.\n\nQuorvia declined. An envoy of Quorvia left.",
            "Talks with Velmark\n\nThe minister called her colleague in Velmark, Edvard Sunde.\n\nVelmark's answer\n\n\
             The embassy of Velmark declined to comment.",
        ] {
            let document = document(text);
            let found = find(&document, 0..document.blocks.len() as u32);
            let entities = link(&document, &found, &crate::model::Outline::default());
            let name = if text.contains("Quorvia") {
                "Quorvia"
            } else {
                "Velmark"
            };
            for entity in entities.entities.iter().filter(|it| it.name == name) {
                assert_eq!(entity.kind, Place, "{name}");
            }
            let count = entities
                .entities
                .iter()
                .filter(|it| it.name == name)
                .count();
            assert_eq!(count, 1, "{name}");
            for mention in &entities.mentions {
                let ruled = mention.reasons.rule.is_some_and(|seen| seen.rule == RULE);
                assert!(!ruled || mention.reasons.typed().starts_with("what most speaks for"));
            }
        }
    }

    #[test]
    fn the_rules_named_here_are_rules() {
        let named = HINTS.iter().chain(ECHOES).chain([&RULE]);
        for rule in named {
            assert!(rule_row(rule).is_some(), "{rule}");
        }
    }
}
