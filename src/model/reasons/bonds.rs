//! The bonds that join mentions of one name, as rows.

/// What joins a mention to another of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Join {
    pub bond: Bond,
    /// Index into [`crate::model::Entities::mentions`] of the other one.
    pub to: u32,
}

/// How two spellings of one name hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bond {
    Surname,
    GivenName,
    NameParts,
    FirstNames,
    Bracketed,
    Initials,
    Listed,
    Spelling,
    State,
    ShortForm,
    Alias,
    Reader,
}

/// A bond, what a mention is to the other one, the same from the other side, and both in a word or two.
type BondRow = (Bond, &'static str, &'static str, &'static str);

/// All bonds.
pub const BONDS: [BondRow; 12] = [
    (Bond::Surname, "surname of", "full name of", "surname"),
    (
        Bond::GivenName,
        "part of the full name",
        "full name of",
        "part of the full name",
    ),
    (
        Bond::NameParts,
        "shorter than",
        "fuller than",
        "parts of the name",
    ),
    (
        Bond::FirstNames,
        "same surname and like first name as",
        "same surname and like first name as",
        "like first names",
    ),
    (
        Bond::Bracketed,
        "acronym in brackets after",
        "spelt out before the brackets with",
        "acronym in brackets",
    ),
    (
        Bond::Initials,
        "initials of",
        "has the initials",
        "initials",
    ),
    (
        Bond::Listed,
        "listed as the same as",
        "listed as the same as",
        "list",
    ),
    (
        Bond::Spelling,
        "another spelling of",
        "another spelling of",
        "spelling",
    ),
    (
        Bond::State,
        "without its state:",
        "with its state:",
        "name without its state",
    ),
    (Bond::ShortForm, "short for", "long for", "short form"),
    (
        Bond::Alias,
        "said to be another name of",
        "said to be also called",
        "said to be one",
    ),
    (
        Bond::Reader,
        "joined by the reader with",
        "joined by the reader with",
        "the reader",
    ),
];
