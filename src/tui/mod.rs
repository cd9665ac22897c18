//! Briefing to screen.

use crate::formats::{Format, Opened, Source};

/// What a screen is opened on.
#[derive(Debug)]
pub struct Options {
    pub opened: Opened,
    pub source: Source,
    pub from: Option<&'static Format>,
    /// The section to open at, counted from 1.
    pub section: Option<u32>,
    pub width: Option<u16>,
    pub mouse: bool,
    /// Further documents, not yet opened.
    pub queue: Vec<Source>,
}

/// Shows the document until the reader quits; gives the exit code.
pub fn run(options: Options) -> anyhow::Result<u8> {
    drop(options);
    Err(anyhow::anyhow!("there is no screen yet; use --to text"))
}
