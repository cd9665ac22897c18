//! HTML: web pages, of which the article is read, and stretches of HTML inside other formats.
//!
//! [`read`] is for pages: it finds the article between menus, adverts, notices and comments (`article`), and what
//! the page states about itself (`meta`). [`write`] is for readers of formats that hold HTML (books, messages,
//! feeds): it writes all there is to read, in the same blocks. Either way the page is made safe to parse first
//! (`tame`): no page costs more than its size, whatever is written in it.
//! HTML between the lines of a Markdown text is the matter of `markdown::stretch`, which needs no tree.

mod anchors;
mod article;
mod charset;
mod chrome;
mod grid;
mod meta;
mod tags;
mod tame;
mod writer;

use dom_query::Document as Tree;

use super::builder::{DocumentBuilder, Opening, notice};
use super::{Fault, Reading, Whole, plain};
use crate::model::{BlockKind, Document};
pub(super) use anchors::{Anchors, Base};
use writer::Wish;

/// Bytes of a page in which its first element must stand for it to be known.
const LOOK: usize = 2048;

/// Whether bytes begin as a page does: with its doctype or its outer elements, white space and comments before
/// them allowed. A `<div>` on top proves nothing: Markdown may begin so.
pub(super) fn knows(bytes: &[u8]) -> bool {
    let look: String = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding
            .decode(bytes.get(..LOOK).unwrap_or(bytes))
            .0
            .into_owned(),
        None => String::from_utf8_lossy(bytes.get(..LOOK).unwrap_or(bytes)).into_owned(),
    };
    let mut rest = look.trim_start();
    while let Some(after) = rest
        .strip_prefix("<!--")
        .map(|comment| comment.split_once("-->"))
        .or_else(|| {
            rest.strip_prefix("<?xml")
                .map(|declaration| declaration.split_once("?>"))
        })
    {
        let Some((_, after)) = after else {
            return false;
        };
        rest = after.trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|begin| {
            let (name, after) = rest.split_at_checked(begin.len()).unwrap_or((rest, ""));
            name.eq_ignore_ascii_case(begin)
                && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
        })
}

/// Reads a page.
pub(super) fn read(whole: &Whole<'_>, mut builder: DocumentBuilder) -> Result<Document, Fault> {
    let decoded = charset::decode(whole.bytes, whole.charset).map_err(|zero| {
        Fault::Unsupported(format!(
            "it has a zero byte at {}, so it is no text; open it with its own program",
            zero.0
        ))
    })?;
    if let Some(sentence) = &decoded.notice {
        notice(builder.meta(), sentence);
    }
    if !has_tags(&decoded.text) {
        return Ok(read_as_text(&decoded.text, builder));
    }
    article::read(whole, &decoded.text, builder)
}

/// Writes all of `html` that is to be read to `builder`: a fragment or a page, its `<head>` left out, no article
/// looked for, nothing taken for furniture. Total, for any text.
///
/// `base` says what relative links mean. `anchors` are the places that links inside the document lead to: one set
/// for all fragments that are written to one builder, and no other anchors in it. The open block is closed before
/// and after. Titles and what a page states about itself are the caller's matter: see [`stated`].
pub(super) fn write(
    html: &str,
    builder: &mut DocumentBuilder,
    base: Base<'_>,
    anchors: &mut Anchors,
) {
    let tamed = tame::tame(html, 1);
    let tree = Tree::from(tamed.html.as_str());
    writer::write(tree.root(), builder, (base, anchors), Wish::default());
}

/// Opens `words` as the title of the document, if nothing was written yet.
fn write_title(words: &str, builder: &mut DocumentBuilder) {
    if builder.blocks() == 0 {
        let (kind, level, tight, line) = (BlockKind::Title, 0, false, 1);
        builder.open(Opening {
            kind,
            level,
            tight,
            line,
        });
        builder.words(words);
        builder.close();
    }
}

/// Whether anything in `text` looks like a tag.
fn has_tags(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        bytes
            .get(at + 1)
            .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'!')
    })
}

/// A file that is called a page and is none.
fn read_as_text(text: &str, mut builder: DocumentBuilder) -> Document {
    notice(builder.meta(), "there is no HTML in it: read as plain text");
    plain::read(
        &Reading {
            text,
            first_line: 1,
            look: text,
            whole: true,
        },
        &mut builder,
    );
    builder.finish()
}

#[cfg(test)]
mod tests;
