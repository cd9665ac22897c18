//! The article of a page: what is read of it, and what is read when there is none.
//!
//! It stands apart because where the text of a page is, is a judgement on the whole page (Readability's, as
//! browsers use it in their reader view), and a judgement can be wrong: then nothing may get lost silently.

use std::collections::HashSet;

use dom_query::{Document as Tree, NodeRef};
use dom_smoothie::{Config, Readability};

use super::anchors::{Anchors, Base};
use super::writer::{self, Wish};
use super::{meta, tame, write_title};
use crate::formats::builder::{DocumentBuilder, notice};
use crate::formats::{Fault, Step, Whole};
use crate::model::{Document, Meta};

/// An article with fewer bytes is compared to all there is to read on the page.
const SHORT: usize = 700;
/// Elements of a page in which an article is looked for.
const ELEMENTS: usize = 1_000_000;
/// Notes that are looked after, and the bytes of one.
const NOTES: usize = 2000;
const NOTE: usize = 8000;

/// Reads the page `html`.
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
    let page = Tree::from(tamed.html.as_str());
    meta::state(&page, builder.meta());
    let base = if super::super::address::join(whole.name, "").is_some() {
        Base::Address(whole.name)
    } else {
        Base::Unknown
    };
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
    let found = extract(page);
    if let Some(found) = &found {
        let root = found.doc.select_single("#readability-page-1");
        if let Some(root) = root.nodes().first() {
            writer::write(*root, &mut builder, (base, &mut anchors), wish);
            write_lost(*root, &notes, &mut builder, (base, &mut anchors));
        }
    }
    if !(whole.watch)(Step::Progress(done(whole))) && builder.checkpoint().bytes() == begin.bytes()
    {
        return Err(Fault::Stopped);
    }
    let short = builder.checkpoint().bytes() - begin.bytes() < SHORT;
    let article = builder.finish();
    if short && holds_more(&tamed.html, &article) {
        return Ok(all_of(&tamed.html, article.meta, base));
    }
    Ok(article)
}

fn done(whole: &Whole<'_>) -> crate::formats::Progress {
    crate::formats::Progress {
        done: whole.bytes.len() as u64,
        of: Some(whole.bytes.len() as u64),
        unit: crate::formats::Unit::Bytes,
    }
}

/// The page with its article in it, if one is found.
fn extract(page: Tree) -> Option<Readability> {
    let config = Config {
        max_elements_to_parse: ELEMENTS,
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
    let unlinked = |document: &Document| {
        let linked: usize = document.links.iter().map(|link| link.range.len()).sum();
        document.text.len().saturating_sub(linked)
    };
    article.blocks.len() < 2
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
        let list = Tree::from(format!("<ol>{}</ol>", lost.concat()));
        writer::write(list.root(), builder, (base, anchors), Wish::default());
    }
}
