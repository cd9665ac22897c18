//! [`NamesFile`]: the reader's own list of names, a TOML file that she edits and shares.
//!
//! It is read with patience: a row that makes no sense is told by line and column, and the others hold. It is written
//! with care: read anew before each change, only the keys of one row are touched, and a file that is not understood
//! is left alone.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use toml_edit::{
    Array, ArrayOfTables, Document, DocumentMut, Item, Table, TableLike, Value, value,
};

use crate::model::{EntityKind, General, KINDS, Listed, OwnList, OwnName};
use crate::text::harmless;

/// Far more than anybody writes; a larger file is no list of names.
const LIMIT: u64 = 1 << 24;
/// How often, and how long apart, a lock is asked for.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(10);
/// How a row begins.
const ROW: &str = "[[name]]";

/// What a new file begins with.
const HEADER: &str = r#"# Names as you want them in every document. briefing reads this file, and adds to it what you
# mend; what you write here stays as you wrote it. With --no-memory it is not read. A row:
#
# [[name]]
# name = "Jo Example"          # what the lists say
# kind = "person"              # person, agency, organization or place; without it the kind is as found
# aliases = ["J. Example"]     # what else the same name is called
# hidden = true                # not in the lists
"#;

/// A list of names; the file need not exist yet.
#[derive(Clone, Debug)]
pub struct NamesFile {
    file: PathBuf,
}

/// What stands in the file.
#[derive(Clone, Debug, Default)]
pub struct OwnNames {
    pub list: OwnList,
    /// A sentence for each row that is left out.
    pub faults: Vec<String>,
}

/// Why the list was not changed: one sentence for the reader.
#[derive(Debug, thiserror::Error)]
pub enum NamesError {
    #[error("{0}: mend it first, so that nothing you wrote is lost")]
    Damaged(String),
    #[error("{file} could not be written: {why}")]
    Write { file: String, why: String },
    #[error("{file} is being written by another reader for too long: try again")]
    Busy { file: String },
}

impl NamesFile {
    /// `briefing/names.toml` in the user's folder of settings (`$XDG_CONFIG_HOME`, else `~/.config`).
    pub fn of_user() -> Option<Self> {
        let folder = |name: &str| {
            let path = PathBuf::from(std::env::var_os(name)?);
            path.is_absolute().then_some(path)
        };
        let home = || Some(folder("HOME")?.join(".config"));
        let settings = folder("XDG_CONFIG_HOME").or_else(home)?;
        Some(Self::at(settings.join("briefing/names.toml")))
    }

    pub fn at(file: PathBuf) -> Self {
        Self { file }
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What stands in it; nothing where there is no file.
    pub fn read(&self) -> OwnNames {
        let (rows, faults) = match source(&self.file) {
            Ok(source) => Reader::read(&self.file, &source),
            Err(why) => {
                let file = shown(&self.file);
                (Vec::new(), vec![format!("{file} could not be read: {why}")])
            }
        };
        OwnNames {
            list: OwnList::new(rows),
            faults,
        }
    }

    /// Writes what is general of an edit; gives what became of which row, nothing where all stood there already.
    pub fn add(&self, general: &General) -> Result<Option<Listed>, NamesError> {
        self.change(|rows, trailing| {
            let has = |it: &OwnName| {
                it.name == general.words() || it.aliases.iter().any(|it| it == general.words())
            };
            let at = rows
                .iter()
                .position(|row| own_name(row).is_ok_and(|it| has(&it)));
            let before = at.and_then(|at| own_name(rows.get(at)?).ok());
            let after = general.applied(before.as_ref())?;
            if let Some(row) = at.and_then(|at| rows.get_mut(at)) {
                write_row(row, &after);
            } else {
                let mut row = Table::new();
                write_row(&mut row, &after);
                // After what stands at the end, not before it.
                let prefix = format!("{}\n", std::mem::take(trailing));
                row.decor_mut().set_prefix(prefix);
                rows.push(row);
            }
            Some(Listed { before, after })
        })
    }

    /// Takes a row back to what it was; `false` where it was changed since, which stands.
    pub fn take_back(&self, listed: &Listed) -> Result<bool, NamesError> {
        let done = self.change(|rows, trailing| {
            let same = |row: &Table| own_name(row).is_ok_and(|it| it == listed.after);
            let at = rows.iter().position(same)?;
            if let Some(before) = &listed.before {
                write_row(rows.get_mut(at)?, before);
                return Some(());
            }
            // What stood over the row stays.
            let gone = prefix(&rows.remove(at));
            let gone = gone.strip_suffix('\n').unwrap_or(&gone);
            if let Some(next) = rows.get_mut(at) {
                let both = format!("{gone}{}", prefix(next));
                next.decor_mut().set_prefix(both);
            } else {
                trailing.insert_str(0, gone);
            }
            Some(())
        })?;
        Ok(done.is_some())
    }

    /// Changes the rows, and what stands after the last one, while no other reader does; writes only where something
    /// became of it.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut ArrayOfTables, &mut String) -> Option<T>,
    ) -> Result<Option<T>, NamesError> {
        let failed = |error: io::Error| NamesError::Write {
            file: shown(&self.file),
            why: reason(&error),
        };
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(failed)?;
        let _lock = self.lock(folder)?;
        let before = source(&self.file).map_err(|why| NamesError::Write {
            file: shown(&self.file),
            why,
        })?;
        let before = if before.is_empty() {
            HEADER.to_owned()
        } else {
            before
        };
        let mut document: DocumentMut = before.parse().map_err(|error: toml_edit::TomlError| {
            let at = error.span().map_or(0, |span| span.start);
            let place = place(&self.file, &before, at);
            NamesError::Damaged(format!("{place}: {}", one_line(error.message())))
        })?;
        let mut trailing = document.trailing().as_str().unwrap_or_default().to_owned();
        let rows = document
            .entry("name")
            .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(rows) = rows.as_array_of_tables_mut() else {
            let file = shown(&self.file);
            return Err(NamesError::Damaged(format!(
                "{file}: “name” is no list of rows {ROW}"
            )));
        };
        let Some(done) = change(rows, &mut trailing) else {
            return Ok(None);
        };
        document.set_trailing(trailing);
        replace(&self.file, &document.to_string()).map_err(failed)?;
        Ok(Some(done))
    }

    /// The folder is locked, as the file itself is replaced.
    fn lock(&self, folder: &Path) -> Result<File, NamesError> {
        let failed = |error: &io::Error| NamesError::Write {
            file: shown(&self.file),
            why: reason(error),
        };
        let lock = File::open(folder).map_err(|error| failed(&error))?;
        for _ in 0..TRIES {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
        }
        Err(NamesError::Busy {
            file: shown(&self.file),
        })
    }
}

/// Reads rows, and tells of those that it leaves out.
struct Reader<'a> {
    file: &'a Path,
    source: &'a str,
    rows: Vec<OwnName>,
    faults: Vec<String>,
}

impl<'a> Reader<'a> {
    fn read(file: &'a Path, source: &'a str) -> (Vec<OwnName>, Vec<String>) {
        let mut reader = Self {
            file,
            source,
            rows: Vec::new(),
            faults: Vec::new(),
        };
        if let Ok(document) = Document::parse(source) {
            reader.document(&document, 0);
        } else {
            // One row that is not TOML shall not take the others with it.
            for (start, piece) in pieces(source) {
                match Document::parse(piece) {
                    Ok(document) => reader.document(&document, start),
                    Err(error) => {
                        let at = error.span().map_or(0, |span| span.start);
                        reader.fault(start + at, &one_line(error.message()));
                    }
                }
            }
        }
        (reader.rows, reader.faults)
    }

    /// Takes the rows of a part of the file that begins at `start`.
    fn document(&mut self, document: &Document<&str>, start: usize) {
        for (key, item) in document.iter() {
            if let Some(rows) = item.as_array_of_tables().filter(|_| key == "name") {
                rows.iter().for_each(|row| self.row(row, start));
                continue;
            }
            let at = item.span().map_or(0, |span| span.start);
            let key = harmless::line(key);
            self.fault(
                start + at,
                &format!("“{key}” is unknown: rows begin with {ROW}"),
            );
        }
    }

    fn row(&mut self, row: &Table, start: usize) {
        match own_name(row) {
            Ok(name) => self.rows.push(name),
            Err((why, span)) => {
                let span = span.or_else(|| row.span());
                self.fault(start + span.map_or(0, |span| span.start), &why);
            }
        }
    }

    fn fault(&mut self, at: usize, why: &str) {
        let place = place(self.file, self.source, at);
        self.faults
            .push(format!("{place}: {why}; this row is left out"));
    }
}

/// Why a row makes no sense, and where.
type Senseless = (String, Option<std::ops::Range<usize>>);

/// What a row says.
fn own_name(row: &Table) -> Result<OwnName, Senseless> {
    let mut own = OwnName::default();
    for (key, item) in TableLike::iter(row) {
        let senseless = |why: String| (why, item.span());
        match key {
            "name" => {
                let name = item
                    .as_str()
                    .ok_or_else(|| senseless("name must be words in quotes".into()))?;
                own.name = words(name);
            }
            "kind" => {
                let row = KINDS.iter().find(|row| Some(row.name) == item.as_str());
                let kinds = "kind must be \"person\", \"agency\", \"organization\" or \"place\"";
                own.kind = Some(row.ok_or_else(|| senseless(kinds.into()))?.kind);
            }
            "aliases" => {
                let all = item.as_array().map(|all| all.iter().map(Value::as_str));
                let all: Option<Vec<String>> =
                    all.and_then(|all| all.map(|it| it.map(words)).collect());
                own.aliases = all
                    .ok_or_else(|| senseless("aliases must be a list of words in quotes".into()))?;
            }
            "hidden" => {
                own.hidden = item
                    .as_bool()
                    .ok_or_else(|| senseless("hidden must be true or false".into()))?;
            }
            _ => {
                let why = format!(
                    "“{}” is unknown: a row has name, kind, aliases, hidden",
                    harmless::line(key)
                );
                return Err(senseless(why));
            }
        }
    }
    if own.name.is_empty() {
        return Err(("a row needs a name".into(), None));
    }
    Ok(own)
}

/// Words with single spaces that may be shown.
fn words(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    harmless::line(&words.join(" ")).into_owned()
}

/// Makes a row say this; comments and spaces in it stay.
fn write_row(row: &mut Table, own: &OwnName) {
    set(row, "name", Some(own.name.as_str().into()));
    set(
        row,
        "kind",
        own.kind.map(|kind: EntityKind| kind.row().name.into()),
    );
    let aliases = own.aliases.iter().map(String::as_str);
    if own.aliases.is_empty() {
        row.remove("aliases");
    }
    match row.get_mut("aliases").and_then(Item::as_array_mut) {
        Some(array) => {
            array.retain(|it| {
                it.as_str()
                    .is_some_and(|it| own.aliases.contains(&words(it)))
            });
            let there: Vec<String> = array.iter().filter_map(Value::as_str).map(words).collect();
            for alias in aliases.filter(|it| !there.iter().any(|there| there == it)) {
                array.push(alias);
            }
        }
        None if own.aliases.is_empty() => {}
        None => set(row, "aliases", Some(aliases.collect::<Array>().into())),
    }
    set(row, "hidden", own.hidden.then_some(true.into()));
}

/// The comments and blank lines over a row.
fn prefix(row: &Table) -> String {
    let prefix = row.decor().prefix().and_then(|it| it.as_str());
    prefix.unwrap_or_default().to_owned()
}

fn set(row: &mut Table, key: &str, new: Option<Value>) {
    let old = row.get_mut(key).and_then(Item::as_value_mut);
    match (old, new) {
        // In other quotes, say: it stays as it was written.
        (Some(old), Some(new))
            if old.as_bool() == new.as_bool()
                && old.as_str().map(words) == new.as_str().map(words) => {}
        (Some(old), Some(mut new)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        (Some(_), None) => {
            row.remove(key);
        }
        (None, Some(new)) => {
            row.insert(key, value(new));
        }
        (None, None) => {}
    }
}

/// The rows one by one, each with where it begins; before them what stands before the first.
fn pieces(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.trim_start().starts_with(ROW) && at > 0 {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(source.len());
    let pairs: Vec<(usize, usize)> = starts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let piece = |(start, end)| (start, source.get(start..end).unwrap_or_default());
    pairs.into_iter().map(piece)
}

/// File, line and column, as compilers write them.
fn place(file: &Path, source: &str, at: usize) -> String {
    let before = source.get(..at.min(source.len())).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    format!("{}:{line}:{column}", shown(file))
}

fn one_line(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

/// What stands in the file, nothing where there is none; or why it cannot be read.
fn source(file: &Path) -> Result<String, String> {
    let about = match std::fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        about => about.map_err(|error| reason(&error))?,
    };
    if !about.is_file() || about.len() > LIMIT {
        return Err("it is no list of names (no ordinary file, or far too large)".into());
    }
    let mut bytes = Vec::new();
    let opened = File::open(file).and_then(|file| file.take(LIMIT).read_to_end(&mut bytes));
    opened.map_err(|error| reason(&error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("byte {at} is no UTF-8")
    })
}

/// Writes beside the file and moves it there when all stands on the disk; a link stays one.
fn replace(file: &Path, source: &str) -> io::Result<()> {
    let place = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let unfinished = place.with_extension("unfinished");
    let written = (|| {
        let mut new = File::create(&unfinished)?;
        if let Ok(about) = std::fs::metadata(&place) {
            new.set_permissions(about.permissions())?;
        }
        new.write_all(source.as_bytes())?;
        new.sync_all()?;
        std::fs::rename(&unfinished, &place)
    })();
    if written.is_err() {
        // The failure is what is told.
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

fn shown(path: &Path) -> String {
    harmless::line(&path.to_string_lossy()).into_owned()
}

/// Why, without the number of the error.
fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    words
        .split_once(" (os error")
        .map_or(words.clone(), |(words, _)| words.to_owned())
}

#[cfg(test)]
mod tests;
