//! Lens files with one fault each, mangled ones, and what is made of sound ones.

use proptest::prelude::*;

use super::{HEAVIEST, SHAPES, cue, read};
use crate::sections::LENSES;

/// A small lens that is sound.
const SMALL: &str = r##"name = "weather"
title = "Weather reports"

[[roles]]
name = "storm"
label = "Storm"
letter = "S"

[[roles]]
name = "calm"
label = "Calm days"
short = "Calm"
letter = "c"
color = "lightblue"
nucleus = false

[cues.storm]
100 = ["gale", "Force 9", "=storm"]
-20 = ["#any"]

[cues.calm]
50 = ["light winds", "^calm"]

[boilerplate]
openings = ["Issued by"]

[evidence]
least = 1.0
strong = ["wind", "winds"]
"##;

#[test]
fn what_is_left_out_has_a_sensible_value() {
    let file = read(SMALL).expect("a sound lens");
    assert_eq!(
        (file.name.as_str(), file.title.as_str()),
        ("weather", "Weather reports")
    );
    let [storm, calm] = &file.roles[..] else {
        panic!("two roles")
    };
    assert_eq!(
        (storm.short.as_str(), storm.color.as_str(), storm.nucleus),
        ("Storm", "role1", true)
    );
    assert_eq!(
        (calm.short.as_str(), calm.color.as_str(), calm.nucleus),
        ("Calm", "lightblue", false)
    );
    assert_eq!(file.boilerplate.openings, ["issued by"]);
    assert_eq!(file.boilerplate.longest, 30);
    assert!(
        file.cues.contains(&(0, 100, "force 0".to_owned())),
        "{:?}",
        file.cues
    );
    let bare = "name = \"x\"\n[[roles]]\nname = \"a\"\nlabel = \"A\"\nletter = \"a\"\n";
    assert_eq!(read(bare).expect("the least lens").title, "x");
}

/// What is replaced by what, where the fault is then, and what is said of it.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    (
        "\"weather\"",
        "3",
        "line 1, column 8: ",
        "expected a string",
    ),
    (
        "name = \"weather\"\n",
        "",
        "line 1, column 1: ",
        "missing field `name`",
    ),
    (
        "\"weather\"",
        "\"../weather\"",
        "line 1, column 8: ",
        "expected 1 to 40 letters",
    ),
    (
        "title =",
        "titel =",
        "line 2, column 1: ",
        "expected one of `name`, `title`",
    ),
    (
        "\"Weather reports\"",
        "\"\\u001b[2J\"",
        "line 2, column 9: ",
        "plain text",
    ),
    (
        "letter = \"S\"",
        "letter = \"N\"",
        "line 7, column 10: ",
        "N is a key of the reader already: expected another than A, G, K",
    ),
    (
        "letter = \"S\"",
        "letter = \"St\"",
        "line 7, column 10: ",
        "not one letter",
    ),
    (
        "letter = \"S\"",
        "letter = \"風\"",
        "line 7, column 10: ",
        "not one letter",
    ),
    (
        "letter = \"S\"",
        "letter = \"7\"",
        "line 7, column 10: ",
        "not one letter",
    ),
    (
        "letter = \"c\"",
        "letter = \"S\"",
        "line 13, column 10: ",
        "two roles have the letter \"S\"",
    ),
    (
        "name = \"calm\"",
        "name = \"storm\"",
        "line 10, column 8: ",
        "two roles have the name \"storm\"",
    ),
    (
        "lightblue",
        "sky",
        "line 14, column 9: ",
        "\"sky\" is no colour: expected one of role1",
    ),
    (
        "false",
        "\"no\"",
        "line 15, column 11: ",
        "expected a boolean",
    ),
    (
        "[cues.calm]",
        "[cues.lull]",
        "line 21, column 7: ",
        "a role \"lull\" that it does not have: its roles are storm, calm",
    ),
    (
        "100 =",
        "much =",
        "line 18, column 1: ",
        "no whole number from -1000 to 1000",
    ),
    (
        "100 =",
        "5000 =",
        "line 18, column 1: ",
        "no whole number from -1000 to 1000",
    ),
    (
        "\"gale\"",
        "\"a gale of wind\"",
        "line 18, column 8: ",
        "has 4 words: expected at most 2 words",
    ),
    (
        "\"=storm\"",
        "\"=a storm\"",
        "line 18, column 27: ",
        "has 2 words: expected at most 1 word here",
    ),
    (
        "\"gale\"",
        "\"!\"",
        "line 18, column 8: ",
        "has no word in it",
    ),
    (
        "\"gale\"",
        "\"\"",
        "line 18, column 8: ",
        "has no word in it",
    ),
    (
        "#any",
        "#anny",
        "line 19, column 8: ",
        "expected # and one of any, first",
    ),
    (
        "Issued by",
        "Issued by the office at the river",
        "line 25, column 13: ",
        "at most 5 words",
    ),
    (
        "least = 1.0",
        "least = nan",
        "line 28, column 9: ",
        "expected 0 to 100",
    ),
    (
        "strong =",
        "against =",
        "line 28, column 9: ",
        "without a list `strong`",
    ),
    (
        "[evidence]",
        "[evidence",
        "line 27, column 10: ",
        "unclosed",
    ),
];

#[test]
fn every_fault_is_told_with_its_place_and_what_was_expected() {
    for &(old, new, place, said) in FAULTS {
        let changed = SMALL.replacen(old, new, 1);
        assert_ne!(changed, SMALL, "{old:?} is not in it");
        let told = read(&changed).expect_err(new).to_string();
        assert!(
            told.starts_with(place) && told.contains(said),
            "{new}: {told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    let role = "[[roles]]\nname = \"a\"\nlabel = \"A\"\nletter = \"a\"\n";
    let many = format!("name = \"x\"\n{}", role.repeat(9));
    let told = read(&many).expect_err("nine roles").to_string();
    assert!(
        told.starts_with("line 34, column 1: ") && told.contains("1 to 8 roles, this one has 9"),
        "{told}"
    );
}

#[test]
fn cues_are_brought_to_the_form_in_which_they_are_counted() {
    for (written, expected) in [
        ("Cease-fire", "cease fire"),
        ("the People’s", "the people"),
        ("12 March", "00 march"),
        (">Ordered", ">ordered"),
        ("^At 9", "^at 0"),
        ("#no full stop", "#no full stop"),
        ("éclat", "éclat"),
    ] {
        assert_eq!(cue(written).as_deref(), Ok(expected));
    }
}

#[test]
fn every_shape_that_is_counted_can_be_named() {
    let source = include_str!("../features.rs");
    let counted = regex::Regex::new(r#"found\("([^"]+)"\)"#).expect("a fixed pattern");
    let mut counted: Vec<&str> = counted
        .captures_iter(source)
        .filter_map(|found| Some(found.get(1)?.as_str()))
        .collect();
    let mut named = SHAPES.to_vec();
    counted.sort_unstable();
    named.sort_unstable();
    assert_eq!(counted, named);
}

proptest! {
    /// Whatever is done to a lens file, it is read or its fault is told in one line that has a place in the file.
    #[test]
    fn no_mangled_file_brings_it_down(
        which in 0..=LENSES.len(),
        from in 0.0..1.0_f64,
        length in 0_usize..40,
        into in "\\PC{0,12}|[\\[\\]{}\"'=#.,\\n\\\\0-9-]{0,12}",
    ) {
        let whole = LENSES.get(which).map_or(SMALL, |lens| lens.toml);
        let bounded = |at: usize| (0..=at.min(whole.len())).rfind(|&at| whole.is_char_boundary(at)).unwrap_or(0);
        let start = bounded((from * whole.len() as f64) as usize);
        let end = bounded(start + length).max(start);
        let mut mangled = whole.to_owned();
        mangled.replace_range(start..end, &into);
        match read(&mangled) {
            Ok(file) => {
                prop_assert!(!file.roles.is_empty());
                let sound = file.cues.iter().all(|(role, weight, _)| {
                    *role < file.roles.len() && weight.abs() <= HEAVIEST
                });
                prop_assert!(sound);
            }
            Err(error) => {
                let told = error.to_string();
                let place = told.strip_prefix("line ").and_then(|rest| rest.split_once(", column "));
                let line: Option<usize> = place.and_then(|(line, _)| line.parse().ok());
                let last = mangled.split('\n').count();
                prop_assert!(line.is_some_and(|line| (1..=last).contains(&line)), "{}", told);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_told_of(text in "\\PC{0,200}") {
        let _ = read(&text);
    }
}
