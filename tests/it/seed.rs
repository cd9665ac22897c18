//! The document the reader was first asked for: who and what it names, exactly.
//!
//! The text is somebody else's and stands outside the repository; without it the test says so and passes.

use briefing::analysis::analyze_whole;
use briefing::formats::Source;
use briefing::model::EntityKind;

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
