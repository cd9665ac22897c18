//! [`TextRange`]: the one currency of the program, a half-open range of bytes in the reading text.
//!
//! It stands apart because it is the only place that cuts a `str` by position. Reading place, section,
//! mention, search hit and mouse click are all offsets or ranges of one text, so parts of the program
//! agree without talking to each other. The idea is rust-analyzer's and ruff's `TextRange`.

/// A half-open range `start..end` of bytes in a text of at most 4 GiB. Eight bytes, `Copy`.
///
/// ```
/// use briefing::text::TextRange;
/// let text = "The envoy left.";
/// let envoy = TextRange::new(4, 9);
/// assert_eq!(envoy.of(text), "envoy");
/// assert!(envoy.contains(4) && !envoy.contains(9));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// The range `start..end`, in bytes.
    ///
    /// # Panics
    /// When `start > end`, or when `end` is past 4 GiB: loading refuses such texts.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a range runs forwards: {start}..{end}");
        let narrow =
            |at: usize| u32::try_from(at).expect("texts over 4 GiB are refused on loading");
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// The empty range at `at`.
    pub fn empty(at: usize) -> Self {
        Self::new(at, at)
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether `other` lies wholly inside (the ends may touch).
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shared part; `None` when they share no byte.
    pub fn intersect(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    /// The words themselves.
    ///
    /// # Panics
    /// When the range reaches past `text` or cuts a character: ranges are made by code that knows the text.
    #[expect(
        clippy::string_slice,
        reason = "the one place that cuts a text by position"
    )]
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// Whether the range can be cut from `text`: inside it and on character boundaries.
    pub fn fits(self, text: &str) -> bool {
        text.is_char_boundary(self.start()) && text.is_char_boundary(self.end())
    }

    /// Narrowed so that no white space stands at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start() + (words.len() - words.trim_start().len());
        Self::new(start, start + words.trim().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_meet_overlap_and_cover() {
        let (a, b, c) = (
            TextRange::new(0, 4),
            TextRange::new(3, 6),
            TextRange::new(4, 6),
        );
        assert!(a.overlaps(b) && !a.overlaps(c));
        assert_eq!(a.intersect(b), Some(TextRange::new(3, 4)));
        assert_eq!(a.intersect(c), None);
        assert!(b.covers(c) && !c.covers(b));
    }

    #[test]
    fn trimming_keeps_the_words_and_an_all_blank_range_becomes_empty() {
        assert_eq!(TextRange::new(0, 8).trim("  ab c  ").of("  ab c  "), "ab c");
        assert!(TextRange::new(0, 3).trim("   ").is_empty());
    }

    #[test]
    fn a_range_that_cuts_a_character_does_not_fit() {
        assert!(!TextRange::new(0, 1).fits("é"));
        assert!(TextRange::new(0, 2).fits("é"));
        assert!(!TextRange::new(0, 3).fits("é"));
    }
}
