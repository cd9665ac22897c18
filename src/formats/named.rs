//! [`of_style`]: what a paragraph style is by its name, in many languages.
//!
//! It stands apart because Word and OpenDocument files share the names; they are data, in `assets/formats/styles.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

const NAMES: &str = include_str!("../../assets/formats/styles.txt");

/// What a style is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Title,
    /// Level from 1.
    Heading(u8),
    Quote,
    Code,
    /// A line of a table of contents.
    Contents,
}

/// Kinds by name; a heading has level 0 here.
static KINDS: LazyLock<HashMap<(&str, bool), Named>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, names)) = line.split_once(':') else {
            continue;
        };
        let named = match kind {
            "title" => Named::Title,
            "heading" => Named::Heading(0),
            "quote" => Named::Quote,
            "code" => Named::Code,
            _ => Named::Contents,
        };
        let numbered = named == Named::Heading(0);
        kinds.extend(
            names
                .split(';')
                .map(|name| ((name.trim(), numbered), named)),
        );
    }
    kinds
});

/// What the style of this name is, if the name says so.
pub(super) fn of_style(name: &str) -> Option<Named> {
    // OpenDocument writes `Heading_20_1` for `Heading 1`.
    let name = name.replace("_20_", " ").to_lowercase();
    let words = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name
        .get(words.len()..)
        .and_then(|digits| digits.parse().ok());
    let words = words.trim();
    match number {
        Some(level @ 1..=9_u8) => match KINDS.get(&(words, true)) {
            Some(Named::Heading(_)) => Some(Named::Heading(level)),
            _ => KINDS
                .get(&(words, false))
                .copied()
                .filter(|&named| named == Named::Contents),
        },
        _ => KINDS.get(&(words, false)).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_name_in_many_languages() {
        for (name, expected) in [
            ("heading 1", Some(Named::Heading(1))),
            ("Heading_20_3", Some(Named::Heading(3))),
            ("Überschrift 2", Some(Named::Heading(2))),
            ("Titre", Some(Named::Title)),
            ("Titre 1", Some(Named::Heading(1))),
            ("Intense Quote", Some(Named::Quote)),
            ("Preformatted_20_Text", Some(Named::Code)),
            ("toc 2", Some(Named::Contents)),
            ("TOC Heading", Some(Named::Contents)),
            ("heading", None),
            ("Quote 2", None),
            ("Body Text", None),
            ("", None),
        ] {
            assert_eq!(of_style(name), expected, "{name}");
        }
    }
}
