//! The memory on a real disk: what is kept is there again, and nothing that was there is lost.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::model::{Block, BlockKind, Edit, Landmark};
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

fn split(words: &str) -> Edit {
    Edit::Split {
        at: Landmark::of(&document(words), 0),
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
        let memory = Memory::at(folder.path().join("data/briefing/corrections.json"));
        Self { folder, memory }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("data/briefing/corrections.json")
    }

    fn add(&self, words: &str, path: &str, edit: &str) -> Result<(), MemoryError> {
        let change = Change::Add(split(edit));
        self.change(words, path, &change)
    }

    fn change(&self, words: &str, path: &str, change: &Change) -> Result<(), MemoryError> {
        let path = self.folder.path().join(path);
        let document = document(words);
        let key = Key {
            document: &document,
            path: Some(&path),
        };
        self.memory
            .keep(key, "briefing", &Corrections::default(), change)
    }

    fn edits(&self, words: &str, path: &str) -> Vec<Edit> {
        let path = self.folder.path().join(path);
        let document = document(words);
        let key = Key {
            document: &document,
            path: Some(&path),
        };
        let mut rows = self.memory.recall(key).unwrap();
        assert!(rows.len() <= 1);
        rows.pop().map_or(Vec::new(), |row| row.corrections.edits)
    }
}

#[test]
fn a_document_is_known_by_its_text_and_by_its_path() {
    let room = Room::new();
    assert_eq!(room.edits("text", "a.md"), []);
    assert!(!room.file().exists(), "recalling writes nothing");
    room.add("text", "a.md", "one").unwrap();
    room.add("text", "a.md", "two").unwrap();
    let both = [split("one"), split("two")];
    assert_eq!(room.edits("text", "a.md"), both);
    assert_eq!(room.edits("text", "moved.md"), both);
    assert_eq!(room.edits("changed text", "a.md"), both);
    assert_eq!(room.edits("other", "other.md"), []);
}

#[test]
fn a_changed_text_begins_with_what_the_earlier_had_and_leaves_it_alone() {
    let room = Room::new();
    room.add("text", "a.md", "one").unwrap();
    let path = room.folder.path().join("a.md");
    let changed = document("changed");
    let key = Key {
        document: &changed,
        path: Some(&path),
    };
    let before = Corrections {
        edits: vec![split("one")],
    };
    let undo = Change::Undo(split("one"));
    room.memory.keep(key, "briefing", &before, &undo).unwrap();
    assert_eq!(room.edits("changed", "a.md"), []);
    assert_eq!(room.edits("text", "a.md"), [split("one")]);
}

#[test]
fn what_is_undone_is_gone_and_lenses_are_kept_apart() {
    let room = Room::new();
    room.add("text", "a.md", "one").unwrap();
    room.change("text", "a.md", &Change::Undo(split("one")))
        .unwrap();
    assert_eq!(room.edits("text", "a.md"), []);
    let document = document("text");
    let key = Key {
        document: &document,
        path: None,
    };
    for lens in ["briefing", "court"] {
        let change = Change::Add(split(lens));
        room.memory
            .keep(key, lens, &Corrections::default(), &change)
            .unwrap();
    }
    let rows = room.memory.recall(key).unwrap();
    let told = rows
        .iter()
        .map(|row| (row.lens.as_str(), &row.corrections.edits));
    let expected = [
        ("court", &vec![split("court")]),
        ("briefing", &vec![split("briefing")]),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert!(rows.iter().all(|row| row.same_text));
}

#[test]
fn nobody_else_may_read_it() {
    let room = Room::new();
    room.add("text", "a.md", "one").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&room.file()), 0o600);
    assert_eq!(mode(room.file().parent().unwrap()), 0o700);
    let left: Vec<_> = fs::read_dir(room.file().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn readers_at_once_lose_nothing() {
    const EACH: usize = 25;
    let room = Room::new();
    std::thread::scope(|scope| {
        for reader in 0..4 {
            let room = &room;
            scope.spawn(move || {
                for number in 0..EACH {
                    let words = format!("{reader} {number}");
                    room.add("text", "a.md", &words).unwrap();
                }
            });
        }
    });
    let edits = room.edits("text", "a.md");
    assert_eq!(edits.len(), 4 * EACH);
    for reader in 0..4 {
        for number in 0..EACH {
            assert!(edits.contains(&split(&format!("{reader} {number}"))));
        }
    }
}

#[test]
fn what_is_not_understood_is_told_and_never_written_over() {
    let newer = r#"{"schema":"briefing-corrections/2","documents":{"more":1}}"#;
    let stranger = r#"{"schema":"briefing-corrections/1","documents":[],"notes":[]}"#;
    for (content, told) in [
        ("", "cannot be understood"),
        (
            "{\"schema\":\"briefing-corrections/1\",\"docu",
            "cannot be understood",
        ),
        (stranger, "cannot be understood"),
        (newer, "newer version (briefing-corrections/2)"),
        ("\u{1b}[2J", "cannot be understood"),
    ] {
        let room = Room::new();
        fs::create_dir_all(room.file().parent().unwrap()).unwrap();
        fs::write(room.file(), content).unwrap();
        let document = document("text");
        let key = Key {
            document: &document,
            path: None,
        };
        let errors = [
            room.memory.recall(key).unwrap_err().to_string(),
            room.add("text", "a.md", "one").unwrap_err().to_string(),
        ];
        for error in errors {
            assert!(error.contains(told), "{error}");
            assert!(error.contains("corrections.json") && !error.contains('\u{1b}'));
        }
        assert_eq!(fs::read_to_string(room.file()).unwrap(), content);
    }
}

#[test]
fn what_cannot_be_read_or_written_is_told() {
    let room = Room::new();
    fs::create_dir_all(room.file()).unwrap();
    let error = room.add("text", "a.md", "one").unwrap_err().to_string();
    assert!(error.contains("no ordinary file"), "{error}");

    let room = Room::new();
    fs::write(room.folder.path().join("data"), "a file").unwrap();
    let error = room.add("text", "a.md", "one").unwrap_err().to_string();
    assert!(error.contains("could not be written"), "{error}");

    let room = Room::new();
    room.add("text", "a.md", "one").unwrap();
    let folder = room.file().parent().unwrap().to_owned();
    fs::set_permissions(&folder, Permissions::from_mode(0o500)).unwrap();
    let failed = room.add("text", "a.md", "two");
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    if let Err(error) = failed {
        assert!(error.to_string().contains("could not be written"));
        assert_eq!(room.edits("text", "a.md"), [split("one")]);
    } else {
        println!("skipped: this user may write everywhere");
    }
}
