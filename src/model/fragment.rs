//! [`Fragment`]: a place in a document as it is written after its name: `report.md#s4p9`.

use std::fmt;

/// A section and a paragraph, as readers count them, from 1; at least one of the two.
///
/// Paragraphs count the body blocks of the whole document, so a paragraph alone is a place; the section beside it is
/// for who reads the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    pub section: Option<usize>,
    pub paragraph: Option<usize>,
}

impl Fragment {
    pub fn section(number: usize) -> Self {
        Self {
            section: Some(number),
            paragraph: None,
        }
    }

    /// Reads `s4`, `p9` or `s4p9`; anything else is no place.
    pub fn parse(words: &str) -> Option<Self> {
        let (section, rest) = match words.strip_prefix('s') {
            Some(rest) => number(rest).map(|(section, rest)| (Some(section), rest))?,
            None => (None, words),
        };
        let (paragraph, rest) = match rest.strip_prefix('p') {
            Some(rest) => number(rest).map(|(paragraph, rest)| (Some(paragraph), rest))?,
            None => (None, rest),
        };
        let some = section.is_some() || paragraph.is_some();
        (some && rest.is_empty()).then_some(Self { section, paragraph })
    }

    /// Cuts a place off the end of a document's name; `None` where there is none.
    pub fn split(name: &str) -> Option<(&str, Self)> {
        let (name, place) = name.rsplit_once('#')?;
        Some((name, Self::parse(place)?)).filter(|(name, _)| !name.is_empty())
    }
}

/// A number from 1 without leading zeros, and what follows it.
fn number(words: &str) -> Option<(usize, &str)> {
    let rest = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = words.strip_suffix(rest)?;
    let number = digits.parse().ok().filter(|_| !digits.starts_with('0'))?;
    Some((number, rest))
}

impl fmt::Display for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(section) = self.section {
            write!(f, "s{section}")?;
        }
        self.paragraph
            .map_or(Ok(()), |paragraph| write!(f, "p{paragraph}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for (words, section, paragraph) in [
            ("s4", Some(4), None),
            ("p9", None, Some(9)),
            ("s4p9", Some(4), Some(9)),
            ("s12p345", Some(12), Some(345)),
        ] {
            let fragment = Fragment { section, paragraph };
            assert_eq!(Fragment::parse(words), Some(fragment), "{words}");
            assert_eq!(fragment.to_string(), words);
        }
    }

    #[test]
    fn what_only_looks_like_a_place_is_none() {
        for words in [
            "",
            "s",
            "p",
            "s0",
            "p0",
            "s01",
            "s4p",
            "p9s4",
            "s4 p9",
            "S4",
            "4",
            "s-1",
            "s4p9x",
            "s٣",
            "s99999999999999999999999",
        ] {
            assert_eq!(Fragment::parse(words), None, "{words}");
        }
    }

    #[test]
    fn a_place_is_cut_off_a_name() {
        let place = Fragment::section(4);
        assert_eq!(Fragment::split("a.md#s4"), Some(("a.md", place)));
        assert_eq!(
            Fragment::split("https://a.example/#b#s4"),
            Some(("https://a.example/#b", place))
        );
        for name in ["a.md", "a.md#", "a.md#intro", "#s4", "a#s4.md"] {
            assert_eq!(Fragment::split(name), None, "{name}");
        }
    }
}
