//! [`Census`]: who is named in all documents of a list, and in which of them.
//!
//! It stands apart from the names of one document because it joins less: two documents speak of the same one only
//! where both give the same full name and the same kind. A surname alone is never enough.

use std::collections::HashMap;

use crate::model::EntityKind;
use crate::tui::action::Action;
use crate::tui::line::Input;
use crate::tui::overlay::{Cursor, Reply};
use crate::tui::shelves::Level;

/// The table of names that lies on top.
#[derive(Debug)]
pub struct Census {
    /// Which of the levels it is of.
    pub level: usize,
    /// Those that pass the filter, most documents first.
    pub rows: Vec<Row>,
    pub filter: Input,
    /// Whether keys go into the filter.
    pub typing: bool,
    pub names: Cursor,
    /// The selected document, while the documents have the keys.
    pub document: Option<Cursor>,
    /// Documents whose names are known, are awaited, and cannot be had.
    pub known: usize,
    pub awaited: usize,
    pub left_out: usize,
}

/// A name with the documents it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub kind: EntityKind,
    /// Entry of the list, and mentions there; in the order of the list.
    pub documents: Vec<(usize, usize)>,
}

impl Census {
    pub fn new(level: usize, of: &Level) -> Self {
        let mut census = Self {
            level,
            rows: Vec::new(),
            filter: Input::default(),
            typing: false,
            names: Cursor::default(),
            document: None,
            known: 0,
            awaited: 0,
            left_out: 0,
        };
        census.gather(of);
        census
    }

    /// Counts anew; what is selected stays selected while it is listed.
    pub fn gather(&mut self, of: &Level) {
        let selected = self.rows.get(self.names.at);
        let selected =
            selected.map(|row| (row.name.clone(), row.kind, row.documents.first().copied()));
        let wanted = self.filter.text.trim().to_lowercase();
        self.rows = joined(of);
        self.rows
            .retain(|row| wanted.is_empty() || row.name.to_lowercase().contains(&wanted));
        let known = of.entries.iter().filter(|it| it.names.is_some()).count();
        let out = |entry: &&crate::tui::shelves::Entry| {
            entry.names.is_none() && (entry.trouble.is_some() || entry.unnamed.is_some())
        };
        self.known = known;
        self.left_out = of.entries.iter().filter(out).count();
        self.awaited = of.entries.len() - self.known - self.left_out;
        let same = |row: &Row| {
            selected.as_ref().is_some_and(|(name, kind, first)| {
                row.name == *name
                    && row.kind == *kind
                    && (row.documents.len() > 1 || row.documents.first().copied() == *first)
            })
        };
        let again = self.rows.iter().position(same);
        let last = self.rows.len().saturating_sub(1);
        self.names.at = again.unwrap_or(self.names.at).min(last);
        let documents = self.selected().map_or(0, |row| row.documents.len());
        self.document = self.document.map(|cursor| Cursor {
            at: cursor.at.min(documents.saturating_sub(1)),
        });
    }

    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.names.at)
    }

    pub fn update(&mut self, action: Action, of: &Level, page: usize) -> Reply {
        if self.typing && matches!(action, Action::Open | Action::Escape) {
            self.finish_filter(action == Action::Open, of);
            return Reply::Done;
        }
        let documents = self.selected().map_or(0, |row| row.documents.len());
        match (action, &mut self.document) {
            (Action::AllNames | Action::Quit, _) | (Action::Escape, None) => Reply::Close,
            (Action::Find, _) => {
                self.typing = true;
                self.document = None;
                Reply::Done
            }
            (Action::Open, Some(cursor)) => {
                let at = cursor.at;
                let row = self.selected().and_then(|row| row.documents.get(at));
                row.map_or(Reply::Done, |(entry, _)| {
                    Reply::Document(self.level, *entry)
                })
            }
            (Action::Escape | Action::NextPane | Action::PreviousPane, document @ Some(_)) => {
                *document = None;
                Reply::Done
            }
            (Action::Open | Action::NextPane | Action::PreviousPane, document @ None) => {
                *document = (documents > 0).then(Cursor::default);
                Reply::Done
            }
            (_, document) => {
                let moved = match document {
                    Some(cursor) => cursor.step(action, documents, page),
                    None => self.names.step(action, self.rows.len(), page),
                };
                if moved { Reply::Done } else { Reply::Unused }
            }
        }
    }

    /// Ends typing; the filter is kept or dropped.
    pub fn finish_filter(&mut self, keep: bool, of: &Level) {
        self.typing = false;
        if !keep {
            self.filter = Input::default();
            self.gather(of);
        }
    }
}

/// Whether a name is enough to say that two documents mean the same one.
fn is_full(name: &str, kind: EntityKind) -> bool {
    kind != EntityKind::Person || name.split_whitespace().nth(1).is_some()
}

/// The names of all documents, those of most documents first.
fn joined(of: &Level) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut places: HashMap<(&str, EntityKind), usize> = HashMap::new();
    for (at, entry) in of.entries.iter().enumerate() {
        for named in entry.names.iter().flat_map(|names| names.iter()) {
            let key = (named.name.as_str(), named.kind);
            let full = is_full(&named.name, named.kind);
            if let Some(place) = places.get(&key).filter(|_| full) {
                let documents = &mut rows[*place].documents;
                match documents.last_mut().filter(|(last, _)| *last == at) {
                    Some((_, mentions)) => *mentions += named.mentions,
                    None => documents.push((at, named.mentions)),
                }
                continue;
            }
            places.insert(key, rows.len());
            rows.push(Row {
                name: named.name.clone(),
                kind: named.kind,
                documents: vec![(at, named.mentions)],
            });
        }
    }
    let mentions = |row: &Row| -> usize { row.documents.iter().map(|(_, count)| count).sum() };
    rows.sort_by(|a, b| {
        let order = b.documents.len().cmp(&a.documents.len());
        let order = order.then(mentions(b).cmp(&mentions(a)));
        order
            .then_with(|| a.name.cmp(&b.name))
            .then(a.documents.cmp(&b.documents))
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Item, Source};
    use crate::tui::shelves::{Entry, Named};

    fn level(documents: &[&[(&str, EntityKind, usize)]]) -> Level {
        let entry = |names: &&[(&str, EntityKind, usize)]| Entry {
            item: Item {
                title: "a".into(),
                date: None,
                words: None,
                source: Source::Stdin,
            },
            name: "a".into(),
            known: true,
            trouble: None,
            unnamed: None,
            names: Some(
                names
                    .iter()
                    .map(|&(name, kind, mentions)| Named {
                        name: name.into(),
                        kind,
                        mentions,
                    })
                    .collect(),
            ),
        };
        Level {
            serial: 1,
            title: String::new(),
            notice: None,
            entries: documents.iter().map(entry).collect(),
            present: None,
        }
    }

    #[test]
    fn only_the_same_full_name_of_the_same_kind_is_one() {
        use EntityKind::{Agency, Person, Place};
        let level = level(&[
            &[
                ("Ida Brandt", Person, 2),
                ("Brandt", Person, 1),
                ("Lund", Place, 1),
            ],
            &[
                ("Ida Brandt", Person, 3),
                ("Brandt", Person, 1),
                ("Lund", Person, 1),
            ],
            &[("Port Office", Agency, 1)],
            &[("Port Office", Agency, 1), ("Port Office", Place, 4)],
        ]);
        let rows = joined(&level);
        let told: Vec<(&str, &[(usize, usize)])> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.documents.as_slice()))
            .collect();
        assert_eq!(
            told,
            [
                ("Ida Brandt", &[(0, 2), (1, 3)][..]),
                ("Port Office", &[(2, 1), (3, 1)]),
                ("Port Office", &[(3, 4)]),
                ("Brandt", &[(0, 1)]),
                ("Brandt", &[(1, 1)]),
                ("Lund", &[(0, 1)]),
                ("Lund", &[(1, 1)]),
            ]
        );
    }

    #[test]
    fn the_selection_stays_on_its_name_when_more_is_known() {
        let mut later = level(&[
            &[("Ida Brandt", EntityKind::Person, 2)],
            &[("Ola Vik", EntityKind::Person, 9)],
        ]);
        let names = later.entries[1].names.take();
        let mut census = Census::new(0, &later);
        assert_eq!((census.known, census.awaited), (1, 1));
        later.entries[1].names = names;
        census.gather(&later);
        assert_eq!(census.rows[0].name, "Ola Vik");
        assert_eq!(census.selected().map(|row| &*row.name), Some("Ida Brandt"));
    }
}
