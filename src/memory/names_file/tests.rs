//! The reader's own list: what she wrote stays, what makes no sense is told, and what was written is taken back.

use std::fs;

use super::*;
use crate::model::EntityKind;

fn file(source: &str) -> (tempfile::TempDir, NamesFile) {
    let room = tempfile::tempdir().unwrap();
    let path = room.path().join("settings/names.toml");
    if !source.is_empty() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, source).unwrap();
    }
    (room, NamesFile::at(path))
}

fn alias(name: &str, alias: &str) -> General {
    General::Alias {
        name: name.into(),
        kind: EntityKind::Person,
        alias: alias.into(),
    }
}

/// Faults without the folder.
fn faults(names: &NamesFile) -> Vec<String> {
    let faults = names.read().faults;
    let bare = |fault: &String| fault.rsplit('/').next().unwrap_or_default().to_owned();
    faults.iter().map(bare).collect()
}

#[test]
fn a_new_file_explains_itself_and_has_the_row() {
    let (_room, names) = file("");
    assert!(names.read().list.is_empty() && !names.file().exists());
    let listed = names.add(&alias("Ada Ode", "A. Ode")).unwrap().unwrap();
    assert_eq!(listed.before, None);
    let source = fs::read_to_string(names.file()).unwrap();
    assert!(source.starts_with("# Names as you want them"), "{source}");
    let row = "\n[[name]]\nname = \"Ada Ode\"\nkind = \"person\"\naliases = [\"A. Ode\"]\n";
    assert!(source.ends_with(row), "{source}");
    assert_eq!(
        names.read().list.rows(),
        std::slice::from_ref(&listed.after)
    );
    assert_eq!(
        names.add(&alias("Ada Ode", "A. Ode")).unwrap(),
        None,
        "once is enough"
    );
    assert!(names.take_back(&listed).unwrap());
    assert_eq!(fs::read_to_string(names.file()).unwrap(), HEADER);
}

const HAND: &str = "# my people\n\n[[name]]\nname = \"Ada Ode\" # the elder\naliases = [\n  \"A. Ode\", # in the press\n]\n\n\
                    # not her\n[[name]]\nname = 'Bo Ode'\nkind = \"person\"\n";

#[test]
fn what_was_written_by_hand_stays_to_the_letter() {
    let (_room, names) = file(HAND);
    let listed = names.add(&alias("Bo Ode", "B. Ode")).unwrap().unwrap();
    let expected = format!("{HAND}aliases = [\"B. Ode\"]\n");
    assert_eq!(fs::read_to_string(names.file()).unwrap(), expected);
    names.add(&alias("Ada Ode", "Frau Ode")).unwrap().unwrap();
    let source = fs::read_to_string(names.file()).unwrap();
    for kept in [
        "# my people",
        "# the elder",
        "# in the press",
        "# not her",
        "name = 'Bo Ode'",
    ] {
        assert!(source.contains(kept), "{kept} is gone from\n{source}");
    }
    assert!(names.take_back(&listed).unwrap());
    assert!(!fs::read_to_string(names.file()).unwrap().contains("B. Ode"));
    // Changed by hand since: it stands.
    assert!(!names.take_back(&listed).unwrap());
    let hidden = General::Hidden {
        name: "Bo Ode".into(),
        hidden: true,
    };
    let listed = names.add(&hidden).unwrap().unwrap();
    let source = fs::read_to_string(names.file()).unwrap();
    assert!(source.contains("hidden = true"), "{source}");
    let by_hand = source.replace("hidden = true", "hidden = true\naliases = [\"Bo\"]");
    fs::write(names.file(), &by_hand).unwrap();
    assert!(!names.take_back(&listed).unwrap());
    assert_eq!(fs::read_to_string(names.file()).unwrap(), by_hand);
}

#[test]
fn rows_that_make_no_sense_are_told_by_line_and_column_and_the_rest_holds() {
    for (source, expected) in [
        (
            "[[name]]\nname = \"A\"\nkind = \"persn\"\n",
            "names.toml:3:8: kind must be \"person\"",
        ),
        (
            "[[name]]\nname = 7\n",
            "names.toml:2:8: name must be words in quotes",
        ),
        (
            "[[name]]\nname = \"A\"\nnick = \"B\"\n",
            "names.toml:3:8: “nick” is unknown",
        ),
        (
            "[[name]]\nkind = \"place\"\n",
            "names.toml:1:1: a row needs a name",
        ),
        (
            "[[name]]\nname = \"A\"\naliases = \"B\"\n",
            "names.toml:3:11: aliases must be a list",
        ),
        (
            "[[name]]\nname = \"A\"\nhidden = 1\n",
            "names.toml:3:10: hidden must be",
        ),
        ("[[name]]\nname = \"A\nkind =\n", "names.toml:2:"),
        (
            "people = 1\n",
            "names.toml:1:10: “people” is unknown: rows begin with [[name]]",
        ),
    ] {
        let good = "[[name]]\nname = \"Zoe Ode\"\n";
        let (_room, names) = file(&format!("{source}{good}"));
        let told = faults(&names);
        assert!(
            told.len() == 1 && told[0].starts_with(expected),
            "{source}\n{told:?}"
        );
        assert!(told[0].ends_with("; this row is left out"), "{told:?}");
        assert_eq!(names.read().list.rows().len(), 1, "{source}");
        assert_eq!(names.read().list.row_of("Zoe Ode"), Some(0));
    }
    let (_room, names) = file("\u{feff}[[name]]\nname = \"A\"\n");
    assert_eq!(
        (faults(&names), names.read().list.rows().len()),
        (vec![], 1)
    );
}

#[test]
fn a_file_that_is_not_understood_is_not_written_to() {
    let broken = "[[name]]\nname = \"A\nmine = all mine\n";
    let (_room, names) = file(broken);
    let error = names
        .add(&alias("Ada Ode", "A. Ode"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("names.toml:2:") && error.contains("mend it first"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(names.file()).unwrap(), broken);
    let (_room, names) = file("name = 3\n");
    let error = names
        .add(&alias("Ada Ode", "A. Ode"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("is no list of rows"), "{error}");
}

#[test]
fn two_readers_lose_nothing() {
    let (_room, names) = file(HAND);
    thread::scope(|scope| {
        for reader in 0..4 {
            let names = &names;
            scope.spawn(move || {
                for at in 0..25 {
                    names
                        .add(&alias(&format!("Name {reader} {at}"), "Other"))
                        .unwrap()
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(names.read().list.rows().len(), 102);
    assert!(
        fs::read_to_string(names.file())
            .unwrap()
            .contains("# in the press")
    );
}
