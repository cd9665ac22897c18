//! [`Mended`]: what a reader changed in a name, as the name bears it: for the mark in a list, and for the reasons.
//!
//! Apart from the edits themselves, as a name need not know how it was found again, and may come from a list that
//! holds for every document.

use super::{Entity, EntityKind};

/// One change to a name, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    pub by: By,
    pub what: What,
}

/// Who mended a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The reader, in this document.
    Reader,
    /// The reader's own list of names, for every document.
    List,
}

/// What was changed, with what was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The one that was called so is this one too.
    Merged(String),
    /// Some of its mentions were of the one called so.
    Split(String),
    /// Some of its mentions were given to the one called so.
    Given(String),
    Renamed(String),
    Kind(EntityKind),
    Hidden,
    /// The reader said that it is a name.
    Added,
}

impl By {
    /// Name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::List => "list",
        }
    }
}

impl Mended {
    fn words(&self) -> String {
        match &self.what {
            What::Merged(other) => format!("joined with “{other}”"),
            What::Split(other) => format!("split from “{other}”"),
            What::Given(other) => format!("some mentions given to “{other}”"),
            What::Renamed(before) => format!("renamed from “{before}”"),
            What::Kind(before) => format!("its kind, found: {}", before.row().name),
            What::Hidden => "hidden".to_owned(),
            What::Added => "words marked as a name".to_owned(),
        }
    }
}

impl Entity {
    /// Who changed it, the reader before her list; `None` where it stands as it was found.
    pub fn mended_by(&self) -> Option<By> {
        let reader = self.mended.iter().find(|it| it.by == By::Reader);
        reader.or(self.mended.first()).map(|it| it.by)
    }

    /// What the reader changed in it, and her list, after a word for each; nothing where it stands as it was found.
    pub fn mends(&self, [reader, list]: [&str; 2]) -> Option<String> {
        let of = |by: By, whose: &str| {
            let own = self.mended.iter().filter(|it| it.by == by);
            let words: Vec<String> = own.map(Mended::words).collect();
            (!words.is_empty()).then(|| format!("{whose}: {}", words.join(", ")))
        };
        let (reader, list) = (of(By::Reader, reader), of(By::List, list));
        let both: Vec<String> = list.into_iter().chain(reader).collect();
        (!both.is_empty()).then(|| both.join("; "))
    }

    /// Whether a reader said what kind it is.
    pub(super) fn kind_is_set(&self) -> bool {
        let set = |it: &Mended| matches!(it.what, What::Kind(_));
        self.mended.iter().any(set)
    }
}
