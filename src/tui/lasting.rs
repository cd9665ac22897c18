//! Searches in the memory: what was searched before comes back in the next run, and in other readers' search lines.

use crate::memory::{Memory, MemoryError};
use crate::tui::searches::{Asked, Fate, Past, manner_of, manner_words};

/// All that was searched before, and what is kept.
pub fn recall(memory: &mut Memory) -> Result<Past, MemoryError> {
    let (mut asked, mut kept) = (Vec::new(), Vec::new());
    // The memory tells the latest first.
    for row in memory.searches()?.into_iter().rev() {
        let into = if row.name.is_some() {
            &mut kept
        } else {
            &mut asked
        };
        into.push(Asked {
            manner: manner_of(&row.flags),
            words: row.pattern,
        });
    }
    Ok(Past::of(asked, kept))
}

/// Remembers a search as the latest, keeps it, or lets go of it.
pub fn remember(memory: &mut Memory, asked: &Asked, fate: Fate) -> Result<(), MemoryError> {
    let flags = manner_words(asked.manner);
    // The same words may be kept as they are meant in several ways.
    let name = format!("{} {flags}", asked.words).trim_end().to_owned();
    match fate {
        Fate::Latest => memory.add_search(None, &asked.words, &flags).map(drop),
        Fate::Kept => memory
            .add_search(Some(&name), &asked.words, &flags)
            .map(drop),
        Fate::LetGo => {
            let rows = memory.searches()?.into_iter();
            let mut named = rows.filter(|row| row.name.as_ref() == Some(&name));
            named.try_for_each(|row| memory.remove_search(row.id))
        }
    }
}
