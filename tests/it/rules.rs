//! What is written of sections follows from what is written of paragraphs: the rules of docs/ROLES.md, said once more
//! over the program's JSON, so that a reader who checks them by hand is never put wrong.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::project;
use crate::roles::outside;

const NUCLEUS: [&str; 4] = ["order", "diplomacy", "criticism", "threat"];

type Role<'a> = Option<&'a str>;
/// Where the heading begins, and where each paragraph under it does, with its role.
type Part<'a> = (Option<u64>, Vec<(u64, Role<'a>)>);

fn is_nucleus(role: Role<'_>) -> bool {
    role.is_some_and(|role| NUCLEUS.contains(&role))
}

/// Whether a run begins at `at`: two of three of a nucleus role, three of three of a satellite.
fn is_run(roles: &[Role<'_>], at: usize) -> bool {
    let behind = |far: usize| roles.get(at + far).is_some_and(|role| *role == roles[at]);
    if is_nucleus(roles[at]) {
        behind(1) || behind(2)
    } else {
        roles[at].is_some() && behind(1) && behind(2)
    }
}

/// Where sections begin among paragraphs under one heading, and the role of each.
fn by_the_rules<'a>(roles: &[Role<'a>]) -> Vec<(usize, Role<'a>)> {
    let mut made: Vec<(usize, Role<'a>)> = vec![(0, None)];
    for at in 0..roles.len() {
        let (start, open) = *made.last().expect("one is open");
        let opening = &roles[start..at];
        match open {
            None if at == 0 && is_nucleus(roles[0]) => made[0].1 = roles[0],
            Some(_) if open != roles[at] && is_run(roles, at) => made.push((at, roles[at])),
            None if at > 0 && is_nucleus(roles[at]) && is_run(roles, at) => {
                let satellites =
                    opening.len() >= 3 && !opening.iter().any(|role| is_nucleus(*role));
                if satellites {
                    made.push((at, roles[at]));
                } else {
                    made.last_mut().expect("one is open").1 = roles[at];
                }
            }
            _ => {}
        }
    }
    let ends: Vec<usize> = made
        .iter()
        .skip(1)
        .map(|one| one.0)
        .chain([roles.len()])
        .collect();
    for ((start, role), end) in made.iter_mut().zip(ends) {
        *role = role.or_else(|| most(&roles[*start..end]));
    }
    made
}

/// The most frequent nucleus role where a third has one, else the most frequent satellite.
fn most<'a>(roles: &[Role<'a>]) -> Role<'a> {
    let of = |nucleus: bool| {
        let wanted = |role: &&Role<'_>| role.is_some() && is_nucleus(**role) == nucleus;
        let count = |one: &Role<'_>| roles.iter().filter(|role| *role == one).count();
        let most = roles.iter().filter(wanted).map(count).max()?;
        *roles.iter().filter(wanted).find(|one| count(one) == most)?
    };
    let nuclei = roles.iter().filter(|role| is_nucleus(**role)).count();
    let first = nuclei * 3 >= roles.len();
    of(first).or_else(|| of(!first))
}

/// Checks one file, and gives how many sections it has.
fn check(path: &Path) -> usize {
    let run = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(["--to", "json"])
        .arg(path)
        .env("XDG_CONFIG_HOME", path.with_extension("none"))
        .env("XDG_DATA_HOME", path.with_extension("none"))
        .output();
    let run = run.expect("the program runs");
    assert!(run.status.success(), "{run:?}");
    let json: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let list = |name: &str| json[name].as_array().expect("a list");
    // Parts: where each begins, and its paragraphs.
    let mut parts: Vec<Part<'_>> = vec![(None, Vec::new())];
    for block in list("blocks") {
        let start = block["start"].as_u64().expect("a place");
        match block["kind"].as_str().expect("a kind") {
            _ if block["boilerplate"] == true => {}
            "heading" => parts.push((Some(start), Vec::new())),
            "paragraph" | "item" | "quote" => {
                let part = parts.last_mut().expect("one part");
                part.1.push((start, block["role"].as_str()));
            }
            _ => {}
        }
    }
    let mut expected: Vec<(u64, Role<'_>)> = Vec::new();
    for (heading, paragraphs) in &parts {
        let roles: Vec<Role<'_>> = paragraphs.iter().map(|one| one.1).collect();
        if roles.is_empty() {
            expected.extend(heading.map(|start| (start, None)));
            continue;
        }
        expected.extend(
            by_the_rules(&roles)
                .into_iter()
                .map(|(at, role)| match (at, heading) {
                    (0, Some(start)) => (*start, role),
                    _ => (paragraphs[at].0, role),
                }),
        );
    }
    let sections = list("sections");
    let told: Vec<u64> = sections
        .iter()
        .filter_map(|one| one["start"].as_u64())
        .collect();
    let starts: Vec<u64> = expected.iter().map(|one| one.0).collect();
    assert_eq!(told, starts, "{}", path.display());
    for (section, (_, role)) in sections.iter().zip(&expected) {
        let told = section["role"].as_str();
        // A role that is not sure enough is not shown.
        assert!(
            told.is_none() || told == *role,
            "{}: {section}",
            path.display()
        );
    }
    sections.len()
}

#[test]
fn sections_are_those_that_the_rules_make_of_the_roles_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sections = 0;
    for file in project::files("tests/data/written", &[".tsv"]) {
        // With the headings that it has, and once more without any.
        for headings in [true, false] {
            let lines = file.text.lines().filter_map(|line| line.split_once('\t'));
            let text: String = lines
                .filter_map(|(label, words)| match label {
                    "title" => Some(format!("# {words}\n\n")),
                    "heading" => headings.then(|| format!("## {words}\n\n")),
                    _ => Some(format!("{words}\n\n")),
                })
                .collect();
            let path = folder.path().join("report.md");
            std::fs::write(&path, text).expect("a place to write to");
            sections += check(&path);
        }
    }
    let root = project::root();
    for file in [
        "assets/samples/briefing.md",
        "tests/data/harbour.md",
        "tests/data/ugly.md",
    ] {
        sections += check(&root.join(file));
    }
    for file in ["seed/article.txt", "gold/dev"] {
        let Some(path) = outside(file) else { continue };
        if path.is_file() {
            sections += check(&path);
            continue;
        }
        let files = std::fs::read_dir(&path).expect("a folder");
        let paths = files.map(|file| file.expect("a readable folder").path());
        for path in paths.filter(|path| path.extension().is_some_and(|end| end == "txt")) {
            sections += check(&path);
        }
    }
    println!("{sections} sections");
    assert!(sections > 40, "only {sections} sections were made");
}
