//! [`Entities`]: who and what a document names, with every mention as a range of the text.

use super::{Document, Doubt, Mended, Reasons, SectionId};
use crate::text::TextRange;

/// Index into [`Entities::entities`].
pub type EntityId = u32;

/// Mentions are sorted and disjoint; each entity lists its own in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub kind: EntityKind,
    /// The fullest name the document uses, without title.
    pub name: String,
    /// Offices and titles as the text states them, in order, each once.
    pub titles: Vec<Title>,
    /// Abbreviation, if the document uses it.
    pub abbreviation: Option<String>,
    /// The body this one is stated to be part of.
    pub parent: Option<EntityId>,
    /// All surface forms, the name first, each once.
    pub forms: Vec<String>,
    /// Indices into [`Entities::mentions`], in reading order; never empty.
    pub mentions: Vec<u32>,
    /// What was left open between this name and others.
    pub doubts: Vec<Doubt>,
    /// What the reader changed in it, in order.
    pub mended: Vec<Mended>,
    /// Whether the reader wants it out of the lists.
    pub hidden: bool,
}

/// An office or title, and where it is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    pub text: String,
    pub range: TextRange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    pub range: TextRange,
    pub entity: EntityId,
    /// `None` in title and boilerplate.
    pub section: Option<SectionId>,
    /// What found it, gave it its kind, and joined it to the entity.
    pub reasons: Reasons,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    Person,
    Agency,
    Organization,
    Place,
}

/// A row of [`KINDS`].
#[derive(Clone, Copy, Debug)]
pub struct KindRow {
    pub kind: EntityKind,
    /// Name in JSON.
    pub name: &'static str,
    /// Heading over a list of them.
    pub plural: &'static str,
}

/// All kinds, in the order in which panels list them.
pub const KINDS: [KindRow; 4] = [
    KindRow {
        kind: EntityKind::Person,
        name: "person",
        plural: "People",
    },
    KindRow {
        kind: EntityKind::Agency,
        name: "agency",
        plural: "Agencies and bodies",
    },
    KindRow {
        kind: EntityKind::Organization,
        name: "organization",
        plural: "Organizations",
    },
    KindRow {
        kind: EntityKind::Place,
        name: "place",
        plural: "Places",
    },
];

impl EntityKind {
    /// Its row in [`KINDS`].
    pub fn row(self) -> &'static KindRow {
        KINDS
            .iter()
            .find(|row| row.kind == self)
            .expect("every kind has a row")
    }
}

impl Entities {
    /// The mention at `offset`.
    pub fn at(&self, offset: usize) -> Option<&Mention> {
        let after = self
            .mentions
            .partition_point(|mention| mention.range.start() <= offset);
        let mention = self.mentions.get(after.checked_sub(1)?)?;
        mention.range.contains(offset).then_some(mention)
    }

    /// The mentions that touch `range`, in order.
    pub fn mentions_in(&self, range: TextRange) -> &[Mention] {
        let first = self
            .mentions
            .partition_point(|mention| mention.range.end() <= range.start());
        let end = self
            .mentions
            .partition_point(|mention| mention.range.start() < range.end());
        &self.mentions[first..end.max(first)]
    }

    /// The mentions of one entity, in order.
    pub fn mentions_of(
        &self,
        id: EntityId,
    ) -> impl ExactSizeIterator<Item = &Mention> + DoubleEndedIterator {
        self.entities[id as usize]
            .mentions
            .iter()
            .map(|&at| &self.mentions[at as usize])
    }

    /// Every broken invariant, in words.
    pub fn check(&self, document: &Document) -> Vec<String> {
        let mut faults = Vec::new();
        let mut end = 0;
        for (at, mention) in self.mentions.iter().enumerate() {
            if !mention.range.fits(&document.text)
                || mention.range.is_empty()
                || mention.range.start() < end
            {
                faults.push(format!(
                    "mention {at} {:?} is empty, out of order or of bounds",
                    mention.range
                ));
            }
            end = mention.range.end();
            let listed = self
                .entities
                .get(mention.entity as usize)
                .is_some_and(|entity| entity.mentions.binary_search(&(at as u32)).is_ok());
            if !listed {
                faults.push(format!(
                    "mention {at} is not listed by its entity {}",
                    mention.entity
                ));
            }
        }
        faults.extend(self.check_reasons(document));
        for (id, entity) in self.entities.iter().enumerate() {
            if entity.mentions.is_empty() || !entity.mentions.is_sorted_by(|a, b| a < b) {
                faults.push(format!(
                    "entity {id} {:?} has no mentions or unsorted ones",
                    entity.name
                ));
            }
        }
        faults
    }

    fn check_reasons(&self, document: &Document) -> Vec<String> {
        let mut faults = Vec::new();
        for (at, mention) in self.mentions.iter().enumerate() {
            let cue = mention.reasons.cue;
            if cue.is_some_and(|cue| cue.is_empty() || !cue.fits(&document.text)) {
                faults.push(format!("mention {at} has a cue {cue:?} out of bounds"));
            }
            let Some(join) = mention.reasons.join else {
                continue;
            };
            let other = self.mentions.get(join.to as usize);
            if join.to as usize == at || other.is_none_or(|other| other.entity != mention.entity) {
                faults.push(format!(
                    "mention {at} is joined to {}, not of its entity",
                    join.to
                ));
            }
        }
        for (id, entity) in self.entities.iter().enumerate() {
            let known =
                |other: &EntityId| *other as usize != id && (*other as usize) < self.entities.len();
            let sound = |doubt: &Doubt| {
                !doubt.others.is_empty()
                    && doubt.others.len() <= Doubt::MOST
                    && doubt.others.iter().all(known)
            };
            if !entity.doubts.iter().all(sound) {
                faults.push(format!("entity {id} is in doubt about itself or nobody"));
            }
        }
        faults
    }
}
