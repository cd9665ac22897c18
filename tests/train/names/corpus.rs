//! Labelled texts as [`Sample`]s: a document as the reader has it, and the names that people marked in it.

use std::path::{Path, PathBuf};

use briefing::model::{Block, BlockKind, Document};
use briefing::text::TextRange;
use serde_json::Value;

/// What people call a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Person,
    /// A body, not said which.
    Body,
    Agency,
    Organization,
    Place,
    /// A name of another sort: neither asked for nor wrong.
    Other,
}

impl Kind {
    /// The coarse type: agencies and organizations are both bodies.
    pub(crate) fn coarse(self) -> Self {
        match self {
            Self::Agency | Self::Organization => Self::Body,
            kind => kind,
        }
    }
}

/// A document, or a sentence where documents are not known.
#[derive(Default)]
pub(crate) struct Sample {
    pub(crate) document: Document,
    /// Sorted and disjoint.
    pub(crate) gold: Vec<(TextRange, Kind)>,
    /// The words as the labels cut them; empty where labels are ranges of the text.
    pub(crate) tokens: Vec<TextRange>,
}

/// How the letters of a text are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Usual,
    Lower,
    Upper,
}

impl Sample {
    /// Writes the text without capitals, or in capitals throughout; letters beyond ASCII stay, so that all ranges hold.
    pub(crate) fn recase(&mut self, case: Case) {
        match case {
            Case::Usual => {}
            Case::Lower => self.document.text.make_ascii_lowercase(),
            Case::Upper => self.document.text.make_ascii_uppercase(),
        }
    }

    /// The names that are asked for.
    pub(crate) fn names(&self) -> impl Iterator<Item = TextRange> {
        let asked = self.gold.iter().filter(|(_, kind)| *kind != Kind::Other);
        asked.map(|(range, _)| *range)
    }
}

/// The samples of a `.conll` file or of a folder of `id.json` beside `id.txt`.
pub(crate) fn load(path: &Path) -> Vec<Sample> {
    load_without(path, "")
}

/// The same, but for the files of a folder whose names begin with one of `held`, parted by commas.
pub(crate) fn load_without(path: &Path, held: &str) -> Vec<Sample> {
    if path.is_dir() {
        let places = path
            .parent()
            .zip(path.file_name())
            .map(|(above, name)| above.join("places").join(name));
        let held = |file: &PathBuf| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            held.split(',')
                .any(|start| !start.is_empty() && name.starts_with(start))
        };
        return files(path, "json")
            .iter()
            .filter(|file| !held(file))
            .map(|file| labelled(file, places.as_deref()))
            .collect();
    }
    conll(&std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display())))
}

/// The files of a folder that end in `.ending`, by name.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|why| panic!("{}: {why}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|end| end == ending))
        .collect();
    files.sort();
    files
}

/// A document for every `-DOCSTART-`; without any, one for every sentence.
fn conll(text: &str) -> Vec<Sample> {
    let documents = text.lines().any(|line| line.starts_with("-DOCSTART-"));
    let mut samples = Vec::new();
    let mut draft = Draft::default();
    let mut sentence: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().chain([""]) {
        let start = line.starts_with("-DOCSTART-");
        if !line.trim().is_empty() && !start {
            let mut columns = line.split('\t');
            sentence.push((
                columns.next().unwrap_or_default(),
                columns.next().unwrap_or("O"),
            ));
            continue;
        }
        draft.sentence(&sentence);
        sentence.clear();
        if (start || !documents) && !draft.sample.document.blocks.is_empty() {
            samples.push(std::mem::take(&mut draft).sample);
        }
    }
    if !draft.sample.document.blocks.is_empty() {
        samples.push(draft.sample);
    }
    samples
}

/// A document that grows by sentences, each a paragraph.
#[derive(Default)]
struct Draft {
    sample: Sample,
}

impl Draft {
    fn sentence(&mut self, tokens: &[(&str, &str)]) {
        if tokens.is_empty() {
            return;
        }
        let sample = &mut self.sample;
        let text = &mut sample.document.text;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let mut quoted = false;
        let mut running: Option<Kind> = None;
        for (at, &(token, tag)) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| tokens[at].0);
            if before.is_some_and(|before| spaced(before, token, &mut quoted))
                || before.is_none() && token == "\"" && {
                    quoted = true;
                    false
                }
            {
                text.push(' ');
            }
            let word = token.replace(char::is_whitespace, "_");
            let range = TextRange::new(text.len(), text.len() + word.len());
            text.push_str(&word);
            sample.tokens.push(range);
            let kind = kind_of(tag);
            match (kind, running, sample.gold.last_mut()) {
                (Some(kind), Some(same), Some(last))
                    if kind == same && !tag.starts_with(['B', 'S']) =>
                {
                    last.0 = TextRange::new(last.0.start(), range.end());
                }
                (Some(kind), _, _) => sample.gold.push((range, kind)),
                _ => {}
            }
            running = kind;
        }
        let range = TextRange::new(start, text.len());
        sample
            .document
            .blocks
            .push(block(range, BlockKind::Paragraph));
    }
}

fn block(range: TextRange, kind: BlockKind) -> Block {
    let level = u8::from(kind == BlockKind::Heading) * 2;
    Block {
        range,
        kind,
        level,
        tight: false,
        line: 1,
        page: None,
    }
}

fn kind_of(tag: &str) -> Option<Kind> {
    match tag.get(2..)? {
        "PER" => Some(Kind::Person),
        "ORG" => Some(Kind::Body),
        "LOC" => Some(Kind::Place),
        _ => Some(Kind::Other),
    }
}

/// Whether a space stands between two tokens of running text.
fn spaced(before: &str, token: &str, quoted: &mut bool) -> bool {
    const CLOSE: &[&str] = &[
        ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "n't", "'re", "'ve", "'ll", "'d",
        "'m", "’s", "n’t", "’re", "’ve", "’ll", "’d", "’m", "''", "-RRB-", "...", "…", "”",
    ];
    const OPEN: &[&str] = &["(", "[", "{", "$", "£", "€", "``", "-LRB-", "“", "#"];
    let mut space = !CLOSE.contains(&token) && !OPEN.contains(&before);
    if token == "\"" {
        space &= !*quoted;
        *quoted = !*quoted;
    } else if before == "\"" && *quoted {
        space = false;
    }
    space
}

/// A text with its labels in JSON; places may stand in a file of their own.
fn labelled(path: &Path, places: Option<&Path>) -> Sample {
    let read = |path: &Path| std::fs::read_to_string(path).expect("a readable file");
    let labels: Value = serde_json::from_str(&read(path)).expect("labels are JSON");
    let mut sample = Sample::default();
    let text = read(&path.with_extension("txt"));
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let range = |from: &Value, to: &Value| {
        let at = |value: &Value| bytes[value.as_u64().expect("an offset") as usize];
        TextRange::new(at(from), at(to))
    };
    for paragraph in list(&labels["paragraphs"]) {
        let whole = range(&paragraph["start"], &paragraph["end"]);
        let flag = |name: &str| paragraph[name].as_bool().unwrap_or(false);
        let kind = match (flag("is_title"), flag("is_heading")) {
            (true, _) => BlockKind::Title,
            (false, true) => BlockKind::Heading,
            _ => BlockKind::Paragraph,
        };
        let marks = whole.of(&text).len()
            - whole
                .of(&text)
                .trim_start_matches(['#', '*', '-', ' ', '•', '>'])
                .len();
        let plain = TextRange::new(whole.start() + marks, whole.end()).trim(&text);
        if !plain.is_empty() {
            sample.document.blocks.push(block(plain, kind));
        }
    }
    let apart = places
        .map(|folder| folder.join(path.file_name().expect("a file has a name")))
        .filter(|path| path.exists())
        .map(|path| serde_json::from_str::<Value>(&read(&path)).expect("places are JSON"));
    let places = if labels["places"].is_array() {
        &labels["places"]
    } else {
        apart.as_ref().map_or(&Value::Null, |file| &file["places"])
    };
    let mut all = Vec::new();
    for (rows, person) in [
        (&labels["people"], Some(true)),
        (&labels["organizations"], Some(false)),
        (places, None),
    ] {
        for row in list(rows) {
            let kind = match (person, row["kind"].as_str()) {
                (Some(true), _) => Kind::Person,
                (Some(false), Some("agency")) => Kind::Agency,
                (Some(false), _) => Kind::Organization,
                (None, _) => Kind::Place,
            };
            all.extend(
                list(&row["mentions"])
                    .iter()
                    .map(|pair| (range(&pair[0], &pair[1]), kind)),
            );
        }
    }
    sample.gold = disjoint(all);
    sample.document.text = text;
    sample
}

/// A plain text: every line a paragraph, nothing marked.
pub(crate) fn plain(text: String) -> Sample {
    let mut sample = Sample::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = TextRange::new(at, at + line.len()).trim(&text);
        at += line.len();
        if !range.is_empty() {
            sample
                .document
                .blocks
                .push(block(range, BlockKind::Paragraph));
        }
    }
    sample.document.text = text;
    sample
}

/// Of ranges that overlap the longest stays.
pub(crate) fn disjoint(mut all: Vec<(TextRange, Kind)>) -> Vec<(TextRange, Kind)> {
    all.sort_by_key(|(range, kind)| {
        (
            std::cmp::Reverse(range.end() - range.start()),
            *kind,
            range.start(),
        )
    });
    let mut kept: Vec<(TextRange, Kind)> = Vec::new();
    for (range, kind) in all {
        if kept
            .iter()
            .all(|(other, _)| range.end() <= other.start() || other.end() <= range.start())
        {
            kept.push((range, kind));
        }
    }
    kept.sort_by_key(|(range, _)| range.start());
    kept
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
