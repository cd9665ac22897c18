//! [`Rack`]: which lenses there are, the reader's own and those built in, and which one a document is read through.
//!
//! It stands apart as all the input and output of this folder. What the command line or the reader asks for goes
//! before what the document asks for, and that before the standard lens. A fault in a lens is never an end: the
//! standard lens is used and the fault is among the notes.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{LENSES, Splitter};
use crate::model::{Document, Lens, Origin};
use crate::text::harmless;

/// A lens file may have so many bytes.
const LARGEST: u64 = 1 << 20;
/// How many files of the reader's folder are looked at.
const MOST: usize = 200;

/// Where lenses are looked for.
#[derive(Clone, Debug, Default)]
pub struct Rack {
    /// The reader's own, one TOML file each; need not exist.
    pub folder: Option<PathBuf>,
}

/// Where a lens stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// By its index in [`LENSES`].
    BuiltIn(usize),
    File(PathBuf),
}

/// A lens of the rack, for a list.
#[derive(Clone, Debug)]
pub struct LensRow {
    /// What it is asked for by: the name in its file; of one with a fault the name of the file.
    pub name: String,
    pub place: Place,
    /// Its roles; or what is wrong with it, in one sentence.
    pub lens: Result<Arc<Lens>, String>,
}

/// The lens a document is read through.
#[derive(Clone, Debug)]
pub struct Choice {
    pub splitter: Arc<Splitter>,
    /// What a reader must know of the choice: sentences on faults and on names that are not known.
    pub notes: Vec<String>,
}

impl Choice {
    /// The lens that is used when no other is asked for.
    pub fn standard() -> Self {
        Self {
            splitter: Arc::clone(Splitter::standard()),
            notes: Vec::new(),
        }
    }
}

impl Place {
    /// What is asked for on a command line: a file when it looks like one, else a name on the rack. The error is one
    /// sentence, with the known names when a name is not among them.
    pub fn asked(asked: &str, rack: &Rack) -> Result<Self, String> {
        let path = Path::new(asked);
        let is_file = asked.contains(std::path::MAIN_SEPARATOR)
            || path.extension().is_some_and(|ending| ending == "toml");
        if !is_file {
            return rack.find(asked);
        }
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => {
                Err(format!("{}: name a file in it", fault(path, "a folder")))
            }
            Ok(_) => Ok(Self::File(path.to_owned())),
            Err(error) => Err(fault(path, &unread(&error))),
        }
    }

    /// The lens, made ready; else one sentence on what is wrong with its file.
    pub fn splitter(&self) -> Result<Arc<Splitter>, String> {
        match self {
            Self::BuiltIn(at) => Ok(Arc::clone(Splitter::of(*at))),
            Self::File(path) => {
                let words = read(path)?;
                let mut splitter = Splitter::read(&words, None)
                    .map_err(|error| fault(path, &error.to_string()))?;
                splitter.set_origin(Origin::File);
                Ok(Arc::new(splitter))
            }
        }
    }

    /// Where the lens comes from, in words for people.
    pub fn words(&self) -> String {
        match self {
            Self::BuiltIn(_) => "built in".to_owned(),
            Self::File(path) => shown(path),
        }
    }

    /// Its name and roles, without the cues.
    fn lens(&self) -> Result<Arc<Lens>, String> {
        match self {
            // Without the table of learnt cues, which takes milliseconds to make ready.
            Self::BuiltIn(at) => Ok(Splitter::roles_of(*at)),
            Self::File(_) => self.splitter().map(|splitter| Arc::clone(&splitter.lens)),
        }
    }
}

impl Rack {
    /// Every lens: those built in, then the reader's own by file name.
    pub fn rows(&self) -> Vec<LensRow> {
        let built_in = (0..LENSES.len()).map(Place::BuiltIn);
        let own = self.files().into_iter().map(Place::File);
        built_in.chain(own).map(LensRow::of).collect()
    }

    /// The lens of this name: the reader's own goes before one that is built in.
    pub fn find(&self, name: &str) -> Result<Place, String> {
        let rows = self.rows();
        let (built_in, own) = rows.split_at(LENSES.len());
        let found = own.iter().chain(built_in).find(|row| row.name == name);
        match found {
            Some(row) => Ok(row.place.clone()),
            None => Err(unknown(name, &rows)),
        }
    }

    /// The lens to read `document` through. `asked` is the wish of the reader and goes before the document's own.
    pub fn choose(&self, asked: Option<&Place>, document: &Document) -> Choice {
        let wished = document.meta.lens.as_deref();
        let place = match (asked, wished) {
            (Some(place), _) => Ok(place.clone()),
            (None, None) => return Choice::standard(),
            (None, Some(name)) => self
                .find(name)
                .map_err(|why| format!("the document asks for a lens that is not there: {why}")),
        };
        match place.and_then(|place| place.splitter()) {
            Ok(splitter) => Choice {
                splitter,
                notes: Vec::new(),
            },
            Err(why) => Choice {
                notes: vec![format!("{why}; the lens {} is used", LENSES[0].name)],
                ..Choice::standard()
            },
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = self.folder.as_ref().map(fs::read_dir);
        let Some(Ok(entries)) = entries else {
            return Vec::new();
        };
        let is_lens = |path: &PathBuf| {
            let hidden = path
                .file_name()
                .is_none_or(|name| name.to_string_lossy().starts_with('.'));
            !hidden && path.extension().is_some_and(|ending| ending == "toml")
        };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut files: Vec<PathBuf> = paths.filter(is_lens).collect();
        files.sort();
        files.truncate(MOST);
        files
    }
}

impl LensRow {
    fn of(place: Place) -> Self {
        let lens = place.lens();
        let name = match (&lens, &place) {
            (Ok(lens), _) => lens.name.clone(),
            (Err(_), Place::BuiltIn(at)) => LENSES[*at].name.to_owned(),
            (Err(_), Place::File(path)) => {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                harmless::line(&stem).into_owned()
            }
        };
        Self { name, place, lens }
    }
}

fn read(path: &Path) -> Result<String, String> {
    let failed = |error: &std::io::Error| fault(path, &unread(error));
    // A pipe or a device might never end.
    let about = fs::metadata(path).map_err(|error| failed(&error))?;
    if !about.is_file() {
        return Err(fault(path, "is no file"));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| failed(&error))?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| failed(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(fault(path, "is larger than 1 MiB, which no lens is"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..at).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        fault(
            path,
            &format!("line {line}: this is no UTF-8: save the file as UTF-8"),
        )
    })
}

fn unread(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            "does not exist: check the spelling and the folder".to_owned()
        }
        std::io::ErrorKind::PermissionDenied => {
            "may not be read: you have no permission for it".to_owned()
        }
        _ => "could not be read".to_owned(),
    }
}

fn fault(path: &Path, what: &str) -> String {
    format!("the lens {}, {}", shown(path), harmless::line(what))
}

fn shown(path: &Path) -> String {
    harmless::line(&path.to_string_lossy()).into_owned()
}

/// That `name` is not known, and the names that are, the most like it first.
fn unknown(name: &str, rows: &[LensRow]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for row in rows {
        if !names.contains(&row.name.as_str()) {
            names.push(&row.name);
        }
    }
    names.sort_by_key(|known| distance(&name.to_lowercase(), &known.to_lowercase()));
    // It may come from a document and be of any length.
    let name: String = harmless::line(name).chars().take(60).collect();
    format!("no lens is called {name:?}: there are {}", names.join(", "))
}

/// How many letters must be changed, put in or left out to make one word of the other; a word that the other begins
/// with, or that stands in it, is nearer than all others.
fn distance(one: &str, other: &str) -> usize {
    if !one.is_empty() && other.contains(one) {
        return 0;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().take(60).enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, &with) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != with);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEATHER: &str = "name = \"weather\"\n[[roles]]\nname = \"storm\"\nlabel = \"Storm\"\nletter = \"S\"\n[cues.storm]\n100 = [\"gale\"]\n";

    fn rack(files: &[(&str, &str)]) -> (tempfile::TempDir, Rack) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, words) in files {
            fs::write(folder.path().join(name), words).expect("the test can write");
        }
        let rack = Rack {
            folder: Some(folder.path().to_owned()),
        };
        (folder, rack)
    }

    fn asking(lens: &str) -> Document {
        let mut document = Document::default();
        document.meta.lens = Some(lens.into());
        document
    }

    fn chosen(rack: &Rack, asked: Option<&Place>, document: &Document) -> (String, String) {
        let choice = rack.choose(asked, document);
        (choice.splitter.lens.name.clone(), choice.notes.join("; "))
    }

    #[test]
    fn the_readers_wish_goes_before_the_documents_and_that_before_the_standard() {
        let (_folder, rack) = rack(&[("forecast.toml", WEATHER)]);
        let plain = Document::default();
        let court = asking("court-ruling");
        let weather = rack.find("weather").expect("it is on the rack");
        let of = |asked: Option<&Place>, document: &Document| chosen(&rack, asked, document);
        assert_eq!(of(None, &plain), ("briefing".into(), String::new()));
        assert_eq!(of(None, &court), ("court-ruling".into(), String::new()));
        assert_eq!(
            of(Some(&weather), &court),
            ("weather".into(), String::new())
        );
        assert_eq!(
            of(None, &asking("weather")),
            ("weather".into(), String::new())
        );
        let (name, note) = of(None, &asking("court-rulings"));
        assert_eq!(name, "briefing");
        assert!(
            note.contains("\"court-rulings\": there are court-ruling, ")
                && note.contains("the lens briefing is used"),
            "{note}"
        );
        // A document names lenses, never files.
        let file = rack
            .folder
            .as_ref()
            .expect("a folder")
            .join("forecast.toml");
        let (name, _) = of(None, &asking(&file.to_string_lossy()));
        assert_eq!(name, "briefing");
    }

    #[test]
    fn a_lens_with_a_fault_is_told_of_and_the_standard_one_is_used() {
        let bad = WEATHER.replace("\"S\"", "\"Q\"");
        let (_folder, rack) = rack(&[("weather.toml", &bad)]);
        let (name, note) = chosen(&rack, None, &asking("weather"));
        assert_eq!(name, "briefing");
        assert!(
            note.contains("weather.toml, line 5, column 10: the letter Q is a key"),
            "{note}"
        );
        let rows = rack.rows();
        let row = rows.last().expect("rows");
        assert!(row.name == "weather" && row.lens.is_err(), "{row:?}");
    }

    #[test]
    fn a_lens_of_the_readers_goes_before_a_built_in_one_of_the_same_name() {
        let own = WEATHER.replace("\"weather\"", "\"court-ruling\"");
        let (_folder, rack) = rack(&[("mine.toml", &own), ("notes.txt", ""), (".hidden.toml", "")]);
        assert!(matches!(rack.find("court-ruling"), Ok(Place::File(_))));
        assert_eq!(rack.rows().len(), LENSES.len() + 1);
        assert!(matches!(
            Rack::default().find("court-ruling"),
            Ok(Place::BuiltIn(1))
        ));
    }

    #[test]
    fn names_that_are_like_the_unknown_one_come_first() {
        let first = |name: &str| {
            let told = Rack::default().find(name).expect_err("no such lens");
            let (_, names) = told.split_once("there are ").expect("names");
            names.split(", ").next().map(str::to_owned)
        };
        for (asked, expected) in [
            ("cort-ruling", "court-ruling"),
            ("incident", "incident-report"),
            ("Briefings", "briefing"),
            ("ruling", "court-ruling"),
        ] {
            assert_eq!(first(asked).as_deref(), Some(expected), "{asked}");
        }
        let told = Rack::default()
            .find(&"\u{1b}[2J".repeat(999))
            .expect_err("no such lens");
        assert!(told.len() < 300 && !told.contains('\u{1b}'), "{told}");
    }

    #[test]
    fn files_that_are_no_lenses_are_told_of() {
        let (folder, rack) = rack(&[]);
        let path = |name: &str| folder.path().join(name);
        fs::write(path("latin.toml"), b"name = \"x\"\ntitle = \"caf\xe9\"\n").expect("written");
        fs::write(path("huge.toml"), vec![b'#'; 1 << 21]).expect("written");
        fs::create_dir(path("folder.toml")).expect("made");
        for (name, said) in [
            ("latin.toml", "line 2: this is no UTF-8"),
            ("huge.toml", "larger than 1 MiB"),
            ("folder.toml", "is no file"),
            ("missing.toml", "does not exist"),
        ] {
            let told = Place::File(path(name)).splitter().expect_err(name);
            assert!(told.contains(said) && told.contains(name), "{told}");
        }
        let asked = |name: &str| Place::asked(&path(name).to_string_lossy(), &rack);
        assert!(asked("missing.toml").is_err_and(|why| why.contains("check the spelling")));
        assert!(asked("folder.toml").is_err_and(|why| why.contains("a folder")));
        assert!(
            asked("latin.toml").is_ok(),
            "its fault is told when it is read"
        );
    }
}
