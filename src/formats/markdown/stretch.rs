//! The words in a stretch of HTML: tags dropped, their text kept, comments, scripts and styles dropped.
//!
//! It stands apart from the Markdown reader because it knows nothing of documents: in goes HTML, out come
//! words and the places where a paragraph or a line ends.

use std::borrow::Cow;

/// What HTML is made of, for a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(Cow<'a, str>),
    /// A line ends.
    Line,
    /// A paragraph, item or cell begins or ends.
    Block,
}

/// Elements whose text is not for reading.
const UNREAD: [&str; 4] = ["script", "style", "template", "noscript"];

/// Elements that stand in a line of text; all others begin and end a block.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Names of characters that are common in running text.
const NAMED: [(&str, char); 16] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("copy", '©'),
    ("middot", '·'),
    ("bull", '•'),
];

/// Hands the pieces of `html` to `sink`, in order.
pub(super) fn read<'a>(html: &'a str, mut sink: impl FnMut(Piece<'a>)) {
    let mut rest = html;
    while let Some((words, tag)) = rest.split_once('<') {
        sink_words(words, &mut sink);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            sink(Piece::Words("<".into()));
            rest = tag;
            continue;
        }
        let Some((inside, after)) = tag.split_once('>') else {
            sink(Piece::Words("<".into()));
            return sink_words(tag, &mut sink);
        };
        rest = after;
        let name = tag_name(inside);
        if let Some(piece) = piece_of(&name) {
            sink(piece);
        }
        if UNREAD.contains(&name.as_str()) && !inside.starts_with('/') {
            rest = after_end_tag(after, &name);
        }
    }
    sink_words(rest, &mut sink);
}

/// The element, not for reading, that a tag of its own begins.
pub(super) fn begins_unread(tag: &str) -> Option<&'static str> {
    let name = tag_name(tag.strip_prefix('<')?);
    let begins = !tag.starts_with("</") && !tag.ends_with("/>");
    UNREAD.into_iter().find(|unread| begins && *unread == name)
}

/// Whether a tag of its own ends the element called `name`.
pub(super) fn ends(tag: &str, name: &str) -> bool {
    tag.strip_prefix("</")
        .is_some_and(|inside| tag_name(inside) == name)
}

/// What a tag of its own means in running text.
pub(super) fn is_line_break(tag: &str) -> bool {
    tag_name(tag.trim_start_matches('<')) == "br"
}

fn tag_name(inside: &str) -> String {
    let name = inside.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    name.get(..end.unwrap_or(name.len()))
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn piece_of(name: &str) -> Option<Piece<'static>> {
    match name {
        "br" => Some(Piece::Line),
        _ if INLINE.contains(&name) || name.is_empty() => None,
        _ => Some(Piece::Block),
    }
}

/// What follows the end tag of an element that is not read.
fn after_end_tag<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once("</") {
        if tag_name(tag) == name {
            return tag.split_once('>').map_or("", |(_, after)| after);
        }
        rest = tag;
    }
    ""
}

fn sink_words<'a>(words: &'a str, sink: &mut impl FnMut(Piece<'a>)) {
    let mut rest = words;
    while let Some((plain, entity)) = rest.split_once('&') {
        if !plain.is_empty() {
            sink(Piece::Words(plain.into()));
        }
        let (c, after) = character(entity).unwrap_or(('&', entity));
        sink(Piece::Words(String::from(c).into()));
        rest = after;
    }
    if !rest.is_empty() {
        sink(Piece::Words(rest.into()));
    }
}

/// The character that `entity` (without its `&`) begins with, and what follows it.
fn character(entity: &str) -> Option<(char, &str)> {
    let end = entity
        .as_bytes()
        .iter()
        .take(10)
        .position(|&byte| byte == b';')?;
    let (name, after) = (entity.get(..end)?, entity.get(end + 1..)?);
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = hexadecimal
                .map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16));
            code.ok().and_then(char::from_u32)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let mut out = String::new();
        read(html, |piece| match piece {
            Piece::Words(words) => out.push_str(&words),
            Piece::Line => out.push('/'),
            Piece::Block => out.push('|'),
        });
        out
    }

    #[test]
    fn tags_go_and_text_stays() {
        for (html, text) in [
            (
                "<p class='x'>One <b>two</b><br/>three</p>",
                "|One two/three|",
            ),
            ("a<!-- no > --> b", "a b"),
            ("a<!-- never ends", "a"),
            ("<SCRIPT>if (a</b) x</SCRIPT>after", "|after"),
            ("<style>p{}</style", "|"),
            ("1 < 2 &amp; 3 &#x2014; &bogus; &", "1 < 2 & 3 — &bogus; &"),
            ("open <a href", "open <a href"),
        ] {
            assert_eq!(shown(html), text, "{html}");
        }
    }
}
