//! What a briefing *is*: the document, its sections and roles, the names in it.
//!
//! Plain data with invariants and look-ups. No parsing, no drawing, no files: the workshops above
//! (`formats`, `sections`, `names`) make these values, the faces (`tui`, `export`) read them.

pub mod anchor;
pub mod briefing;
pub mod corrections;
pub mod document;
pub mod entities;
pub mod fragment;
pub mod lens;
pub mod mended;
pub mod name_edits;
pub mod outline;
pub mod own_list;
pub mod reasons;
pub mod sentences;
mod tally;

pub use anchor::Anchor;
pub use briefing::Briefing;
pub use corrections::{Change, Corrections, Edit, Finder, Landmark, Said};
pub use document::{
    Block, BlockId, BlockKind, Document, Inline, Link, LinkTarget, Mark, Meta, Styled, Turn,
};
pub use entities::{Entities, Entity, EntityId, EntityKind, KINDS, KindRow, Mention, Title};
pub use fragment::Fragment;
pub use lens::{Lens, Origin, Role, RoleId};
pub use mended::{By, Mended, What};
pub use name_edits::{NameEdit, NameEdits, Named, Spot};
pub use outline::{
    Absence, Basis, FoundRole, Heading, Outline, Paragraph, Reason, Section, SectionId,
};
pub use own_list::{General, Listed, OwnList, OwnName};
pub use reasons::{Doubt, Reasons};
