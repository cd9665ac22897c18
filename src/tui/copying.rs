//! What is to be copied, while nothing is picked: the sentence, the paragraph or the section at the place.

use crate::text::TextRange;
use crate::tui::action::Action;
use crate::tui::overlay::{Cursor, Reply};
use crate::tui::reading::Reading;

/// What can be copied: its key, and what it is called.
pub const EXTENTS: [(&str, &str); 3] = [("s", "sentence"), ("p", "paragraph"), ("S", "section")];

/// The choice that lies on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copying {
    /// The sentence at the place.
    pub sentence: TextRange,
    /// Which of [`EXTENTS`] is selected.
    pub cursor: Cursor,
}

impl Copying {
    pub fn new(sentence: TextRange) -> Self {
        Self {
            sentence,
            cursor: Cursor::default(),
        }
    }

    /// What `which` of [`EXTENTS`] is here; `None` for the section of what stands in none.
    pub fn extent(&self, which: usize, reading: &Reading) -> Option<TextRange> {
        let (document, at) = (&reading.document, self.sentence.start());
        match which {
            0 => Some(self.sentence),
            1 => document
                .block_at(at)
                .map(|id| document.blocks[id as usize].range),
            _ => {
                let outline = reading.outline();
                let home = outline.home(document, at)?;
                Some(outline.sections[home as usize].range)
            }
        }
    }

    pub fn update(&mut self, action: Action) -> Reply {
        match action {
            Action::Escape | Action::Quit => Reply::Close,
            Action::Open | Action::Copy => Reply::Copy(self.cursor.at),
            Action::CopySentence => Reply::Copy(0),
            Action::CopyParagraph => Reply::Copy(1),
            Action::CopySection => Reply::Copy(2),
            Action::CitationForm => Reply::Form,
            _ if self.cursor.step(action, EXTENTS.len(), EXTENTS.len()) => Reply::Done,
            _ => Reply::Unused,
        }
    }
}
