//! Searching: what a reader typed, as ranges of the text.
//!
//! A query is folded into one regular expression: any run of white space matches any other, typewriter
//! quotes and dashes match printed ones, and case matters only once a capital letter is typed.

use regex::{Regex, RegexBuilder};

use super::TextRange;

/// Characters that count as one when searching; the first is the one a keyboard has.
const FOLDED: [&str; 3] = ["'’‘‛′`´", "\"“”„‟«»″", "-‐‑‒–—−"];

/// Something to look for. Made once, used on any text.
#[derive(Clone, Debug)]
pub struct Query {
    words: String,
    pattern: Regex,
}

impl Query {
    /// `None` when there is nothing to look for.
    pub fn new(words: &str) -> Option<Self> {
        if words.trim().is_empty() {
            return None;
        }
        let smart = !words.chars().any(char::is_uppercase);
        let built = RegexBuilder::new(&pattern(words))
            .case_insensitive(smart)
            .size_limit(1 << 26)
            .build();
        Some(Self {
            words: words.to_owned(),
            pattern: built.ok()?,
        })
    }

    /// As typed.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// All hits in `text`, in order, disjoint.
    pub fn hits<'t>(&self, text: &'t str) -> impl Iterator<Item = TextRange> + use<'_, 't> {
        self.pattern
            .find_iter(text)
            .map(|hit| TextRange::new(hit.start(), hit.end()))
    }
}

fn pattern(words: &str) -> String {
    let mut pattern = String::new();
    let mut spaced = false;
    for letter in words.chars() {
        let space = letter.is_whitespace();
        if space && !spaced {
            pattern.push_str(r"\s+");
        }
        spaced = space;
        if space {
            continue;
        }
        match FOLDED.iter().find(|family| family.contains(letter)) {
            Some(family) => {
                pattern.push('[');
                pattern.push_str(&regex::escape(family));
                pattern.push(']');
            }
            None => pattern.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_fold_what_a_keyboard_lacks() {
        for (query, text, expected) in [
            (
                "two days' notice",
                "“two days’\u{a0}notice”",
                Some("two days’\u{a0}notice"),
            ),
            (
                "state department",
                "the State\nDepartment",
                Some("State\nDepartment"),
            ),
            ("State", "a state of", None),
            ("state", "the State", Some("State")),
            ("well-known", "a well–known", Some("well–known")),
            ("\"in kind\"", "said “in kind” and", Some("“in kind”")),
            ("a.b", "a-b axb", None),
            ("é", "CAFÉ", Some("É")),
        ] {
            let hit = Query::new(query).and_then(|query| query.hits(text).next());
            assert_eq!(
                hit.map(|hit| hit.of(text)),
                expected,
                "{query:?} in {text:?}"
            );
        }
    }

    #[test]
    fn nothing_to_look_for_is_no_query() {
        assert!(Query::new("").is_none() && Query::new("  ").is_none());
    }
}
