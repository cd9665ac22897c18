//! A folder with documents in it, and the program run beside it as a shell runs it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

pub(crate) const REPORT: &str = "\
# The gates of Varn stay shut

The governor of Varn ordered the river gates shut on Monday, and said that they would stay shut for a week.

## What the millers say

The guild of millers called the order a mistake, as nobody had asked them before it was given.
";

pub(crate) fn briefing() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_briefing"));
    // What the one who tests has corrected has no say.
    command.env("XDG_DATA_HOME", "/nowhere");
    command.stdin(Stdio::null());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    briefing().args(arguments).output().unwrap()
}

pub(crate) fn piped(arguments: &[&str], input: &[u8]) -> Output {
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

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder with `report.md` in it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::write(desk.path("report.md"), REPORT).unwrap();
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Everything in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }
}

/// That `output` is a failure with `code`, told in `sentences` lines that say what they must and can harm nobody.
pub(crate) fn assert_told(output: &Output, code: i32, sentences: usize) -> String {
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

pub(crate) fn assert_harmless(shown: &str) {
    let odd = |char: &char| {
        (char.is_control() && !"\n\t".contains(*char)) || ('\u{202a}'..='\u{202e}').contains(char)
    };
    assert_eq!(shown.chars().find(odd), None, "{shown:?}");
}
