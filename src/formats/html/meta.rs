//! What a page states about itself: JSON-LD first, then what its head says, then its `<time>`.
//!
//! It stands apart because a dozen vocabularies say the same five things, and which is believed first is a table.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use crate::formats::front_matter::iso_date;
use crate::model::Meta;
use crate::text::harmless;

/// Names of `<meta>` elements (`name`, `property` or `itemprop`), best first.
const TITLE: &[&str] = &[
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "parsely-title",
];
const AUTHOR: &[&str] = &[
    "citation_author",
    "author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "parsely-author",
    "sailthru.author",
];
const PUBLISHER: &[&str] = &[
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
    "pubdate",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "dcterms.created",
    "citation_date",
];
/// Things of JSON-LD that are documents, the more exact first.
const DOCUMENTS: &[&str] = &[
    "Article",
    "BlogPosting",
    "Report",
    "Posting",
    "Statement",
    "Legislation",
    "WebPage",
];
/// Depth of JSON in which a document is looked for.
const DEEPEST: usize = 6;
/// Longer than this is no name.
const LONGEST: usize = 300;

/// Adds to `meta` what `page` states.
pub(super) fn state(page: &Document, meta: &mut Meta) {
    let stated = linked_data(page);
    let named = named(page);
    let find = |names: &[&str]| {
        let value = names
            .iter()
            .find_map(|name| named.iter().find(|(known, _)| known == name));
        value.map(|(_, value)| value.clone())
    };
    let data = |key: &str| stated.as_ref().and_then(|stated| stated.get(key));
    let titles = [
        data("headline").and_then(names_in),
        data("name").and_then(names_in),
        find(TITLE),
    ];
    let titles: Vec<String> = titles.into_iter().flatten().filter_map(tidy).collect();
    meta.title = title(page, &titles);
    meta.author = data("author")
        .and_then(names_in)
        .or_else(|| authors(&named))
        .or_else(|| byline(page))
        .and_then(|author| tidy(without_by(&author).to_owned()));
    let site = data("publisher")
        .and_then(names_in)
        .or_else(|| find(PUBLISHER));
    meta.publisher = site.and_then(|site| tidy(host_of(&site).to_owned()));
    let dates = [data("datePublished").and_then(names_in), find(PUBLISHED)];
    let stated_day = dates.into_iter().flatten().find_map(|date| iso_date(&date));
    meta.published = stated_day.or_else(|| time(page)).map(without_fraction);
    if let (Some(site), Some(title)) = (&meta.publisher, &meta.title) {
        meta.title = without_site(title, site).or(meta.title.take());
    }
}

/// `2026-11-22T09:30:00.000Z` without the thousandths.
fn without_fraction(date: String) -> String {
    let Some((before, after)) = date.split_once('.') else {
        return date;
    };
    format!(
        "{before}{}",
        after.trim_start_matches(|c: char| c.is_ascii_digit())
    )
}

/// Of an address that stands for a name, the host.
fn host_of(site: &str) -> &str {
    let Some((_, host)) = site.split_once("://") else {
        return site;
    };
    let host = host.split_once('/').map_or(host, |(host, _)| host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// `title` without the name of its site at the end.
fn without_site(title: &str, site: &str) -> Option<String> {
    let rest = title.strip_suffix(site)?.trim_end();
    let cut = rest
        .strip_suffix(['|', '-', '–', '—', '·', ':', '•'])?
        .trim_end();
    (!cut.is_empty()).then(|| cut.to_owned())
}

/// The title of a page: of those that are `stated` the first that the page shows too, as its heading or in its
/// `<title>`; else its only `<h1>`, when its `<title>` begins or ends so; else the first that is stated, or `<title>`.
fn title(page: &Document, stated: &[String]) -> Option<String> {
    let words = |node: &NodeRef<'_>| tidy(node.text().to_string());
    let heads: Vec<String> = page
        .select("h1")
        .nodes()
        .iter()
        .take(20)
        .filter_map(words)
        .collect();
    let titles = page.select("head > title");
    let shown = titles.nodes().first().and_then(words);
    if let Some(title) = stated.iter().find(|title| heads.contains(title)) {
        return Some(title.clone());
    }
    if let [head] = &heads[..] {
        let agrees =
            |title: &String| title.starts_with(head.as_str()) || title.ends_with(head.as_str());
        if stated.iter().chain(&shown).any(agrees) {
            return Some(head.clone());
        }
    }
    let known = stated.iter().find(|title| {
        shown
            .as_ref()
            .is_some_and(|shown| shown.contains(title.as_str()))
    });
    known
        .or(stated.first())
        .cloned()
        .or(shown)
        .or_else(|| heads.into_iter().next())
}

/// The names and values of all `<meta>` elements; names in lower case.
fn named(page: &Document) -> Vec<(String, String)> {
    let metas = page.select("meta");
    let value = |node: &NodeRef<'_>| {
        let name = ["property", "name", "itemprop"]
            .iter()
            .find_map(|key| node.attr(key))?;
        let value = node.attr("content")?.trim().to_owned();
        (!value.is_empty()).then(|| (name.trim().to_ascii_lowercase(), value))
    };
    metas.nodes().iter().filter_map(value).collect()
}

/// All authors of the first vocabulary that names any. An address is no name.
fn authors(named: &[(String, String)]) -> Option<String> {
    AUTHOR.iter().find_map(|name| {
        let mut found: Vec<&str> = Vec::new();
        for (known, value) in named {
            if known == name && !value.contains("://") && !found.contains(&value.as_str()) {
                found.push(value);
            }
        }
        (!found.is_empty()).then(|| found.join(", "))
    })
}

/// Who a line on the page says it is by.
fn byline(page: &Document) -> Option<String> {
    let lines = page.select("[rel=author], [itemprop=author], .byline, .author-name");
    lines.nodes().iter().take(5).find_map(|node| {
        let words = node.text();
        let words: Vec<&str> = words.split_whitespace().collect();
        let line = words.join(" ");
        (line.len() > 2 && line.len() < 100).then_some(line)
    })
}

fn time(page: &Document) -> Option<String> {
    let times = page.select("time[datetime], [itemprop=datePublished]");
    times.nodes().iter().take(20).find_map(|node| {
        let stated = ["datetime", "content"]
            .iter()
            .find_map(|key| node.attr(key));
        iso_date(&stated?)
    })
}

/// The document that JSON-LD describes, the most exact kind first.
fn linked_data(page: &Document) -> Option<Value> {
    let scripts = page.select("script[type*='ld+json']");
    let parsed = scripts.nodes().iter().filter_map(|node| {
        let text = node.text();
        let json = text
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>");
        serde_json::from_str::<Value>(json).ok()
    });
    let mut found: Vec<(usize, Value)> = Vec::new();
    for value in parsed {
        collect(&value, 0, &mut found);
    }
    found
        .into_iter()
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, value)| value)
}

fn collect(value: &Value, depth: usize, found: &mut Vec<(usize, Value)>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect(value, depth + 1, found)),
        Value::Object(fields) => {
            let kinds = fields.get("@type").map_or_else(Vec::new, strings);
            let rank = DOCUMENTS
                .iter()
                .position(|known| kinds.iter().any(|kind| kind.ends_with(known)));
            if let Some(rank) = rank {
                found.push((rank, value.clone()));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inside) = fields.get(key) {
                    collect(inside, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(words) => vec![words],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A value in words: of things their names, of lists all.
fn names_in(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()).filter(|words| !words.contains("://")),
        Value::Object(fields) => fields.get("name").and_then(|name| match name {
            Value::String(words) => Some(words.clone()),
            _ => None,
        }),
        Value::Array(values) => {
            let names: Vec<String> = values
                .iter()
                .take(20)
                .filter_map(|value| match value {
                    Value::Array(_) => None,
                    value => names_in(value),
                })
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

fn without_by(line: &str) -> &str {
    let line = line.trim();
    let cut = line
        .split_at_checked(3)
        .filter(|(by, _)| by.eq_ignore_ascii_case("by "));
    cut.map_or(line, |(_, name)| name.trim_start())
}

/// One harmless line with single spaces; entities that were escaped twice are carried out.
fn tidy(words: String) -> Option<String> {
    let words = if words.contains('&') {
        words
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&nbsp;", " ")
    } else {
        words
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    let line = harmless::line(&words.join(" ")).into_owned();
    (!line.is_empty() && line.len() <= LONGEST).then_some(line)
}
