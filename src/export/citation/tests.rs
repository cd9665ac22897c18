//! Each form by data: what is known, and what is written.

use super::{Citation, FORMS, Form};
use crate::export::fixture::ferry;
use crate::text::TextRange;

/// Everything is known.
fn whole() -> Citation {
    Citation {
        words: "It “works”, he said.".into(),
        speaker: Some("Jon Ås".into()),
        author: Some("Ida Brück".into()),
        title: Some("Night ferry halted".into()),
        publisher: Some("Harbour Daily".into()),
        published: Some("2026-11-22T09:30:00Z".into()),
        section: Some((2, "What critics say".into())),
        paragraphs: Some((3, 4)),
        pages: Some((1, 1)),
        address: Some("https://daily.example/ferry?a=1&b={2}".into()),
    }
}

/// Only the words are known.
fn bare() -> Citation {
    Citation {
        words: "It works.".into(),
        ..Citation::default()
    }
}

/// All that could be taken for markup.
fn hostile() -> Citation {
    let words = "1. *One* _two_ `three` [four](x) <b> $5 & 6% #7 {8} \\nine ~ ^\n# ten\n\n- “eleven” \"12\" | 13";
    Citation {
        words: words.into(),
        title: Some("50% {off} & *more*".into()),
        author: Some("A_B {C".into()),
        published: Some("last week".into()),
        address: Some("notes/a_b #1.md".into()),
        ..Citation::default()
    }
}

fn written(form: &str, citation: &Citation) -> String {
    Form::by_name(form).expect("it is a row").write(citation)
}

#[test]
fn plain_text_names_all_and_says_what_is_missing() {
    assert_eq!(
        written("plain", &whole()),
        "It “works”, he said.\n— Jon Ås, as reported in: Ida Brück, “Night ferry halted”, Harbour Daily, \
         2026-11-22T09:30:00Z, section 2 “What critics say”, paragraphs 3–4, page 1, \
         https://daily.example/ferry?a=1&b={2}"
    );
    assert_eq!(
        written("plain", &bare()),
        "It works.\n— no author stated, no title stated, no publisher stated, no date stated, in no section, \
         no paragraph number, no page numbers, no address"
    );
}

#[test]
fn markdown_shows_what_was_said_and_nothing_else() {
    assert_eq!(
        written("markdown", &hostile()),
        "> 1\\. \\*One\\* \\_two\\_ \\`three\\` \\[four\\](x) \\<b\\> \\$5 \\& 6% #7 {8} \\\\nine \\~ \\^\\\n\
         > \\# ten\n>\n> \\- “eleven” \"12\" \\| 13\n>\n\
         > — A\\_B {C, *50% {off} \\& \\*more\\**, no publisher stated, last week, in no section, \
         no paragraph number, no page numbers, notes/a\\_b #1.md"
    );
    assert!(written("markdown", &whole()).ends_with("<https://daily.example/ferry?a=1&b={2}>"));
}

#[test]
fn bibtex_is_balanced_and_escaped() {
    assert_eq!(
        written("bibtex", &whole()),
        "@misc{night2026s2p3,\n  author = {{Ida Brück}},\n  title = {{Night ferry halted}},\n  \
         publisher = {{Harbour Daily}},\n  year = {2026},\n  month = nov,\n  \
         url = {https://daily.example/ferry?a=1&b=%7B2%7D},\n  \
         note = {said by Jon Ås; published 2026-11-22T09:30:00Z; section 2 “What critics say”; paragraphs 3–4; page 1},\n  \
         annote = {It “works”, he said.},\n}"
    );
    let hostile = written("bibtex", &hostile());
    let line = |name: &str| {
        let mut lines = hostile.lines();
        lines
            .find(|line| line.trim_start().starts_with(name))
            .unwrap_or_default()
    };
    assert_eq!(
        line("title"),
        "  title = {{50\\% \\textbraceleft{}off\\textbraceright{} \\& *more*}},"
    );
    assert_eq!(line("author"), "  author = {{A\\_B \\textbraceleft{}C}},");
    assert!(
        line("annote").contains(
            "\\$5 \\& 6\\% \\#7 \\textbraceleft{}8\\textbraceright{} \\textbackslash{}nine"
        )
    );
    assert!(
        line("note")
            .contains("published last week; read from notes/a\\_b \\#1.md; no publisher stated")
    );
    for citation in [whole(), bare(), self::hostile()] {
        let entry = written("bibtex", &citation);
        let mut depth = 0;
        for letter in entry.chars() {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            assert!(depth >= 0, "{entry}");
        }
        assert_eq!(depth, 0, "{entry}");
    }
}

#[test]
fn csl_is_json_that_says_what_is_missing() {
    let parsed = |citation: &Citation| -> serde_json::Value {
        serde_json::from_str(&written("csl", citation)).expect("it is JSON")
    };
    let item = &parsed(&whole())[0];
    assert_eq!(item["type"], "webpage");
    assert_eq!(item["author"][0]["literal"], "Ida Brück");
    assert_eq!(
        item["issued"]["date-parts"],
        serde_json::json!([[2026, 11, 22]])
    );
    assert_eq!(item["section"], "2 What critics say");
    assert_eq!(item["URL"], "https://daily.example/ferry?a=1&b={2}");
    assert_eq!(item["note"], "said by Jon Ås; paragraphs 3–4");
    assert_eq!(item["annote"], "It “works”, he said.");
    let item = &parsed(&bare())[0];
    assert_eq!(item["type"], "document");
    assert!(item.get("author").is_none() && item.get("issued").is_none());
    assert!(
        item["note"]
            .as_str()
            .is_some_and(|note| note.starts_with("no author stated; no title stated"))
    );
    let item = &parsed(&hostile())[0];
    assert_eq!(item["annote"], hostile().words);
    assert_eq!(item["issued"]["literal"], "last week");
}

#[test]
fn only_sound_dates_are_taken_apart() {
    for (stated, expected) in [
        ("2026", &[2026][..]),
        ("2026-11", &[2026, 11]),
        ("2026-11-22", &[2026, 11, 22]),
        ("2026-11-22 09:30", &[2026, 11, 22]),
        ("2026-13", &[]),
        ("22 November 2026", &[]),
        ("2026-11-22-1", &[]),
        ("", &[]),
    ] {
        let citation = Citation {
            published: Some(stated.into()),
            ..Citation::default()
        };
        assert_eq!(citation.date(), expected, "{stated}");
    }
}

#[test]
fn forms_go_round_and_have_names_of_their_own() {
    let mut form = &FORMS[0];
    for row in FORMS {
        assert_eq!(form.name, row.name);
        assert_eq!(Form::by_name(row.name).map(|it| it.name), Some(row.name));
        form = form.next();
    }
    assert_eq!(form.name, FORMS[0].name);
}

#[test]
fn the_model_tells_where_a_passage_stands() {
    let briefing = ferry();
    let text = &briefing.document.text;
    let at = text.find("Marró made").expect("it is there");
    let citation = Citation::of(&briefing, TextRange::new(at, text.len()));
    assert_eq!(citation.section, Some((2, "What critics say".into())));
    assert_eq!(citation.paragraphs, Some((3, 3)));
    assert_eq!(citation.speaker.as_deref(), Some("Riders’ League"));
    assert_eq!(citation.author.as_deref(), Some("Ida Brück"));
    assert_eq!((citation.pages, citation.publisher), (None, None));
    assert_eq!(citation.address.as_deref(), Some("ferry.md"));
    let heading = Citation::of(&briefing, briefing.document.blocks[3].range);
    assert_eq!((heading.paragraphs, heading.speaker), (None, None));
    let all = Citation::of(&briefing, TextRange::new(0, text.len()));
    assert_eq!((all.paragraphs, all.speaker), (Some((1, 3)), None));
}
