//! Who is named in a section: the rows of the pane beside the text, and where they stand in it.
//!
//! Apart from the place, which only asks for it: this is worked out once for a section, and not for each frame.

use std::collections::HashMap;

use crate::model::{Entities, Entity, EntityId, EntityKind, SectionId};
use crate::text::TextRange;

/// A name in the section being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CastRow {
    pub entity: EntityId,
    /// Mentions in this section.
    pub here: usize,
    /// Not named in any section before.
    pub new: bool,
}

/// Where the names of the cast stand in a list by kinds with an office under some, so that a list of thousands need
/// not be made to show some of it.
#[derive(Clone, Debug, Default)]
pub struct CastLines {
    /// The line of each name: a kind has a heading over it, and a blank line above unless it is the first.
    pub starts: Vec<u32>,
    /// How many lines there are.
    pub count: usize,
}

impl CastLines {
    pub fn of(cast: &[CastRow], entities: &Entities) -> Self {
        let (mut starts, mut line, mut kind) = (Vec::with_capacity(cast.len()), 0, None);
        for row in cast {
            let entity = &entities.entities[row.entity as usize];
            if kind != Some(entity.kind) {
                line += if kind.is_some() { 2 } else { 1 };
                kind = Some(entity.kind);
            }
            starts.push(line);
            line += if office(entity).is_some() { 2 } else { 1 };
        }
        Self {
            starts,
            count: line as usize,
        }
    }
}

/// The line under a name in a list: what it is, or what it is called for short.
pub fn office(entity: &Entity) -> Option<&str> {
    let title = entity.titles.last().map(|title| title.text.as_str());
    let office = title.or(entity.abbreviation.as_deref());
    office.filter(|office| *office != entity.name)
}

/// Who is named in `section`, and the places: kinds in panel order, then order of entry. Those that the reader hid are
/// left out.
pub fn gather(
    entities: &Entities,
    section: Option<SectionId>,
    range: TextRange,
) -> (Vec<CastRow>, Vec<CastRow>) {
    let entity = |id: EntityId| &entities.entities[id as usize];
    let mut counts: HashMap<EntityId, (usize, usize)> = HashMap::new();
    let mentions = entities.mentions_in(range).iter();
    let here = mentions.filter(|it| it.section == section && !entity(it.entity).hidden);
    for mention in here {
        let first = (0, mention.range.start());
        counts.entry(mention.entity).or_insert(first).0 += 1;
    }
    let earlier = |id| {
        let mut mentions = entities.mentions_of(id);
        let first = mentions.find(|mention| mention.section.is_some());
        first.is_some_and(|first| first.range.start() < range.start())
    };
    let row = |(entity, (here, first))| {
        let new = !earlier(entity);
        (first, CastRow { entity, here, new })
    };
    let mut cast: Vec<(usize, CastRow)> = counts.into_iter().map(row).collect();
    cast.sort_by_key(|&(first, row)| (entity(row.entity).kind, first));
    let rows = cast.into_iter().map(|(_, row)| row);
    let (places, cast) = rows.partition(|row| entity(row.entity).kind == EntityKind::Place);
    (cast, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(kind: EntityKind, short: Option<&str>) -> Entity {
        Entity {
            kind,
            name: "Name".into(),
            titles: Vec::new(),
            abbreviation: short.map(str::to_owned),
            parent: None,
            forms: Vec::new(),
            mentions: Vec::new(),
            doubts: Vec::new(),
            mended: Vec::new(),
            hidden: false,
        }
    }

    #[test]
    fn lines_are_those_of_a_list_by_kinds_with_offices() {
        let (person, agency) = (EntityKind::Person, EntityKind::Agency);
        let entities = Entities {
            entities: vec![
                entity(person, Some("N")),
                entity(person, None),
                entity(agency, None),
            ],
            mentions: Vec::new(),
        };
        let row = |entity| CastRow {
            entity,
            here: 1,
            new: false,
        };
        let lines = CastLines::of(&[row(0), row(1), row(2)], &entities);
        // People, Name, N, Name, blank, Agencies, Name.
        assert_eq!((lines.starts, lines.count), (vec![1, 3, 6], 7));
        assert_eq!(CastLines::of(&[], &entities).count, 0);
    }
}
