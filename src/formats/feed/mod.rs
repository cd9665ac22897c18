//! Feeds (RSS, Atom, JSON Feed): a list of entries, each a document of its own.
//!
//! The feed is taken apart by `feed_rs`; here it becomes a shelf, and an entry is read like a stretch of a web page:
//! its content, or its summary where that is all there is, and the address of the page it stands for at the end.

use std::sync::Arc;

use feed_rs::model::{Entry, Link, Text};
use feed_rs::parser;

use super::builder::{DocumentBuilder, Opening};
use super::html::{self, Anchors, Base};
use super::{Fault, Format, Held, Item, Reader, Shelf, Source, Whole};
use crate::model::{BlockKind, Document, LinkTarget, Meta};
use crate::text::harmless;

/// Bytes in which the root element must begin for a feed to be known.
const LOOK: usize = 4096;
/// More than any feed that somebody wrote.
const BYTES: usize = 256 << 20;
const ENTRIES: usize = 100_000;

/// An entry: the address of its page on the first line, HTML below.
static ENTRY: Format = Format {
    name: "feed",
    extensions: &[],
    knows: |_| false,
    reader: Reader::Document(entry),
};

/// Whether bytes begin as a feed does: with its root element, or as JSON that names the version of the format.
pub(super) fn knows(bytes: &[u8]) -> bool {
    let look = bytes.get(..LOOK).unwrap_or(bytes);
    let look = match encoding_rs::Encoding::for_bom(look) {
        Some((encoding, _)) => encoding.decode(look).0,
        None => String::from_utf8_lossy(look),
    };
    let look = look.trim_start();
    if look.starts_with('{') {
        return look.contains("://jsonfeed.org/version/");
    }
    let mut rest = look;
    while let Some((mark, end)) = [("<?", "?>"), ("<!--", "-->"), ("<!", ">")]
        .into_iter()
        .find(|(mark, _)| rest.starts_with(mark))
    {
        let after = rest.strip_prefix(mark).and_then(|it| it.split_once(end));
        let Some((_, after)) = after else {
            return false;
        };
        rest = after.trim_start();
    }
    let root = rest.strip_prefix('<').unwrap_or_default();
    let root = root
        .split(|c: char| !c.is_alphanumeric() && c != ':')
        .next();
    match root.unwrap_or_default() {
        "rss" | "feed" | "atom:feed" => true,
        "rdf:RDF" => rest.contains("purl.org/rss/") || rest.contains("netscape.com/rdf/"),
        _ => false,
    }
}

pub(super) fn read(whole: &Whole<'_>, _shared: &Arc<[u8]>) -> Result<Shelf, Fault> {
    if whole.bytes.len() > BYTES {
        let much = format!("it is a feed of more than {} MB", BYTES >> 20);
        return Err(Fault::TooMuch(much));
    }
    let parser = parser::Builder::new().sanitize_content(false).build();
    let feed = parser
        .parse(whole.bytes)
        .map_err(|why| Fault::Damaged(harmless::line(&why.to_string()).into_owned()))?;
    if feed.entries.len() > ENTRIES {
        return Err(Fault::TooMuch(format!(
            "it has more than {ENTRIES} entries"
        )));
    }
    let title = feed.title.as_ref().and_then(plain);
    let shelf = title.clone().unwrap_or_else(|| whole.name.to_owned());
    let entries = feed.entries.iter().zip(1..);
    Ok(Shelf {
        title: shelf,
        items: entries
            .map(|(entry, number)| item(entry, title.as_deref(), (whole.name, number)))
            .collect(),
        notice: None,
    })
}

fn item(entry: &Entry, feed: Option<&str>, (name, number): (&str, usize)) -> Item {
    let title = entry.title.as_ref().and_then(plain);
    let date = entry.published.or(entry.updated);
    let authors = entry
        .authors
        .iter()
        .filter_map(|person| line(person.name.as_deref()?));
    let authors: Vec<String> = authors.collect();
    let meta = Meta {
        title: title.clone(),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        publisher: feed.map(str::to_owned),
        published: date.map(|date| date.to_rfc3339()),
        ..Meta::default()
    };
    let named = title
        .clone()
        .or_else(|| link(entry).and_then(|link| line(&link.href)));
    let held = Held {
        name: format!("{name}, entry {number}"),
        format: Some(&ENTRY),
        bytes: packed(entry, title.as_deref()).into_bytes().into(),
        meta,
    };
    Item {
        title: named.unwrap_or_else(|| "without a title".into()),
        date: held.meta.published.clone(),
        words: None,
        source: Source::Held(Arc::new(held)),
    }
}

/// An entry as [`entry`] takes it.
fn packed(entry: &Entry, title: Option<&str>) -> String {
    let href = link(entry).and_then(|link| line(&link.href));
    let content = entry.content.as_ref().and_then(|content| {
        let plain = content.content_type.essence().to_string() == "text/plain";
        content.body.as_deref().map(|body| (body, plain))
    });
    let summary = entry.summary.as_ref().map(|summary| {
        let plain = summary.content_type.essence().to_string() == "text/plain";
        (summary.content.as_str(), plain)
    });
    let written = |(body, _): &(&str, bool)| !body.trim().is_empty();
    let body = match content.filter(written).or(summary.filter(written)) {
        // Neither what is said to be plain nor what is said to be HTML can be relied on.
        Some((body, _)) if ["</", "<p", "<br"].iter().any(|tag| body.contains(tag)) => {
            body.to_owned()
        }
        Some((body, plain)) => paragraphs(body, plain),
        None => paragraphs(title.unwrap_or_default(), true),
    };
    format!("{}\n{body}", href.unwrap_or_default())
}

/// The page that an entry stands for.
fn link(entry: &Entry) -> Option<&Link> {
    let page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    entry.links.iter().find(page).or(entry.links.first())
}

/// Text without tags as HTML, a paragraph where lines are blank; in `plain` text `&` is a letter.
fn paragraphs(text: &str, plain: bool) -> String {
    let text = if plain {
        text.replace('&', "&amp;")
    } else {
        text.to_owned()
    };
    let escaped = text.replace('<', "&lt;");
    let lines: Vec<&str> = escaped.lines().map(str::trim).collect();
    lines
        .split(|line| line.is_empty())
        .filter(|lines| !lines.is_empty())
        .flat_map(|lines| ["<p>".to_owned(), lines.join(" "), "</p>".to_owned()])
        .collect()
}

/// Reads one entry.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a reader of documents may fail; that of an entry takes any bytes"
)]
fn entry(whole: &Whole<'_>, mut builder: DocumentBuilder) -> Result<Document, Fault> {
    let packed = String::from_utf8_lossy(whole.bytes);
    let (link, body) = packed.split_once('\n').unwrap_or_default();
    let is_page = link.starts_with("http://") || link.starts_with("https://");
    let base = if is_page {
        Base::Address(link)
    } else {
        Base::Unknown
    };
    html::write(body, &mut builder, base, &mut Anchors::default());
    if is_page {
        builder.open(Opening {
            kind: BlockKind::Paragraph,
            level: 0,
            tight: false,
            line: 1,
        });
        builder.start_link(LinkTarget::Url(link.into()));
        builder.words(link);
        builder.end_link();
        builder.close();
    }
    Ok(builder.finish())
}

/// The words of a text that may be HTML, as one line.
fn plain(text: &Text) -> Option<String> {
    if !text.content.contains(['<', '&']) {
        return line(&text.content);
    }
    let mut builder = DocumentBuilder::new(text.content.len(), Meta::default());
    html::write(
        &text.content,
        &mut builder,
        Base::Unknown,
        &mut Anchors::default(),
    );
    line(&builder.finish().text)
}

fn line(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = harmless::line(&words.join(" ")).into_owned();
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests;
