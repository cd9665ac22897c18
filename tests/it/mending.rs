//! Mended names: whatever a reader does, mentions stay sorted and disjoint and everybody has some, and what she did
//! can be undone and is found again in a text that changed a little.

use std::sync::Arc;

use briefing::analysis::analyze_whole;
use briefing::model::{
    Briefing, By, Change, EntityId, EntityKind, KINDS, NameEdit, NameEdits, OwnList, OwnName,
};
use briefing::names::amend::{Fit, amended};
use briefing::names::wish::{self, Refusal, Wish};
use briefing::text::TextRange;
use proptest::prelude::*;

use crate::driver::{document, document_of, source};

/// A briefing with edits, made one by one from what is shown.
struct Desk {
    found: Briefing,
    shown: Briefing,
    edits: NameEdits,
}

impl Desk {
    fn new(found: Briefing) -> Self {
        Self {
            shown: found.clone(),
            found,
            edits: NameEdits::default(),
        }
    }

    fn of(text: &str) -> Self {
        Self::new(analyze_whole(&Arc::new(document_of(text))))
    }

    fn wish(&mut self, wish: &Wish) -> Result<(), Refusal> {
        let edit = wish::edit(&self.shown, wish)?;
        self.edits.change(&Change::Add(edit));
        self.show();
        Ok(())
    }

    fn undo(&mut self) {
        let last = self.edits.edits.last().cloned();
        let last = last.expect("an edit to undo");
        self.edits.change(&Change::Undo(last));
        self.show();
    }

    fn show(&mut self) {
        let amended = amended(&self.found, &OwnList::default(), &self.edits.edits);
        let fits = |fit: &Fit| *fit == Fit::Whole;
        assert!(amended.fits.iter().all(fits), "an edit just made is found");
        self.shown.entities = amended.entities;
    }

    fn id(&self, name: &str) -> EntityId {
        id(&self.shown, name)
    }

    fn told(&self) -> Vec<String> {
        told(&self.shown)
    }
}

fn id(briefing: &Briefing, name: &str) -> EntityId {
    let names = (0..).zip(&briefing.entities.entities);
    let mut called = names.filter(|(_, it)| it.name == name);
    let found = called.next().map(|(id, _)| id);
    found.unwrap_or_else(|| panic!("{name} is not among {:?}", told(briefing)))
}

/// Every name: kind, name, all its mentions; `*` where it is the reader's, brackets where it is hidden.
fn told(briefing: &Briefing) -> Vec<String> {
    let entities = &briefing.entities;
    let one = |(id, it): (EntityId, &briefing::model::Entity)| {
        let words = entities.mentions_of(id);
        let words: Vec<&str> = words
            .map(|it| it.range.of(&briefing.document.text))
            .collect();
        let yours = if it.mended_by() == Some(By::Reader) {
            "*"
        } else {
            ""
        };
        let line = format!(
            "{}{yours} {}: {}",
            it.kind.row().name,
            it.name,
            words.join(", ")
        );
        if it.hidden { format!("({line})") } else { line }
    };
    (0..).zip(&entities.entities).map(one).collect()
}

/// Every broken promise of edited names.
fn faults(shown: &Briefing) -> Vec<String> {
    let entities = &shown.entities;
    let mut faults = entities.check(&shown.document);
    let mut first = 0;
    for (id, entity) in (0..).zip(&entities.entities) {
        if entity.forms.first() != Some(&entity.name) || entity.name.is_empty() {
            faults.push(format!(
                "{id}: {:?} is not the first of {:?}",
                entity.name, entity.forms
            ));
        }
        let words = entities
            .mentions_of(id)
            .map(|it| it.range.of(&shown.document.text));
        for words in words {
            if !entity.forms.iter().any(|form| form == words) {
                faults.push(format!("{id}: {words:?} is not in {:?}", entity.forms));
            }
        }
        let start = entities
            .mentions_of(id)
            .next()
            .map_or(0, |it| it.range.start());
        if start < first {
            faults.push(format!("{id} is not in order of entry"));
        }
        first = start;
        if entity.parent == Some(id) {
            faults.push(format!("{id} is part of itself"));
        }
        let nobody = |id: EntityId| id as usize >= entities.entities.len();
        if entity.parent.is_some_and(nobody) {
            faults.push(format!("{id} is part of nobody"));
        }
    }
    for mention in &entities.mentions {
        let home = shown.outline.home(&shown.document, mention.range.start());
        if mention.section != home {
            faults.push(format!("{:?} is not at home", mention.range));
        }
    }
    faults
}

const PARTS: &[&str] = &[
    "Lena Marsk, the transport minister, spoke in Lund. Marsk said no.",
    "Tomas Reyk of the National Water Agency (NWA) met Anna Reyk. Reyk left; the NWA stayed.",
    "The Ministry of Transport and the European Union signed in Kessia on Monday.",
    "## What Lena Marsk said",
    "Mr. Reyk and Mrs. Marsk praised the Harbour Forum, part of the Ministry of Transport.",
    "Nothing is named here, and 水道 is no name; the tide came in.",
    "- Tomas Reyk\n- the NWA\n- Bo Ode",
];

fn texts() -> impl Strategy<Value = String> {
    let parts = proptest::collection::vec(0..PARTS.len(), 1..10);
    parts.prop_map(|parts| {
        let parts: Vec<&str> = parts.iter().map(|&at| PARTS[at]).collect();
        parts.join("\n\n")
    })
}

/// What is done, to whom and with what, in thousandths of the whole.
fn acts() -> impl Strategy<Value = Vec<(u8, usize, usize)>> {
    proptest::collection::vec((0..9_u8, 0..1000_usize, 0..1000_usize), 1..16)
}

fn act(desk: &mut Desk, (what, whom, with): (u8, usize, usize)) {
    let names = desk.shown.entities.entities.len();
    let (id, other) = (
        (whom * names / 1000) as EntityId,
        (with * names / 1000) as EntityId,
    );
    let kind = KINDS[with % KINDS.len()].kind;
    // A wish may be refused: then nothing has changed.
    let _ = match what {
        7 if desk.edits.edits.is_empty() => Ok(()),
        7 => {
            desk.undo();
            Ok(())
        }
        8 => desk.wish(&Wish::Add(
            stretch(&desk.shown.document.text, whom, with),
            kind,
        )),
        _ if names == 0 => Ok(()),
        0 => desk.wish(&Wish::Merge(id, other)),
        1 => {
            let entities = &desk.shown.entities;
            let to = match with % 3 {
                0 => "Somebody else".to_owned(),
                1 => entities.entities[other as usize].name.clone(),
                _ => entities.entities[id as usize]
                    .forms
                    .last()
                    .cloned()
                    .unwrap_or_default(),
            };
            let count = entities.entities[id as usize].mentions.len();
            let chosen: Vec<usize> = (0..count)
                .filter(|at| (with >> (at % 9)) & 1 == 1)
                .collect();
            desk.wish(&Wish::Split(id, &chosen, &to))
        }
        2 => desk.wish(&Wish::Rename(id, ["A name", "Lund", "水道", " "][with % 4])),
        3 => desk.wish(&Wish::Kind(id, kind)),
        4 | 5 => desk.wish(&Wish::Hide(id)),
        _ => desk.wish(&Wish::Reject(id)),
    };
}

/// Some words of `text`.
fn stretch(text: &str, from: usize, length: usize) -> TextRange {
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|&at| text.is_char_boundary(at))
    };
    let start = boundary(from * text.len() / 1000).unwrap_or(0);
    let end = boundary(start + length % 40).unwrap_or(0);
    TextRange::new(start, end.max(start))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_edits_break_the_names_and_undoing_all_gives_back_what_was_found(
        text in texts(), acts in acts()
    ) {
        let mut desk = Desk::of(&text);
        for it in acts {
            act(&mut desk, it);
            let faults = faults(&desk.shown);
            prop_assert!(faults.is_empty(), "{it:?}: {}\n{text}", faults.join("\n"));
        }
        while !desk.edits.edits.is_empty() {
            desk.undo();
        }
        prop_assert_eq!(&desk.shown.entities, &desk.found.entities);
    }

    #[test]
    fn edits_of_one_text_do_no_harm_in_another(text in texts(), other in texts(), acts in acts()) {
        let mut desk = Desk::of(&text);
        for it in acts {
            act(&mut desk, it);
        }
        let json = serde_json::to_string(&desk.edits.edits).unwrap();
        let edits: Vec<NameEdit> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&edits, &desk.edits.edits, "what is kept as JSON is what was made");
        let mut shown = analyze_whole(&Arc::new(document_of(&other)));
        let amended = amended(&shown, &OwnList::default(), &edits);
        prop_assert_eq!(amended.fits.len(), edits.len());
        shown.entities = amended.entities;
        let faults = faults(&shown);
        prop_assert!(faults.is_empty(), "{}\n{text}\n{other}", faults.join("\n"));
    }
}

const MEETING: &str = "# Water\n\nTomas Reyk, the water minister, met Anna Reyk in Lund. Reyk left early.\n\n\
                       The National Water Agency (NWA) said that Tomas Reyk was right. The NWA stayed.\n";

#[test]
fn two_that_are_merged_are_one_under_the_name_of_the_second() {
    let mut desk = Desk::of(MEETING);
    assert_eq!(
        desk.told(),
        [
            "person Tomas Reyk: Tomas Reyk, Tomas Reyk",
            "person Anna Reyk: Anna Reyk, Reyk",
            "place Lund: Lund",
            "agency National Water Agency: National Water Agency, NWA, NWA"
        ]
    );
    let (tomas, anna) = (desk.id("Tomas Reyk"), desk.id("Anna Reyk"));
    desk.wish(&Wish::Merge(anna, tomas)).unwrap();
    assert_eq!(
        desk.told(),
        [
            "person* Tomas Reyk: Tomas Reyk, Anna Reyk, Reyk, Tomas Reyk",
            "place Lund: Lund",
            "agency National Water Agency: National Water Agency, NWA, NWA"
        ]
    );
    let entities = &desk.shown.entities;
    let one = &entities.entities[0];
    assert_eq!(one.titles.len(), 1, "{:?}", one.titles);
    assert!(
        one.doubts.is_empty(),
        "nobody else is left: {:?}",
        one.doubts
    );
    let why = entities.why(0, entities.mentions_of(0));
    assert!(
        why.starts_with("by the reader: joined with “Anna Reyk”; found by"),
        "{why}"
    );
    let second = entities.mentions_of(0).nth(1).unwrap();
    let joined = entities.joined(second, &desk.shown.document.text);
    assert_eq!(
        joined.as_deref(),
        Some("joined by the reader with “Tomas Reyk”")
    );
    assert_eq!(desk.wish(&Wish::Merge(0, 0)), Err(Refusal::Itself));
}

#[test]
fn mentions_that_are_split_off_are_of_another() {
    let mut desk = Desk::of(MEETING);
    let anna = desk.id("Anna Reyk");
    desk.wish(&Wish::Split(anna, &[1], "Tomas Reyk")).unwrap();
    assert_eq!(
        desk.told()[..2],
        [
            "person* Tomas Reyk: Tomas Reyk, Reyk, Tomas Reyk",
            "person* Anna Reyk: Anna Reyk"
        ]
    );
    let agency = desk.id("National Water Agency");
    desk.wish(&Wish::Split(agency, &[2], "Northern Wool Association"))
        .unwrap();
    let last = desk.told().pop().unwrap();
    assert_eq!(last, "agency* Northern Wool Association: NWA");
    let tomas = desk.id("Tomas Reyk");
    for (chosen, to, refusal) in [
        (&[][..], "Bo Ode", Refusal::NoMention),
        (&[0, 1, 2], "Bo Ode", Refusal::AllMentions),
        (&[0], "Tomas Reyk", Refusal::SameName),
        (&[0], " - ", Refusal::Empty),
    ] {
        assert_eq!(desk.wish(&Wish::Split(tomas, chosen, to)), Err(refusal));
    }
}

#[test]
fn a_title_goes_with_the_mention_that_bears_it() {
    let mut desk = Desk::of(MEETING);
    let tomas = desk.id("Tomas Reyk");
    desk.wish(&Wish::Split(tomas, &[0], "Tom Reyk the elder"))
        .unwrap();
    let titles = |name| {
        desk.shown.entities.entities[desk.id(name) as usize]
            .titles
            .len()
    };
    assert_eq!((titles("Tom Reyk the elder"), titles("Tomas Reyk")), (1, 0));
}

#[test]
fn names_are_renamed_set_right_hidden_and_rejected() {
    let mut desk = Desk::of(MEETING);
    desk.wish(&Wish::Rename(desk.id("Anna Reyk"), "  Anna  Lia Reyk "))
        .unwrap();
    desk.wish(&Wish::Kind(desk.id("Lund"), EntityKind::Organization))
        .unwrap();
    desk.wish(&Wish::Hide(desk.id("National Water Agency")))
        .unwrap();
    assert_eq!(
        desk.told()[1..],
        [
            "person* Anna Lia Reyk: Anna Reyk, Reyk",
            "organization* Lund: Lund",
            "(agency* National Water Agency: National Water Agency, NWA, NWA)"
        ]
    );
    desk.wish(&Wish::Hide(desk.id("National Water Agency")))
        .unwrap();
    desk.wish(&Wish::Reject(desk.id("Lund"))).unwrap();
    assert_eq!(
        desk.told()[2..],
        ["agency National Water Agency: National Water Agency, NWA, NWA"]
    );
    let anna = desk.id("Anna Lia Reyk");
    for (wish, refusal) in [
        (Wish::Rename(anna, "Anna Lia Reyk"), Refusal::SameName),
        (
            Wish::Rename(anna, "Tomas Reyk"),
            Refusal::Taken("Tomas Reyk".into()),
        ),
        (Wish::Rename(anna, " ?"), Refusal::Empty),
        (Wish::Kind(anna, EntityKind::Person), Refusal::SameKind),
    ] {
        assert_eq!(desk.wish(&wish), Err(refusal));
    }
}

/// The range of the first `words`.
fn range(desk: &Desk, words: &str) -> TextRange {
    let start = desk.shown.document.text.find(words).unwrap();
    TextRange::new(start, start + words.len())
}

#[test]
fn words_that_are_added_are_a_name_wherever_they_stand() {
    let text = "# Tide\n\nThe old mole held. Many like the old mole, and moles. \
                The Ministry of Transport pays for the old mole; Lena Marsk signed.\n";
    let mut desk = Desk::of(text);
    // Half a word is the word.
    desk.wish(&Wish::Add(range(&desk, "d mole h"), EntityKind::Place))
        .unwrap();
    assert_eq!(desk.told()[0], "place* old mole held: old mole held");
    desk.undo();
    let words = range(&desk, "old mole");
    desk.wish(&Wish::Add(words, EntityKind::Place)).unwrap();
    assert_eq!(
        desk.told()[0],
        "place* old mole: old mole, old mole, old mole"
    );
    let entities = &desk.shown.entities;
    assert_eq!(
        entities.mentions_of(0).next().unwrap().found(""),
        "marked by the reader"
    );
    // What it stands in the way of goes.
    desk.wish(&Wish::Add(
        range(&desk, "Transport pays for"),
        EntityKind::Agency,
    ))
    .unwrap();
    assert!(
        !desk.told().iter().any(|it| it.contains("Ministry")),
        "{:?}",
        desk.told()
    );
    let marsk = range(&desk, "Lena Marsk");
    assert_eq!(
        desk.wish(&Wish::Add(marsk, EntityKind::Person)),
        Err(Refusal::Known)
    );
    let lines = TextRange::new(0, desk.shown.document.text.len());
    assert_eq!(
        desk.wish(&Wish::Add(lines, EntityKind::Person)),
        Err(Refusal::TooLong)
    );
    assert_eq!(
        desk.wish(&Wish::Add(range(&desk, "; "), EntityKind::Person)),
        Err(Refusal::Empty)
    );
}

#[test]
fn edits_are_found_again_in_a_changed_text_or_told_as_lost() {
    let mut desk = Desk::of(MEETING);
    desk.wish(&Wish::Merge(desk.id("Anna Reyk"), desk.id("Tomas Reyk")))
        .unwrap();
    desk.wish(&Wish::Kind(desk.id("Lund"), EntityKind::Organization))
        .unwrap();
    desk.wish(&Wish::Split(
        desk.id("National Water Agency"),
        &[1, 2],
        "NWA",
    ))
    .unwrap();
    let changed = format!(
        "An added paragraph by Bo Ode.\n\n{}",
        MEETING.replace("stayed", "went")
    );
    let mut shown = analyze_whole(&Arc::new(document_of(&changed)));
    let amended = amended(&shown, &OwnList::default(), &desk.edits.edits);
    assert_eq!(amended.fits, [Fit::Whole; 3]);
    shown.entities = amended.entities;
    assert!(
        told(&shown).contains(&"organization* Lund: Lund".to_owned()),
        "{:?}",
        told(&shown)
    );
    let half = MEETING
        .replace(" The NWA stayed.", "")
        .replace("in Lund", "there");
    let shown = analyze_whole(&Arc::new(document_of(&half)));
    let fits = briefing::names::amend::amended(&shown, &OwnList::default(), &desk.edits.edits).fits;
    assert_eq!(fits, [Fit::Whole, Fit::Lost, Fit::Part]);
}

fn row(name: &str, kind: Option<EntityKind>, aliases: &[&str]) -> OwnName {
    OwnName {
        name: name.into(),
        kind,
        aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
        hidden: name == "Lund",
    }
}

#[test]
fn the_own_list_makes_names_as_its_rows_have_them() {
    let found = analyze_whole(&Arc::new(document_of(MEETING)));
    let list = OwnList::new(vec![
        row(
            "Tomas P. Reyk",
            Some(EntityKind::Person),
            &["Anna Reyk", "Tomas Reyk"],
        ),
        row("Lund", None, &[]),
        row("National Water Agency", Some(EntityKind::Organization), &[]),
        row("Nobody Here", None, &[]),
    ]);
    let mut shown = found.clone();
    shown.entities = amended(&found, &list, &[]).entities;
    let expected = [
        "person Tomas P. Reyk: Tomas Reyk, Anna Reyk, Reyk, Tomas Reyk",
        "(place Lund: Lund)",
        "organization National Water Agency: National Water Agency, NWA, NWA",
    ];
    assert_eq!(told(&shown), expected, "none is marked as mended here");
    for entity in &shown.entities.entities {
        assert_eq!(entity.mended_by(), Some(By::List));
    }
    assert_eq!(faults(&shown), Vec::<String>::new());
    // What the reader did here and is on her list is hers here.
    let kind = wish::edit(
        &found,
        &Wish::Kind(
            id(&found, "National Water Agency"),
            EntityKind::Organization,
        ),
    );
    shown.entities = amended(&found, &list, &[kind.unwrap()]).entities;
    assert!(
        told(&shown)[2].starts_with("organization* "),
        "{:?}",
        told(&shown)
    );
    // A place is not meant by a row about a person of that name.
    let list = OwnList::new(vec![row("Lund", Some(EntityKind::Person), &["Anna Reyk"])]);
    shown.entities = amended(&found, &list, &[]).entities;
    assert!(
        told(&shown).contains(&"place Lund: Lund".to_owned()),
        "{:?}",
        told(&shown)
    );
    let none = OwnList::new(vec![row("Nobody Here", None, &["Reyk"])]);
    assert!(Arc::ptr_eq(
        &amended(&found, &none, &[]).entities,
        &found.entities
    ));
}

#[test]
fn without_edits_nothing_is_copied() {
    let found = analyze_whole(&Arc::new(document(&source("harbour.md"))));
    assert!(Arc::ptr_eq(
        &amended(&found, &OwnList::default(), &[]).entities,
        &found.entities
    ));
}
