//! [`Marks`]: where the document was left, and the reader's marks in it.
//!
//! A place is the sentence at the top of the page, known by its words, so that it is found again in another run, at
//! another width and in a text that has changed.

use crate::memory::{Key, Memory};
use crate::model::{Anchor, Document, anchor};
use crate::text::TextRange;
use crate::tui::event::Memories;
use std::sync::Arc;

/// Bytes of a sentence that are kept of it.
const QUOTED: usize = 400;

/// The places of one document.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Whether the memory has told what it knows.
    pub told: bool,
    /// Whether it was gone on where it was left, or need not be.
    pub gone_on: bool,
    /// Where the memory has it that the document was left; `None` for the top.
    left: Option<usize>,
    /// By their letters.
    set: Vec<Mark>,
}

#[derive(Clone, Debug)]
struct Mark {
    name: char,
    words: Anchor,
    /// `None` when its words are not in the text.
    at: Option<usize>,
}

/// What a letter marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked<'a> {
    At(usize),
    /// How the words begin that are gone.
    Lost(&'a str),
    Nothing,
}

/// The sentence at `offset`, or the first after it; `None` where no words follow.
pub fn sentence(document: &Document, offset: usize) -> Option<TextRange> {
    let here = document.sentence_at(offset);
    let next = || document.sentence_after(TextRange::new(offset, offset));
    let sentence = here.or_else(next)?;
    let end = sentence.end().min(sentence.start() + QUOTED);
    let end = (sentence.start()..=end).rev();
    let end = end
        .into_iter()
        .find(|&at| document.text.is_char_boundary(at))?;
    Some(TextRange::new(sentence.start(), end))
}

/// Looks up all that is kept of a document, and where its places are in this text.
pub fn look_up(memory: &mut Memory, document: Arc<Document>, location: Option<String>) -> Memories {
    let key = Key::of(&document, location);
    let found = memory.recall(&key).map_err(|error| error.to_string());
    let own = memory.own_names();
    let mut marks = Marks::default();
    if let Ok(recalled) = &found {
        marks.told = true;
        let kept = &recalled.places;
        let words = kept.marks.iter().map(|(_, words)| words);
        let mut at = anchor::find(&document.text, words.chain(&kept.left)).into_iter();
        let mut next = || at.next().flatten().map(TextRange::start);
        let mark = |(name, words): &(char, Anchor)| Mark {
            name: *name,
            words: words.clone(),
            at: next(),
        };
        marks.set = kept.marks.iter().map(mark).collect();
        marks.left = next();
    }
    Memories {
        document,
        key,
        found,
        marks,
        own,
    }
}

impl Marks {
    /// Takes what the memory knows, with the marks that it does not.
    pub fn recall(&mut self, mut kept: Self) {
        let own = |it: &Mark| !kept.set.iter().any(|mark| mark.name == it.name);
        self.set.retain(own);
        kept.set.append(&mut self.set);
        kept.set.sort_by_key(|mark| mark.name);
        kept.gone_on = self.gone_on;
        *self = kept;
    }

    /// Where the document was left; `None` for the top, and for a place that is gone.
    pub fn left(&self) -> Option<usize> {
        self.left
    }

    /// The memory has it that the document is left here.
    pub fn leave(&mut self, at: usize) {
        self.left = Some(at);
    }

    pub fn mark(&mut self, name: char, words: Anchor) {
        self.set.retain(|mark| mark.name != name);
        let at = Some(words.offset);
        self.set.push(Mark { name, words, at });
        self.set.sort_by_key(|mark| mark.name);
    }

    pub fn marked(&self, name: char) -> Marked<'_> {
        match self.set.iter().find(|mark| mark.name == name) {
            None => Marked::Nothing,
            Some(Mark { at: Some(at), .. }) => Marked::At(*at),
            Some(mark) => Marked::Lost(&mark.words.quote),
        }
    }

    /// The letters that are in use.
    pub fn letters(&self) -> String {
        let letters: Vec<String> = self.set.iter().map(|mark| mark.name.to_string()).collect();
        letters.join(" ")
    }

    /// Finds the marks in another text. Where it was left is told anew by the memory.
    pub fn move_to(&mut self, text: &str) {
        let at = anchor::find(text, self.set.iter().map(|mark| &mark.words));
        for (mark, at) in self.set.iter_mut().zip(at) {
            mark.at = at.map(TextRange::start);
        }
        (self.told, self.left) = (false, None);
    }
}
