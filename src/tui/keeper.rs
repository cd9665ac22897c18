//! [`Keeper`]: the memory, as the loop uses it.
//!
//! What is kept is kept on the thread of the loop, so that what is drawn next as kept is kept.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::formats::Source;
use crate::memory::{Key, Memory, MemoryError};
use crate::model::Document;
use crate::tui::event::Memories;

/// How long apart places are kept.
const SETTLED: Duration = Duration::from_secs(2);

/// What is kept, and when.
#[derive(Debug)]
pub struct Keeper {
    /// `None` keeps nothing.
    pub memory: Option<Memory>,
    /// What the memory knows a document by, so that its text is not walked at each key.
    key: Option<(Arc<Document>, Key)>,
    /// When the place was kept last.
    placed: Instant,
}

impl Keeper {
    pub fn new(memory: Option<Memory>) -> Self {
        Self {
            memory,
            key: None,
            placed: Instant::now(),
        }
    }

    /// Notes by what a document is known.
    pub fn learn(&mut self, memories: &Memories) {
        self.key = Some((Arc::clone(&memories.document), memories.key.clone()));
    }

    /// How long the place need not be kept yet.
    pub fn rest(&self) -> Duration {
        SETTLED.saturating_sub(self.placed.elapsed())
    }

    /// The place was kept.
    pub fn placed(&mut self) {
        self.placed = Instant::now();
    }

    /// Does something with what is remembered of a document; fails with a sentence for the reader.
    pub fn remember<T>(
        &mut self,
        (document, source): (&Arc<Document>, &Source),
        deed: impl FnOnce(&mut Memory, &Key) -> Result<T, MemoryError>,
    ) -> Result<T, String> {
        let Some(memory) = &mut self.memory else {
            return Err("there is no memory in this run".to_owned());
        };
        let key = match &self.key {
            Some((known, key)) if Arc::ptr_eq(known, document) => key,
            _ => {
                let key = Key::of(document, source.location());
                &self.key.insert((Arc::clone(document), key)).1
            }
        };
        deed(memory, key).map_err(|error| error.to_string())
    }
}
