//! Markdown: `CommonMark` with tables, task lists, strikethrough and footnotes.
//!
//! The parser keeps a tree of all it is given, so a long text is read window by window: of each window all
//! blocks at the top level but the last are taken, and the next window begins where that last one does.
//! Only definitions of links and footnotes act from afar; a text that has any is read in one window.

use pulldown_cmark::{Options, Parser};

use super::Reading;
use super::builder::DocumentBuilder;

mod lines;
mod notes;
mod stretch;
mod writer;

use writer::Writer;

/// Bytes that are read in one go.
const WINDOW: usize = 4 << 20;

/// Whether a text called plain by its name is Markdown all the same: headings with `#`, each between blank
/// lines, one of them first or two anywhere. Comments in scripts and settings do not stand like that.
pub(super) fn headed(text: &str) -> bool {
    let mut headings = 0;
    let mut lines = text.lines().take(2000).peekable();
    let (mut first, mut blank) = (true, true);
    while let Some(line) = lines.next() {
        let alone = blank && lines.peek().is_none_or(|next| next.trim().is_empty());
        blank = line.trim().is_empty();
        if alone && is_heading(line) {
            headings += if first { 2 } else { 1 };
        }
        first &= blank;
    }
    headings >= 2
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && words.len() < 120
}

/// Whether a text looks like Markdown, for those whose name tells nothing.
pub(super) fn sniff(text: &str) -> bool {
    let mut blank = true;
    for line in text.lines().take(2000) {
        if blank && is_heading(line) {
            return true;
        }
        if line.starts_with("```")
            || line.contains("](http")
            || line.starts_with("|--")
            || line.starts_with("| --")
        {
            return true;
        }
        blank = line.trim().is_empty();
    }
    false
}

pub(super) fn read(reading: &Reading<'_>, builder: &mut DocumentBuilder) {
    let window = if acts_from_afar(reading.text) {
        reading.text.len()
    } else {
        WINDOW
    };
    read_in_windows(reading, builder, window);
}

fn read_in_windows(reading: &Reading<'_>, builder: &mut DocumentBuilder, window: usize) {
    let text = reading.text;
    let mut writer = Writer::new(builder, reading.first_line);
    let (mut start, mut length) = (0_usize, window);
    loop {
        let end = end_of_line(text, start.saturating_add(length));
        let part = text.get(start..end).unwrap_or_default();
        writer.begin(text);
        for (event, range) in Parser::new_ext(part, options()).into_offset_iter() {
            writer.take(event, start + range.start);
        }
        if end == text.len() {
            if reading.whole {
                writer.write_notes();
            } else if writer.has_earlier_blocks() {
                writer.leave_out_last();
            }
            return;
        }
        let next = writer.leave_out_last().unwrap_or(end);
        // A block longer than the window: try again with more of it.
        length = if next > start { window } else { length * 2 };
        start = next;
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// The end of the line at `at`.
fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |end| at + end + 1)
}

/// Whether any line looks like a definition: `[name]: …`, `[^1]: …`.
fn acts_from_afar(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The end of the line looked at last: a line is looked at once, however many such signs it has.
    let mut passed = 0;
    memchr::memmem::find_iter(bytes, b"]:").any(|at| {
        if at < passed {
            return false;
        }
        let before = bytes.get(passed..at).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(passed, |end| passed + end + 1);
        passed = end_of_line(text, at);
        let line = bytes.get(start..at).unwrap_or_default();
        // Definitions may stand in quotations and lists; labels may run over lines, but hardly do.
        let inside = line
            .iter()
            .position(|byte| !b" \t>-*+0123456789.)".contains(byte));
        inside.is_some_and(|first| line.get(first) == Some(&b'['))
    })
}

#[cfg(test)]
mod tests;
