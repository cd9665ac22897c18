//! What the documents promise, tied to what is there.

use briefing::export::EXPORTS;
use briefing::formats::FORMATS;
use briefing::sections::Splitter;
use briefing::tui::action::keys_as_markdown;

use crate::project;

/// The numbered version that stands first in a changelog, and its date.
fn newest(changelog: &str) -> Option<(&str, &str)> {
    changelog.lines().find_map(|line| {
        let (version, date) = line.strip_prefix("## [")?.split_once("] - ")?;
        Some((version, date.trim()))
    })
}

#[test]
fn the_newest_version_in_the_changelog_is_this_one() {
    let changelog = project::read("CHANGELOG.md");
    let first = changelog.lines().find(|line| line.starts_with("## "));
    assert_eq!(
        first,
        Some("## [Unreleased]"),
        "work in progress has its place on top"
    );
    let (version, date) = newest(&changelog).expect("a version with a date");
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    assert!(
        date.parse::<jiff::civil::Date>().is_ok(),
        "{date} is no date"
    );
}

#[test]
fn a_changelog_without_a_dated_version_has_no_newest() {
    assert_eq!(
        newest("## [Unreleased]\n\n## [0.3.0] - 2026-01-02\n\n## [0.2.0] - 2025-01-02"),
        Some(("0.3.0", "2026-01-02"))
    );
    assert_eq!(newest("# Changelog\n\n## [Unreleased]\n"), None);
}

#[test]
fn the_two_commands_of_the_readme_are_what_is_run() {
    let readme = project::read("README.md");
    let set_up = readme
        .split("\n## ")
        .find(|part| part.starts_with("Set up"))
        .expect("a part on setting up");
    let commands: Vec<&str> = set_up
        .lines()
        .filter(|line| line.starts_with("cargo "))
        .collect();
    assert_eq!(commands, ["cargo run --release", "cargo test"]);
    let script = project::read(".ci/run");
    assert!(
        script.lines().any(|line| line == "run cargo test"),
        ".ci/run does not run the README's test command"
    );
    for asked in ["cargo fmt --check", "-- -D warnings", "export CI=true"] {
        assert!(script.contains(asked), ".ci/run lacks {asked}");
    }
}

#[test]
fn the_readme_names_the_least_compiler() {
    let readme = project::read("README.md");
    let least = env!("CARGO_PKG_RUST_VERSION");
    assert!(
        readme.contains(&format!("Rust {least} or newer")),
        "the least compiler is {least}"
    );
}

#[test]
fn the_readme_names_every_role_format_and_form() {
    let readme = project::read("README.md");
    for (_, role) in Splitter::standard().lens.iter() {
        let row = format!("| {} | `{}` |", role.name, role.letter);
        assert!(readme.contains(&row), "no row {row}");
    }
    for format in FORMATS {
        assert!(
            readme.contains(&format!("| `{}` |", format.name)),
            "no format {}",
            format.name
        );
    }
    for export in EXPORTS {
        assert!(
            readme.contains(&format!("`{}`", export.name)),
            "no form of output {}",
            export.name
        );
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let link = regex::Regex::new(r"\]\(([^)#:]+)\)").expect("a fixed pattern");
    let mut missing = Vec::new();
    for file in project::files("", &[".md"])
        .iter()
        .filter(|file| !file.path.starts_with("tests/") && !file.path.starts_with("assets/"))
    {
        let folder = project::root().join(&file.path);
        let folder = folder.parent().expect("a file is in a folder");
        let targets = link
            .captures_iter(&file.text)
            .map(|found| found[1].to_owned());
        missing.extend(
            targets
                .filter(|target| !folder.join(target).exists())
                .map(|target| format!("{}: {target}", file.path)),
        );
    }
    // Made from the running program, and so not before there is a screen.
    missing.retain(|link| !link.ends_with("docs/screen.svg"));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_readme_lists_the_keys_of_the_table() {
    const MARKS: (&str, &str) = ("<!-- keys:begin -->\n", "<!-- keys:end -->");
    let readme = project::read("README.md");
    let (before, rest) = readme
        .split_once(MARKS.0)
        .expect("a mark where the keys begin");
    let (listed, after) = rest.split_once(MARKS.1).expect("a mark where the keys end");
    let keys = keys_as_markdown();
    if listed != keys && std::env::var_os("BRIEFING_UPDATE").is_some() {
        let readme = [before, MARKS.0, &keys, MARKS.1, after].concat();
        std::fs::write(project::root().join("README.md"), readme)
            .expect("README.md can be written");
        return;
    }
    assert_eq!(
        listed, keys,
        "BRIEFING_UPDATE=1 cargo test brings the list up to date"
    );
}

#[test]
fn the_plan_of_the_house_stays_short() {
    assert!(project::read("ARCHITECTURE.md").lines().count() <= 150);
    assert!(project::read("CONTRIBUTING.md").lines().count() < 60);
}
