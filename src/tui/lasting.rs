//! Searches and notes in the memory: what was searched before comes back in the next run, and in other readers' search
//! lines; what is done to a note is done there in the same breath.

use crate::memory::{Key, Memory, MemoryError};
use crate::tui::event::Deed;
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

/// Does to a note in the memory what was done on the screen; gives its number if it is a new one.
pub fn jot(memory: &mut Memory, key: &Key, deed: &Deed) -> Result<Option<i64>, MemoryError> {
    match deed {
        Deed::Remove(id) => memory.remove_note(*id).map(|()| None),
        Deed::Change(id, what) if memory.change_note(*id, what)? => Ok(None),
        // What is to be changed may have been removed by another reader: it is made anew.
        Deed::Add(what) | Deed::Change(_, what) => memory.add_note(key, what).map(Some),
    }
}
