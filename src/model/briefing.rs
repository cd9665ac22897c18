//! [`Briefing`]: a document with all that was found in it, which is all that a face needs.

use std::sync::Arc;

use super::{Document, Entities, Lens, Outline};

/// Shared, so that a worker can hand it over and a screen can hold it without copying.
#[derive(Clone, Debug, Default)]
pub struct Briefing {
    pub document: Arc<Document>,
    pub lens: Arc<Lens>,
    pub outline: Arc<Outline>,
    pub entities: Arc<Entities>,
    /// What had to be done without, a sentence for each: a built-in model that is damaged.
    pub faults: Arc<[String]>,
    /// Sentences on the choice of the lens, for the reader: faults, and names that are not known.
    pub lens_notes: Vec<String>,
}

impl Briefing {
    /// What a reader must know of the analysis: of the lens, and why there are no roles.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let absence = self.outline.absence.map(|why| why.words(&self.lens));
        self.lens_notes.iter().cloned().chain(absence)
    }
}

/// In debug builds whether `BRIEFING_DAMAGE` names this built-in part, so that tests can see how the program does
/// without it.
pub fn damaged(part: &str) -> bool {
    cfg!(debug_assertions)
        && std::env::var("BRIEFING_DAMAGE")
            .is_ok_and(|asked| asked.split(',').any(|one| one == part))
}
