//! Plain texts to learn from, as a folder has them.
//!
//! Apart, as both trainers read the same ones.

use std::path::Path;
use std::process::Command;

/// All text in `folder`, by name of file; `.gz` through the program `gzip`.
pub(crate) fn plain(folder: &Path) -> String {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|why| panic!("{}: {why}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "gz" || end == "txt")
        })
        .collect();
    files.sort();
    let mut all = String::new();
    for path in files {
        let bytes = if path.extension().is_some_and(|end| end == "gz") {
            let made = Command::new("gzip").arg("-dc").arg(&path).output();
            made.expect("the program gzip").stdout
        } else {
            std::fs::read(&path).expect("a readable file")
        };
        all.push_str(&String::from_utf8_lossy(&bytes));
        all.push('\n');
    }
    all
}
