//! The document the reader was first asked for: who and what it names, exactly.
//!
//! The text is somebody else's and stands outside the repository; without it the test says so and passes.

use briefing::analysis::analyze_whole;
use briefing::formats::Source;
use briefing::model::{BlockKind, EntityKind};

use crate::roles::outside;

const PEOPLE: [&str; 8] = [
    "Pete Hegseth",
    "Tim Haugh",
    "Donald Trump",
    "Volodymyr Zelenskyy",
    "JD Vance",
    "Putin",
    "Chuck Schumer",
    "Biden",
];

const BODIES: [&str; 8] = [
    "U.S. Cyber Command",
    "NATO",
    "NBC News",
    "U.S. Cybersecurity and Infrastructure Security Agency",
    "Department of Homeland Security",
    "Russian Embassy",
    "Senate",
    "Microsoft",
];

/// May stand or not: it is part of a rank.
const EITHER: &str = "Air Force";

#[test]
fn the_first_article_names_these_and_nobody_else() {
    let Some(path) = outside("seed/article.txt") else {
        return;
    };
    let document = crate::driver::document(&Source::Path(path));
    let briefing = analyze_whole(&document.into());
    let of = |kinds: &[EntityKind]| {
        let mut names: Vec<&str> = briefing
            .entities
            .entities
            .iter()
            .filter(|entity| kinds.contains(&entity.kind) && entity.name != EITHER)
            .map(|entity| entity.name.as_str())
            .collect();
        names.sort_unstable();
        names
    };
    let sorted = |names: &[&'static str]| {
        let mut names = names.to_vec();
        names.sort_unstable();
        names
    };
    assert_eq!(of(&[EntityKind::Person]), sorted(&PEOPLE));
    assert_eq!(
        of(&[EntityKind::Agency, EntityKind::Organization]),
        sorted(&BODIES)
    );
    let named = |name: &str| {
        briefing
            .entities
            .entities
            .iter()
            .find(|entity| entity.name == name)
            .expect("it was found")
    };
    assert!(
        named("U.S. Cyber Command")
            .forms
            .iter()
            .any(|form| form == "Cyber Command")
    );
    assert!(
        named("Pete Hegseth")
            .titles
            .iter()
            .any(|title| title.text == "US Secretary of Defense")
    );
    assert_eq!(
        named("Biden").mentions.len(),
        2,
        "the administration counts for the man"
    );
}

/// The seed as a web page: its title, paragraphs and a menu around them.
fn page_of(document: &briefing::model::Document) -> String {
    let escaped = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;");
    let block = |block: &briefing::model::Block| {
        let tag = match block.kind {
            BlockKind::Title => "h1",
            BlockKind::Heading => "h2",
            _ => "p",
        };
        format!(
            "<{tag}>{}</{tag}>\n",
            escaped(block.range.of(&document.text))
        )
    };
    let body: String = document.blocks.iter().map(block).collect();
    let title = escaped(document.title().unwrap_or_default());
    format!(
        "<!doctype html><head><title>{title}</title><script>var x = 'Nobody Else';</script></head><body>\
         <nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article>{body}</article>\
         <footer>All rights reserved</footer></body>"
    )
}

#[test]
fn as_a_web_page_it_has_the_same_sections_and_names() {
    let Some(path) = outside("seed/article.txt") else {
        return;
    };
    let plain = crate::driver::document(&Source::Path(path));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, page_of(&plain)).unwrap();
    let page = crate::driver::document(&Source::Path(file));
    assert_eq!(page.meta.format, "html");
    assert_eq!(page.text, plain.text);
    let (plain, page) = (analyze_whole(&plain.into()), analyze_whole(&page.into()));
    let sections = |briefing: &briefing::model::Briefing| -> Vec<String> {
        let sections = &briefing.outline.sections;
        sections
            .iter()
            .map(|section| format!("{section:?}"))
            .collect()
    };
    assert_eq!(sections(&page), sections(&plain));
    assert!(plain.outline.sections.len() >= 4);
    let names = |briefing: &briefing::model::Briefing| -> Vec<String> {
        let entities = &briefing.entities.entities;
        entities.iter().map(|entity| entity.name.clone()).collect()
    };
    assert_eq!(names(&page), names(&plain));
}
