//! The memory on a real disk: what is kept is there again, and nothing that was there is lost.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::model::{Anchor, Block, BlockKind, Change, Document, Edit, Landmark};
use crate::text::TextRange;

fn document(words: &str) -> Document {
    let mut document = Document {
        text: words.to_owned(),
        ..Document::default()
    };
    document.blocks.push(Block {
        range: TextRange::new(0, words.len()),
        kind: BlockKind::Paragraph,
        level: 0,
        tight: false,
        line: 1,
        page: None,
    });
    document
}

fn key(words: &str, path: &str) -> Key {
    Key::of(&document(words), Some(path.to_owned()))
}

fn split(words: &str) -> Edit {
    Edit::Split {
        at: Landmark::of(&document(words), 0),
    }
}

fn place(at: usize) -> Anchor {
    Anchor {
        quote: format!("words at {at}"),
        before: "before".to_owned(),
        after: "after".to_owned(),
        offset: at,
        length: 4,
        rival: None,
        likest: 40,
    }
}

fn jotting(at: usize, body: &str) -> Jotting {
    Jotting {
        kind: if body.is_empty() {
            NoteKind::Highlight
        } else {
            NoteKind::Note
        },
        anchor: place(at),
        body: body.to_owned(),
    }
}

/// A memory in a folder of its own.
struct Room {
    folder: tempfile::TempDir,
    memory: Memory,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::at(folder.path().join("data/briefing/memory.db"));
        Self { folder, memory }
    }

    /// With the folder made, and a file in it.
    fn with(name: &str, content: &[u8]) -> Self {
        let room = Self::new();
        fs::create_dir_all(room.place()).unwrap();
        fs::write(room.place().join(name), content).unwrap();
        room
    }

    fn place(&self) -> PathBuf {
        self.folder.path().join("data/briefing")
    }

    fn add(&mut self, words: &str, path: &str, edit: &str) -> Result<(), MemoryError> {
        let change = Change::Add(split(edit));
        self.memory.correct(&key(words, path), "briefing", &change)
    }

    fn edits(&self, words: &str, path: &str) -> Vec<Edit> {
        // As another reader would see it.
        let mut memory = self.memory.clone();
        let mut sheets = memory.recall(&key(words, path)).unwrap().sheets;
        assert!(sheets.len() <= 1);
        sheets
            .pop()
            .map_or(Vec::new(), |sheet| sheet.corrections.edits)
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.place()).unwrap();
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry.unwrap().file_name().into_string().unwrap()
        };
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
    }
}

/// A text of which `changed` words are others.
fn text(changed: usize) -> String {
    let word = |at: usize| {
        if at < changed {
            format!("new{at}")
        } else {
            format!("word{at}")
        }
    };
    (0..200).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_document_is_known_by_its_text_and_by_its_path() {
    let mut room = Room::new();
    let (old, new, other) = (text(0), text(20), text(0).replace("word", "other"));
    assert_eq!(room.edits(&old, "/a.md"), []);
    assert!(!room.place().exists(), "recalling makes no file");
    room.add(&old, "/a.md", "one").unwrap();
    room.add(&old, "/a.md", "two").unwrap();
    let both = [split("one"), split("two")];
    assert_eq!(room.edits(&old, "/a.md"), both);
    assert_eq!(room.edits(&old, "/moved.md"), both);
    assert_eq!(room.edits(&new, "/a.md"), both);
    assert_eq!(room.edits(&new, "/moved.md"), [], "neither is known");
    assert_eq!(room.edits(&other, "/a.md"), [], "another text, same path");
    // Once something was kept of the new text, it is known wherever it lies, and so is the old one.
    room.add(&new, "/a.md", "three").unwrap();
    assert_eq!(room.edits(&new, "/moved.md").len(), 3);
    assert_eq!(room.edits(&old, "/old.md").len(), 3);
    // The path now leads to the other; the first is known by its texts.
    room.add(&other, "/a.md", "four").unwrap();
    assert_eq!(room.edits(&other, "/a.md"), [split("four")]);
    assert_eq!(room.edits(&old, "/a.md").len(), 3);
    assert_eq!(room.memory.documents().unwrap().len(), 2);
}

#[test]
fn texts_without_words_are_known_by_their_path_alone() {
    let mut room = Room::new();
    room.add("", "/a.md", "one").unwrap();
    assert_eq!(room.edits("", "/a.md"), [split("one")]);
    assert_eq!(room.edits("", "/b.md"), []);
}

#[test]
fn what_is_undone_is_gone_and_lenses_are_kept_apart() {
    let mut room = Room::new();
    let key = key("text", "/a.md");
    let mut change = |lens: &str, change| room.memory.correct(&key, lens, &change).unwrap();
    for words in ["one", "two", "one"] {
        change("briefing", Change::Add(split(words)));
    }
    change("court", Change::Add(split("three")));
    change("briefing", Change::Undo(split("one")));
    change("briefing", Change::Undo(split("never made")));
    let sheets = room.memory.recall(&key).unwrap().sheets;
    let told = sheets
        .iter()
        .map(|sheet| (sheet.lens.as_str(), sheet.corrections.edits.clone()));
    let expected = [
        ("briefing", vec![split("one"), split("two")]),
        ("court", vec![split("three")]),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn every_table_gives_back_what_was_put_in() {
    let mut room = Room::new();
    let key = key("text", "/a.md");
    let memory = &mut room.memory;
    memory.leave(&key, &place(1)).unwrap();
    memory.leave(&key, &place(2)).unwrap();
    memory.mark(&key, 'b', &place(3)).unwrap();
    memory.mark(&key, 'a', &place(4)).unwrap();
    memory.mark(&key, 'b', &place(5)).unwrap();
    memory.mark(&key, 'ß', &place(6)).unwrap();
    let first = memory.add_name_edit(&key, "{\"first\":1}").unwrap();
    let second = memory.add_name_edit(&key, "{\"second\":2}").unwrap();
    memory.remove_name_edit(first).unwrap();
    let late = memory.add_note(&key, &jotting(9, "why?\nwho?")).unwrap();
    let early = memory.add_note(&key, &jotting(7, "")).unwrap();
    let gone = memory.add_note(&key, &jotting(8, "gone")).unwrap();
    memory.remove_note(gone).unwrap();
    assert!(memory.change_note(late, &jotting(9, "because")).unwrap());
    assert!(!memory.change_note(gone, &jotting(8, "gone")).unwrap());

    let recalled = room.memory.clone().recall(&key).unwrap();
    assert_eq!(recalled.places.left, Some(place(2)));
    let marks = [('a', place(4)), ('b', place(5)), ('ß', place(6))];
    assert_eq!(recalled.places.marks, marks);
    let edit = "{\"second\":2}".to_owned();
    assert_eq!(recalled.name_edits, [NameEdit { id: second, edit }]);
    let notes = &recalled.notes;
    let ids: Vec<i64> = notes.iter().map(|note| note.id).collect();
    assert_eq!(ids, [early, late]);
    assert_eq!(notes[0].what, jotting(7, ""));
    assert_eq!(notes[1].what, jotting(9, "because"));
    assert!(notes[1].created > 0 && notes[1].changed >= notes[1].created);
    assert_eq!(recalled.notice, None);

    let known = room.memory.documents().unwrap();
    let [entry] = &known[..] else {
        panic!("{known:?}");
    };
    assert_eq!(entry.title, "text");
    assert_eq!(entry.location.as_deref(), Some("/a.md"));
    assert!(entry.place && entry.seen > 0 && entry.length == 4);
    let count = Count {
        edits: 0,
        name_edits: 1,
        marks: 3,
        notes: 2,
    };
    assert_eq!(entry.count, count);
    assert_eq!(room.memory.notes(entry.id).unwrap(), recalled.notes);
    assert_eq!(room.memory.document(&key).unwrap(), Some(entry.clone()));
    let at = room.memory.document_at("/a.md").unwrap();
    assert_eq!(at, Some(entry.clone()));
}

#[test]
fn searches_stand_once_and_the_oldest_of_the_history_go() {
    let mut room = Room::new();
    let told = |memory: &mut Memory| -> Vec<String> {
        let searches = memory.searches().unwrap();
        let told = |it: &Search| format!("{:?} {} {}", it.name, it.pattern, it.flags);
        searches.iter().map(told).collect()
    };
    assert!(told(&mut room.memory).is_empty());
    let memory = &mut room.memory;
    for (name, pattern, flags) in [
        (None, "quay", ""),
        (Some("ports"), "quay|pier", "regex"),
        (None, "lock", ""),
        (None, "quay", ""),
        (None, "quay", "words"),
        (Some("ports"), "dock", ""),
    ] {
        memory.add_search(name, pattern, flags).unwrap();
    }
    let expected = [
        "Some(\"ports\") dock ",
        "None quay words",
        "None quay ",
        "None lock ",
    ];
    assert_eq!(told(memory), expected);
    for number in 0..600 {
        let pattern = format!("pattern {number}");
        memory.add_search(None, &pattern, "").unwrap();
    }
    let searches = memory.searches().unwrap();
    assert_eq!(searches.len(), 501, "the saved one stays");
    assert!(searches.iter().any(|it| it.name.is_some()));
    memory.remove_search(searches[0].id).unwrap();
    assert_eq!(memory.searches().unwrap().len(), 500);
}

#[test]
fn what_is_forgotten_is_not_in_the_file() {
    let mut room = Room::with("corrections.json", b"{}");
    let (one, other) = (key(&text(0), "/a.md"), key(&text(200), "/b.md"));
    for (key, body) in [(&one, "a secret of one"), (&other, "a secret of other")] {
        room.memory.add_note(key, &jotting(1, body)).unwrap();
        room.memory.leave(key, &place(1)).unwrap();
        room.memory.mark(key, 'a', &place(1)).unwrap();
        room.memory.add_name_edit(key, "{}").unwrap();
    }
    fs::write(room.place().join("memory.db.damaged"), "old").unwrap();
    let holds = |words: &str| {
        let mut bytes = Vec::new();
        for name in room.files() {
            bytes.extend(fs::read(room.place().join(name)).unwrap());
        }
        memchr::memmem::find(&bytes, words.as_bytes()).is_some()
    };
    assert!(holds("a secret of one"));
    let mut memory = room.memory.clone();
    let id = memory.document(&one).unwrap().unwrap().id;
    memory.forget(id).unwrap();
    assert!(!holds("a secret of one") && holds("a secret of other"));
    assert_eq!(memory.recall(&one).unwrap().places.marks, []);
    assert_eq!(memory.recall(&other).unwrap().notes.len(), 1);
    let removed = memory.forget_all().unwrap();
    assert_eq!(removed.len(), 2, "{removed:?}");
    assert!(!holds("a secret of other") && !holds("/b.md"));
    assert!(memory.documents().unwrap().is_empty());
    assert!(
        room.files()
            .iter()
            .all(|name| name.starts_with("memory.db"))
    );
}

#[test]
fn nobody_else_may_read_it() {
    let mut room = Room::new();
    room.add("text", "/a.md", "one").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&room.place()), 0o700);
    let files = room.files();
    assert_eq!(files, ["memory.db", "memory.db-shm", "memory.db-wal"]);
    for name in files {
        assert_eq!(mode(&room.place().join(&name)), 0o600, "{name}");
    }
    // With the last reader what it needed goes.
    room.memory = room.memory.clone();
    assert_eq!(room.files(), ["memory.db"]);
}

#[test]
fn readers_at_once_lose_nothing() {
    const EACH: usize = 100;
    let room = Room::new();
    std::thread::scope(|scope| {
        for reader in 0..4 {
            let mut memory = room.memory.clone();
            scope.spawn(move || {
                let key = key("text", "/a.md");
                for number in 0..EACH {
                    let body = format!("{reader} {number}");
                    memory.add_note(&key, &jotting(reader, &body)).unwrap();
                }
            });
        }
    });
    let mut memory = room.memory.clone();
    assert_eq!(memory.documents().unwrap().len(), 1);
    let notes = memory.recall(&key("text", "/a.md")).unwrap().notes;
    let mut expected = (0..4).flat_map(|reader| (0..EACH).map(move |at| format!("{reader} {at}")));
    assert_eq!(notes.len(), 4 * EACH);
    assert!(expected.all(|body| notes.iter().any(|note| note.what.body == body)));
}

/// Every schema there was, with a row in each of its tables, as that version would have written it.
const VERSIONS: &[&str] = &[include_str!("schema/1.sample.sql")];

#[test]
fn every_older_version_is_brought_up() {
    assert_eq!(
        VERSIONS.len(),
        base::STEPS.len(),
        "a sample for each schema"
    );
    for (at, sample) in VERSIONS.iter().enumerate() {
        let mut room = Room::with("x", b"");
        let file = room.place().join("memory.db");
        let old = Connection::open(&file).unwrap();
        for step in &base::STEPS[..=at] {
            old.execute_batch(step).unwrap();
        }
        let numbers = format!(
            "PRAGMA application_id = 0x42726667; PRAGMA user_version = {};",
            at + 1
        );
        old.execute_batch(&numbers).unwrap();
        old.execute_batch(sample).unwrap();
        drop(old);
        let recalled = room.memory.recall(&key("another", "/a.md")).unwrap();
        assert_eq!(recalled.notice, None);
        assert_eq!(recalled.sheets[0].corrections.edits, [split("one")]);
        assert_eq!(recalled.name_edits.len(), 1);
        assert_eq!(recalled.places.left, Some(place(1)));
        assert_eq!(recalled.places.marks, [('a', place(2))]);
        assert_eq!(recalled.notes[0].what, jotting(3, "why?"));
        assert_eq!(room.memory.searches().unwrap().len(), 1);
        room.add("text", "/a.md", "two").unwrap();
        let newest: usize = Connection::open(&file)
            .unwrap()
            .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
            .unwrap() as usize;
        assert_eq!(newest, base::STEPS.len());
    }
}

/// What the versions before the data base wrote.
fn earlier(text: &str) -> String {
    let document = document(text);
    let entry = |edit: &str, lens: &str| {
        serde_json::json!({
            "text": crate::text::digest::digest(document.text.as_bytes()),
            "length": document.text.len(), "path": "/a.md", "lens": lens, "edits": [split(edit)]
        })
    };
    let store = serde_json::json!({
        "schema": "briefing-corrections/1",
        "documents": [entry("one", "briefing"), entry("two", "court")]
    });
    store.to_string()
}

#[test]
fn corrections_of_an_earlier_version_are_taken_over_once() {
    let content = earlier("text");
    let mut room = Room::with("corrections.json", content.as_bytes());
    let recalled = room.memory.recall(&key("text", "/b.md")).unwrap();
    let told = recalled.notice.unwrap();
    assert!(
        told.contains("taken over from") && told.contains("2 corrections"),
        "{told}"
    );
    assert_eq!(recalled.sheets.len(), 2);
    let again = room
        .memory
        .clone()
        .recall(&key("changed", "/a.md"))
        .unwrap();
    assert_eq!((again.notice, again.sheets.len()), (None, 2));
    room.memory
        .correct(
            &key("text", "/a.md"),
            "briefing",
            &Change::Undo(split("one")),
        )
        .unwrap();
    let again = room.memory.clone().recall(&key("text", "/a.md")).unwrap();
    assert_eq!((again.notice, again.sheets.len()), (None, 1));
    let file = room.place().join("corrections.json");
    assert_eq!(fs::read_to_string(file).unwrap(), content, "left as it was");
}

#[test]
fn an_earlier_file_that_is_not_understood_stops_nothing() {
    for content in [
        "",
        "{\"schema\":\"briefing-corrections/7\",\"documents\":[]}",
        "\u{1b}[2J",
    ] {
        let mut room = Room::with("corrections.json", content.as_bytes());
        let recalled = room.memory.recall(&key("text", "/a.md")).unwrap();
        let told = recalled.notice.unwrap();
        assert!(
            told.contains("corrections.json cannot be understood"),
            "{told}"
        );
        room.add("text", "/a.md", "one").unwrap();
    }
}

#[test]
fn what_is_no_memory_is_moved_aside_and_a_fresh_one_used() {
    let foreign = {
        let room = Room::with("x", b"");
        let file = room.place().join("foreign.db");
        let other = Connection::open(&file).unwrap();
        other.execute_batch("CREATE TABLE songs (name)").unwrap();
        drop(other);
        fs::read(file).unwrap()
    };
    let torn = {
        let mut room = Room::new();
        for number in 0..200 {
            room.add("text", "/a.md", &format!("edit {number}"))
                .unwrap();
        }
        room.memory = room.memory.clone();
        let mut bytes = fs::read(room.place().join("memory.db")).unwrap();
        bytes[4096..].fill(0x5a);
        bytes
    };
    for (content, why) in [
        (&b"no database at all, but long enough to have a header of one: 100 bytes or more, as SQLite says it has"[..], "it is not a database"),
        (b"short", "it is not a database"),
        (&foreign, "it is not a memory of briefing"),
        (&torn, "it is damaged"),
    ] {
        let mut room = Room::with("memory.db", content);
        fs::write(room.place().join("memory.db.damaged"), "an earlier one").unwrap();
        let recalled = room.memory.recall(&key("text", "/a.md")).unwrap();
        let told = recalled.notice.unwrap_or_default();
        assert!(told.contains(why) && told.contains("memory.db.damaged-2"), "{why}: {told}");
        room.add("text", "/a.md", "one").unwrap();
        assert_eq!(room.edits("text", "/a.md"), [split("one")]);
        let aside = fs::read(room.place().join("memory.db.damaged-2")).unwrap();
        assert!(aside == content, "{why}: what was there is kept as it was");
    }
}

#[test]
fn a_newer_file_is_read_and_never_written_to() {
    let mut room = Room::new();
    room.add("text", "/a.md", "one").unwrap();
    room.memory = room.memory.clone();
    let file = room.place().join("memory.db");
    let newer = Connection::open(&file).unwrap();
    newer
        .execute_batch("PRAGMA user_version = 99; ALTER TABLE notes ADD COLUMN colour;")
        .unwrap();
    drop(newer);
    let before = fs::read(&file).unwrap();
    let recalled = room.memory.recall(&key("text", "/a.md")).unwrap();
    let told = recalled.notice.unwrap();
    assert!(told.contains("newer version (schema 99)"), "{told}");
    assert_eq!(recalled.sheets.len(), 1);
    let error = room.add("text", "/a.md", "two").unwrap_err().to_string();
    assert!(error.contains("nothing is kept"), "{error}");
    room.memory = room.memory.clone();
    assert!(fs::read(&file).unwrap() == before);
}

#[test]
fn what_cannot_be_read_or_written_is_told() {
    let mut room = Room::new();
    fs::create_dir_all(room.place().join("memory.db")).unwrap();
    let error = room.add("text", "/a.md", "one").unwrap_err().to_string();
    assert!(error.contains("no ordinary file"), "{error}");

    let mut room = Room::new();
    fs::write(room.folder.path().join("data"), "a file").unwrap();
    let error = room.add("text", "/a.md", "one").unwrap_err().to_string();
    assert!(error.contains("could not be"), "{error}");

    let mut room = Room::new();
    room.add("text", "/a.md", "one").unwrap();
    room.memory = room.memory.clone();
    let place = room.place();
    fs::set_permissions(place.join("memory.db"), Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(&place, Permissions::from_mode(0o500)).unwrap();
    let failed = room.add("text", "/a.md", "two");
    let edits = room.edits("text", "/a.md");
    fs::set_permissions(&place, Permissions::from_mode(0o700)).unwrap();
    if let Err(error) = failed {
        assert!(error.to_string().contains("read-only"), "{error}");
        assert_eq!(edits, [split("one")]);
    } else {
        println!("skipped: this user may write everywhere");
    }
}

#[test]
fn a_file_that_was_replaced_is_opened_anew() {
    let mut room = Room::new();
    room.add("text", "/a.md", "one").unwrap();
    fs::remove_dir_all(room.place()).unwrap();
    room.add("text", "/a.md", "two").unwrap();
    assert_eq!(room.edits("text", "/a.md"), [split("two")]);
}
