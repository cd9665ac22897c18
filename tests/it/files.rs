//! What every file of the project must be: opened with a reason, short, finished, and about the project only.

use regex::Regex;

use crate::project::{self, ProjectFile};

/// The wall; look for the second noun long before.
const LINES: usize = 600;

/// Faults in a file of code.
fn faults_in_code(file: &ProjectFile) -> Vec<String> {
    let mut faults = Vec::new();
    if !file.text.starts_with("//!") {
        faults.push(format!("{}: does not open with //!", file.path));
    }
    let lines = file.text.lines().count();
    if lines > LINES {
        faults.push(format!("{}: {lines} lines, over {LINES}", file.path));
    }
    let unfinished =
        Regex::new(r"\b(to(?:do)|d(?:bg)|un(?:implemented))!").expect("a fixed pattern");
    faults.extend(lines_with(file, &unfinished).map(|place| format!("{place} is not finished")));
    faults
}

/// Faults in any file: how it came about is no part of it.
fn faults_in_words(file: &ProjectFile) -> Vec<String> {
    let machine =
        Regex::new(r"(^|[^\w.])/(wo(?:rk)|ho(?:me)|ro(?:ot)|tm(?:p))/\w").expect("a fixed pattern");
    let number = Regex::new(r"(?i)\biss(?:ue) #?\d|(^|[\s(])#\d+\b").expect("a fixed pattern");
    let paths =
        lines_with(file, &machine).map(|place| format!("{place} names a path of one machine"));
    let numbers = lines_with(file, &number)
        .map(|place| format!("{place} names a number that a reader cannot look up"));
    paths.chain(numbers).collect()
}

/// `file:line: what it says`, for each line in which `pattern` is found.
fn lines_with(file: &ProjectFile, pattern: &Regex) -> impl Iterator<Item = String> {
    let found = |(at, line): (usize, &str)| {
        pattern
            .is_match(line)
            .then(|| format!("{}:{}: “{}”", file.path, at + 1, line.trim()))
    };
    file.text.lines().enumerate().filter_map(found)
}

#[test]
fn files_of_code_open_with_a_reason_and_stay_short() {
    let folders = ["src", "tests"].into_iter();
    let faults: Vec<String> = folders
        .flat_map(|folder| project::files(folder, &[".rs"]))
        .flat_map(|file| faults_in_code(&file))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_project_speaks_of_itself_only() {
    let files = project::files("", &[".rs", ".md", ".toml", ".yml", ".py", "run", "NOTICE"]);
    let own = |file: &&ProjectFile| {
        !file.path.starts_with("tests/data/") && file.path != "tests/it/files.rs"
    };
    let faults: Vec<String> = files.iter().filter(own).flat_map(faults_in_words).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn file(text: &str) -> ProjectFile {
    ProjectFile {
        path: "src/planted.rs".into(),
        text: text.into(),
    }
}

#[test]
fn planted_faults_in_code_are_found() {
    let faults = |text: &str| faults_in_code(&file(text)).join("\n");
    assert_eq!(faults("//! What it owns.\nfn done() {}\n"), "");
    assert!(faults("// What\n").contains("does not open with //!"));
    assert!(faults(&format!("//! Long.\n{}", "//\n".repeat(LINES))).contains("601 lines"));
    for word in ["todo", "dbg", "unimplemented"] {
        assert!(
            faults(&format!("//! A.\nfn a() {{ {word}!() }}")).contains(":2: "),
            "{word}"
        );
    }
}

#[test]
fn planted_words_about_its_making_are_found() {
    let faults = |text: &str| faults_in_words(&file(text)).join("\n");
    for fine in [
        "see https://example.org/issues/12",
        "ratatui#902 is about that",
        "{:#04}",
        "# 1 heading",
        "a/work/b",
        "../shared",
    ] {
        assert_eq!(faults(fine), "", "{fine}");
    }
    for bad in [
        "as in issue 12",
        "Issue #3 says",
        "fixed (#4)",
        "#12 asks for it",
        "reads /work/main/x",
        "in /tmp/a",
        "`/home/me/x`",
    ] {
        assert!(!faults(bad).is_empty(), "{bad}");
    }
}
