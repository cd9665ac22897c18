//! What a paragraph and a run of a Word file say of themselves, beside their words.
//!
//! It stands apart from the body because here nothing is written: properties go in, a style comes out.

use super::styles::{Style, is_on};
use crate::formats::Fault;
use crate::formats::flow::Look;
use crate::formats::named::Named;
use crate::formats::xml::{Node, Xml};
use crate::model::Mark;

use super::numbering::Label;

/// Properties, and the style over which they stand.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) direct: Style,
    pub(super) style: Option<String>,
    /// The end of the paragraph is deleted.
    pub(super) open_end: bool,
}

/// Reads the inside of `w:pPr`.
pub(super) fn of_paragraph(inside: &str, part: &str) -> Result<Stated, Fault> {
    let mut xml = Xml::new(inside, part);
    let mut stated = Stated::default();
    while let Some(node) = xml.next()? {
        let Node::Start(tag) = node else {
            continue;
        };
        match tag.name() {
            "pStyle" => stated.style = tag.get("val").map(Into::into),
            "pPrChange" | "sectPr" => xml.skip(&tag)?,
            // How the end of the paragraph looks, and whether it is deleted.
            "rPr" => {
                let mut mark = Xml::new(xml.inside(&tag)?, part);
                while let Some(node) = mark.next()? {
                    stated.open_end |= matches!(&node, Node::Start(tag) if tag.name() == "del");
                }
            }
            _ => stated.direct.take(&tag),
        }
    }
    Ok(stated)
}

/// Reads the inside of `w:rPr`.
pub(super) fn of_run(inside: &str, part: &str) -> Result<Stated, Fault> {
    let mut xml = Xml::new(inside, part);
    let mut stated = Stated::default();
    while let Some(node) = xml.next()? {
        let Node::Start(tag) = node else {
            continue;
        };
        match tag.name() {
            "rStyle" => stated.style = tag.get("val").map(Into::into),
            "rPrChange" => xml.skip(&tag)?,
            "webHidden" => stated.direct.hidden = Some(is_on(&tag)),
            _ => stated.direct.take(&tag),
        }
    }
    Ok(stated)
}

/// What a row or cell of a table says: whether it is deleted, and how many columns it takes.
pub(super) fn of_cell(inside: &str) -> Result<(bool, usize), Fault> {
    let mut xml = Xml::new(inside, "a table");
    let (mut deleted, mut spanned) = (false, 1);
    while let Some(node) = xml.next()? {
        if let Node::Start(tag) = node {
            deleted |= tag.name() == "del";
            if tag.name() == "gridSpan" {
                spanned = tag.number::<usize>("val").unwrap_or(1).clamp(1, 64);
            }
        }
    }
    Ok((deleted, spanned))
}

/// What a paragraph of this style is, with what stands before it.
pub(super) fn look_of(style: &Style, label: Option<&Label>) -> Look {
    match (style.named, style.outline) {
        (Some(Named::Title), _) => return Look::Title,
        (_, Some(outline @ 1..)) => return Look::Heading(outline),
        (Some(Named::Heading(heading)), None) => return Look::Heading(heading),
        (Some(Named::Code), _) => return Look::Code,
        (Some(Named::Quote), _) if label.is_none() => return Look::Quote,
        _ => {}
    }
    let level = style.list.level.unwrap_or_default().min(8) + 1;
    match label {
        None => Look::Paragraph,
        Some(Label::Bullet) => Look::Item(Mark::Bullet, level),
        Some(Label::Number(number)) => Look::Item(Mark::Number(*number), level),
        Some(Label::Words(_) | Label::None) => Look::Item(Mark::None, level),
    }
}
