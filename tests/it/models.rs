//! Lenses and models from the command line: which is used, and what is said of one that cannot be used.

use std::fs;
use std::process::Output;

use crate::desk::{Desk, REPORT, assert_told, briefing, piped, run, text};

/// What debug builds do when they are told that a part is damaged.
#[cfg(debug_assertions)]
#[test]
fn a_damaged_model_is_told_in_one_sentence_and_the_rest_is_written() {
    let desk = Desk::new();
    let report = desk.path("named.md");
    let words = REPORT.replace("The governor", "Governor Ilse Quarrow");
    fs::write(&report, words).unwrap();
    for (part, sentence) in [
        ("names", "briefing: the model of names is cut short"),
        (
            "roles",
            "briefing: the lens briefing that is built in cannot be used (the packed cues",
        ),
    ] {
        let out = briefing()
            .env("BRIEFING_DAMAGE", part)
            .args(["--to", "json"])
            .args([&report, &report])
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(0), "{part}");
        let told = text(&out.stderr);
        assert!(told.starts_with(sentence), "{told}");
        assert_eq!(told.lines().count(), 1, "once for two documents: {told}");
        assert!(told.contains("install the program again"), "{told}");
        let line = text(&out.stdout).lines().next().unwrap();
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            format!("briefing: {}", json["faults"][0].as_str().unwrap()),
            told.trim_end()
        );
        assert!(
            !json["sections"].as_array().unwrap().is_empty(),
            "sections of headings"
        );
        let roles = json["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| !it["role"].is_null());
        assert_eq!(roles, part != "roles");
        let typed = &json["entities"][0]["mentions"][0]["typed"];
        let model = typed.as_str().unwrap().contains("trained model");
        assert_eq!(model, part != "names", "{typed}");
    }
    let out = run(&["--to", "json", report.to_str().unwrap()]);
    assert!(out.stderr.is_empty() && text(&out.stdout).contains("\"faults\":[]"));
}

const WEATHER: &str = "name = \"weather\"\n[[roles]]\nname = \"storm\"\nlabel = \"Storm\"\nletter = \"S\"\n[cues.storm]\n100 = [\"gates\"]\n";

fn lens_of(output: &Output) -> serde_json::Value {
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    value["lens"].clone()
}

#[test]
fn a_lens_is_asked_for_by_name_by_file_and_by_the_document() {
    let desk = Desk::new();
    let lenses = desk.path("briefing/lenses");
    fs::create_dir_all(&lenses).unwrap();
    fs::write(lenses.join("own.toml"), WEATHER).unwrap();
    fs::write(desk.path("w.toml"), WEATHER).unwrap();
    let front = format!("---\nlens: court-ruling\n---\n{REPORT}");
    fs::write(desk.path("front.md"), front).unwrap();
    let (report, front) = (desk.name("report.md"), desk.name("front.md"));
    for (asked, document, lens) in [
        (None, &report, "briefing"),
        (Some("weather"), &report, "weather"),
        (Some("incident-report"), &report, "incident-report"),
        (Some(&*desk.name("w.toml")), &report, "weather"),
        (None, &front, "court-ruling"),
        (Some("briefing"), &front, "briefing"),
    ] {
        let mut command = briefing();
        command
            .env("XDG_CONFIG_HOME", desk.path(""))
            .args(["--to", "json", document]);
        if let Some(asked) = asked {
            command.args(["--lens", asked]);
        }
        let output = command.output().unwrap();
        assert_eq!(text(&output.stderr), "", "{asked:?}");
        assert_eq!(lens_of(&output), lens, "{asked:?}");
    }
    let listed = briefing()
        .env("XDG_CONFIG_HOME", desk.path(""))
        .arg("--list-lenses")
        .output()
        .unwrap();
    assert_eq!(listed.status.code(), Some(0));
    let listed = text(&listed.stdout);
    for words in [
        "briefing",
        "O Order",
        "court-ruling",
        "H Holding",
        "built in",
        "weather",
        "S Storm",
        "own.toml",
    ] {
        assert!(listed.contains(words), "{words} is not in\n{listed}");
    }
}

#[test]
fn a_lens_with_a_fault_is_told_of_and_the_standard_one_is_used() {
    let desk = Desk::new();
    let bad = WEATHER.replace("[\"gates\"]", "\"gates\"");
    fs::write(desk.path("bad.toml"), bad).unwrap();
    let (report, bad) = (desk.name("report.md"), desk.name("bad.toml"));
    let output = run(&["--to", "json", "--lens", &bad, &report, &report]);
    let told = assert_told(&output, 1, 1);
    assert!(told.contains("bad.toml, line 7, column 7: "), "{told}");
    let first = text(&output.stdout).lines().next().unwrap();
    let value: serde_json::Value = serde_json::from_str(first).unwrap();
    assert_eq!(value["lens"], "briefing");
    assert!(
        value["notes"][0]
            .as_str()
            .unwrap()
            .contains("line 7, column 7")
    );
    assert_eq!(text(&output.stdout).lines().count(), 2);
}

#[test]
fn a_lens_that_is_not_there_is_an_error_of_typing() {
    let desk = Desk::new();
    let report = desk.name("report.md");
    for (asked, said) in [
        ("cort-ruling", "there are court-ruling, "),
        ("none.toml", "does not exist"),
        ("/", "a folder"),
        ("", "no lens is called"),
    ] {
        let output = run(&["--lens", asked, "--to", "json", &report]);
        assert!(assert_told(&output, 2, 1).contains(said), "{asked}");
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn each_lens_has_a_sample_that_asks_for_it() {
    for sample in briefing::formats::SAMPLES {
        let output = run(&["--sample", sample.name, "--to", "json"]);
        assert_eq!(text(&output.stderr), "");
        assert_eq!(lens_of(&output), sample.name);
    }
    let known = briefing::sections::LENSES.iter().map(|lens| lens.name);
    assert!(known.eq(briefing::formats::SAMPLES.iter().map(|sample| sample.name)));
    assert_told(&run(&["--sample", "briefing", "a.md"]), 2, 1);
}

#[test]
fn a_text_in_another_language_says_so_in_the_notes() {
    let german = "Der Minister ordnete am Dienstag an, den Hafen zu schließen.\n\nDie Opposition sprach von einem Fehler und verlangte eine Debatte im Parlament.\n";
    let output = piped(&["--to", "json"], german.as_bytes());
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        value["notes"][0]
            .as_str()
            .unwrap()
            .contains("another language")
    );
    let output = piped(&["--to", "text"], german.as_bytes());
    assert!(text(&output.stdout).contains("another language"));
}
