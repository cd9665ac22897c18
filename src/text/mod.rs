//! Positions and strings: everything here knows text and nothing of documents.
//!
//! The bottom floor. Whatever is measured, cut, searched or wrapped elsewhere is done with these.

pub mod range;
pub mod tokens;

pub use range::TextRange;
