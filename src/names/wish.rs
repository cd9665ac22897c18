//! What a reader wants done with the names on the screen, and which edit that is.
//!
//! Apart from what edits make of the names: a wish speaks of what is shown now, and can be refused; an edit is kept.

use crate::model::{Briefing, Entity, EntityId, EntityKind, Mention, NameEdit, Named, Spot};
use crate::text::{TextRange, harmless};

/// Bytes of the longest words that can be a name; what is longer is a sentence.
const LONGEST: usize = 200;

/// What a reader wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish<'a> {
    /// The first is the second.
    Merge(EntityId, EntityId),
    /// Some mentions of a name, by their places among its mentions, are of another one.
    Split(EntityId, &'a [usize], &'a str),
    Rename(EntityId, &'a str),
    Kind(EntityId, EntityKind),
    /// Out of the lists, or into them again.
    Hide(EntityId),
    Reject(EntityId),
    Add(TextRange, EntityKind),
}

/// Why a wish cannot be fulfilled: a sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("that is the same name: choose another to merge it with")]
    Itself,
    #[error("a name needs at least one letter")]
    Empty,
    #[error("it is called so already")]
    SameName,
    #[error("“{0}” is on the list already: m merges them")]
    Taken(String),
    #[error("it is of this kind already")]
    SameKind,
    #[error("no mention is chosen: Space chooses one")]
    NoMention,
    #[error("these are all its mentions: r renames it, m merges it")]
    AllMentions,
    #[error("a name stands in one line and is shorter than that: choose fewer words")]
    TooLong,
    #[error("these words are found as a name already: in the list of people, c sets its kind")]
    Known,
}

/// The edit that fulfils a wish on the briefing, as it is with all edits so far.
///
/// # Panics
/// When there is no such name.
pub fn edit(briefing: &Briefing, wish: &Wish) -> Result<NameEdit, Refusal> {
    let named = |id| Named::of(briefing, id);
    let entity = |id: EntityId| &briefing.entities.entities[id as usize];
    match *wish {
        Wish::Merge(from, into) if from == into => Err(Refusal::Itself),
        Wish::Merge(from, into) => Ok(NameEdit::Merge {
            name: named(from),
            into: named(into),
        }),
        Wish::Split(id, mentions, to) => split(briefing, id, mentions, to),
        Wish::Rename(id, to) => {
            let to = given(to)?;
            let other = |it: &Entity| it.name == to && it.kind == entity(id).kind;
            if to == entity(id).name {
                return Err(Refusal::SameName);
            }
            if briefing.entities.entities.iter().any(other) {
                return Err(Refusal::Taken(to));
            }
            let name = named(id);
            Ok(NameEdit::Rename { name, to })
        }
        Wish::Kind(id, kind) if entity(id).kind == kind => Err(Refusal::SameKind),
        Wish::Kind(id, kind) => Ok(NameEdit::Kind {
            name: named(id),
            kind,
        }),
        Wish::Hide(id) if entity(id).hidden => Ok(NameEdit::Show { name: named(id) }),
        Wish::Hide(id) => Ok(NameEdit::Hide { name: named(id) }),
        Wish::Reject(id) => Ok(NameEdit::Reject { name: named(id) }),
        Wish::Add(range, kind) => add(briefing, range, kind),
    }
}

fn split(
    briefing: &Briefing,
    id: EntityId,
    mentions: &[usize],
    to: &str,
) -> Result<NameEdit, Refusal> {
    let to = given(to)?;
    let entity = &briefing.entities.entities[id as usize];
    if mentions.is_empty() {
        return Err(Refusal::NoMention);
    }
    if mentions.len() == entity.mentions.len() {
        return Err(Refusal::AllMentions);
    }
    if to == entity.name {
        return Err(Refusal::SameName);
    }
    let all = briefing.entities.mentions_of(id).enumerate();
    let chosen = all.filter(|(at, _)| mentions.contains(at));
    let spot = |(_, mention): (usize, &Mention)| Spot::of(&briefing.document, mention.range);
    Ok(NameEdit::Split {
        name: Named::of(briefing, id),
        mentions: chosen.map(spot).collect(),
        to,
    })
}

fn add(briefing: &Briefing, range: TextRange, kind: EntityKind) -> Result<NameEdit, Refusal> {
    let text = &briefing.document.text;
    let range = bare(range, text);
    let words = range.of(text);
    if words.is_empty() {
        return Err(Refusal::Empty);
    }
    if words.len() > LONGEST || words.contains(['\n', '\t']) {
        return Err(Refusal::TooLong);
    }
    let known = briefing.entities.at(range.start());
    if known.is_some_and(|it| it.range == range) {
        return Err(Refusal::Known);
    }
    let at = Spot::of(&briefing.document, range);
    Ok(NameEdit::Add { at, kind })
}

/// The whole words that `range` touches, without signs at the ends but for the point of `U.S.`.
fn bare(range: TextRange, text: &str) -> TextRange {
    let signs = |sign: char| !sign.is_alphanumeric();
    let words = range.of(text);
    let tail = words.trim_start_matches(signs);
    if tail.is_empty() {
        return TextRange::empty(range.start());
    }
    let (before, _) = text
        .split_at_checked(range.end() - tail.len())
        .unwrap_or_default();
    let start = before.trim_end_matches(char::is_alphanumeric).len();
    let core = tail.trim_end_matches(signs);
    let (_, after) = text
        .split_at_checked(before.len() + core.len())
        .unwrap_or_default();
    let rest = after.trim_start_matches(char::is_alphanumeric);
    let end = text.len() - rest.len();
    let whole = TextRange::new(start, end);
    let last = whole.of(text).rsplit(char::is_whitespace).next();
    let pointed = rest.starts_with('.') && last.is_some_and(|word| word.contains('.'));
    TextRange::new(start, end + usize::from(pointed))
}

/// A name as it was typed, with single spaces.
fn given(name: &str) -> Result<String, Refusal> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ");
    let harmless = harmless::line(&name).into_owned();
    if !harmless.contains(char::is_alphanumeric) {
        return Err(Refusal::Empty);
    }
    if harmless.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    Ok(harmless)
}

/// The name that an edit is about, once the edit is made; `None` where it is no name any more.
pub fn subject(briefing: &Briefing, edit: &NameEdit) -> Option<EntityId> {
    let text = &briefing.document.text;
    let entities = &briefing.entities;
    let (at, called) = match edit {
        NameEdit::Merge { into, .. } => (&into.at, &into.name),
        NameEdit::Split { mentions, to, .. } => (mentions.first()?, to),
        NameEdit::Rename { name, to } => (&name.at, to),
        NameEdit::Kind { name, .. } | NameEdit::Hide { name } | NameEdit::Show { name } => {
            (&name.at, &name.name)
        }
        NameEdit::Reject { .. } => return None,
        NameEdit::Add { at, .. } => (at, &at.words),
    };
    let there = at.find(text).and_then(|range| entities.at(range.start()));
    let there = there.map(|mention| mention.entity);
    let named = || {
        (0..)
            .zip(&entities.entities)
            .find(|(_, it)| it.name == *called)
    };
    there.or_else(|| named().map(|(id, _)| id))
}
