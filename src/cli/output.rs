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
        if before.is_some() {
            // Moving a file over another asks only the folder: a file that is protected is refused here.
            OpenOptions::new().write(true).open(path)?;
        }
        // A link is followed: what it points to is replaced, not the link.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (file, unfinished) = beside(&place)?;
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

/// A new file in the folder of `place`.
fn beside(place: &Path) -> io::Result<(File, PathBuf)> {
    let mut number = 0;
    loop {
        let name = format!(".briefing-{}-{number}.unfinished", std::process::id());
        let path = place.with_file_name(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        match file {
            // Left behind by a process of the same number that was killed.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 99 => {
                number += 1;
            }
            file => return Ok((file?, path)),
        }
    }
}

/// Whether writing to `path` would replace the document that `source` reads.
pub(super) fn would_replace(path: &Path, source: &Source) -> bool {
    let Ok(target) = std::fs::metadata(path) else {
        return false;
    };
    let read = match source {
        Source::Path(path) => std::fs::metadata(path),
        Source::Stdin => stdin(),
        Source::Sample(_) | Source::Held(_) | Source::Address(_) => return false,
    };
    let same = |read: Metadata| (read.dev(), read.ino()) == (target.dev(), target.ino());
    target.is_file() && read.is_ok_and(same)
}

fn stdin() -> io::Result<Metadata> {
    let stdin = io::stdin().as_fd().try_clone_to_owned()?;
    File::from(stdin).metadata()
}
