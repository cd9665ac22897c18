//! [`Notes`] and [`Fields`]: what a Word file keeps apart from its running text, and calls from it.
//!
//! They stand apart from the body because they are book-keeping: who calls which note under which number, and
//! whether words are the code of a field or its result.

use std::collections::HashMap;

use crate::formats::Fault;
use crate::formats::xml::{Node, Xml};

/// Foot- and endnotes.
#[derive(Debug, Default)]
pub(super) struct Notes<'x> {
    /// What they hold, by kind and identifier.
    inside: HashMap<(Kind, String), &'x str>,
    numbers: HashMap<(Kind, String), u32>,
    /// In the order in which they are called.
    called: Vec<(Kind, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Foot,
    End,
}

/// The fields that have begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

/// A field: its code, and then its result.
#[derive(Debug, Default)]
struct Field {
    code: String,
    shown: bool,
    link: bool,
}

impl<'x> Notes<'x> {
    /// Takes the notes of a part.
    pub(super) fn gather(&mut self, source: &'x str, kind: Kind) -> Result<(), Fault> {
        let mut xml = Xml::new(source, "a part with notes");
        while let Some(node) = xml.next()? {
            let Node::Start(tag) = node else {
                continue;
            };
            if matches!(tag.name(), "footnote" | "endnote") {
                // Lines between text and notes have a type.
                let separates = tag.get("type").is_some_and(|kind| kind != "normal");
                let id = tag.get("id").unwrap_or_default().into_owned();
                let inside = xml.inside(&tag)?;
                if !separates {
                    self.inside.insert((kind, id), inside);
                }
            }
        }
        Ok(())
    }

    /// The number of a note that is called, from 1; `None` where there is no such note.
    pub(super) fn call(&mut self, kind: Kind, id: &str) -> Option<u32> {
        let id = (kind, id.to_owned());
        if let Some(&number) = self.numbers.get(&id) {
            return Some(number);
        }
        self.inside.get(&id)?;
        self.called.push(id.clone());
        let number = self.called.len() as u32;
        self.numbers.insert(id, number);
        Some(number)
    }

    /// What note `number` holds; `None` past the last that was called.
    pub(super) fn numbered(&self, number: u32) -> Option<&'x str> {
        let called = self.called.get(number.checked_sub(1)? as usize)?;
        self.inside.get(called).copied()
    }
}

impl Fields {
    pub(super) fn begin(&mut self, code: String) {
        self.0.push(Field {
            code,
            ..Field::default()
        });
    }

    pub(super) fn add_code(&mut self, code: &str) {
        if let Some(field) = self.0.last_mut() {
            field.code.push_str(code);
        }
    }

    /// The code of the innermost field is over, its result follows: the address, if the field is a link.
    pub(super) fn show(&mut self) -> Option<String> {
        let field = self.0.last_mut()?;
        field.shown = true;
        let code = field.code.trim().strip_prefix("HYPERLINK")?;
        let address = code.trim_start().strip_prefix('"')?.split('"').next()?;
        field.link = true;
        Some(address.to_owned())
    }

    /// The innermost field ends; whether it was a link.
    pub(super) fn end(&mut self) -> bool {
        self.0.pop().is_some_and(|field| field.link)
    }

    /// Whether words belong to the text, and to no code.
    pub(super) fn are_shown(&self) -> bool {
        self.0.iter().all(|field| field.shown)
    }

    /// A code that has not ended with its paragraph is damaged and hides nothing more.
    pub(super) fn drop_codes(&mut self) {
        self.0.retain(|field| field.shown);
    }
}
