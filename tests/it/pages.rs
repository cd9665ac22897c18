//! Web pages: what is read of them, against the pages that Readability is measured by.
//!
//! Those pages are somebody else's and stand outside the repository: `BRIEFING_READABILITY_PAGES` names their folder
//! (`test/test-pages` of mozilla/readability), and the test is ignored unless it is asked for.

use std::collections::HashMap;
use std::path::Path;

use briefing::formats::{self, Options, Source};
use briefing::model::BlockKind;

/// How many times each word stands in a text.
fn words(text: &str) -> HashMap<String, i64> {
    let mut words = HashMap::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

/// The harmonic mean of how much of `found` is expected and how much of `expected` is found, in words.
fn f1(found: &str, expected: &str) -> f64 {
    let (found, expected) = (words(found), words(expected));
    let both: i64 = found
        .iter()
        .map(|(word, count)| *count.min(expected.get(word).unwrap_or(&0)))
        .sum();
    let all = found.values().sum::<i64>() + expected.values().sum::<i64>();
    if all == 0 {
        1.0
    } else {
        2.0 * both as f64 / all as f64
    }
}

/// The reading text of a page without its title, which the expected pages do not repeat.
fn body(path: &Path) -> Option<String> {
    let read = formats::read(&Source::Path(path.to_owned()), &Options::default());
    let document = read.ok()?.document()?;
    let first = document
        .blocks
        .first()
        .filter(|block| block.kind == BlockKind::Title);
    let from = first.map_or(0, |block| block.range.end());
    document.text.get(from..).map(str::to_owned)
}

#[test]
#[ignore = "needs the pages of mozilla/readability: BRIEFING_READABILITY_PAGES names their folder"]
fn the_reading_text_of_pages_is_their_article() {
    let Some(folder) = std::env::var_os("BRIEFING_READABILITY_PAGES") else {
        println!("skipped: BRIEFING_READABILITY_PAGES names no folder");
        return;
    };
    let mut pages: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    let (mut good, mut all) = (0, 0);
    for page in pages {
        let Ok(expected) = std::fs::read_to_string(page.join("expected.html")) else {
            continue;
        };
        let expected = dom_query::Document::from(expected.as_str()).formatted_text();
        let found = body(&page.join("source.html"));
        let score = found.map_or(0.0, |found| f1(&found, &expected));
        all += 1;
        if score >= 0.95 {
            good += 1;
        } else {
            println!(
                "{score:.3} {}",
                page.file_name().unwrap_or_default().display()
            );
        }
    }
    println!(
        "F1 of at least 0.95 on {good} of {all} pages: {:.1} %",
        100.0 * f64::from(good) / f64::from(all)
    );
    assert!(all > 100, "the folder has only {all} pages");
    assert!(good * 100 >= all * 85);
}

#[test]
fn the_measure_counts_words_on_both_sides() {
    assert!((f1("One two, two.", "two ONE two") - 1.0).abs() < 1e-9);
    assert!((f1("one two", "one three") - 0.5).abs() < 1e-9);
    assert!(f1("one", "two") < 1e-9);
}
