//! The stage as a whole, on documents of a few lines.

use proptest::prelude::*;

use super::{LENSES, Splitter};
use crate::model::{Block, BlockKind, Document, Outline};
use crate::text::TextRange;

/// A document, one block per line: `= ` is its title, `#`s make a heading, `$ ` code, `---` a rule.
pub(super) fn document(lines: &[&str]) -> Document {
    let mut document = Document::default();
    for (at, line) in lines.iter().enumerate() {
        let hashes = line.len() - line.trim_start_matches('#').len();
        let (kind, words) = match line.split_at_checked(2) {
            Some(("= ", words)) if at == 0 => (BlockKind::Title, words),
            Some(("$ ", words)) => (BlockKind::Code, words),
            Some(("--", _)) => (BlockKind::Rule, ""),
            _ if hashes > 0 => (BlockKind::Heading, line.trim_start_matches('#').trim()),
            _ => (BlockKind::Paragraph, *line),
        };
        let start = document.text.len();
        document.text.push_str(words);
        let range = TextRange::new(start, document.text.len());
        let level = hashes.min(6) as u8;
        document.blocks.push(Block {
            range,
            kind,
            level,
            tight: false,
            line: at as u32 + 1,
            page: None,
        });
        document.text.push_str("\n\n");
    }
    document
}

fn outline(document: &Document) -> Outline {
    Splitter::standard().outline(document, 0..document.blocks.len() as u32, &[])
}

/// Sections as `title / role / number of blocks`.
fn told(document: &Document) -> Vec<String> {
    let lens = &Splitter::standard().lens;
    let outline = outline(document);
    assert_eq!(outline.check(document), Vec::<String>::new());
    let line = |section: &crate::model::Section| {
        let role = section.role.map_or("none", |role| &lens.role(role).name);
        let blocks = document
            .blocks
            .iter()
            .filter(|block| section.range.covers(block.range) && !block.range.is_empty());
        format!(
            "{} / {role} / {}",
            section.title(document, lens),
            blocks.count()
        )
    };
    outline.sections.iter().map(line).collect()
}

const REPORT: &[&str] = &[
    "= Port authority closes the northern basin",
    "The transport minister, Ilse Vandoren, ordered the port authority on Tuesday to close the northern basin to all foreign vessels, two officials said.",
    "The order takes effect at midnight and remains in force for thirty days, according to the decree signed by the minister. Violations are punished with fines.",
    "A spokesman for the ministry declined to comment on the reasons for the decision.",
    "## Talks with the island government",
    "Negotiators from both governments met in Oslo last week for a second round of talks on fishing rights, diplomats said. A summit is planned for June.",
    "The island's ambassador said her government was ready to sign a treaty and to continue negotiations without conditions.",
    "## Criticism from the opposition",
    "Opposition lawmakers condemned the decision as a disgrace and accused the minister of acting without the consent of parliament.",
    "Militants have attacked three tankers in the strait since January, killing nine sailors, and intelligence agencies warned that more attacks on ships were likely.",
    "Hackers linked to the militants also broke into the computers of two ports, causing damage that officials said would take months to repair. The attackers used malware.",
    "A missile fired from the coast killed four people in March and injured dozens, the navy reported. The threat to shipping remains high.",
    "Also read: What the strait is worth",
];

#[test]
fn a_report_comes_apart_into_what_its_parts_do() {
    assert_eq!(
        told(&document(REPORT)),
        [
            "Order / order / 3",
            "Talks with the island government / diplomacy / 3",
            "Criticism from the opposition / criticism / 2",
            "Threat context / threat / 3",
        ]
    );
}

#[test]
fn boilerplate_is_in_no_section_and_says_why() {
    let document = document(REPORT);
    let outline = outline(&document);
    let last = outline.paragraphs.last().expect("paragraphs");
    assert!(last.boilerplate && last.role.is_none());
    assert_eq!(&*last.why, "begins “Also read” → boilerplate");
    assert_eq!(
        outline.at(document.blocks[last.block as usize].range.start()),
        None
    );
}

#[test]
fn a_heading_over_boilerplate_alone_heads_no_section() {
    let mut lines = REPORT.to_vec();
    lines.extend([
        "## Related",
        "Also read: A harbour in dispute",
        "## What comes next",
    ]);
    lines.push("Opposition lawmakers condemned the minister and accused her government of haste.");
    lines.extend(["Also read: The price of a basin", "## Sources"]);
    let document = document(&lines);
    let outline = outline(&document);
    assert_eq!(outline.check(&document), Vec::<String>::new());
    let heading = |words: &str| {
        let of = |id: &u32| document.words(*id) == words;
        (0..document.blocks.len() as u32)
            .find(of)
            .expect("it stands there")
    };
    let related = outline
        .paragraph(heading("Related"))
        .expect("it is told of");
    assert!(related.boilerplate && related.why.contains("heads lines"));
    let heads = |id: u32| {
        outline
            .sections
            .iter()
            .any(|one| one.heading_block() == Some(id))
    };
    assert!(!heads(heading("Related")), "over boilerplate alone");
    assert!(
        heads(heading("What comes next")),
        "over a paragraph and boilerplate"
    );
    assert!(heads(heading("Sources")), "over nothing");
    assert!(outline.paragraph(heading("Sources")).is_none());
}

#[test]
fn a_role_is_explained_by_words_that_stand_in_the_text() {
    let document = document(REPORT);
    let outline = outline(&document);
    let why = &outline.paragraph(1).expect("the first paragraph").why;
    assert!(why.contains("“ordered"), "{why}");
    assert!(
        why.contains("→ order ") && why.contains("; second: "),
        "{why}"
    );
    for paragraph in &outline.paragraphs {
        let around = |word: &str| document.text.contains(word);
        let quoted = paragraph
            .why
            .split('“')
            .skip(1)
            .filter_map(|rest| rest.split('”').next());
        for word in quoted {
            assert!(around(word), "{word:?} is not in the text");
        }
    }
}

#[test]
fn other_writing_has_its_headings_and_no_roles() {
    let manual: &[&str] = &[
        "Widgetry is a small library that draws dials and gauges. It has no dependencies and compiles in a second.",
        "## Installing",
        "Add it to your manifest, then run the build once. You need a compiler that is not older than two years.",
        "$ widgetry = \"0.3\"",
        "## Using it",
        "You create a dial, give it a range and call the draw method with your canvas. See the examples folder.",
        "### Threads",
        "Dials can be sent between threads. If you share one, lock it first, or your pointers will attack each other.",
        "## Licence",
    ];
    assert_eq!(
        told(&document(manual)),
        [
            "Opening / none / 1",
            "Installing / none / 3",
            "Using it / none / 2",
            "Threads / none / 2",
            "Licence / none / 1"
        ]
    );
    let novel: &[&str] = &[
        "## Chapter One",
        "She had not meant to open the letter, but it lay there, and the fire was warm, and she was alone in the house.",
        "\"You will regret it,\" said her brother from the door. \"I know you.\" He had come in without a sound, as he always did.",
        "She thought of the orchard, of the long wall behind it, and of how the two of them had once killed a wasp there with a shoe.",
        "## Chapter Two",
        "Rain fell for a week. He read to her in the evenings, and she pretended to sleep, and neither spoke of the letter again.",
    ];
    assert_eq!(
        told(&document(novel)),
        ["Chapter One / none / 4", "Chapter Two / none / 2"]
    );
    let code: &[&str] = &[
        "fn main() { let total = add(1, 2); }",
        "struct Dial { low: f32, high: f32 }",
        "impl Dial { fn draw(&self) {} }",
    ];
    assert_eq!(told(&document(code)), ["Opening / none / 3"]);
    assert_eq!(told(&document(&[])), [] as [&str; 0]);
}

#[test]
fn other_writing_has_no_boilerplate() {
    let outline = outline(&document(&[
        "He slept.",
        "By and by she slept too.",
        "See also the second part",
        "Sign up for our letters",
    ]));
    assert!(outline.paragraphs.iter().all(|one| !one.boilerplate));
}

#[test]
fn depth_follows_the_headings() {
    let document = document(&[
        "# A", "one", "### B", "two", "## C", "three", "#### D", "four", "# E",
    ]);
    let depths: Vec<u8> = outline(&document)
        .sections
        .iter()
        .map(|section| section.depth)
        .collect();
    assert_eq!(depths, [0, 1, 1, 2, 0]);
}

#[test]
fn a_stretch_has_only_what_lies_in_it() {
    let document = document(REPORT);
    let outline = Splitter::standard().outline(&document, 4..8, &[]);
    assert_eq!(outline.check(&document), Vec::<String>::new());
    assert_eq!(
        outline
            .paragraphs
            .iter()
            .map(|one| one.block)
            .collect::<Vec<_>>(),
        [5, 6]
    );
    assert_eq!(
        outline.sections.len(),
        2,
        "the second heading has nothing under it here"
    );
    let none = Splitter::standard().outline(&document, 90..99, &[]);
    assert_eq!(none, Outline::default());
}

const GATES: &[&str] = &[
    "= Gates stay shut",
    "## What was ordered",
    "The governor ordered the river gates shut on Monday, and said that they must stay shut for a week.",
    "## What the millers say",
    "The guild of millers called the order a mistake and accused the governor of haste, officials said.",
];

/// Sections and how many roles there are, through a lens that may be damaged.
fn through(splitter: &Splitter) -> (Vec<String>, usize) {
    let document = document(GATES);
    let outline = splitter.outline(&document, 0..document.blocks.len() as u32, &[]);
    assert_eq!(outline.check(&document), Vec::<String>::new());
    let roles = outline
        .paragraphs
        .iter()
        .filter(|it| it.role.is_some())
        .count();
    let title =
        |section: &crate::model::Section| section.title(&document, &splitter.lens).to_owned();
    (outline.sections.iter().map(title).collect(), roles)
}

#[test]
fn a_damaged_lens_makes_sections_of_headings_and_says_why() {
    let built_in = &LENSES[0];
    let packed = built_in.packed.expect("it has learnt cues");
    let half = &packed[..packed.len() / 2];
    for (toml, packed, why, roles) in [
        (built_in.toml, half, "lost or won bytes", 6),
        (built_in.toml, &packed[..0], "cut short", 6),
        ("name = 3", packed, "line 1", 0),
    ] {
        let splitter = Splitter::packed_or_plain("briefing", toml, Some(packed));
        let fault = splitter.fault().expect("a fault");
        assert!(
            fault.contains(why) && fault.contains("headings alone"),
            "{fault}"
        );
        assert_eq!(splitter.lens.roles.len(), roles, "{why}");
        let headings = vec!["What was ordered".to_owned(), "What the millers say".into()];
        assert_eq!(through(&splitter), (headings, 0), "{why}");
    }
    assert_eq!(Splitter::standard().fault(), None);
    assert!(
        through(Splitter::standard()).1 > 0,
        "the report has roles when nothing is damaged"
    );
}

/// The table of learnt cues as people read it.
const TABLE: &str = include_str!("../../assets/lenses/briefing.tsv");

#[test]
fn a_table_is_packed_only_when_it_is_whole() {
    let lines = TABLE.lines().count();
    let at_a_line: String = TABLE.split_inclusive('\n').take(lines / 2).collect();
    let figure = TABLE.replacen("\t41\t", "\t42\t", 1);
    assert_ne!(figure, TABLE, "a figure to change");
    for (table, why) in [
        (at_a_line.as_str(), "its end is missing"),
        ("", "its end is missing"),
        (figure.as_str(), "check sum is wrong"),
    ] {
        let told = Splitter::pack(LENSES[0].toml, table).expect_err("a fault");
        assert!(told.to_string().contains(why), "{told}");
    }
}

proptest! {
    #[test]
    fn no_damage_to_a_lens_goes_unseen_or_panics(
        at in any::<prop::sample::Index>(),
        letter in "[\\n\\t 0-9a-z\\[\\]\"=é#]",
        cut in any::<bool>(),
        of_toml in any::<bool>(),
    ) {
        let rows: String = TABLE.split_inclusive('\n').take(60).collect();
        let (toml, table) = (LENSES[0].toml, super::seal(&rows));
        let damage = |text: &str| -> String {
            let letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len());
            let rest = if cut { String::new() } else { letters[at + 1..].iter().collect() };
            let changed = if cut { "" } else { letter.as_str() };
            letters[..at].iter().collect::<String>() + changed + &rest
        };
        if of_toml {
            through(&Splitter::packed_or_plain("briefing", &damage(toml), None));
        } else {
            let changed = damage(&table);
            let packed = Splitter::pack(toml, &changed);
            prop_assert!(changed.trim_end() == table.trim_end() || packed.is_err());
        }
    }

    #[test]
    fn any_document_has_a_sound_outline(
        lines in prop::collection::vec(
            prop_oneof![
                "(= |#{1,6} |\\$ )?[a-zé“” ]{0,30}",
                Just("---".to_owned()),
                Just("Also read: more of it".to_owned()),
                prop::sample::select(REPORT).prop_map(str::to_owned),
            ],
            0..24,
        ),
        from in 0_u32..24,
        to in 0_u32..30,
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let document = document(&lines);
        prop_assert_eq!(document.check(), Vec::<String>::new());
        let outline = Splitter::standard().outline(&document, from..to, &[]);
        prop_assert_eq!(outline.check(&document), Vec::<String>::new());
        for (id, block) in (0..).zip(&document.blocks) {
            let inside = from <= id && id < to;
            let told = outline.paragraph(id);
            let boilerplate = told.is_some_and(|told| told.boilerplate);
            prop_assert_eq!(told.is_some(), inside && (block.is_body() || boilerplate));
            let home = outline.sections.iter().filter(|section| section.range.covers(block.range)).count();
            if told.is_some_and(|told| !told.boilerplate) && !block.range.is_empty() {
                prop_assert_eq!(home, 1, "block {} lies in {} sections", id, home);
            }
            if inside && block.is_heading() && !boilerplate {
                let opened = outline.sections.iter().any(|section| section.heading_block() == Some(id));
                prop_assert!(opened, "heading {} opens no section", id);
            }
        }
    }
}
