//! Footnotes: their numbers, and what they say until the end of the document is reached.

use std::collections::{HashMap, VecDeque};

use pulldown_cmark::{Event, TagEnd};

use crate::formats::builder::Anchor;

/// What a definition holds, with lines of the file.
type Events<'t> = Vec<(Event<'t>, u32)>;

/// All footnotes of a text. They are numbered in the order of their first references.
#[derive(Debug, Default)]
pub(super) struct Notes<'t> {
    numbers: HashMap<String, u32>,
    /// Names by number, from 1.
    names: Vec<String>,
    /// Notes handed out so far, or passed by as they are not defined.
    written: usize,
    defined: HashMap<String, Events<'t>>,
    /// Names as defined.
    order: VecDeque<String>,
    recording: Option<(String, Events<'t>)>,
    depth: usize,
}

impl<'t> Notes<'t> {
    /// The number of a footnote that is referred to.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        let name = name.to_lowercase();
        if let Some(&number) = self.numbers.get(&name) {
            return number;
        }
        self.names.push(name.clone());
        let number = self.names.len() as u32;
        self.numbers.insert(name, number);
        number
    }

    /// A definition begins: what follows is kept for the end.
    pub(super) fn start(&mut self, name: &str) {
        self.recording = Some((name.to_lowercase(), Vec::new()));
        self.depth = 0;
    }

    /// Keeps `event` if a definition is being read, else hands it back.
    pub(super) fn record(&mut self, event: Event<'t>, line: u32) -> Option<Event<'t>> {
        let Some((_, events)) = &mut self.recording else {
            return Some(event);
        };
        match &event {
            Event::End(TagEnd::FootnoteDefinition) if self.depth == 0 => {
                self.end();
                return None;
            }
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth -= 1,
            _ => {}
        }
        events.push((event, line));
        None
    }

    /// The next note to write: those that are referred to by number, then the others.
    pub(super) fn next(&mut self) -> Option<(u32, Events<'t>)> {
        while let Some(name) = self.names.get(self.written) {
            self.written += 1;
            if let Some(events) = self.defined.remove(name) {
                return Some((self.written as u32, events));
            }
        }
        while let Some(name) = self.order.pop_front() {
            if self.defined.contains_key(&name) {
                self.number(&name);
                return self.next();
            }
        }
        None
    }

    fn end(&mut self) {
        let Some((mut name, events)) = self.recording.take() else {
            return;
        };
        // The first definition of a name holds; a second one still has words to show.
        if self.defined.contains_key(&name) {
            name = format!("{name}\n{}", self.order.len());
        }
        self.order.push_back(name.clone());
        self.defined.insert(name, events);
    }
}

/// Where note `number` begins.
pub(super) fn note_anchor(number: u32) -> Anchor {
    number * 2
}

/// Where note `number` is referred to first.
pub(super) fn reference_anchor(number: u32) -> Anchor {
    number * 2 + 1
}
