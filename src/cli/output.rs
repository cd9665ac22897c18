//! [`Output`]: where an export goes, so that a failure halfway loses nothing.
//!
//! A file is written beside its place under another name and moved there when all is written. What is no
//! ordinary file (`/dev/null`, a named pipe) cannot be replaced like that and is written to directly.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::formats::Source;

/// An export on its way.
#[derive(Debug)]
pub(super) struct Output {
    to: To,
}

#[derive(Debug)]
enum To {
    Stdout(io::StdoutLock<'static>),
    Direct(File),
    /// `unfinished` becomes `place` when everything stands in it.
    Moved {
        file: File,
        unfinished: PathBuf,
        place: PathBuf,
    },
}

impl Output {
    /// Standard output.
    pub(super) fn stdout() -> Self {
        Self {
            to: To::Stdout(io::stdout().lock()),
        }
    }

    /// The file at `path`, which stays as it is until [`Output::finish`].
    pub(super) fn file(path: &Path) -> io::Result<Self> {
        let before = std::fs::metadata(path).ok();
        if let Some(before) = before.as_ref().filter(|it| !it.is_file()) {
            if before.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            let file = OpenOptions::new().write(true).open(path)?;
            return Ok(Self {
                to: To::Direct(file),
            });
        }
        // A link is followed: what it points to is replaced, not the link.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let unfinished = beside(&place)?;
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&unfinished)?;
        let output = Self {
            to: To::Moved {
                file,
                unfinished,
                place,
            },
        };
        if let (To::Moved { file, .. }, Some(before)) = (&output.to, before) {
            file.set_permissions(before.permissions())?;
        }
        Ok(output)
    }

    /// Puts what was written into its place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        if let To::Moved {
            file,
            unfinished,
            place,
        } = &self.to
        {
            file.sync_all()?;
            std::fs::rename(unfinished, place)?;
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let To::Moved { unfinished, .. } = &self.to {
            // After a rename nothing is there any more; after a failure there is nobody left to tell.
            let _ = std::fs::remove_file(unfinished);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Stdout(out) => out.write(bytes),
            To::Direct(file) | To::Moved { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Stdout(out) => out.flush(),
            To::Direct(file) | To::Moved { file, .. } => file.flush(),
        }
    }
}

/// A name in the folder of `place` that nobody else uses.
fn beside(place: &Path) -> io::Result<PathBuf> {
    let Some(name) = place.file_name() else {
        return Err(io::ErrorKind::InvalidFilename.into());
    };
    let mut unfinished = std::ffi::OsString::from(".");
    unfinished.push(name);
    unfinished.push(format!(".{}.unfinished", std::process::id()));
    Ok(place.with_file_name(unfinished))
}

/// Whether writing to `path` would replace the document that `source` reads.
pub(super) fn would_replace(path: &Path, source: &Source) -> bool {
    let Ok(target) = std::fs::metadata(path) else {
        return false;
    };
    let read = match source {
        Source::Path(path) => std::fs::metadata(path),
        Source::Stdin => stdin(),
        Source::Sample => return false,
    };
    let same = |read: Metadata| (read.dev(), read.ino()) == (target.dev(), target.ino());
    target.is_file() && read.is_ok_and(same)
}

fn stdin() -> io::Result<Metadata> {
    let stdin = io::stdin().as_fd().try_clone_to_owned()?;
    File::from(stdin).metadata()
}
