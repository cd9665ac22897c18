//! [`Shape`]: whether a table of a Word file holds data or lays out a page.
//!
//! It stands apart because it must be known before the first cell is written: a table of data becomes rows, one
//! that only places paragraphs on the paper becomes those paragraphs.

use crate::formats::Fault;
use crate::formats::xml::{Node, Xml};

/// A cell with more bytes than this is a text of its own.
const TEXT: usize = 1200;

/// What a table is like.
#[derive(Debug, Default)]
pub(super) struct Shape {
    columns: usize,
    longest: usize,
    nested: bool,
}

impl Shape {
    /// The shape of the table with this inside.
    pub(super) fn of(inside: &str, part: &str) -> Result<Self, Fault> {
        let mut xml = Xml::new(inside, part);
        let mut shape = Self::default();
        let (mut columns, mut length, mut in_text) = (0, 0, false);
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) => match tag.name() {
                    "tbl" => {
                        shape.nested = true;
                        return Ok(shape);
                    }
                    "tr" => columns = 0,
                    "tc" => {
                        columns += 1;
                        length = 0;
                    }
                    "t" => in_text = true,
                    _ => {}
                },
                Node::End(end) => match end.name() {
                    "tc" => shape.longest = shape.longest.max(length),
                    "tr" => shape.columns = shape.columns.max(columns),
                    "t" => in_text = false,
                    _ => {}
                },
                Node::Words(words) if in_text => length += words.len(),
                Node::Words(_) => {}
            }
        }
        Ok(shape)
    }

    pub(super) fn is_grid(&self) -> bool {
        !self.nested && self.columns > 1 && self.longest <= TEXT
    }
}
