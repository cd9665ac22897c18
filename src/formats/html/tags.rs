//! What each element of HTML means for the reading text.
//!
//! It stands apart because it is a table: how a meaning is written is the writer's matter.

use crate::model::Inline;

/// What an element is, for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Stands in a line of text and means nothing by itself.
    Plain,
    /// Nothing of it is read.
    Unread,
    /// Begins and ends a block.
    Block,
    Paragraph,
    Heading(u8),
    Quote,
    Bullets,
    Numbers,
    Item,
    /// What a list of definitions defines, and how.
    Term,
    Definition,
    /// Preformatted lines.
    Lines,
    Rule,
    Table,
    Row,
    Cell,
    /// Under a picture, above a table.
    Caption,
    Break,
    Styled(Inline),
    Link,
    Image,
    /// Above the line: a note or a power.
    Raised,
    /// Words in quotation marks.
    Said,
    Button,
}

/// Names, sorted. What is not here stands in a line.
const TAGS: &[(&str, Tag)] = &[
    ("a", Tag::Link),
    ("address", Tag::Block),
    ("annotation", Tag::Unread),
    ("annotation-xml", Tag::Unread),
    ("article", Tag::Block),
    ("aside", Tag::Block),
    ("audio", Tag::Unread),
    ("b", Tag::Styled(Inline::Strong)),
    ("blockquote", Tag::Quote),
    ("body", Tag::Block),
    ("br", Tag::Break),
    ("button", Tag::Button),
    ("canvas", Tag::Unread),
    ("caption", Tag::Caption),
    ("center", Tag::Block),
    ("cite", Tag::Styled(Inline::Emphasis)),
    ("code", Tag::Styled(Inline::Code)),
    ("datalist", Tag::Unread),
    ("dd", Tag::Definition),
    ("del", Tag::Styled(Inline::Strike)),
    ("details", Tag::Block),
    ("dialog", Tag::Block),
    ("dir", Tag::Bullets),
    ("div", Tag::Block),
    ("dl", Tag::Bullets),
    ("dt", Tag::Term),
    ("em", Tag::Styled(Inline::Emphasis)),
    ("fieldset", Tag::Block),
    ("figcaption", Tag::Caption),
    ("figure", Tag::Block),
    ("footer", Tag::Block),
    ("form", Tag::Block),
    ("h1", Tag::Heading(1)),
    ("h2", Tag::Heading(2)),
    ("h3", Tag::Heading(3)),
    ("h4", Tag::Heading(4)),
    ("h5", Tag::Heading(5)),
    ("h6", Tag::Heading(6)),
    ("head", Tag::Unread),
    ("header", Tag::Block),
    ("hgroup", Tag::Block),
    ("hr", Tag::Rule),
    ("html", Tag::Block),
    ("i", Tag::Styled(Inline::Emphasis)),
    ("iframe", Tag::Unread),
    ("image", Tag::Image),
    ("img", Tag::Image),
    ("input", Tag::Unread),
    ("kbd", Tag::Styled(Inline::Code)),
    ("legend", Tag::Block),
    ("li", Tag::Item),
    ("listing", Tag::Lines),
    ("main", Tag::Block),
    ("menu", Tag::Bullets),
    ("meter", Tag::Unread),
    ("nav", Tag::Block),
    ("noembed", Tag::Unread),
    ("noframes", Tag::Unread),
    ("noscript", Tag::Unread),
    ("ol", Tag::Numbers),
    ("optgroup", Tag::Unread),
    ("option", Tag::Unread),
    ("p", Tag::Paragraph),
    ("pre", Tag::Lines),
    ("progress", Tag::Unread),
    ("q", Tag::Said),
    ("s", Tag::Styled(Inline::Strike)),
    ("samp", Tag::Styled(Inline::Code)),
    ("script", Tag::Unread),
    ("search", Tag::Block),
    ("section", Tag::Block),
    ("select", Tag::Unread),
    ("strike", Tag::Styled(Inline::Strike)),
    ("strong", Tag::Styled(Inline::Strong)),
    ("style", Tag::Unread),
    ("summary", Tag::Block),
    ("sup", Tag::Raised),
    ("svg", Tag::Unread),
    ("table", Tag::Table),
    ("td", Tag::Cell),
    ("template", Tag::Unread),
    ("textarea", Tag::Unread),
    ("th", Tag::Cell),
    ("title", Tag::Unread),
    ("tr", Tag::Row),
    ("tt", Tag::Styled(Inline::Code)),
    ("ul", Tag::Bullets),
    ("var", Tag::Styled(Inline::Emphasis)),
    ("video", Tag::Unread),
    ("xmp", Tag::Lines),
];

impl Tag {
    /// What the element called `name`, in lower case, is.
    pub(super) fn of(name: &str) -> Self {
        TAGS.binary_search_by_key(&name, |(name, _)| name)
            .map_or(Self::Plain, |at| TAGS[at].1)
    }

    /// Whether it stands in a line of text.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Plain
                | Self::Unread
                | Self::Break
                | Self::Styled(_)
                | Self::Link
                | Self::Image
                | Self::Raised
                | Self::Said
                | Self::Button
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_all_of_it_is_found() {
        for (name, tag) in TAGS {
            assert_eq!(Tag::of(name), *tag, "{name}");
        }
        assert_eq!(Tag::of("span"), Tag::Plain);
    }
}
