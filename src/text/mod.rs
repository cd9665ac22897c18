//! Positions and strings: everything here knows text and nothing of documents.
//!
//! The bottom floor. Whatever is measured, cut, searched or wrapped elsewhere is done with these.

pub mod address;
pub mod again;
pub mod digest;
pub mod harmless;
pub mod range;
pub mod search;
pub mod sentences;
pub mod show;
pub mod tokens;
pub mod wrap;

pub use range::TextRange;
pub use wrap::width;
