//! [`Shape`]: whether a table of an office document holds data or lays out a page.
//!
//! It stands apart because it must be known before the first cell is written: a table of data becomes rows, one
//! that only places paragraphs on the paper becomes those paragraphs.

use super::Fault;
use super::xml::{Node, Xml};

/// A cell with more bytes than this is a text of its own.
const TEXT: usize = 1200;

/// What the parts of a table are called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    pub(super) table: &'static str,
    pub(super) row: &'static str,
    pub(super) cell: &'static str,
}

/// What a table is like.
#[derive(Debug, Default)]
pub(super) struct Shape {
    columns: usize,
    longest: usize,
    nested: bool,
}

impl Shape {
    /// The shape of the table with this inside.
    pub(super) fn of(inside: &str, part: &str, names: Names) -> Result<Self, Fault> {
        let mut xml = Xml::new(inside, part);
        let mut shape = Self::default();
        let (mut columns, mut length) = (0, 0);
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) if tag.name() == names.table => {
                    shape.nested = true;
                    return Ok(shape);
                }
                Node::Start(tag) if tag.name() == names.row => columns = 0,
                Node::Start(tag) if tag.name() == names.cell => {
                    (columns, length) = (columns + 1, 0);
                }
                Node::End(end) if end.name() == names.cell => {
                    shape.longest = shape.longest.max(length);
                    shape.columns = shape.columns.max(columns);
                }
                Node::Words(words) => length += words.trim_ascii().len(),
                _ => {}
            }
        }
        Ok(shape)
    }

    pub(super) fn is_grid(&self) -> bool {
        !self.nested && self.columns > 1 && self.longest <= TEXT
    }
}
