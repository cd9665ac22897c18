//! The article of a page: what is read of it, and what is read when there is none.
//!
//! It stands apart because where the text of a page is, is a judgement on the whole page (Readability's, as
//! browsers use it in their reader view), and a judgement can be wrong: then nothing may get lost silently.

use std::collections::HashSet;

use dom_query::{Document as Tree, NodeRef};
use dom_smoothie::{Config, Readability};

use super::anchors::{Anchors, Base};
use super::writer::{self, Wish};
use super::{chrome, meta, tame, write_title};
use crate::formats::builder::{DocumentBuilder, notice};
use crate::formats::{Fault, Step, Whole, address};
use crate::model::{Document, Meta};

/// An article with fewer bytes is compared to all there is to read on the page.
const SHORT: usize = 700;
/// A page of more weight than this is not judged: no real page is so deep and so long.
const HEAVIEST: usize = 10_000_000;
/// A page of more bytes than this is begun before it is read, and so many of them are its beginning.
const LONG: usize = 1 << 20;
const HEAD: usize = 300 << 10;
/// Notes that are looked after, and the bytes of one.
const NOTES: usize = 2000;
const NOTE: usize = 8000;

/// Reads the page `html`: of a long one the beginning first, for whoever waits.
pub(super) fn read(
    whole: &Whole<'_>,
    html: &str,
    mut builder: DocumentBuilder,
) -> Result<Document, Fault> {
    let tamed = tame::tame(html, 1);
    if tamed.flattened {
        notice(
            builder.meta(),
            "elements that nest deeper than in any real page were left out, their words kept",
        );
    }
    let base = if address::join(whole.name, "").is_some() {
        Base::Address(whole.name)
    } else {
        Base::Unknown
    };
    let judged = tamed.weight <= HEAVIEST;
    if judged && tamed.html.len() > LONG {
        let begun = head(&tamed.html, builder.meta().clone(), base);
        let shown = begun.is_none_or(|begun| (whole.watch)(Step::Head(Box::new(begun))));
        if !shown {
            return Err(Fault::Stopped);
        }
    }
    Ok(read_tamed(&tamed.html, builder, base, judged))
}

/// The document as its first bytes have it, without its last block, which may go on. Where the article is, is
/// judged on them alone: the whole may know better and then takes its place.
fn head(html: &str, meta: Meta, base: Base<'_>) -> Option<Document> {
    let end = memchr::memrchr(b'<', html.as_bytes().get(..HEAD)?)?;
    let builder = DocumentBuilder::new(HEAD, meta);
    let mut document = read_tamed(html.get(..end)?, builder, base, true);
    document.blocks.pop();
    let end = document.blocks.last()?.range.end();
    document.text.truncate(end);
    document.styles.retain(|style| style.range.end() <= end);
    document.links.retain(|link| link.range.end() <= end);
    Some(document)
}

/// Reads a page that is safe to parse; `judged` is whether an article is looked for.
fn read_tamed(html: &str, mut builder: DocumentBuilder, base: Base<'_>, judged: bool) -> Document {
    let page = Tree::from(html);
    meta::state(&page, builder.meta());
    chrome::take_out(&page);
    let title = builder.meta().title.clone();
    let wish = Wish {
        title: title.as_deref(),
        ..Wish::default()
    };
    if let Some(title) = &title {
        write_title(title, &mut builder);
    }
    let begin = builder.checkpoint();
    let mut anchors = Anchors::default();
    let notes = notes_of(&page);
    let found = judged.then(|| extract(page)).flatten();
    if let Some(found) = &found {
        let root = found.doc.select_single("#readability-page-1");
        if let Some(root) = root.nodes().first() {
            writer::write(*root, &mut builder, (base, &mut anchors), wish);
            write_lost(*root, &notes, &mut builder, (base, &mut anchors));
        }
    }
    let short = builder.checkpoint().bytes() - begin.bytes() < SHORT;
    let article = builder.finish();
    if found.is_none() || short && holds_more(html, &article) {
        return all_of(html, article.meta, base);
    }
    article
}

/// The page with its article in it, if one is found.
fn extract(page: Tree) -> Option<Readability> {
    let config = Config {
        keep_classes: true,
        ..Config::default()
    };
    let mut readability = Readability::with_document(page, None, Some(config)).ok()?;
    readability.parse().ok()?;
    Some(readability)
}

/// Whether the page without its furniture has much more to read than was found: more text, or, as lists of
/// links have it, very much more of them.
fn holds_more(html: &str, article: &Document) -> bool {
    let mut builder = DocumentBuilder::new(html.len(), Meta::default());
    write_body(html, &mut builder, Base::Unknown, Wish::default());
    let body = builder.finish();
    let linked =
        |document: &Document| -> usize { document.links.iter().map(|link| link.range.len()).sum() };
    let unlinked = |document: &Document| document.text.len().saturating_sub(linked(document));
    article.blocks.len() < 2
        || 2 * linked(article) > article.text.len()
        || unlinked(&body) > 2 * unlinked(article) + 200
        || body.text.len() > 4 * article.text.len() + 400
}

/// All of the page but its furniture; with nothing but furniture, all.
fn all_of(html: &str, mut meta: Meta, base: Base<'_>) -> Document {
    notice(
        &mut meta,
        "no article was found on this page: all its text is shown, menus left out",
    );
    let title = meta.title.clone();
    let mut builder = DocumentBuilder::new(html.len(), meta);
    if let Some(title) = &title {
        write_title(title, &mut builder);
    }
    let wish = Wish {
        title: title.as_deref(),
        ..Wish::default()
    };
    write_body(html, &mut builder, base, wish);
    builder.finish()
}

fn write_body(html: &str, builder: &mut DocumentBuilder, base: Base<'_>, wish: Wish<'_>) {
    let page = Tree::from(html);
    let main = page.select("main, [role=main]");
    let root = match main.nodes() {
        [only] => *only,
        _ => page.root(),
    };
    let before = builder.checkpoint().bytes();
    for (root, no_chrome) in [(root, true), (page.root(), true), (page.root(), false)] {
        writer::write(
            root,
            builder,
            (base, &mut Anchors::default()),
            Wish { no_chrome, ..wish },
        );
        if builder.checkpoint().bytes() > before {
            return;
        }
    }
}

/// What short links inside the page lead to: id and HTML.
fn notes_of(page: &Tree) -> Vec<(String, String)> {
    let links = page.select("a[href^='#']");
    let called = |node: &NodeRef<'_>| {
        let href = node.attr("href")?;
        let words = node.text();
        let is_sign = words
            .trim()
            .trim_matches(['[', ']', '(', ')'])
            .chars()
            .count()
            <= 4;
        is_sign
            .then(|| href.trim_start_matches('#').to_owned())
            .filter(|id| !id.is_empty())
    };
    let wanted: HashSet<String> = links
        .nodes()
        .iter()
        .take(NOTES)
        .filter_map(called)
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let root = page.root();
    let noted = |node: NodeRef<'_>| {
        let id = node.id_attr()?;
        let is_note = ["li", "p", "div", "aside", "dd", "section"]
            .iter()
            .any(|name| node.has_name(name));
        if !is_note || !wanted.contains(&*id) {
            return None;
        }
        let html = node.html();
        (html.len() <= NOTE).then(|| (id.to_string(), html.to_string()))
    };
    root.descendants_it()
        .filter_map(noted)
        .take(NOTES)
        .collect()
}

/// Writes the notes that the article refers to and does not have.
fn write_lost(
    article: NodeRef<'_>,
    notes: &[(String, String)],
    builder: &mut DocumentBuilder,
    (base, anchors): (Base<'_>, &mut Anchors),
) {
    if notes.is_empty() {
        return;
    }
    let (mut present, mut wanted) = (HashSet::new(), HashSet::new());
    for node in article.descendants_it() {
        present.extend(node.id_attr().map(|id| id.to_string()));
        let href = node.attr("href");
        wanted.extend(href.and_then(|href| Some(href.strip_prefix('#')?.to_owned())));
    }
    let lost: Vec<&str> = notes
        .iter()
        .filter(|(id, _)| wanted.contains(id) && !present.contains(id))
        .map(|(_, html)| html.as_str())
        .collect();
    if !lost.is_empty() {
        let at_end = Tree::from(format!("<ol>{}</ol>", lost.concat()));
        writer::write(at_end.root(), builder, (base, anchors), Wish::default());
    }
}
