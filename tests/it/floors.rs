//! The floors of the house: who may import whom, read out of the source.
//!
//! A plan that nothing enforces erodes. Here every path that begins with `crate::` or `super::` is resolved to a
//! module, and one that runs up or sideways is a fault, told with file and line. Tests beside the code obey too.

use crate::project::{self, ProjectFile};

/// From the ground up. Modules of one floor never import one another.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["model"],
    &["export", "formats", "memory", "names", "sections"],
    &["analysis"],
    &["tui"],
    &["cli"],
    &["main"],
];

/// Inside `tui`: what is known never imports how it is shown or where it comes from.
const STATE: &[&str] = &[
    "action", "app", "cast", "census", "event", "hits", "keymap", "layout", "ledger", "lenses",
    "line", "links", "marks", "mends", "only", "overlay", "page", "question", "reading", "search",
    "searches", "shelves", "table",
];
const FACE: &[&str] = &[
    "canvas",
    "paint",
    "panels",
    "screen",
    "terminal",
    "worker",
    "keeper",
    "librarian",
    "watcher",
    "browser",
    "hyperlinks",
    "lasting",
];

/// A path in the source, from the root of the crate.
#[derive(Debug, PartialEq, Eq)]
struct Import {
    line: usize,
    from: Vec<String>,
    to: Vec<String>,
    /// Written as `super::*` inside a module of tests.
    own_tests: bool,
}

/// The faults in one file, each with file and line.
fn faults(file: &ProjectFile) -> Vec<String> {
    let place = |import: &Import| format!("{}:{}", file.path, import.line);
    imports(file)
        .iter()
        .filter_map(|import| Some(format!("{}: {}", place(import), fault(import)?)))
        .collect()
}

fn fault(import: &Import) -> Option<String> {
    let (from, to) = (import.from.join("::"), import.to.join("::"));
    if import.to.last().is_some_and(|last| last == "*") && !import.own_tests {
        return Some(format!("glob import of {to}: name what is used"));
    }
    let (Some(here), Some(there)) = (import.from.first(), import.to.first()) else {
        return None;
    };
    if here == there {
        let is = |path: &[String], rooms: &[&str]| {
            path.first().is_some_and(|floor| floor == "tui")
                && path
                    .get(1)
                    .is_some_and(|room| rooms.contains(&room.as_str()))
        };
        let up = is(&import.from, STATE) && is(&import.to, FACE);
        return up.then(|| format!("{from} imports {to}: the state does not know the view"));
    }
    let floor = |module: &String| {
        FLOORS
            .iter()
            .position(|floor| floor.contains(&module.as_str()))
    };
    match (floor(here), floor(there)) {
        (Some(here), Some(there)) if here > there => None,
        (Some(here), Some(there)) if here == there => {
            Some(format!("{from} imports {to}, beside it on one floor"))
        }
        (Some(_), Some(_)) => Some(format!("{from} imports {to}, a floor above")),
        (None, _) => Some(format!("{here} stands on no floor")),
        (_, None) => Some(format!("{there} stands on no floor")),
    }
}

/// Every path of the file that leads to a module of this crate.
fn imports(file: &ProjectFile) -> Vec<Import> {
    let home = home(&file.path);
    let tokens = tokens(&file.text);
    let words: Vec<&str> = tokens.iter().map(|(_, word)| word.as_str()).collect();
    let mut inner: Vec<(usize, String)> = Vec::new();
    let (mut depth, mut at, mut found) = (0usize, 0, Vec::new());
    while at < words.len() {
        match words[at] {
            "mod" if words.get(at + 2) == Some(&"{") => {
                inner.push((depth, words[at + 1].to_owned()));
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inner.pop_if(|(outside, _)| *outside == depth);
            }
            _ => {}
        }
        let mut from = home.clone();
        from.extend(inner.iter().map(|(_, name)| name.clone()));
        if let Some(mut path) = start(&words, at, &from) {
            let line = tokens[at].0;
            let tests = from.iter().any(|name| name == "tests");
            let (mut after, mut paths) = (at + 2, Vec::new());
            while words.get(after) == Some(&"super") {
                path.pop();
                after += 2;
            }
            at = tree(&words, after, &path, &mut paths);
            let own_tests = |to: &[String]| {
                tests
                    && to
                        .split_last()
                        .is_some_and(|(_, module)| from.starts_with(module))
            };
            found.extend(paths.into_iter().map(|to| Import {
                line,
                from: from.clone(),
                own_tests: own_tests(&to),
                to,
            }));
        } else {
            at += 1;
        }
    }
    found
}

/// Where a path that begins at `at` starts out, when it is one of ours.
fn start(words: &[&str], at: usize, from: &[String]) -> Option<Vec<String>> {
    let begins = at == 0 || words[at - 1] != "::";
    if !begins || words.get(at + 1) != Some(&"::") {
        return None;
    }
    match words[at] {
        "crate" => Some(Vec::new()),
        // `main` sees the library from outside.
        "briefing" if from.first().is_some_and(|top| top == "main") => Some(Vec::new()),
        "self" => Some(from.to_vec()),
        "super" => from.split_last().map(|(_, above)| above.to_vec()),
        _ => None,
    }
}

/// Reads `a::{b, c::*}` from `at` on, adds each full path to `paths`, and gives where it ends.
fn tree(words: &[&str], mut at: usize, path: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = path.to_vec();
    loop {
        match words.get(at) {
            Some(&"{") => {
                at += 1;
                while words.get(at).is_some_and(|word| *word != "}") {
                    at = if words[at] == "," {
                        at + 1
                    } else {
                        tree(words, at, &path, paths)
                    };
                }
                return at + 1;
            }
            Some(word) if *word == "*" || is_name(word) => path.push((*word).to_owned()),
            _ => break,
        }
        at += 1;
        if words.get(at) != Some(&"::") {
            break;
        }
        at += 1;
    }
    if words.get(at) == Some(&"as") {
        at += 2;
    }
    paths.push(path);
    // Never stand still, whatever the text.
    at.max(1)
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The module that a file is: `src/tui/page.rs` is `tui::page`.
fn home(path: &str) -> Vec<String> {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    let module = inside
        .trim_end_matches(".rs")
        .trim_end_matches("mod")
        .trim_end_matches('/');
    module
        .split('/')
        .filter(|part| !matches!(*part, "" | "lib"))
        .map(str::to_owned)
        .collect()
}

/// Names, `::` and marks with their lines; comments and strings are left out.
fn tokens(text: &str) -> Vec<(usize, String)> {
    let bare = regex::Regex::new(
        r##"(?s)//[^\n]*|/\*.*?\*/|b?r#".*?"#|b?"(?:\\.|[^"\\])*"|b?'(?:\\[^']+|[^'\\])'|(\w+|::|[{}*,])|\n"##,
    )
    .expect("a fixed pattern");
    let mut line = 1;
    let mut tokens = Vec::new();
    for found in bare.captures_iter(text) {
        if let Some(word) = found.get(1) {
            tokens.push((line, word.as_str().to_owned()));
        }
        line += found[0].matches('\n').count();
    }
    tokens
}

#[test]
fn imports_run_down_the_floors() {
    let files = project::files("src", &[".rs"]);
    assert!(files.len() > 10, "the source was not found");
    let faults: Vec<String> = files.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_stands_on_a_floor() {
    for file in project::files("src", &[".rs"]) {
        let home = home(&file.path);
        let known = home
            .first()
            .is_none_or(|top| FLOORS.iter().any(|floor| floor.contains(&top.as_str())));
        assert!(
            known,
            "{} stands on no floor: give it one in {}",
            file.path,
            file!()
        );
    }
}

/// The faults of a file at `path` that says `text`.
fn planted(path: &str, text: &str) -> String {
    faults(&ProjectFile {
        path: path.into(),
        text: text.into(),
    })
    .join("\n")
}

#[test]
fn what_runs_down_is_no_fault() {
    for (path, text) in [
        (
            "src/formats/markdown.rs",
            "use crate::model::{Block, document::Document};\nuse crate::text::TextRange;",
        ),
        (
            "src/formats/markdown.rs",
            "use super::builder::DocumentBuilder;\nuse self::inner::Part;",
        ),
        ("src/analysis.rs", "use crate::{names, sections::Splitter};"),
        ("src/model/outline.rs", "use super::{BlockId, Lens};"),
        (
            "src/text/range.rs",
            "#[cfg(test)]\nmod tests { use super::*; }",
        ),
        ("src/text/wrap/tests.rs", "use super::*;"),
        ("src/tui/screen.rs", "use crate::tui::app::App;"),
        (
            "src/tui/app.rs",
            "// as crate::tui::screen draws it\nlet a = \"crate::cli::x\"; let b = '\"'; let c = crate::tui::page::Page;",
        ),
        ("src/main.rs", "fn main() { briefing::cli::run(); }"),
        ("src/lib.rs", "pub mod text;"),
    ] {
        assert_eq!(planted(path, text), "", "{path}: {text}");
    }
}

/// Where, what, and how the fault is told.
const PLANTED: &[(&str, &str, &str)] = &[
    (
        "src/formats/text.rs",
        "use crate::tui::app::App;",
        "src/formats/text.rs:1: formats::text imports tui::app::App, a floor above",
    ),
    (
        "src/formats/mod.rs",
        "\n\nuse crate::names::find;",
        "src/formats/mod.rs:3: formats imports names::find, beside it",
    ),
    (
        "src/formats/mod.rs",
        "use super::sections;",
        "formats imports sections, beside it",
    ),
    (
        "src/names/people.rs",
        "use crate::{text::TextRange, export::{json, text}};",
        "names::people imports export::json, beside it",
    ),
    (
        "src/text/mod.rs",
        "fn f() { let x = crate::model::Lens::default(); }",
        "text imports model::Lens::default, a floor above",
    ),
    (
        "src/model/lens.rs",
        "mod inner { use super::super::super::tui::theme; }",
        "model::lens::inner imports tui::theme, a floor above",
    ),
    (
        "src/tui/app.rs",
        "use super::screen;",
        "the state does not know the view",
    ),
    (
        "src/tui/app/keys.rs",
        "use crate::tui::screen::draw;",
        "the state does not know the view",
    ),
    (
        "src/tui/reading.rs",
        "use crate::tui::canvas::Canvas;",
        "the state does not know the view",
    ),
    ("src/cli.rs", "use crate::tui::*;", "glob import of tui::*"),
    ("src/tui/page.rs", "use super::*;", "glob import of tui::*"),
    (
        "src/tui/page.rs",
        "mod tests { use crate::model::*; }",
        "glob import of model::*",
    ),
    (
        "src/names/x.rs",
        "use crate::helpers::x;",
        "helpers stands on no floor",
    ),
    (
        "src/text/x.rs",
        "let s = r#\"a \" b\"#; let c = '\\''; use crate::cli;",
        "text::x imports cli, a floor above",
    ),
];

#[test]
fn planted_faults_are_found() {
    for (path, text, fault) in PLANTED {
        let found = planted(path, text);
        assert!(
            found.contains(fault),
            "{path}: {text}\nexpected: {fault}\nfound: {found}"
        );
    }
}
