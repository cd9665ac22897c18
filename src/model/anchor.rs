//! [`Anchor`]: a stretch of a document that is found again when the document has changed.
//!
//! It is what is kept of a place; how it is found again is the matter of `text::again`.

use crate::text::TextRange;
use crate::text::again::{self, Sought};

/// A quote with what stood around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The words themselves: all that is left of them should the document lose them.
    pub quote: String,
    /// At most [`again::AROUND`] characters from right before and after the quote.
    pub before: String,
    pub after: String,
    /// Where it stood in the reading text, in bytes.
    pub offset: usize,
    /// How long the reading text was, in bytes.
    pub length: usize,
    /// With how many characters around it the best other place of the same words agreed; `None` when there was none.
    pub rival: Option<usize>,
    /// How like it the likest other place near it was, in per cent.
    pub likest: u8,
}

impl Anchor {
    /// The words at `range`.
    ///
    /// # Panics
    /// When the range does not fit the text.
    pub fn of(text: &str, range: TextRange) -> Self {
        let sought = Sought::of(text, range);
        Self {
            quote: sought.quote.to_owned(),
            before: sought.before.to_owned(),
            after: sought.after.to_owned(),
            offset: sought.offset,
            length: sought.length,
            rival: sought.rival,
            likest: sought.likest,
        }
    }

    fn sought(&self) -> Sought<'_> {
        Sought {
            quote: &self.quote,
            before: &self.before,
            after: &self.after,
            offset: self.offset,
            length: self.length,
            rival: self.rival,
            likest: self.likest,
        }
    }
}

/// Where the anchors stand in `text`; `None` for those whose words are no longer there, or stand where nobody can say
/// which are meant.
pub fn find<'a>(
    text: &str,
    anchors: impl IntoIterator<Item = &'a Anchor>,
) -> Vec<Option<TextRange>> {
    let sought: Vec<Sought<'_>> = anchors.into_iter().map(Anchor::sought).collect();
    again::find(text, &sought)
}
