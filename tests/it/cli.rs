//! The program as a shell sees it: exit codes, standard output, sentences on standard error, files.

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use crate::desk::{Desk, REPORT, assert_harmless, assert_told, briefing, piped, run, text};

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
        &["--from", "xlsx", "a"],
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

#[test]
fn a_folder_and_a_list_of_files_are_written_one_after_the_other() {
    let desk = Desk::new();
    fs::create_dir(desk.path("deep")).unwrap();
    fs::write(
        desk.path("deep/second.txt"),
        "The second document is short.\n",
    )
    .unwrap();
    fs::write(desk.path("deep/.third.txt"), "Hidden.\n").unwrap();
    fs::write(desk.path("picture.png"), [0, 1, 2]).unwrap();
    let folder = desk.path(".").to_str().unwrap().to_owned();
    let output = run(&["--to", "json", &folder]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout).lines().count(), 2);
    assert!(text(&output.stderr).contains("1 file of no known format left out"));

    let list = format!(
        "{}\r\n\n{}\n",
        desk.name("deep/second.txt"),
        desk.name("report.md")
    );
    fs::write(desk.path("list"), &list).unwrap();
    for output in [
        run(&["--to", "text", "--files-from", &desk.name("list")]),
        piped(&["--to", "text", "--files-from", "-"], list.as_bytes()),
    ] {
        let written = text(&output.stdout);
        let places = ["The second document", "The gates of Varn"].map(|it| written.find(it));
        assert!(places[0].is_some() && places[0] < places[1], "{written}");
        assert_eq!(text(&output.stderr), "");
    }
}

#[test]
fn what_is_wrong_with_a_list_of_files_is_told() {
    let desk = Desk::new();
    fs::write(desk.path("empty"), "\n\r\n").unwrap();
    let told = assert_told(&run(&["--files-from", &desk.name("empty")]), 1, 1);
    assert!(
        told.contains("is empty: write a path on each line"),
        "{told}"
    );
    let told = assert_told(&run(&["--files-from", &desk.name("absent")]), 1, 1);
    assert!(told.contains("absent could not be read"), "{told}");
    assert_told(&run(&["--files-from", "-", "-"]), 2, 1);
    fs::write(
        desk.path("list"),
        format!("{}\nabsent.md\n", desk.name("report.md")),
    )
    .unwrap();
    let output = run(&["--to", "text", "--files-from", &desk.name("list")]);
    assert!(assert_told(&output, 1, 1).contains("absent.md does not exist"));
    assert!(text(&output.stdout).contains("The gates of Varn"));
}

#[test]
fn a_feed_is_written_entry_by_entry() {
    let desk = Desk::new();
    let feed = "<rss version='2.0'><channel><title>Varn</title>\
        <item><title>One</title><description>First words.</description></item>\
        <item><title>Two</title><description>Second words.</description></item></channel></rss>";
    fs::write(desk.path("news.xml"), feed).unwrap();
    let output = run(&["--to", "text", &desk.name("news.xml")]);
    assert_eq!(text(&output.stderr), "");
    let written = text(&output.stdout);
    assert!(
        written.find("First words.") < written.find("Second words."),
        "{written}"
    );
}

#[test]
fn an_output_that_lies_in_the_folder_that_is_read_is_not_replaced() {
    let desk = Desk::new();
    let folder = desk.path(".").to_str().unwrap().to_owned();
    let output = run(&["-o", &desk.name("report.md"), &folder]);
    assert!(assert_told(&output, 1, 1).contains("is the document itself"));
    assert_eq!(fs::read_to_string(desk.path("report.md")).unwrap(), REPORT);
    assert_eq!(desk.names(), ["report.md"]);
}
