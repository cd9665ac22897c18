//! Briefing to bytes: one file per form of output, one row per form in [`EXPORTS`].

use std::io;

use crate::model::{Briefing, SectionId};

/// A form of output.
#[derive(Debug)]
pub struct Export {
    /// Name for `--to`.
    pub name: &'static str,
    /// Writes the whole, or one section.
    pub write: fn(&Briefing, Option<SectionId>, &mut dyn io::Write) -> io::Result<()>,
}

/// Every form of output.
pub const EXPORTS: &[Export] = &[];
