//! [`NameEdit`]: what a reader changed in the names of a document, one thing after the other.
//!
//! An edit means a name by what it is called and its kind, and by one of its mentions with the words around it, so
//! that it can be kept and found again in a text that has changed a little, or was analysed by a later version. It
//! means the name as it was called when the edit was made: after all edits before it. What edits make of the names
//! is said in `names`.

use super::{Briefing, Change, Document, EntityId, EntityKind};
use crate::text::TextRange;

/// Characters before and after a mention that are kept with it.
const AROUND: usize = 24;

/// Edits in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameEdits {
    pub edits: Vec<NameEdit>,
}

/// One thing a reader did to the names.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum NameEdit {
    /// Both are one: all that is of `name` is of `into`, which keeps its name and its kind.
    Merge {
        name: Named,
        into: Named,
    },
    /// These mentions of `name` are of the one called `to`; where nobody is called so, of a new one of its kind.
    Split {
        name: Named,
        mentions: Vec<Spot>,
        to: String,
    },
    Rename {
        name: Named,
        to: String,
    },
    Kind {
        name: Named,
        kind: EntityKind,
    },
    /// It is a name, but the lists are better without it.
    Hide {
        name: Named,
    },
    /// It stands in the lists after all.
    Show {
        name: Named,
    },
    /// It is no name.
    Reject {
        name: Named,
    },
    /// These words are a name, here and wherever else they stand by themselves.
    Add {
        at: Spot,
        kind: EntityKind,
    },
}

/// A name, as an edit means it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub name: String,
    pub kind: EntityKind,
    /// Its first mention.
    pub at: Spot,
}

/// Some words of the text, by themselves and those around them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    pub words: String,
    pub before: String,
    pub after: String,
    /// Where they stood, in bytes.
    pub at: usize,
}

impl NameEdits {
    pub fn change(&mut self, change: &Change<NameEdit>) {
        change.make(&mut self.edits);
    }
}

impl NameEdit {
    /// What the edit is about, in the words of the text or of the reader.
    pub fn subject(&self) -> &str {
        match self {
            Self::Merge { name, .. }
            | Self::Split { name, .. }
            | Self::Rename { name, .. }
            | Self::Kind { name, .. }
            | Self::Hide { name }
            | Self::Show { name }
            | Self::Reject { name } => &name.name,
            Self::Add { at, .. } => &at.words,
        }
    }
}

impl Named {
    /// # Panics
    /// When there is no such name.
    pub fn of(briefing: &Briefing, id: EntityId) -> Self {
        let entity = &briefing.entities.entities[id as usize];
        let first = briefing.entities.mentions_of(id).next();
        let first = first.expect("a name has a mention");
        Self {
            name: entity.name.clone(),
            kind: entity.kind,
            at: Spot::of(&briefing.document, first.range),
        }
    }
}

impl Spot {
    pub fn of(document: &Document, range: TextRange) -> Self {
        let text = document.text.as_str();
        let before = TextRange::new(0, range.start()).of(text);
        let after = TextRange::new(range.end(), text.len()).of(text);
        let mut before: Vec<char> = before.chars().rev().take(AROUND).collect();
        before.reverse();
        Self {
            words: range.of(text).to_owned(),
            before: before.into_iter().collect(),
            after: after.chars().take(AROUND).collect(),
            at: range.start(),
        }
    }

    /// Where the words stand in `text`; `None` when they are gone, or when several places could be meant.
    pub fn find(&self, text: &str) -> Option<TextRange> {
        let (before, after) = (self.before.as_str(), self.after.as_str());
        let whole = [before, &self.words, after].concat();
        let start = self.at.checked_sub(before.len());
        let stays = start.and_then(|start| text.get(start..));
        if stays.is_some_and(|rest| rest.starts_with(&whole)) {
            return Some(self.range(self.at));
        }
        // What stood before it may have changed, or what stood after it, but not both.
        let lead = [before, &self.words].concat();
        let tail = [&self.words, after].concat();
        [(&whole, before), (&lead, before), (&tail, "")]
            .into_iter()
            .filter(|(wanted, _)| wanted.len() > self.words.len())
            .find_map(|(wanted, lead)| Some(self.range(only(text, wanted)? + lead.len())))
    }

    fn range(&self, start: usize) -> TextRange {
        TextRange::new(start, start + self.words.len())
    }
}

/// Where `wanted` stands in `text`, if it stands there once.
fn only(text: &str, wanted: &str) -> Option<usize> {
    let mut places = memchr::memmem::find_iter(text.as_bytes(), wanted.as_bytes());
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(text: &str, words: &str) -> Spot {
        let start = text.find(words).unwrap();
        let document = Document {
            text: text.to_owned(),
            ..Document::default()
        };
        Spot::of(&document, TextRange::new(start, start + words.len()))
    }

    /// Where `words` of `before` stand in `after`, with a mark before them.
    fn found(before: &str, words: &str, after: &str) -> Option<usize> {
        let range = spot(before, words).find(after)?;
        assert_eq!(range.of(after), words);
        Some(range.start())
    }

    const TEXT: &str = "In the harbour Tomas Reyk signed the order on Monday, and left.";

    #[test]
    fn words_are_found_where_they_stood_and_where_they_moved_to() {
        assert_eq!(found(TEXT, "Tomas Reyk", TEXT), Some(15));
        let longer = format!("A new first line.\n{TEXT}");
        assert_eq!(found(TEXT, "Tomas Reyk", &longer), Some(33));
    }

    #[test]
    fn either_side_may_have_changed() {
        let before = "At the port Tomas Reyk signed the order on Monday, and left.";
        assert_eq!(found(TEXT, "Tomas Reyk", before), Some(12));
        let after = "So! In the harbour Tomas Reyk gave way.";
        assert_eq!(found(TEXT, "Tomas Reyk", after), Some(19));
        assert_eq!(found(TEXT, "Tomas Reyk", "Tomas Reyk gave way."), None);
        assert_eq!(found(TEXT, "Tomas Reyk", ""), None);
    }

    #[test]
    fn of_twins_none_is_taken() {
        let twice = format!("new {TEXT} {TEXT}");
        assert_eq!(found(TEXT, "Tomas Reyk", &twice), None);
        assert_eq!(found("水道 Reyk", "Reyk", "水道 Reyk"), Some(7));
        // Alone in its text there is nothing around it to know it by.
        assert_eq!(found("Reyk", "Reyk", "and Reyk"), None);
    }

    #[test]
    fn nonsense_is_not_found() {
        let mut spot = spot(TEXT, "Tomas Reyk");
        for at in [0, 3, TEXT.len(), usize::MAX] {
            spot.at = at;
            assert_eq!(spot.find(TEXT).map(TextRange::start), Some(15));
        }
        spot.before = "nowhere".into();
        spot.after = "either".into();
        assert_eq!(spot.find(TEXT), None);
    }
}
