//! What speaks for a name, as far as it stands in the text: the words that told a rule, and what was left open.
//!
//! Apart from the rules, as they say only which of them spoke: where its words stand is looked up for the names
//! that remain.

use std::collections::HashMap;

use super::Found;
use super::join::Open;
use super::lexicon::{Classes, Lexicon};
use crate::model::reasons::{Cue, plain, rule_row, word_after, word_before};
use crate::model::{Doubt, Entity, EntityId, EntityKind, Reasons};
use crate::text::TextRange;

/// The words that told the rule that saw `found`.
pub(super) fn cue(text: &str, found: &Found) -> Option<TextRange> {
    let seen = found.seen?;
    let row = rule_row(seen.rule);
    debug_assert!(row.is_some(), "RULES has no row {:?}", seen.rule);
    let start = found.range.start();
    match row?.cue {
        Cue::None => None,
        Cue::Before => word_before(text, start),
        Cue::After => word_after(text, found.range.end()),
        Cue::First => {
            let word = found.range.of(text).split(char::is_whitespace).next()?;
            plain(word, start)
        }
        Cue::Head => head(text, found),
    }
}

/// The word of a name that says what it is: the last one that can.
fn head(text: &str, found: &Found) -> Option<TextRange> {
    let lexicon = Lexicon::standard();
    let heads = match found.seen?.kind {
        EntityKind::Place => Classes::PLACE_HEAD.or(Classes::PLACE_LEAD),
        _ => Classes::HEAD.or(Classes::LEADING),
    };
    let name = found.range.of(text);
    let mut at = name.len();
    for word in name.rsplit([' ', '-', '\u{a0}']) {
        at -= word.len();
        if lexicon.classes(word).any(heads) {
            return plain(word, found.range.start() + at);
        }
        let gap = TextRange::new(0, at).of(name).chars().next_back();
        at -= gap.map_or(0, char::len_utf8);
    }
    None
}

/// Takes the whole title that stands before a name for what told the rule.
pub(super) fn quote(title: TextRange, reasons: &mut Reasons) {
    let told = reasons.cue.filter(|_| {
        reasons
            .rule
            .is_some_and(|seen| seen.rule.ends_with("before the name"))
    });
    if told.is_some_and(|cue| title.start() <= cue.start() && cue.end() <= title.end()) {
        reasons.cue = Some(title);
    }
}

/// Gives each name its doubts. `ids`: the names of the groups.
pub(super) fn tell_doubts(
    mut open: Vec<Open<'_>>,
    ids: &HashMap<u32, EntityId>,
    entities: &mut [Entity],
) {
    let mut rows: Vec<(Vec<(EntityId, u32)>, Open<'_>)> = open
        .drain(..)
        .map(|open| {
            let groups = open.groups.iter();
            let mut names: Vec<(EntityId, u32)> = groups
                .filter_map(|(group, taken)| Some((*ids.get(group)?, *taken)))
                .collect();
            names.sort_unstable();
            (names, open)
        })
        .collect();
    // They come out of tables without order.
    rows.sort_unstable_by(|(a, one), (b, other)| (a, one.form).cmp(&(b, other.form)));
    for (names, open) in rows.into_iter().filter(|(names, _)| names.len() > 1) {
        for (id, taken) in &names {
            let others = || {
                names
                    .iter()
                    .map(|(other, _)| *other)
                    .filter(|other| other != id)
            };
            let count = names.len() - 1;
            entities[*id as usize].doubts.push(Doubt {
                why: open.why,
                form: open.form.to_owned(),
                others: others().take(Doubt::MOST).collect(),
                more: count.saturating_sub(Doubt::MOST) as u32,
                taken: *taken,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, Entities, Outline};
    use crate::names::tests::document;
    use crate::names::{find, find_with, link};

    /// By the rules alone: a model learns anew with every change of its texts.
    fn read(text: &str) -> (Document, Entities) {
        let document = document(text);
        let found = find_with(&document, 0..document.blocks.len() as u32, None);
        let entities = link(&document, &found, &Outline::default());
        assert_eq!(entities.check(&document), Vec::<String>::new());
        (document, entities)
    }

    fn id(entities: &Entities, name: &str) -> EntityId {
        let names = || entities.entities.iter().map(|entity| entity.name.as_str());
        let at = names().position(|one| one == name);
        at.unwrap_or_else(|| panic!("no {name:?} in {:?}", names().collect::<Vec<_>>())) as EntityId
    }

    #[test]
    fn every_mention_says_what_found_typed_and_joined_it() {
        for (text, words, found, typed, joined) in [
            (
                "Transport Minister Ilse Quarrow spoke. Quarrow left.",
                "Ilse Quarrow",
                "title before the name “Transport Minister”",
                "people bear titles",
                None,
            ),
            (
                "Transport Minister Ilse Quarrow spoke. Quarrow left.",
                "Quarrow",
                "surname of a full name elsewhere",
                "the full name elsewhere is a person’s",
                Some("surname of “Ilse Quarrow”"),
            ),
            (
                "The Nordic Ice Patrol Agency (NIPA) met. NIPA said no.",
                "NIPA",
                "acronym in brackets after the name",
                "the name that it is short for",
                Some("acronym in brackets after “Nordic Ice Patrol Agency”"),
            ),
            (
                "The Nordic Ice Patrol Agency met on Monday.",
                "Nordic Ice Patrol Agency",
                "head word of a body “Agency”",
                "its head word",
                None,
            ),
            (
                "Wanda Quarrow spoke to Tomas Quell. Wanda R. Quarrow did not.",
                "Wanda Quarrow",
                "known first name “Wanda”",
                "it begins with a first name",
                None,
            ),
            (
                "Wanda Quarrow spoke to Tomas Quell. Wanda R. Quarrow did not.",
                "Wanda R. Quarrow",
                "known first name “Wanda”",
                "it begins with a first name",
                Some("fuller than “Wanda Quarrow”"),
            ),
        ] {
            let (document, entities) = read(text);
            let text = document.text.as_str();
            let mention = entities
                .mentions
                .iter()
                .find(|it| it.range.of(text) == words);
            let mention = mention.unwrap_or_else(|| panic!("{words:?} is no name in {text:?}"));
            assert_eq!(mention.found(text), found, "{words} in {text}");
            assert_eq!(mention.reasons.typed(), typed, "{words} in {text}");
            assert_eq!(
                entities.joined(mention, text).as_deref(),
                joined,
                "{words} in {text}"
            );
        }
    }

    #[test]
    fn what_was_left_open_is_said_on_every_side() {
        let people = "Bob Tillerman spoke to Mary Tillerman. Tillerman left.";
        let bodies =
            "The Harbour Rail Board and the Hill Road Bureau met. The HRB said no. Then HRB left.";
        let initials = "Jane Quarrow met John Quarrow. They thanked Professor J. Quarrow.";
        for (text, name, doubt) in [
            (
                people,
                "Bob Tillerman",
                "left apart from Mary Tillerman: 2 people named Tillerman",
            ),
            (
                people,
                "Mary Tillerman",
                "“Tillerman” alone (1 mention) is taken for this one: may also be Bob Tillerman",
            ),
            (
                bodies,
                "HRB",
                "may be Harbour Rail Board or Hill Road Bureau: left apart, as several could be meant",
            ),
            (
                bodies,
                "Hill Road Bureau",
                "“HRB” is left apart: it may be this one or Harbour Rail Board",
            ),
            (
                initials,
                "John Quarrow",
                "“J. Quarrow” alone (1 mention) is taken for this one: may also be Jane Quarrow",
            ),
        ] {
            let (_, entities) = read(text);
            let told = entities.doubts(id(&entities, name));
            assert!(told.iter().any(|one| one == doubt), "{name}: {told:?}");
        }
        let (_, entities) = read("Bob Tillerman spoke to Ada Quell. Tillerman left.");
        assert!(
            entities
                .entities
                .iter()
                .all(|entity| entity.doubts.is_empty())
        );
    }

    #[test]
    fn a_crowd_of_one_surname_is_named_by_a_few_and_a_number() {
        let firsts = [
            "Anna", "Bob", "Carl", "Daniel", "Edward", "Paul", "George", "Henry",
        ];
        let text = firsts
            .map(|first| format!("{first} Tillerman spoke.\n"))
            .concat();
        let (_, entities) = read(&text);
        for entity in &entities.entities {
            let [doubt] = entity.doubts.as_slice() else {
                panic!("{:?}", entity.doubts);
            };
            assert_eq!((doubt.others.len(), doubt.more), (Doubt::MOST, 3));
        }
        assert!(entities.doubts(0)[0].contains("or 3 more: 8 people named Tillerman"));
    }

    #[test]
    fn the_model_says_by_how_much_and_by_what() {
        let document = document("Transport Minister Ilse Quarrow spoke in Oslo. Quarrow left.");
        let found = find(&document, 0..1);
        let entities = link(&document, &found, &Outline::default());
        assert_eq!(entities.check(&document), Vec::<String>::new());
        let text = document.text.as_str();
        for mention in &entities.mentions {
            let verdict = mention.reasons.verdict.expect("the model speaks");
            assert!(verdict.margin > 0 && verdict.over_rival > 0, "{verdict:?}");
            assert!(verdict.strongest[0].is_some(), "something spoke for it");
            assert!(
                mention.found(text).contains("; trained model +"),
                "{}",
                mention.found(text)
            );
            assert!(mention.reasons.typed().contains(" over "));
        }
    }
}
