//! [`OwnList`]: names as the reader wants them in every document, and what an edit in one document adds to it.
//!
//! Plain data: the file that it is kept in is the memory's matter, and what it makes of the names of a document is
//! said in `names`.

use std::collections::HashMap;

use super::{EntityKind, NameEdit, Named};

/// One name of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnName {
    pub name: String,
    /// `None` leaves the kind as it is found.
    #[serde(default)]
    pub kind: Option<EntityKind>,
    /// What else it may be called, as a name by itself.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether the lists are better without it.
    #[serde(default)]
    pub hidden: bool,
}

/// The reader's own list. Of two rows with the same words the first counts.
#[derive(Clone, Debug, Default)]
pub struct OwnList {
    rows: Vec<OwnName>,
    /// Rows by their names and aliases.
    by_words: HashMap<String, usize>,
}

/// What an edit did to a row of the list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Listed {
    /// `None` where there was no such row.
    pub before: Option<OwnName>,
    pub after: OwnName,
}

/// What of an edit holds for other documents too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum General {
    /// `alias` is the one called `name`.
    Alias {
        name: String,
        kind: EntityKind,
        alias: String,
    },
    /// What was called `before` is called `name`.
    Name {
        name: String,
        kind: EntityKind,
        before: String,
    },
    Kind {
        name: String,
        kind: EntityKind,
    },
    Hidden {
        name: String,
        hidden: bool,
    },
}

impl OwnList {
    pub fn new(rows: Vec<OwnName>) -> Self {
        let mut by_words = HashMap::new();
        for (row, at) in rows.iter().zip(0..) {
            for words in std::iter::once(&row.name).chain(&row.aliases) {
                by_words.entry(words.clone()).or_insert(at);
            }
        }
        Self { rows, by_words }
    }

    pub fn rows(&self) -> &[OwnName] {
        &self.rows
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of the row that `words` are the name or an alias of.
    pub fn row_of(&self, words: &str) -> Option<usize> {
        self.by_words.get(words).copied()
    }
}

impl NameEdit {
    /// What of it holds for other documents too.
    pub fn general(&self) -> Option<General> {
        match self {
            Self::Merge { name, into } => (!is_bare(name)).then(|| General::Alias {
                name: into.name.clone(),
                kind: into.kind,
                alias: name.name.clone(),
            }),
            Self::Rename { name, to } => (!is_bare(name)).then(|| General::Name {
                name: to.clone(),
                kind: name.kind,
                before: name.name.clone(),
            }),
            Self::Kind { name, kind } => Some(General::Kind {
                name: name.name.clone(),
                kind: *kind,
            }),
            Self::Hide { name } | Self::Show { name } => Some(General::Hidden {
                name: name.name.clone(),
                hidden: matches!(self, Self::Hide { .. }),
            }),
            // Which mentions are whose, and what is no name here, is said of this text.
            Self::Split { .. } | Self::Reject { .. } | Self::Add { .. } => None,
        }
    }
}

/// Whether it is a person's surname or first name alone: in the next text that is somebody else.
fn is_bare(name: &Named) -> bool {
    name.kind == EntityKind::Person && !name.name.contains(' ')
}

impl General {
    /// The row that it is about, by the words to look for.
    pub fn words(&self) -> &str {
        match self {
            Self::Name { before, .. } => before,
            Self::Alias { name, .. } | Self::Kind { name, .. } | Self::Hidden { name, .. } => name,
        }
    }

    /// What becomes of the row; `None` where nothing changes.
    pub fn applied(&self, before: Option<&OwnName>) -> Option<OwnName> {
        let fresh = |name: &str, kind| OwnName {
            name: name.to_owned(),
            kind,
            ..OwnName::default()
        };
        let mut row = match (before, self) {
            (Some(row), _) => row.clone(),
            (None, Self::Hidden { hidden: false, .. }) => return None,
            (None, Self::Alias { name, kind, .. } | Self::Name { name, kind, .. }) => {
                fresh(name, Some(*kind))
            }
            (None, Self::Kind { name, .. } | Self::Hidden { name, .. }) => fresh(name, None),
        };
        let other_name = match self {
            Self::Alias { alias, .. } => Some(alias.clone()),
            Self::Name { name, before, .. } => {
                let old = std::mem::replace(&mut row.name, name.clone());
                let new = old == *name;
                Some(if new { before.clone() } else { old })
            }
            Self::Kind { kind, .. } => {
                row.kind = Some(*kind);
                None
            }
            Self::Hidden { hidden, .. } => {
                row.hidden = *hidden;
                None
            }
        };
        if let Some(other) = other_name.filter(|it| *it != row.name && !row.aliases.contains(it)) {
            row.aliases.push(other);
        }
        let name = row.name.clone();
        row.aliases.retain(|alias| *alias != name);
        (before != Some(&row)).then_some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Spot;

    fn named(name: &str, kind: EntityKind) -> Named {
        let at = Spot {
            words: name.into(),
            before: String::new(),
            after: String::new(),
            at: 0,
        };
        let name = name.into();
        Named { name, kind, at }
    }

    fn row(name: &str, kind: Option<EntityKind>, aliases: &[&str]) -> OwnName {
        OwnName {
            name: name.into(),
            kind,
            aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
            hidden: false,
        }
    }

    #[test]
    fn what_is_general_of_an_edit_becomes_a_row() {
        let (person, agency) = (EntityKind::Person, EntityKind::Agency);
        let merge = NameEdit::Merge {
            name: named("T. Reyk", person),
            into: named("Tomas Reyk", person),
        };
        let merged = merge.general().unwrap().applied(None).unwrap();
        assert_eq!(merged, row("Tomas Reyk", Some(person), &["T. Reyk"]));
        assert_eq!(
            merge.general().unwrap().applied(Some(&merged)),
            None,
            "once is enough"
        );
        let rename = NameEdit::Rename {
            name: named("Tomas Reyk", person),
            to: "Tomas P. Reyk".into(),
        };
        let renamed = rename.general().unwrap();
        let expected = row("Tomas P. Reyk", Some(person), &["T. Reyk", "Tomas Reyk"]);
        assert_eq!(renamed.applied(Some(&merged)), Some(expected));
        let expected = row("Tomas P. Reyk", Some(person), &["Tomas Reyk"]);
        assert_eq!(renamed.applied(None), Some(expected));
        let kind = NameEdit::Kind {
            name: named("Water Board", EntityKind::Organization),
            kind: agency,
        };
        let expected = row("Water Board", Some(agency), &[]);
        assert_eq!(kind.general().unwrap().applied(None), Some(expected));
        let show = NameEdit::Show {
            name: named("Lund", EntityKind::Place),
        };
        assert_eq!(show.general().unwrap().applied(None), None);
    }

    #[test]
    fn a_surname_alone_is_somebody_else_in_the_next_text() {
        let merge = |name| NameEdit::Merge {
            name: named(name, EntityKind::Person),
            into: named("Tomas Reyk", EntityKind::Person),
        };
        assert_eq!(merge("Reyk").general(), None);
        assert!(merge("T. Reyk").general().is_some());
        let name = named("Reyk", EntityKind::Person);
        assert_eq!(NameEdit::Reject { name }.general(), None);
    }

    #[test]
    fn of_two_rows_with_the_same_words_the_first_counts() {
        let list = OwnList::new(vec![
            row("A B", None, &["C"]),
            row("C", None, &["A B", "D"]),
        ]);
        assert_eq!(
            ["A B", "C", "D", "E"].map(|it| list.row_of(it)),
            [Some(0), Some(0), Some(1), None]
        );
    }
}
