//! The program as a shell sees it: exit codes, standard output, sentences on standard error, files.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const REPORT: &str = "\
# The gates of Varn stay shut

The governor of Varn ordered the river gates shut on Monday, and said that they would stay shut for a week.

## What the millers say

The guild of millers called the order a mistake, as nobody had asked them before it was given.
";

fn briefing() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefing"));
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    briefing().args(arguments).output().unwrap()
}

fn piped(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = briefing()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not want its input is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder with `report.md` in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::write(desk.path("report.md"), REPORT).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Everything in the folder, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }
}

/// That `output` is a failure with `code`, told in `sentences` lines that say what they must and can harm nobody.
fn assert_told(output: &Output, code: i32, sentences: usize) -> String {
    let told = text(&output.stderr).to_owned();
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert_eq!(told.lines().count(), sentences, "{told}");
    for line in told.lines() {
        assert!(line.starts_with("briefing: "), "{line}");
        assert!(
            !line.contains("os error") && !line.contains("panicked"),
            "{line}"
        );
        assert_harmless(line);
    }
    told
}

fn assert_harmless(shown: &str) {
    let odd = |char: &char| {
        (char.is_control() && !"\n\t".contains(*char)) || ('\u{202a}'..='\u{202e}').contains(char)
    };
    assert_eq!(shown.chars().find(odd), None, "{shown:?}");
}

#[test]
fn help_and_version_are_no_errors() {
    for (argument, words) in [
        ("-h", "Usage:"),
        ("--help", "--section"),
        ("-V", "briefing "),
    ] {
        let output = run(&[argument]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains(words));
        assert_eq!(text(&output.stderr), "");
    }
}

#[test]
fn arguments_that_make_no_sense_are_told_in_one_sentence() {
    for arguments in [
        &["--to", "xml", "a"][..],
        &["--from", "docx", "a"],
        &["--width", "39", "a"],
        &["--width", "many", "a"],
        &["--section", "0", "a"],
        &["--nonsense"],
        &["-", "-"],
        &["-o"],
        &["--\u{1b}[31mred"],
    ] {
        let output = run(arguments);
        assert_told(&output, 2, 1);
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
    }
}

#[test]
fn the_text_goes_to_a_pipe_unless_something_else_is_asked_for() {
    let desk = Desk::new();
    let output = run(&[&desk.name("report.md")]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("The gates of Varn stay shut\n"));
    assert!(text(&output.stdout).contains("\nThe guild of millers called"));
    let output = run(&["--to", "json", &desk.name("report.md")]);
    assert!(text(&output.stdout).starts_with(r#"{"schema":"briefing/1","#));
    assert!(text(&output.stdout).ends_with("}\n"));
}

#[test]
fn standard_input_is_a_document_too() {
    for arguments in [&["--to", "json"][..], &["--to", "json", "-"]] {
        let output = piped(arguments, REPORT.as_bytes());
        assert_eq!(text(&output.stderr), "");
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(value["document"]["source"], "-");
        assert!(value["text"].as_str().unwrap().contains("guild of millers"));
    }
}

#[test]
fn a_document_that_cannot_be_read_is_told_in_one_sentence() {
    let desk = Desk::new();
    fs::write(desk.path("empty.txt"), "").unwrap();
    fs::write(
        desk.path("binary.txt"),
        b"MZ\0\x01\0\0PE\0\0 and more of it\0",
    )
    .unwrap();
    fs::create_dir(desk.path("folder")).unwrap();
    for name in ["missing.txt", "empty.txt", "binary.txt", "folder"] {
        for form in ["text", "json"] {
            let output = run(&["--to", form, &desk.name(name)]);
            assert!(assert_told(&output, 1, 1).contains(name), "{name}");
            assert_eq!(text(&output.stdout), "", "{name}");
        }
    }
    assert_told(&piped(&[], b""), 1, 1);
    assert_told(&piped(&["-"], b"a\0b"), 1, 1);
}

#[test]
fn a_document_without_permission_is_told_in_one_sentence() {
    let desk = Desk::new();
    let closed = desk.path("report.md");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&closed).is_ok() {
        eprintln!("skipped: who runs this may read everything");
        return;
    }
    let told = assert_told(&run(&[&desk.name("report.md")]), 1, 1);
    assert!(told.contains("report.md"), "{told}");
}

#[test]
fn of_several_documents_all_that_can_be_read_are_written() {
    let desk = Desk::new();
    let (report, missing) = (desk.name("report.md"), desk.name("missing.md"));
    let output = run(&["--to", "json", &report, &missing, &report]);
    assert_told(&output, 1, 1);
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], lines[1]);
    let output = run(&[&missing, &report, &missing]);
    assert_told(&output, 1, 2);
    assert!(text(&output.stdout).starts_with("The gates of Varn"));
}

#[test]
fn a_broken_pipe_is_no_error() {
    let desk = Desk::new();
    // More than a pipe holds, so that the program still writes when nobody reads any more.
    let paragraph = "The millers of the lower town asked for an answer before the frost.\n\n";
    fs::write(desk.path("long.txt"), paragraph.repeat(4000)).unwrap();
    for form in ["text", "json"] {
        let mut child = briefing()
            .args([
                "--to",
                form,
                &desk.name("long.txt"),
                &desk.name("missing.txt"),
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut some = [0; 100];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut some).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(text(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn a_full_device_is_told() {
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: there is no /dev/full here");
        return;
    }
    let desk = Desk::new();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = briefing()
        .arg(desk.name("report.md"))
        .stdout(full)
        .output()
        .unwrap();
    assert!(assert_told(&output, 1, 1).contains("standard output"));
    let output = run(&["-o", "/dev/full", &desk.name("report.md")]);
    assert!(assert_told(&output, 1, 1).contains("/dev/full"));
    let output = run(&["-o", "/dev/null", &desk.name("report.md")]);
    assert_eq!(output.status.code(), Some(0));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn a_file_is_replaced_whole_and_keeps_its_permissions() {
    let desk = Desk::new();
    let out = desk.path("out.json");
    fs::write(&out, "what stood here before").unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o640)).unwrap();
    let output = run(&["-o", &desk.name("out.json"), &desk.name("report.md")]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout), "");
    assert!(
        fs::read_to_string(&out)
            .unwrap()
            .starts_with(r#"{"schema""#)
    );
    assert_eq!(
        fs::metadata(&out).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(desk.names(), ["out.json", "report.md"]);
}

#[test]
fn a_link_to_a_file_stays_a_link() {
    let desk = Desk::new();
    fs::write(desk.path("real.txt"), "before").unwrap();
    std::os::unix::fs::symlink(desk.path("real.txt"), desk.path("link.txt")).unwrap();
    let output = run(&["-o", &desk.name("link.txt"), &desk.name("report.md")]);
    assert_eq!(text(&output.stderr), "");
    assert!(
        fs::symlink_metadata(desk.path("link.txt"))
            .unwrap()
            .is_symlink()
    );
    assert!(
        fs::read_to_string(desk.path("real.txt"))
            .unwrap()
            .starts_with("The gates")
    );
}

#[test]
fn nothing_is_lost_when_writing_fails() {
    let desk = Desk::new();
    let (report, kept) = (desk.name("report.md"), desk.name("kept.txt"));
    fs::write(&kept, "kept").unwrap();
    assert_told(&run(&["-o", &kept, &desk.name("missing.md")]), 1, 1);
    assert_told(&run(&["-o", &kept, "--section", "99", &report]), 1, 1);
    let long = "n".repeat(300);
    assert_told(&run(&["-o", &desk.name(&long), &report]), 1, 1);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "kept");
    fs::create_dir(desk.path("folder")).unwrap();
    assert_told(&run(&["-o", &desk.name("folder"), &report]), 1, 1);
    assert_told(&run(&["-o", &desk.name("nowhere/out.txt"), &report]), 1, 1);
    assert_told(
        &run(&["-o", &desk.name("no\nwhere/out.txt"), &report]),
        1,
        1,
    );
    assert_eq!(desk.names(), ["folder", "kept.txt", "report.md"]);
}

#[test]
fn the_document_itself_is_never_overwritten() {
    let desk = Desk::new();
    std::os::unix::fs::symlink(desk.path("report.md"), desk.path("link.md")).unwrap();
    let (report, link) = (desk.name("report.md"), desk.name("link.md"));
    assert_told(&run(&["-o", &report, &report]), 1, 1);
    assert_told(&run(&["-o", &link, &report]), 1, 1);
    assert_told(&run(&["-o", &report, &link]), 1, 1);
    fs::write(desk.path("other.md"), REPORT).unwrap();
    assert_told(
        &run(&["-o", &report, &desk.name("other.md"), &report]),
        1,
        1,
    );
    let output = briefing()
        .args(["-o", &report, "-"])
        .stdin(fs::File::open(&report).unwrap())
        .output()
        .unwrap();
    assert_told(&output, 1, 1);
    assert_eq!(fs::read_to_string(&report).unwrap(), REPORT);
    assert_eq!(desk.names(), ["link.md", "other.md", "report.md"]);
}

#[test]
fn one_section_can_be_had_alone() {
    let desk = Desk::new();
    let report = desk.name("report.md");
    let sections = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_slice(&run(arguments).stdout).unwrap()
    };
    let whole = sections(&["--to", "json", &report]);
    let count = whole["sections"].as_array().unwrap().len();
    assert_eq!(count, 2, "{whole}");
    let second = sections(&["--to", "json", "--section", "2", &report]);
    assert_eq!(second["sections"][0]["id"], 1);
    assert!(
        second["text"]
            .as_str()
            .unwrap()
            .starts_with("What the millers say\n")
    );
    let output = run(&["--section", "2", &report]);
    assert!(!text(&output.stdout).contains("ordered"));
    let told = assert_told(&run(&["--section", "3", &report]), 1, 1);
    assert!(told.contains("only 2 sections"), "{told}");
}

#[test]
fn lines_are_as_wide_as_was_asked_for() {
    let desk = Desk::new();
    for width in [40, 120] {
        let output = run(&["--width", &width.to_string(), &desk.name("report.md")]);
        let widest = text(&output.stdout)
            .lines()
            .map(|line| line.chars().count())
            .max();
        assert_eq!(widest, Some(width));
    }
}

#[test]
fn nothing_in_a_document_or_its_name_reaches_the_terminal_as_a_command() {
    let desk = Desk::new();
    let evil = "\u{1b}]52;c;aGk=\u{7}\u{9b}31m\u{202e}evil\u{8}";
    let report = format!(
        "---\ntitle: \"{evil}\"\nauthor: {evil}\n---\n# {evil}\n\nSaid {evil} of Varn, `{evil}` and more.\n\n    {evil}\n"
    );
    let name = desk.name(&format!("{evil}.md"));
    for document in [desk.name("evil.md"), desk.name("evil.txt"), name.clone()] {
        fs::write(&document, &report).unwrap();
        for form in ["text", "json"] {
            let output = run(&["--to", form, &document]);
            assert_eq!(text(&output.stderr), "");
            assert!(text(&output.stdout).contains("evil"));
            assert_harmless(text(&output.stdout));
        }
    }
    fs::remove_file(&name).unwrap();
    assert_told(&run(&[&name]), 1, 1);
    assert_told(
        &run(&["-o", &format!("{name}/x"), &desk.name("report.md")]),
        1,
        1,
    );
    assert_told(
        &run(&["-o", &desk.name("evil.md"), &desk.name("evil.md")]),
        1,
        1,
    );
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
