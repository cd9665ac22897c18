//! Which lines are taken for titles and headings, and which are not.

use crate::formats::{Options, Source, read};
use crate::model::BlockKind;

const BODY: &str = "The ferry operators have been told to keep all boats in port until the inspectors return from the outer islands, the ministry said.";

/// The lines of a text that are title (`T:`) and headings (`H:`); `…` stands for a paragraph.
fn found(extension: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("text.{extension}"));
    std::fs::write(&path, text.replace('…', BODY)).expect("written");
    let document = read(&Source::Path(path), &Options::default())
        .expect("readable")
        .document()
        .expect("one document");
    let line = |block: &crate::model::Block| {
        let words = block.range.of(&document.text);
        match block.kind {
            BlockKind::Title => Some(format!("T:{words}")),
            BlockKind::Heading => Some(format!("H:{words}")),
            _ => None,
        }
    };
    document.blocks.iter().filter_map(line).collect()
}

#[test]
fn short_lines_above_text() {
    for (text, expected) in [
        (
            "Ferries stay in port\n\n…\n\nWhat the inspectors found\n\n…",
            &["T:Ferries stay in port", "H:What the inspectors found"][..],
        ),
        ("…\nBoats and people\n…\n…", &["H:Boats and people"]),
        // Who, where and when are no headings.
        (
            "Ferries stay in port\n\nOffice of the Harbour Master\n\nMonday, March 3, 2025\n\n…",
            &["T:Ferries stay in port"],
        ),
        (
            "Ferries stay in port\nBy Ola Tarnow\n…\nSummary\n…",
            &["T:Ferries stay in port", "H:Summary"],
        ),
        (
            "Ferries stay in port\nInge Solberg, Minister of Ports\n…",
            &["T:Ferries stay in port"],
        ),
        // Leads elsewhere, speaks, ends a sentence, leads in, goes nowhere.
        (
            "…\nAlso read: The boats of the north\n…\nPhoto: Ola Tarnow\n…",
            &[],
        ),
        (
            "…\nQUESTION: What now?\n…\nNo, she said.\n…\nThe order says:\n…\nThe end of it",
            &[],
        ),
        ("…\n“Is it safe?”\n…\nIs it safe?\n…", &["H:Is it safe?"]),
        (
            "CHAPTER I\n\nThe harbour\n\n…\n…\nCHAPTER II\n\nThe strait\n\n…",
            &[
                "T:CHAPTER I",
                "H:The harbour",
                "H:CHAPTER II",
                "H:The strait",
            ],
        ),
    ] {
        assert_eq!(found("txt", text), expected, "{text}");
    }
}

#[test]
fn verse_has_no_headings() {
    let verse = "The boats are in\nThe lamps are lit\n\nThe night is long and we do sit beside the fire,\n\n".repeat(20);
    assert_eq!(found("txt", &format!("…\n\n{verse}")), Vec::<String>::new());
}

#[test]
fn markdown_titles_and_bold_lines() {
    for (text, expected) in [
        (
            "# Ferries stay in port\n\n…\n\n## Boats\n\n…",
            &["T:Ferries stay in port", "H:Boats"][..],
        ),
        ("# One\n\n…\n\n# Two\n\n…", &["H:One", "H:Two"]),
        (
            "Ferries stay\n============\n\n…\n\n**What the inspectors found.**\n\n…",
            &["T:Ferries stay", "H:What the inspectors found."],
        ),
        ("…\n\n*An aside in italics*\n\n…", &[]),
        ("…\n\n## Stated\n\n…\n\nA short line\n\n…", &["H:Stated"]),
    ] {
        assert_eq!(found("md", text), expected, "{text}");
    }
}
