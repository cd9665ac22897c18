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
