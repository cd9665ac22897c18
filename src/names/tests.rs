//! Names as data: each line is a text with its names in brackets, `[words|kind]`.

use proptest::prelude::{any, proptest};

use crate::model::{Block, BlockKind, Document, EntityKind, KINDS, Outline};
use crate::names::lexicon::Lexicon;
use crate::names::{FINDERS, Found, find, find_with, link};
use crate::text::TextRange;

/// The text without brackets, and what stands in them as names of `kind`.
pub(super) fn marked(marked: &str, kind: EntityKind) -> (String, Vec<Found>) {
    let (mut text, mut found, mut start) = (String::new(), Vec::new(), 0);
    for letter in marked.chars() {
        match letter {
            '[' => start = text.len(),
            ']' => found.push(Found {
                range: TextRange::new(start, text.len()),
                kind,
                seen: None,
                verdict: None,
            }),
            _ => text.push(letter),
        }
    }
    (text, found)
}

/// A document with a block for each line.
pub(super) fn document(text: &str) -> Document {
    let mut document = Document {
        text: text.to_owned(),
        ..Document::default()
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if end > at {
            document.blocks.push(Block {
                range: TextRange::new(at, end),
                kind: BlockKind::Paragraph,
                level: 0,
                tight: false,
                line: 1,
                page: None,
            });
        }
        at += line.len();
    }
    document
}

fn entities(text: &str) -> (Document, crate::model::Entities) {
    let document = document(text);
    // The rules alone: a model learns anew with every change of its texts.
    let found = find_with(&document, 0..document.blocks.len() as u32, None);
    let entities = link(&document, &found, &Outline::default());
    assert_eq!(entities.check(&document), Vec::<String>::new());
    (document, entities)
}

/// Takes the brackets out, finds the names, and puts brackets around them again.
#[track_caller]
fn check(marked: &str) {
    let mut text = String::new();
    for (nth, piece) in marked.split('[').enumerate() {
        let Some((name, rest)) = piece.split_once(']').filter(|_| nth > 0) else {
            text.push_str(piece);
            continue;
        };
        text.push_str(name.rsplit_once('|').map_or(name, |(name, _)| name));
        text.push_str(rest);
    }
    let (document, entities) = entities(&text);
    let mut again = String::new();
    let mut at = 0;
    for mention in &entities.mentions {
        let kind = entities.entities[mention.entity as usize].kind.row().name;
        again.push_str(TextRange::new(at, mention.range.start()).of(&document.text));
        again.extend(["[", mention.range.of(&document.text), "|", kind, "]"]);
        at = mention.range.end();
    }
    again.push_str(TextRange::new(at, text.len()).of(&document.text));
    assert_eq!(again, marked);
}

#[test]
fn people() {
    for marked in [
        "[Ada Lovelace|person] of the [State Department|agency] said no. Later [Lovelace|person] left.",
        "President [Wanjiru Odhiambo-Lee|person] met Prime Minister [Tomas Quell|person] on Friday.",
        "Mr. [Quillfeather|person] told reporters that he knew nothing.",
        "The speech by [Zorblatt Quen|person], 43, was short.",
        "The minister, [Hilal bin Rashid Al Qamari|person], thanked [Ursula van der Meer|person]’s team.",
        "It was [Rey \"Boy\" Macalino|person] who opened the gate.",
        "Mayor of [Leeds|place] [Gareth Pym|person] opened the road.",
        "Secretary of Trade [Xenobia Harrow|person] resigned.",
        "The [Quillon|person] administration rejected the plan.",
        "[Jack Tarn, Jr.|person] spoke for [S.M. Krishnan|person], who was ill.",
    ] {
        check(marked);
    }
}

#[test]
fn bodies() {
    for marked in [
        "The [Ministry of Foreign Affairs and Trade|agency] answered the [Central Harbour Commission|agency].",
        "The [Intelligence and Security Service|agency] warned the [Senate|agency] in May.",
        "The [Nordic Ice Patrol Agency|agency] ([NIPA|agency]) charts ice. [NIPA|agency] has a ship.",
        "Her firm, [Tarn & Quell Holdings|organization], owns the broadcaster [Harbour Vision|organization].",
        "The [University of Eskmouth|organization] and the [Eskmouth Rowing Club|organization] signed.",
        "The [Peruvian Embassy|agency] did not respond, and the embassy stayed shut.",
        "The [People’s Harbour Union|organization] met the [U.S. Department of Homeland Security|agency].",
        "[Odecom|organization], a security firm, found it.",
        "The [9th District Court|agency] agreed with the [Court of Appeals for the Second Circuit|agency].",
    ] {
        check(marked);
    }
}

#[test]
fn places_and_what_is_no_name() {
    for marked in [
        "In [Ukraine|place] the rain stopped; [Moscow|place] said nothing about the Russian troops.",
        "Under the Geneva Convention and the Ada Ode Recovery Act nobody may do so.",
        "Hurricane Ada reached the town of [Quellmouth|place] on Monday.",
        "The talks in the [Oval Office|place] ended early.",
        "[OSLO|place], June 3 - Rates fell.",
        "The Agency will act. The Committee met. However, This was Not So.",
        "The ferry crossed [Lake Victoria|place] and the [Eskmouth River|place].",
        "The company sells software as a service (SaaS) to the government.",
    ] {
        check(marked);
    }
}

/// `name: forms; titles` of every person and body.
fn listed(text: &str) -> Vec<String> {
    let (_, entities) = entities(text);
    let lines = entities
        .entities
        .iter()
        .filter(|entity| entity.kind != EntityKind::Place);
    lines
        .map(|entity| {
            let titles: Vec<_> = entity
                .titles
                .iter()
                .map(|title| title.text.as_str())
                .collect();
            format!("{}; {}", entity.forms.join(", "), titles.join(", "))
        })
        .collect()
}

#[test]
fn mentions_of_one_are_joined_and_read_their_titles() {
    for (text, expected) in [
        (
            "US Secretary of Ports Ada Quell met Air Force General Tom Moor, the head of the fleet. Quell smiled.",
            &[
                "Ada Quell, Quell; US Secretary of Ports",
                "Air Force; ",
                "Tom Moor; Air Force General, head of the fleet",
            ][..],
        ),
        (
            "John Tarn, the chief executive, and Mary Tarn left. Tarn laughed. John was silent.",
            &["John Tarn, John; chief executive", "Mary Tarn, Tarn; "],
        ),
        (
            "The U.S. Cyber Command woke. Then Cyber Command slept.",
            &["U.S. Cyber Command, Cyber Command; "],
        ),
        (
            "The Department of Homeland Security wrote. DHS wrote again.",
            &["Department of Homeland Security, DHS; "],
        ),
        (
            "Iran’s foreign minister, Kamal Tarnazi, told the Harbour Agency so.",
            &["Kamal Tarnazi; Iran’s foreign minister", "Harbour Agency; "],
        ),
    ] {
        assert_eq!(listed(text), expected, "{text}");
    }
}

/// Texts, and the titles they give Quell, joined by ` | `.
const TITLED: &[(&str, &str)] = &[
    // A relation is no office.
    (
        "The minister telephoned her colleague in Velmark, Edvard Quell, on Monday.",
        "",
    ),
    (
        "The minister wrote to her Velmark counterpart, Edvard Quell, on Monday.",
        "",
    ),
    (
        "She thanked a rival from Velmark, Edvard Quell, on Monday.",
        "",
    ),
    (
        "He met a former teammate from Velmark, Edvard Quell, on Monday.",
        "",
    ),
    (
        "He wrote to the envoy of Velmark, Edvard Quell, on Monday.",
        "envoy of Velmark",
    ),
    (
        "On Monday Peruvian President Ada Quell left.",
        "Peruvian President",
    ),
    (
        "The President of Peru, Ada Quell, spoke.",
        "President of Peru",
    ),
    (
        "The talks ended, said the head of the team, Ada Quell.",
        "head of the team",
    ),
    ("Ohio Governor, Ada Quell, resigned.", "Ohio Governor"),
    (
        "The chairman of its board of directors, Ada Quell, left.",
        "chairman of its board of directors",
    ),
    ("The Prime Minister, Mr. Tom Quell, left.", "Prime Minister"),
    ("The board of governors, Ada Quell said, will meet.", ""),
    ("Ada Quell, his wife and three aides left.", ""),
    ("He brought his wife and three aides, Ada Quell said.", ""),
    ("Ada Quell, his sister and a child psychiatrist, left.", ""),
    (
        "Ada Quell, her husband, left. Her rival Ada Quell stayed.",
        "",
    ),
    (
        "Ada Quell, both the leader of farmers and a singer, left.",
        "leader of farmers",
    ),
    (
        "Ada Quell, President of Peru signed a European Union supported truce.",
        "President of Peru",
    ),
    (
        "Ada Quell, then the commander in the north, left.",
        "commander in the north",
    ),
    (
        "Ada Quell, minister of ports in an address on radio, spoke.",
        "minister of ports",
    ),
    (
        "Ada Quell, campaign manager for Tom Moor, left.",
        "campaign manager for Tom Moor",
    ),
    ("Ada Quell, Tom Moor's spokesman, left.", "spokesman"),
    (
        "Ada Quell MP, the leader of the house, left.",
        "MP | leader of the house",
    ),
    (
        "Officials welcomed Senators Ada Quell and Tom Moor.",
        "Senator",
    ),
    (
        "He met foreign ministers Ada Quell of Peru, Tom Moor of Chad and Mary Tarn.",
        "foreign minister",
    ),
    // Clauses: who is, was, leads, was made, took over from another.
    ("Ada Quell, who was premier until 2013, left.", "premier"),
    (
        "Ada Quell, who leads the Harbour Command, left.",
        "leads the Harbour Command",
    ),
    (
        "Ada Quell was named chairman of the Harbour Board on Friday.",
        "chairman of the Harbour Board",
    ),
    ("Ada Quell resigned as mayor of Oslo.", "mayor of Oslo"),
    (
        "Ada Quell replaced Tom Moor as chairman of the board.",
        "chairman of the board",
    ),
    ("Tom Moor replaced Ada Quell as chairman of the board.", ""),
    (
        "Tom Moor named Ada Quell as foreign minister.",
        "foreign minister",
    ),
    ("Critics described Ada Quell as a minister of fear.", ""),
    ("Ada Quell was not the president.", ""),
    ("Ada Quell was killed with the president.", ""),
    ("Ada Quell, 58, a baker, left.", "baker"),
    // Where it stands: in brackets, before a rank, before a row, after a verb that looks like one.
    (
        "The Minister for Ports (Ada Quell) rose.",
        "Minister for Ports",
    ),
    (
        "The head of the fleet, Vice Admiral Ada Quell, spoke.",
        "head of the fleet | Vice Admiral",
    ),
    ("The engineers, Ada Quell and Tom Moor, left.", "engineer"),
    (
        "Two Republicans, Sens. Ada Quell and Tom Moor, left.",
        "Sen",
    ),
    ("Oslo hosts Ada Quell as Peru watches.", ""),
    ("Lawyer Ada Quell spoke.", "Lawyer"),
    ("He was a clerk for Justice Ada Quell.", "Justice"),
    ("Meeting Minister Ada Quell", "Minister"),
    (
        "The Prime Minister-designate Ada Quell spoke.",
        "Prime Minister-designate",
    ),
    (
        "Ada Quell, head of the Commission against Fraud, left.",
        "head of the Commission against Fraud",
    ),
];

#[test]
fn a_title_is_the_office_as_stated_and_no_more() {
    let mut wrong = Vec::new();
    for (text, expected) in TITLED {
        let (_, entities) = entities(text);
        let person = entities
            .entities
            .iter()
            .find(|entity| entity.name.ends_with("Quell"));
        let Some(person) = person else {
            wrong.push(format!("nobody in {text}"));
            continue;
        };
        let titles: Vec<_> = person
            .titles
            .iter()
            .map(|title| title.text.as_str())
            .collect();
        if titles.join(" | ") != *expected {
            wrong.push(format!("{titles:?} in {text}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn one_person_or_body_under_several_forms_is_one() {
    let texts = [
        // Family names with particles, turned names, articles, other names.
        (
            "Frederik van Ode met Ada von der Moor. Van Ode left. Von der Moor won.",
            &[
                "Frederik van Ode, Van Ode; ",
                "Ada von der Moor, Von der Moor; ",
            ][..],
        ),
        (
            "Ahmed al-Quell spoke. Al-Quell left. The Quell regime fell.",
            &["Ahmed al-Quell, Al-Quell, Quell; "],
        ),
        (
            "Peter Quell, also known as Tom Moor, left. Tom Moor was held.",
            &["Peter Quell, Tom Moor; "],
        ),
        (
            "Mary Quell and Paul Quell met Paula Quell.",
            &["Mary Quell; ", "Paul Quell; ", "Paula Quell; "],
        ),
        // A body of a state, however the state is named; two states' are two.
        (
            "Peru’s Foreign Ministry spoke. The Peruvian Foreign Ministry denied it. The Foreign Office of Peru too.",
            &["Foreign Office of Peru, Foreign Ministry, Peruvian Foreign Ministry; "],
        ),
        (
            "Peru’s Supreme Court agreed. Chad’s Supreme Court did not.",
            &["Supreme Court; ", "Supreme Court; "],
        ),
        (
            "The Presidential Harbour Council met. The Harbour Council rose.",
            &["Presidential Harbour Council, Harbour Council; "],
        ),
        // A case, a ship, malware, a site are nobody.
        ("In Quell v Moor and R v. Tarn the judge agreed.", &[]),
        ("The HMS Ada Quell and the frigate Tom Moor sailed.", &[]),
        ("They found Mimikatz and WannaCry there.", &[]),
        ("They landed at Ada Quell Airport.", &[]),
        (
            "A stake of 5% is held by Quell & Quell now.",
            &["Quell & Quell; "],
        ),
    ];
    let wrong: Vec<_> = texts
        .iter()
        .map(|(text, expected)| (text, expected, listed(text)))
        .filter(|(_, expected, listed)| listed != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_title_in_the_plural_is_of_each_in_the_row() {
    let text = "He met Senators Ada Quell of Ohio, Tom Moor and Mary Tarn. John Lowe was there.";
    assert_eq!(
        listed(text),
        [
            "Ada Quell; Senator",
            "Tom Moor; Senator",
            "Mary Tarn; Senator",
            "John Lowe; "
        ]
    );
}

#[test]
fn a_body_stated_to_be_part_of_another_has_it_as_parent() {
    let (_, entities) =
        entities("The Harbour Safety Agency, which falls under the Department of Quays, spoke.");
    assert_eq!(entities.entities[0].parent, Some(1));
}

#[test]
fn code_has_no_names() {
    let mut document = document("Ada Lovelace wrote it.");
    document.blocks[0].kind = BlockKind::Code;
    assert_eq!(find(&document, 0..1), []);
}

#[test]
fn every_kind_is_found_by_some_finder_and_every_finder_has_a_name() {
    let text = "Mr. Ode of the State Department left Odecom Holdings in Peru.";
    let (_, entities) = entities(text);
    for row in &KINDS {
        assert!(
            entities
                .entities
                .iter()
                .any(|entity| entity.kind == row.kind),
            "{}",
            row.name
        );
    }
    assert!(FINDERS.iter().all(|finder| !finder.name.is_empty()));
}

#[test]
fn the_seed_names_whom_it_should() {
    let data = std::env::var("BRIEFING_DATA").unwrap_or_else(|_| "../shared".into());
    let Ok(text) = std::fs::read_to_string(format!("{data}/seed/article.txt")) else {
        println!("skipped: no seed under {data}");
        return;
    };
    let (_, entities) = entities(&text);
    let count = |kinds: &[EntityKind]| {
        let of_kind = |entity: &&crate::model::Entity| kinds.contains(&entity.kind);
        entities.entities.iter().filter(of_kind).count()
    };
    // A branch of the armed forces inside a rank may stand among the bodies or not.
    assert_eq!(count(&[EntityKind::Person]), 8);
    assert!((8..=9).contains(&count(&[EntityKind::Agency, EntityKind::Organization])));
    assert!(entities.entities.iter().all(|entity| {
        let listed = Lexicon::standard().listed(&entity.name);
        let place = listed.is_some_and(|listed| listed.kind == EntityKind::Place);
        place == (entity.kind == EntityKind::Place)
    }));
}

proptest! {
    #[test]
    fn any_text_gives_sound_names(text in r"(?:[A-Z][a-z]{0,3}|[a-z']{1,4}|U\.S\.|Mr\.|of|and|[-.,’()\n “”&é\u{301}0-9]){0,60}", noise in any::<String>()) {
        let text = format!("{text}\n{noise}");
        let document = document(&text);
        let found = find(&document, 0..document.blocks.len() as u32);
        let mut end = 0;
        for found in &found {
            assert!(found.range.fits(&text) && !found.range.is_empty() && found.range.start() >= end);
            end = found.range.end();
        }
        let entities = link(&document, &found, &Outline::default());
        assert_eq!(entities.check(&document), Vec::<String>::new());
    }
}

/// What is found in `text`, in small letters, with its kind.
fn named(text: &str) -> Vec<(String, EntityKind)> {
    let document = document(text);
    let found = find(&document, 0..document.blocks.len() as u32);
    let names = found.iter();
    names
        .map(|found| (found.range.of(text).to_lowercase(), found.kind))
        .collect()
}

#[test]
fn a_text_without_capitals_or_in_capitals_has_the_names_it_has_with_them() {
    let text = "President Maria Marsk met NATO officials in Berlin on Tuesday. Marsk said the White House had told \
        the Federal Bureau of Investigation nothing, and the Ministry of Defence in Peru agreed.";
    let usual = named(text);
    assert!(usual.len() >= 6, "{usual:?}");
    for other in [text.to_lowercase(), text.to_uppercase()] {
        assert_eq!(named(&other), usual, "{other}");
    }
    let entities = |text: &str| {
        let document = document(text);
        let found = find(&document, 0..document.blocks.len() as u32);
        let entities = link(&document, &found, &Outline::default()).entities;
        let names = entities.iter().map(|entity| entity.name.to_lowercase());
        names.collect::<Vec<_>>()
    };
    assert_eq!(entities(&text.to_lowercase()), entities(text));
    assert_eq!(entities(&text.to_uppercase()), entities(text));
}

#[test]
fn a_careless_text_has_its_places_and_a_list_keeps_its_small_words() {
    let careless = "i live in san francisco now.\nIs Peru far from mexico?";
    let places: Vec<String> = named(careless).into_iter().map(|(name, _)| name).collect();
    assert_eq!(places, ["san francisco", "peru", "mexico"]);
    let list = "The kitchen orders what it needs.\nIt asks Ada Quell for help.\nShe buys four things.\nThis is her list.\n\
        It is short.\nThe rest can wait.\nroast turkey and good china";
    let names: Vec<String> = named(list).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["ada quell"]);
}

#[test]
fn source_code_is_no_flood_of_names() {
    for code in [
        include_str!("mod.rs"),
        include_str!("case.rs"),
        include_str!("model/tagger.rs"),
        &include_str!("mod.rs").to_lowercase(),
    ] {
        let document = document(code);
        let mut words = Vec::new();
        crate::text::tokens::words(code, TextRange::new(0, code.len()), &mut words);
        let found = find(&document, 0..document.blocks.len() as u32);
        let of_names: usize = found
            .iter()
            .map(|found| found.range.of(code).split_whitespace().count())
            .sum();
        assert!(
            of_names * 50 <= words.len(),
            "{of_names} of {}",
            words.len()
        );
    }
}

#[test]
fn an_address_is_no_name() {
    let text = "Write to Ada.Quell@mint.example or open Quell_plan.doc, says Ada Quell.";
    assert_eq!(named(text), [("ada quell".to_owned(), EntityKind::Person)]);
}
