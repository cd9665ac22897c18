//! [`Base`]: the open file. Making it, bringing an older one up to date, and moving one aside that cannot be used.
//!
//! Whoever makes, changes or moves the file holds a lock on its folder, so that of two readers that start at once
//! one does it and the other finds it done.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{MemoryError, earlier};
use crate::text::harmless;

/// What makes a file of version n + 1 of one of version n. A step that was released is never changed.
pub(super) const STEPS: &[&str] = &[include_str!("schema/1.sql")];
/// `Brfg`, which tells our files from others.
const OURS: i64 = 0x4272_6667;
/// How long another reader that writes is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file that can be used.
#[derive(Debug)]
pub(super) struct Base {
    connection: Connection,
    /// Which file it is, whatever its name is by now.
    identity: (u64, u64),
    rights: Rights,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rights {
    All,
    /// Nobody may write there.
    Reading,
    /// A newer version wrote it, with this schema.
    Newer(i64),
}

/// What is found in a file.
enum Found {
    /// One of ours, with this schema; 0 for an empty file.
    Ours(i64),
    Foreign,
}

impl Base {
    /// `None` when there is no file and none is to be `made`.
    pub(super) fn open(
        file: &Path,
        made: bool,
        notices: &mut Vec<String>,
    ) -> Result<Option<Self>, MemoryError> {
        let there = is_there(file).map_err(|error| unread(file, &error))?;
        if !there && !made && !earlier::is_beside(file) {
            return Ok(None);
        }
        if !there {
            make(file).map_err(|error| unwritten(file, &error))?;
        }
        let base = match Self::try_open(file, notices) {
            Err(error) if is_damage(&error) => {
                set_aside(file, notices)?;
                make(file).map_err(|error| unwritten(file, &error))?;
                Self::try_open(file, notices)
            }
            base => base,
        };
        base.map(Some).map_err(|error| failure(file, &error, made))
    }

    fn try_open(file: &Path, notices: &mut Vec<String>) -> rusqlite::Result<Self> {
        let open = || {
            let mut base = Self::connect(file, false)?;
            let found = base.found()?;
            Ok((base, found))
        };
        let (mut base, found) = match open() {
            // A folder that nobody may write to has no room for the files beside it.
            Err(error) if is_refusal(&error) => {
                let mut base = Self::connect(file, true)?;
                let found = base.found()?;
                (base, found)
            }
            opened => opened?,
        };
        let newest = number(STEPS.len());
        match found {
            Found::Foreign => return Err(not_ours()),
            Found::Ours(schema) if schema > newest => {
                base.rights = Rights::Newer(schema);
                let error = MemoryError::Newer {
                    file: shown(file),
                    schema,
                };
                notices.push(error.to_string());
            }
            Found::Ours(schema) if schema < newest => base.bring_up(file, notices)?,
            Found::Ours(_) => {}
        }
        Ok(base)
    }

    fn connect(file: &Path, reading: bool) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if reading {
            let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(address(file), flags)?
        } else {
            Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)?
        };
        connection.busy_timeout(PATIENCE)?;
        // What is forgotten is overwritten, and with a document all that belongs to it.
        connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;")?;
        let rights = if reading || connection.is_readonly("main")? {
            Rights::Reading
        } else {
            Rights::All
        };
        Ok(Self {
            connection,
            identity: identity(file).unwrap_or_default(),
            rights,
        })
    }

    fn found(&mut self) -> rusqlite::Result<Found> {
        let reading = self.connection.transaction()?;
        let number = |what: &str| reading.query_row(what, [], |row| row.get::<_, i64>(0));
        let schema = number("PRAGMA user_version")?;
        let found = match number("PRAGMA application_id")? {
            OURS => Found::Ours(schema),
            0 if schema == 0 && number("SELECT count(*) FROM sqlite_master")? == 0 => {
                Found::Ours(0)
            }
            _ => Found::Foreign,
        };
        Ok(found)
    }

    /// Makes a file of the newest schema of an older or empty one.
    fn bring_up(&mut self, file: &Path, notices: &mut Vec<String>) -> rusqlite::Result<()> {
        let _lock = lock(file).map_err(not_locked)?;
        self.connection
            .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        let behaviour = TransactionBehavior::Immediate;
        let writing = self.connection.transaction_with_behavior(behaviour)?;
        // Another reader may have done it meanwhile.
        let schema: i64 = writing.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        for step in STEPS.iter().skip(schema.max(0) as usize) {
            writing.execute_batch(step)?;
        }
        let mut told = None;
        if schema == 0 {
            told = earlier::take_over(file, &writing)?;
        }
        writing.execute_batch(&format!(
            "PRAGMA application_id = {OURS}; PRAGMA user_version = {};",
            STEPS.len().max(schema.max(0) as usize)
        ))?;
        writing.commit()?;
        notices.extend(told);
        Ok(())
    }

    /// Whether the file of that name is still this one.
    pub(super) fn is_at(&self, file: &Path) -> bool {
        identity(file).is_ok_and(|identity| identity == self.identity)
    }

    /// Fails when nothing can be written, and says why.
    pub(super) fn may_write(&self, file: &Path) -> Result<(), MemoryError> {
        let file = shown(file);
        match self.rights {
            Rights::All => Ok(()),
            Rights::Newer(schema) => Err(MemoryError::Newer { file, schema }),
            Rights::Reading => Err(MemoryError::Write {
                file,
                why: "it or its folder is read-only".to_owned(),
            }),
        }
    }

    /// Looks at one state of the file, whatever others write meanwhile.
    pub(super) fn read<T>(
        &mut self,
        look: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let reading = self.connection.transaction()?;
        look(&reading)
    }

    pub(super) fn write<T>(
        &mut self,
        deed: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let behaviour = TransactionBehavior::Immediate;
        let writing = self.connection.transaction_with_behavior(behaviour)?;
        let done = deed(&writing)?;
        writing.commit()?;
        Ok(done)
    }

    /// Gives the room of what was forgotten back to the disk.
    pub(super) fn shrink(&mut self) -> rusqlite::Result<()> {
        self.connection.execute_batch("VACUUM;")?;
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }
}

/// Moves the file aside, unless another reader has done so; the next opening makes a fresh one.
pub(super) fn set_aside(file: &Path, notices: &mut Vec<String>) -> Result<(), MemoryError> {
    let damaged = |why: &str, error: &io::Error| MemoryError::Damaged {
        file: shown(file),
        why: why.to_owned(),
        failed: reason(error),
    };
    let _lock = lock(file).map_err(|error| damaged("it is damaged", &error))?;
    let Some(why) = fault(file) else {
        return Ok(());
    };
    let aside = free_name(file);
    fs::rename(file, &aside).map_err(|error| damaged(&why, &error))?;
    for companion in ["-wal", "-shm"] {
        // They are there only while somebody writes.
        let _ = fs::rename(beside(file, companion), beside(&aside, companion));
    }
    notices.push(format!(
        "the memory could not be used ({why}): it was moved to {}, and a fresh one is used",
        shown(&aside)
    ));
    Ok(())
}

/// What is wrong with the file, if anything is.
fn fault(file: &Path) -> Option<String> {
    let check = || -> rusqlite::Result<Option<String>> {
        let mut base = Base::connect(file, false)?;
        if matches!(base.found()?, Found::Foreign) {
            return Ok(Some("it is not a memory of briefing".to_owned()));
        }
        let words: String = base
            .connection
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok((words != "ok").then(|| "it is damaged".to_owned()))
    };
    match check() {
        Ok(fault) => fault,
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Some("it is not a database".to_owned())
        }
        Err(error) => is_damage(&error).then(|| "it is damaged".to_owned()),
    }
}

fn free_name(file: &Path) -> PathBuf {
    let name = |number: u32| match number {
        1 => beside(file, ".damaged"),
        _ => beside(file, &format!(".damaged-{number}")),
    };
    let mut names = (1..).map(name);
    names
        .find(|name| name.symlink_metadata().is_err())
        .expect("numbers do not end before files do")
}

/// As the file has numbers.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The path with something at the end of its name.
pub(super) fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn is_there(file: &Path) -> io::Result<bool> {
    match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_file() => Ok(true),
        Ok(_) => Err(io::Error::other("it is no ordinary file")),
    }
}

/// Makes an empty file that is nobody else's to read; what `SQLite` puts beside it has the same rights.
fn make(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        let mut builder = DirBuilder::new();
        builder.recursive(true).mode(0o700).create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    options.open(file).map(drop)
}

/// Held until it is dropped.
fn lock(file: &Path) -> io::Result<File> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let lock = File::open(folder)?;
    lock.lock()?;
    Ok(lock)
}

fn identity(file: &Path) -> io::Result<(u64, u64)> {
    fs::metadata(file).map(|file| (file.dev(), file.ino()))
}

/// As `SQLite` wants it to open a file that nobody can change.
fn address(file: &Path) -> PathBuf {
    let path = file.to_string_lossy();
    let path = path.replace('%', "%25");
    let path = path.replace('?', "%3f").replace('#', "%23");
    PathBuf::from(format!("file:{path}?immutable=1"))
}

/// Whether what went wrong is the file's own fault, so that another would do.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(
        code,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

fn is_refusal(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(
        code,
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
    )
}

fn not_ours() -> rusqlite::Error {
    sqlite_error(rusqlite::ffi::SQLITE_NOTADB)
}

fn not_locked(_: io::Error) -> rusqlite::Error {
    sqlite_error(rusqlite::ffi::SQLITE_CANTOPEN)
}

fn sqlite_error(code: i32) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
}

pub(super) fn failure(file: &Path, error: &rusqlite::Error, writing: bool) -> MemoryError {
    let file = shown(file);
    let busy = Some(ErrorCode::DatabaseBusy);
    let why = || match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "the disk is full".to_owned(),
        Some(ErrorCode::SystemIoFailure) => "the disk is full, or failed".to_owned(),
        Some(ErrorCode::CannotOpen) => "it or its folder cannot be opened for writing".to_owned(),
        _ => harmless::line(&error.to_string()).into_owned(),
    };
    if error.sqlite_error_code() == busy {
        MemoryError::Busy { file }
    } else if writing {
        MemoryError::Write { file, why: why() }
    } else {
        MemoryError::Read { file, why: why() }
    }
}

fn unread(file: &Path, error: &io::Error) -> MemoryError {
    MemoryError::Read {
        file: shown(file),
        why: reason(error),
    }
}

fn unwritten(file: &Path, error: &io::Error) -> MemoryError {
    MemoryError::Write {
        file: shown(file),
        why: reason(error),
    }
}

pub(super) fn shown(path: &Path) -> String {
    harmless::line(&path.to_string_lossy()).into_owned()
}

/// Why, without the number of the error.
fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    match words.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => words,
    }
}
