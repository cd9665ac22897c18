//! A citation as CSL-JSON: a list of one item, as reference managers and pandoc read it.

use serde::Serialize;

use super::{Citation, bibtex, span};

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Date<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    note: String,
    annote: &'a str,
}

/// A name as it is stated: it is not taken apart.
#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Date<'a> {
    DateParts([Vec<u32>; 1]),
    Literal(&'a str),
}

pub(super) fn write(citation: &Citation) -> String {
    let author = citation.author.as_deref();
    let pages = citation.pages.map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    });
    let section = citation.section.as_ref();
    let item = Item {
        id: bibtex::key(citation),
        r#type: if citation.url().is_some() {
            "webpage"
        } else {
            "document"
        },
        author: author.map(|literal| [Name { literal }]),
        title: citation.title.as_deref(),
        publisher: citation.publisher.as_deref(),
        issued: issued(citation),
        section: section.map(|(number, title)| format!("{number} {title}")),
        page: pages,
        url: citation.url(),
        note: note(citation),
        annote: &citation.words,
    };
    serde_json::to_string_pretty(&[item]).expect("texts and numbers can always be written")
}

fn issued(citation: &Citation) -> Option<Date<'_>> {
    let stated = citation.published.as_deref()?;
    let date = citation.date();
    Some(if date.is_empty() {
        Date::Literal(stated)
    } else {
        Date::DateParts([date])
    })
}

/// What has no field of its own, and what is missing.
fn note(citation: &Citation) -> String {
    let speaker = citation
        .speaker
        .iter()
        .map(|speaker| format!("said by {speaker}"));
    let paragraphs = citation
        .paragraphs
        .map(|(first, last)| span("paragraph", first, last));
    let file = citation.file().map(|file| format!("read from {file}"));
    let missing = citation.missing().into_iter().map(str::to_owned);
    let parts: Vec<String> = speaker
        .chain(paragraphs)
        .chain(file)
        .chain(missing)
        .collect();
    parts.join("; ")
}
