//! The project's own files, as the tests that judge them see them.
//!
//! It stands apart because three matters read the project itself: its floors, its files and its documents.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project: its path from the root, with `/`, and what it says.
#[derive(Debug)]
pub(crate) struct ProjectFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The folder of Cargo.toml.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a file of the project says.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file under `folder` whose name ends with one of `endings`, sorted. Build outputs and git are left out.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<ProjectFile> {
    let mut paths = Vec::new();
    collect(&root().join(folder), &mut paths);
    paths.sort();
    paths
        .iter()
        .filter_map(|path| {
            let name = path.strip_prefix(root()).ok()?.to_str()?.replace('\\', "/");
            let wanted = endings.iter().any(|ending| name.ends_with(ending));
            let text = wanted.then(|| fs::read_to_string(path).ok())??;
            Some(ProjectFile { path: name, text })
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_none_or(|name| matches!(name, "target" | ".git")) {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
