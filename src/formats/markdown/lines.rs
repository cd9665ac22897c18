//! From places in a text to lines of the file, counted on the way.

/// Knows the line of the furthest place asked for; places come in order, or nearly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines {
    at: usize,
    line: u32,
}

impl Lines {
    pub(super) fn new(first_line: u32) -> Self {
        Self {
            at: 0,
            line: first_line,
        }
    }

    /// The line at `offset` of `text`. Looking back gives the line of the furthest place.
    pub(super) fn line(&mut self, text: &str, offset: usize) -> u32 {
        if let Some(passed) = text.as_bytes().get(self.at..offset) {
            self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
            self.at = offset;
        }
        self.line
    }
}
