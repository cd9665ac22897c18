//! Roles and sections on whole documents: labelled ones of our own, and those outside the repository when there.

use std::path::{Path, PathBuf};

use briefing::analysis::analyze_whole;
use briefing::formats::Source;
use briefing::model::{Briefing, Heading};
use briefing::sections::{LENSES, Splitter};

use crate::project;

/// Writing that is no report.
const OUTSIDE: [&str; 7] = [
    "readme.md",
    "recipe.md",
    "story.md",
    "forum.md",
    "manual.md",
    "code.txt",
    "poem.txt",
];

/// Reads a document from a file as the program does.
fn read(path: &Path) -> Briefing {
    let document = crate::driver::document(&Source::Path(path.to_owned()));
    analyze_whole(&document.into())
}

/// Data outside the repository; `None`, and a word, when it is not there.
pub(crate) fn outside(path: &str) -> Option<PathBuf> {
    let data = std::env::var_os("BRIEFING_DATA")
        .map_or_else(|| project::root().join("../shared"), PathBuf::from);
    let path = data.join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn role_of(briefing: &Briefing, block: u32) -> Option<&str> {
    let told = briefing.outline.paragraph(block)?;
    if told.boilerplate {
        return Some("boilerplate");
    }
    told.role.map(|role| briefing.lens.role(role).name.as_str())
}

/// How many of the labelled body lines have their label, and how many there are.
fn compare(briefing: &Briefing, labelled: &[(&str, &str)]) -> (usize, usize) {
    let body = labelled
        .iter()
        .filter(|(label, _)| !["title", "heading"].contains(label));
    let (mut hits, mut all) = (0, 0);
    for (label, words) in body {
        let document = &briefing.document;
        let start: String = words
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .take(60)
            .collect();
        let block = (0..document.blocks.len() as u32).find(|&block| {
            let here = document
                .words(block)
                .chars()
                .filter(|letter| letter.is_alphanumeric());
            here.take(start.chars().count()).eq(start.chars())
        });
        all += 1;
        hits += usize::from(block.and_then(|block| role_of(briefing, block)) == Some(*label));
    }
    (hits, all)
}

/// Documents that were learnt from: far from this floor only when the classifier is broken.
#[test]
fn our_own_labelled_reports_keep_their_roles() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut hits, mut all) = (0, 0);
    for file in project::files("tests/data/written", &[".tsv"]) {
        let labelled: Vec<(&str, &str)> = file
            .text
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let lines = labelled.iter().map(|(label, words)| match *label {
            "title" => format!("# {words}\n\n"),
            "heading" => format!("## {words}\n\n"),
            _ => format!("{words}\n\n"),
        });
        let path = folder.path().join("report.md");
        std::fs::write(&path, lines.collect::<String>()).expect("a place to write to");
        let briefing = read(&path);
        assert_eq!(
            briefing.outline.check(&briefing.document),
            Vec::<String>::new()
        );
        let (here, of) = compare(&briefing, &labelled);
        println!("{}: {here} of {of}", file.path);
        (hits, all) = (hits + here, all + of);
    }
    assert!(all > 60, "only {all} labelled paragraphs were found");
    assert!(
        hits * 100 >= all * 80,
        "{hits} of {all} paragraphs have their role"
    );
}

#[test]
fn the_first_article_comes_apart_exactly() {
    let Some(path) = outside("seed/article.txt") else {
        return;
    };
    let briefing = read(&path);
    let (document, lens, outline) = (&briefing.document, &briefing.lens, &briefing.outline);
    let told: Vec<(&str, bool, usize)> = outline
        .sections
        .iter()
        .map(|section| {
            let role = section.role.map_or("none", |role| &lens.role(role).name);
            let body = outline.paragraphs.iter().filter(|one| {
                section
                    .range
                    .covers(document.blocks[one.block as usize].range)
            });
            (
                role,
                matches!(section.heading, Heading::Stated(..)),
                body.count(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("order", false, 5),
            ("diplomacy", true, 2),
            ("criticism", true, 1),
            ("threat", false, 3)
        ]
    );
    assert_eq!(outline.sections[0].title(document, lens), "Order");
    assert_eq!(outline.sections[3].title(document, lens), "Threat context");
    let boilerplate: Vec<bool> = outline
        .paragraphs
        .iter()
        .map(|one| one.boilerplate)
        .collect();
    assert_eq!(boilerplate.iter().filter(|&&is| is).count(), 1);
    assert_eq!(boilerplate.last(), Some(&true));
}

/// Writing of other kinds has no roles, or next to none.
#[test]
fn other_writing_keeps_its_peace() {
    for file in OUTSIDE {
        let briefing = read(&project::root().join("tests/data/outside").join(file));
        let told = &briefing.outline.paragraphs;
        let with_role = told
            .iter()
            .filter(|one| one.role.is_some() || one.boilerplate);
        let (some, all) = (with_role.count(), told.len());
        println!("{file}: {some} of {all}");
        assert!(some * 20 <= all, "{file}: {some} of {all} have a role");
    }
}

/// The outline of `file` through the built-in lens `name`: for each section its role and how many paragraphs it has.
fn through(name: &str, file: &str) -> Vec<(String, usize)> {
    let splitter = Splitter::by_name(name).expect("a lens of this name");
    let briefing = read(&project::root().join(file));
    let document = &briefing.document;
    let outline = splitter.outline(document, 0..document.blocks.len() as u32, &[]);
    assert_eq!(outline.check(document), Vec::<String>::new());
    let told = outline.sections.iter().map(|section| {
        let body = outline.paragraphs.iter().filter(|one| {
            let range = document.blocks[one.block as usize].range;
            section.range.covers(range)
        });
        let role = section
            .role
            .map(|role| splitter.lens.role(role).name.clone());
        (role.unwrap_or_default(), body.count())
    });
    told.collect()
}

#[test]
fn other_lenses_tell_other_roles() {
    let owned = |list: &[(&str, usize)]| -> Vec<(String, usize)> {
        list.iter()
            .map(|&(role, of)| (role.to_owned(), of))
            .collect()
    };
    assert_eq!(
        through("court-ruling", "tests/data/ruling.md"),
        owned(&[
            ("facts", 2),
            ("question", 2),
            ("reasoning", 2),
            ("holding", 1),
            ("dissent", 2)
        ])
    );
    assert_eq!(
        through("incident-report", "tests/data/outage.md"),
        owned(&[
            ("summary", 1),
            ("timeline", 3),
            ("impact", 2),
            ("cause", 2),
            ("remedy", 2)
        ])
    );
    assert_eq!(
        through("court-ruling", "assets/samples/court-ruling.md"),
        owned(&[
            ("holding", 1),
            ("facts", 4),
            ("question", 2),
            ("reasoning", 5),
            ("holding", 2),
            ("dissent", 3)
        ])
    );
    assert_eq!(
        through("incident-report", "assets/samples/incident-report.md"),
        owned(&[
            ("summary", 1),
            ("timeline", 9),
            ("impact", 3),
            ("cause", 4),
            ("remedy", 4)
        ])
    );
    for lens in ["court-ruling", "incident-report"] {
        for file in OUTSIDE {
            let told = through(lens, &format!("tests/data/outside/{file}"));
            assert!(
                told.iter().all(|(role, _)| role.is_empty()),
                "{lens}, {file}: {told:?}"
            );
        }
    }
    assert!(Splitter::by_name("weather").is_none());
    for lens in LENSES {
        let splitter = Splitter::by_name(lens.name).expect("it is built in");
        assert_eq!(splitter.lens.name, lens.name);
    }
}

#[test]
fn odd_documents_are_cut_without_complaint() {
    let folder = tempfile::tempdir().expect("a folder");
    let german = "Der Minister ordnete am Dienstag an, den Hafen für alle fremden Schiffe zu schließen.\n\nDie Opposition sprach von einem Fehler und verlangte eine Debatte im Parlament.\n";
    let many = "The minister ordered the port to close, officials said.\n\n".repeat(100_000);
    let cases = [
        (
            "one line",
            "The minister ordered the port to close.\n",
            None,
        ),
        ("no letters", "12 34 56\n\n— … —\n\n7, 8, 9.\n", Some(0)),
        ("another language", german, Some(0)),
        ("many", &many, Some(100_000)),
    ];
    for (name, text, roles) in cases {
        let path = folder.path().join("odd.txt");
        std::fs::write(&path, text).expect("a place to write to");
        let briefing = read(&path);
        let (document, outline) = (&briefing.document, &briefing.outline);
        assert_eq!(outline.check(document), Vec::<String>::new(), "{name}");
        let told = outline.paragraphs.iter().filter(|one| one.role.is_some());
        let told = told.count();
        assert!(roles.is_none_or(|roles| roles == told), "{name}: {told}");
    }
}

/// Documents that nothing was learnt from.
#[test]
fn unseen_reports_get_more_than_half_of_their_roles() {
    let Some(folder) = outside("gold/dev") else {
        return;
    };
    let (mut hits, mut all) = (0, 0);
    let files = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|file| file.expect("a file").path());
    for path in files.filter(|path| path.extension().is_some_and(|end| end == "json")) {
        let labels = std::fs::read_to_string(&path).expect("labels");
        let labels: serde_json::Value = serde_json::from_str(&labels).expect("JSON");
        let path = path.with_extension("txt");
        let text: Vec<char> = std::fs::read_to_string(&path)
            .expect("a text")
            .chars()
            .collect();
        let cut = |paragraph: &serde_json::Value| {
            let at = |name: &str| paragraph[name].as_u64().expect("an offset") as usize;
            text[at("start")..at("end")].iter().collect::<String>()
        };
        let lines: Vec<(String, String)> = labels["paragraphs"]
            .as_array()
            .expect("paragraphs")
            .iter()
            .map(|one| {
                (
                    one["role"].as_str().unwrap_or("heading").to_owned(),
                    cut(one),
                )
            })
            .collect();
        let lines: Vec<(&str, &str)> = lines
            .iter()
            .map(|(label, words)| (label.as_str(), words.as_str()))
            .collect();
        let (here, of) = compare(&read(&path), &lines);
        (hits, all) = (hits + here, all + of);
    }
    println!("{hits} of {all}");
    assert!(
        hits * 100 >= all * 53,
        "{hits} of {all} paragraphs have their role"
    );
}
