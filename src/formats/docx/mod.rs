//! Word files (.docx): the text as Word shows it with all changes accepted, and what the file says of itself.
//!
//! A file is a ZIP of XML parts that refer to one another. Styles, lists and notes are read first; then the body
//! goes through once, front to back, and the notes follow it.

use std::collections::HashMap;

use super::archive::{self, Archive};
use super::builder::DocumentBuilder;
use super::flow::Flow;
use super::xml::{Node, Xml, fields};
use super::{Fault, Whole, ole};
use crate::model::{BlockKind, Document, Meta};

mod body;
mod notes;
mod numbering;
mod properties;
mod styles;

use body::Body;
use numbering::Numbering;
pub(super) use numbering::spelled;
use styles::Styles;

/// All parts of a file that the body refers to.
#[derive(Debug, Default)]
struct Parts {
    styles: Styles,
    /// Addresses that links mean, by identifier.
    links: HashMap<String, String>,
    footnotes: String,
    endnotes: String,
    numbering: String,
}

/// A reference from one part to others.
#[derive(Debug)]
struct Relation {
    id: String,
    /// The last word of its type: `styles`, `hyperlink`.
    kind: String,
    target: String,
    external: bool,
}

/// Whether the head of a file is that of a Word file, or of a file that Office has encrypted.
pub(super) fn knows(head: &[u8]) -> bool {
    ole::knows(head) || archive::members(head).any(|(name, _)| name.starts_with(b"word/"))
}

pub(super) fn read(whole: &Whole<'_>, builder: DocumentBuilder) -> Result<Document, Fault> {
    if ole::knows(whole.bytes) {
        return Err(ole::fault(whole.bytes));
    }
    let mut archive = Archive::open(whole.bytes)?;
    let top = relations(&mut archive, "")?;
    let main = top
        .iter()
        .find(|relation| relation.kind == "officeDocument")
        .map_or("word/document.xml".to_owned(), |relation| {
            archive::resolve("", &relation.target)
        });
    if !archive.has(&main) || main.starts_with("xl/") || main.starts_with("ppt/") {
        return Err(Fault::Unsupported(
            "it holds no text of a word processor; open it with its own program".into(),
        ));
    }
    let parts = Parts::read(&mut archive, &main)?;
    let text = archive.needed(&main)?;
    let mut flow = Flow::new(builder);
    state(&mut archive, &top, flow.meta())?;
    let numbering = Numbering::read(&parts.numbering)?;
    let mut body = Body::new(flow, &parts, numbering)?;
    body.read(&text, &main, whole.watch)?;
    let (mut document, tally) = body.finish();
    tally.tell(&mut document.meta);
    // The title on the page is what a reader sees; the one in the properties is often that of a template.
    let titled = document.blocks.first().map(|block| block.kind) == Some(BlockKind::Title);
    if titled {
        document.meta.title = None;
    }
    if tally.stopped && document.blocks.is_empty() {
        return Err(Fault::Stopped);
    }
    Ok(document)
}

impl Parts {
    fn read(archive: &mut Archive<'_>, main: &str) -> Result<Self, Fault> {
        let relations = relations(archive, main)?;
        let mut text = |kind: &str| -> Result<String, Fault> {
            let found = relations.iter().find(|relation| relation.kind == kind);
            let name = found.map(|relation| archive::resolve(main, &relation.target));
            let text = name.map(|name| archive.text(&name)).transpose()?;
            Ok(text.flatten().unwrap_or_default())
        };
        let styles = Styles::read(&text("styles")?)?;
        let (footnotes, endnotes) = (text("footnotes")?, text("endnotes")?);
        let numbering = text("numbering")?;
        let external = relations.into_iter().filter(|relation| relation.external);
        Ok(Self {
            styles,
            links: external.map(|link| (link.id, link.target)).collect(),
            footnotes,
            endnotes,
            numbering,
        })
    }
}

/// What `part` refers to; the whole file refers to its main part.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relation>, Fault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let separator = if folder.is_empty() { "" } else { "/" };
    let path = format!("{folder}{separator}_rels/{name}.rels");
    let source = archive.text(&path)?.unwrap_or_default();
    let mut xml = Xml::new(&source, &path);
    let mut relations = Vec::new();
    while let Some(node) = xml.next()? {
        if let Node::Start(tag) = node
            && tag.name() == "Relationship"
        {
            let of = |name: &str| tag.get(name).unwrap_or_default().into_owned();
            let kind = of("Type");
            relations.push(Relation {
                id: of("Id"),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: of("Target"),
                external: of("TargetMode") == "External",
            });
        }
    }
    Ok(relations)
}

/// Takes what the file says of itself.
fn state(archive: &mut Archive<'_>, top: &[Relation], meta: &mut Meta) -> Result<(), Fault> {
    let mut read = |kind: &str, usual: &str| -> Result<HashMap<String, String>, Fault> {
        let found = top.iter().find(|relation| relation.kind == kind);
        let name = found.map_or(usual.to_owned(), |it| archive::resolve("", &it.target));
        let text = archive.text(&name)?.unwrap_or_default();
        fields(&text, &name)
    };
    let mut core = read("core-properties", "docProps/core.xml")?;
    let mut app = read("extended-properties", "docProps/app.xml")?;
    // What Word calls a document that nobody gave a title says nothing.
    meta.title = core
        .remove("title")
        .filter(|title| !title.starts_with("Microsoft Word - "));
    meta.author = core.remove("creator");
    meta.publisher = app.remove("Company");
    meta.published = core.remove("modified").or_else(|| core.remove("created"));
    Ok(())
}

#[cfg(test)]
mod tests;
