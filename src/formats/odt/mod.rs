//! OpenDocument texts (.odt): the text as LibreOffice shows it with all changes accepted.
//!
//! Less is to be worked out here than in a Word file: headings and lists are elements. Styles still say what is a
//! title, a quotation or code, and how words look.

use super::archive::{self, Archive, ENCRYPTED};
use super::builder::DocumentBuilder;
use super::flow::Flow;
use super::xml::fields;
use super::{Fault, Whole};
use crate::model::{BlockKind, Document, Meta};

mod body;
mod styles;

use body::Body;
use styles::Styles;

/// Whether the head of a file is that of an OpenDocument text.
pub(super) fn knows(head: &[u8]) -> bool {
    archive::is_of_type(head, "application/vnd.oasis.opendocument.text")
}

pub(super) fn read(whole: &Whole<'_>, builder: DocumentBuilder) -> Result<Document, Fault> {
    let mut archive = Archive::open(whole.bytes)?;
    let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Fault::Unsupported(ENCRYPTED.into()));
    }
    let text = archive.needed("content.xml")?;
    if !text.contains("office:text") {
        return Err(Fault::Unsupported(
            "it holds no text of a word processor; open it with its own program".into(),
        ));
    }
    let mut styles = Styles::default();
    styles.take(&archive.text("styles.xml")?.unwrap_or_default())?;
    styles.take(&text)?;
    let mut flow = Flow::new(builder);
    state(&mut archive, flow.meta())?;
    let mut body = Body::new(flow, &styles);
    body.read(&text, whole.watch)?;
    let (mut document, tally) = body.finish();
    tally.tell(&mut document.meta);
    if document.blocks.first().map(|block| block.kind) == Some(BlockKind::Title) {
        document.meta.title = None;
    }
    if tally.stopped && document.blocks.is_empty() {
        return Err(Fault::Stopped);
    }
    Ok(document)
}

/// Takes what the file says of itself.
fn state(archive: &mut Archive<'_>, meta: &mut Meta) -> Result<(), Fault> {
    let text = archive.text("meta.xml")?.unwrap_or_default();
    let mut stated = fields(&text, "meta.xml")?;
    meta.title = stated.remove("title");
    // The one who began it wrote it; `creator` is whoever saved it last.
    meta.author = stated
        .remove("initial-creator")
        .or_else(|| stated.remove("creator"));
    meta.published = stated
        .remove("date")
        .or_else(|| stated.remove("creation-date"));
    Ok(())
}

#[cfg(test)]
mod tests;
