//! Names mended with keys: the questions, what is said, one order of undoing, and what is there the next time.

use std::fs;
use std::path::Path;

use briefing::memory::{Memory, NamesFile};
use briefing::tui::event::{Event, Loaded};
use briefing::tui::overlay::Overlay;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::driver::{Driver, document_of};
use crate::pty::Start;

const PORT: &str = "# Port\n\n## The order\n\nTomas Reyk, the water minister, met Anna Reyk in Lund. \
                    Reyk left early.\n\n## The talks\n\nTomas Reyk of the National Water Agency (NWA) met \
                    Ola Brekke; the NWA stayed on the old mole in Lund.\n";

fn reader(text: &str, size: (u16, u16)) -> Driver {
    Driver::with(Loaded::new(document_of(text), true), size)
}

/// What is typed, letter by letter.
fn typed(mut driver: Driver, words: &str) -> Driver {
    for letter in words.chars() {
        let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
        driver.event(Event::Key(key));
    }
    driver
}

fn notice(driver: &Driver) -> &str {
    driver.app.notice.as_deref().unwrap_or_default()
}

/// The names on the list that lies on top, in its order.
fn names(driver: &Driver) -> Vec<String> {
    let entities = &driver.app.reading.briefing.entities.entities;
    let Some(Overlay::People(people)) = &driver.app.overlay else {
        panic!("the list lies on top: {}", driver.text());
    };
    let one = |&id: &u32| {
        let entity = &entities[id as usize];
        format!("{} {}", entity.name, entity.mentions.len())
    };
    people.listed.iter().map(one).collect()
}

#[test]
fn m_merges_with_the_name_that_is_chosen_next_and_says_so_before() {
    let driver = reader(PORT, (80, 24)).keys("p");
    let before = names(&driver);
    let driver = driver.keys("m");
    assert!(
        driver
            .text()
            .contains("Merge “Tomas Reyk” (person, 2) into which name?")
    );
    let driver = driver.keys("j");
    let asked = "“Tomas Reyk” (person, 2) will be “Anna Reyk” (person, 2): one name, 4 mentions.";
    let flat: Vec<String> = driver
        .text()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let flat = flat.join(" ");
    assert!(flat.contains(asked), "{}", driver.text());
    // Nothing happens before Enter, and Esc gives it up.
    let driver = driver.keys("Esc");
    assert_eq!(names(&driver), before);
    assert!(!driver.text().contains("will be"));
    let driver = driver.keys("k m j Enter");
    assert_eq!(
        notice(&driver),
        "“Tomas Reyk” is now “Anna Reyk” (yours); U undoes"
    );
    assert!(
        names(&driver).contains(&"Anna Reyk 4".to_owned()),
        "{:?}",
        names(&driver)
    );
    assert!(driver.text().contains("Anna Reyk*"), "{}", driver.text());
    assert!(driver.text().contains("yours: joined with “Tomas Reyk”"));
    let driver = driver.keys("U");
    assert_eq!(notice(&driver), "undone: the merging of “Tomas Reyk”");
    assert_eq!(names(&driver), before);
    let driver = driver.keys("m Enter");
    assert_eq!(
        notice(&driver),
        "that is the same name: choose another to merge it with"
    );
}

#[test]
fn the_name_to_merge_with_can_be_filtered_for() {
    let driver = typed(reader(PORT, (80, 24)).keys("p m /"), "mr");
    // Letters that mend are letters while a filter is typed.
    assert!(names(&driver).is_empty() && driver.text().contains("no name has these letters"));
    let driver = typed(driver.keys("^U"), "anna").keys("Enter Enter");
    assert_eq!(
        notice(&driver),
        "“Tomas Reyk” is now “Anna Reyk” (yours); U undoes"
    );
}

#[test]
fn r_renames_in_a_line_that_has_the_name() {
    let driver = typed(reader(PORT, (80, 24)).keys("p r"), " MP");
    assert!(driver.text().contains("“Tomas Reyk” will be called:"));
    assert!(driver.text().contains("Tomas Reyk MP_"));
    let driver = driver.keys("Enter");
    assert_eq!(
        notice(&driver),
        "“Tomas Reyk” is called “Tomas Reyk MP” (yours); U undoes"
    );
    let driver = typed(driver.keys("r ^U"), "Anna Reyk").keys("Enter");
    assert_eq!(
        notice(&driver),
        "“Anna Reyk” is on the list already: m merges them"
    );
    assert!(
        driver.text().contains("will be called"),
        "the question stays open"
    );
    let driver = driver.keys("^U Backspace Enter");
    assert_eq!(notice(&driver), "a name needs at least one letter");
    let driver = driver.keys("Esc U");
    assert_eq!(names(&driver)[0], "Tomas Reyk 2");
}

#[test]
fn s_gives_chosen_mentions_to_another_name() {
    let driver = reader(PORT, (80, 24)).keys("p j s");
    assert!(
        driver
            .text()
            .contains("Which of 2 mentions are not “Anna Reyk”? 0 chosen.")
    );
    let driver = driver.keys("Enter");
    assert_eq!(notice(&driver), "no mention is chosen: Space chooses one");
    let driver = driver.keys("j Space Enter");
    assert!(
        driver
            .text()
            .contains("1 mention of “Anna Reyk” will be of a new person:")
    );
    let driver = typed(driver.keys("^U"), "tom").keys("Tab");
    assert!(
        driver
            .text()
            .contains("will be of this person on the list:"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("Enter");
    assert_eq!(
        notice(&driver),
        "1 mention given to “Tomas Reyk” (yours); U undoes"
    );
    assert_eq!(names(&driver)[..2], ["Tomas Reyk 3", "Anna Reyk 1"]);
    let driver = driver.keys("U");
    assert_eq!(names(&driver)[..2], ["Tomas Reyk 2", "Anna Reyk 2"]);
    // The same key again chooses all with the same words.
    let driver = driver.keys("g s s Enter");
    assert_eq!(
        notice(&driver),
        "these are all its mentions: r renames it, m merges it"
    );
    let driver = reader(PORT, (80, 24)).keys("p G s");
    assert!(!driver.text().contains("Which of 1"), "{}", driver.text());
}

#[test]
fn c_x_and_h_set_the_kind_reject_and_hide() {
    let driver = reader(PORT, (80, 24)).keys("p G c");
    assert_eq!(
        notice(&driver),
        "kind of “Lund”:  p person  a agency  o organization  l place"
    );
    let driver = driver.keys("q");
    assert_eq!(
        notice(&driver),
        "no kind has the letter q. p person  a agency  o organization  l place"
    );
    let driver = driver.keys("a");
    assert_eq!(notice(&driver), "“Lund” is an agency (yours); U undoes");
    assert!(
        driver.text().contains("its kind, found: place"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("c a");
    assert_eq!(notice(&driver), "it is of this kind already");
    let driver = driver.keys("H");
    assert!(
        driver.text().contains("Hidden (H lists again)"),
        "{}",
        driver.text()
    );
    assert_eq!(names(&driver).last().unwrap(), "Lund 2");
    let driver = driver.keys("H");
    assert_eq!(notice(&driver), "“Lund” is listed again (yours); U undoes");
    let driver = driver.keys("x");
    assert_eq!(notice(&driver), "“Lund” is no name (yours); U undoes");
    assert!(!names(&driver).contains(&"Lund 2".to_owned()));
    let driver = driver.keys("U U U U");
    assert_eq!(names(&driver).last().unwrap(), "Lund 2");
    assert!(!driver.text().contains("yours:"), "{}", driver.text());
}

#[test]
fn in_the_pane_the_keys_mean_the_same() {
    let driver = reader(PORT, (120, 36)).keys("Tab x");
    assert_eq!(notice(&driver), "“Tomas Reyk” is no name (yours); U undoes");
    assert!(driver.app.overlay.is_none());
    let driver = driver.keys("U H");
    assert_eq!(
        notice(&driver),
        "“Tomas Reyk” is hidden, at the end of the list (p) (yours); U undoes"
    );
    assert!(
        !driver
            .app
            .reading
            .cast
            .iter()
            .any(|row| driver.app.reading.is_hidden(row.entity))
    );
    let driver = driver.keys("U m j Enter");
    assert_eq!(
        notice(&driver),
        "“Tomas Reyk” is now “Anna Reyk” (yours); U undoes"
    );
    // In the text they mean what they did.
    let driver = reader(PORT, (120, 36)).keys("x s");
    assert_eq!(driver.app.reading.ledger.names.describe(), None);
}

#[test]
fn found_words_become_a_name_with_the_keys_alone() {
    let driver = typed(reader(PORT, (80, 24)).keys("/"), "old mole").keys("Enter @");
    assert_eq!(
        notice(&driver),
        "“old mole” is a name:  p person  a agency  o organization  l place"
    );
    let driver = driver.keys("l");
    assert_eq!(
        notice(&driver),
        "“old mole” is a place, 1 mention (yours); U undoes"
    );
    assert!(names(&driver.keys("p")).contains(&"old mole 1".to_owned()));
    let driver = reader(PORT, (80, 24)).keys("@");
    assert!(
        notice(&driver).starts_with("choose words first"),
        "{}",
        notice(&driver)
    );
}

#[test]
fn undoing_goes_back_through_sections_and_names_in_one_order() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let memory = Memory::at(folder.path().join("memory.db"));
        Driver::remembering(Loaded::new(document_of(PORT), true), memory)
    };
    let driver = open().keys("t c T p x Esc t j m").keys("p G x");
    let told = |driver: &Driver| {
        notice(driver)
            .split(" of ")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let driver = driver.keys("U");
    assert_eq!(told(&driver), "undone: the rejection");
    drop(driver);
    // And in the next run.
    let mut driver = open();
    let mut undone = Vec::new();
    for _ in 0..4 {
        driver = driver.keys("U");
        undone.push(told(&driver));
    }
    assert_eq!(
        undone,
        [
            "undone: the merging",
            "undone: the rejection",
            "undone: the role",
            "there is no correction to undo in this document"
        ]
    );
}

/// A reader with a memory and a list of names in `folder`.
fn keeping(folder: &Path, text: &str) -> Driver {
    let names = NamesFile::at(folder.join("names.toml"));
    let memory = Memory::at(folder.join("memory.db")).with_names(Some(names));
    Driver::remembering(Loaded::new(document_of(text), true), memory)
}

#[test]
fn a_mend_is_there_again_and_used_in_the_next_document() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("names.toml");
    // Ola Brekke is Tomas Reyk; the agency is an organization.
    let driver = typed(keeping(folder.path(), PORT).keys("p /"), "Ola").keys("Enter m /");
    let driver = driver.keys("^U");
    let driver = typed(driver, "Tomas").keys("Enter Enter");
    assert_eq!(
        notice(&driver),
        "“Ola Brekke” is now “Tomas Reyk” (yours); U undoes; it is in your own list now"
    );
    let source = fs::read_to_string(&list).unwrap();
    assert!(
        source.contains("name = \"Tomas Reyk\"") && source.contains("aliases = [\"Ola Brekke\"]"),
        "{source}"
    );
    assert!(
        driver.text().contains("Tomas Reyk*"),
        "here it is a deed: {}",
        driver.text()
    );
    drop(driver);
    let driver = keeping(folder.path(), PORT).keys("p");
    assert!(driver.text().contains("Tomas Reyk*"), "{}", driver.text());
    let other =
        "# Other\n\nOla Brekke spoke on Monday in Oslo. The minister said that Ola Brekke knew.\n";
    let driver = keeping(folder.path(), other).keys("p");
    assert!(driver.text().contains("Tomas Reyk°"), "{}", driver.text());
    assert!(
        driver.text().contains("from your own list"),
        "{}",
        driver.text()
    );
    let none = driver.keys("U");
    assert_eq!(
        notice(&none),
        "there is no correction to undo in this document"
    );
    // Undone where it was made, it is gone from the list.
    let driver = keeping(folder.path(), PORT).keys("p U");
    assert_eq!(notice(&driver), "undone: the merging of “Ola Brekke”");
    assert!(!fs::read_to_string(&list).unwrap().contains("Ola Brekke"));
    let driver = keeping(folder.path(), other).keys("p");
    assert!(driver.text().contains("Ola Brekke") && !driver.text().contains('°'));
}

#[test]
fn a_list_with_a_fault_is_told_and_the_rest_of_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("names.toml");
    let source = "[[name]]\nname = 7\n\n[[name]]\nname = \"Lund\"\nkind = \"organization\"\n";
    fs::write(&list, source).unwrap();
    let driver = keeping(folder.path(), PORT);
    assert!(
        notice(&driver).contains("names.toml:2:8: name must be words in quotes"),
        "{}",
        notice(&driver)
    );
    let driver = driver.keys("p /");
    let driver = typed(driver, "lund").keys("Enter");
    assert!(driver.text().contains("Lund°"), "{}", driver.text());
    let about = driver.keys("Esc Esc i").text();
    assert!(about.contains("own list"), "{about}");
}

#[test]
fn a_merge_that_was_shown_survives_the_end_of_the_program() {
    let data = tempfile::tempdir().unwrap();
    let start = |memory: bool| {
        let start =
            Start::program(env!("CARGO_BIN_EXE_briefing")).argument("tests/data/harbour.md");
        let start = if memory {
            start
        } else {
            start.argument("--no-memory")
        };
        start
            .environment("XDG_DATA_HOME", data.path().join("data"))
            .environment("XDG_CONFIG_HOME", data.path().join("settings"))
            .open(80, 24)
    };
    let mut session = start(false);
    session.wait_for("next: 2");
    session.keys("pmj\r");
    session.wait_for("for this run only");
    session.keys("Q");
    session.exit_code();
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0, "not a byte");
    let mut session = start(true);
    session.wait_for("next: 2");
    session.keys("pmj\r");
    session.wait_for("is now “Mirela Aston” (yours)");
    session.signal("KILL");
    session.exit_code();
    let mut session = start(true);
    session.wait_for("next: 2");
    session.keys("p");
    session.wait_for("Mirela Aston*");
    session.keys("Q");
    let list = fs::read_to_string(data.path().join("settings/briefing/names.toml")).unwrap();
    assert!(list.contains("aliases = [\"Halden Voss\"]"), "{list}");
    // Without memory neither the edits of the document nor the list count.
    let mut session = start(false);
    session.wait_for("next: 2");
    session.keys("p");
    session.wait_for("Halden Voss ");
}
