//! The words of `assets/lexicon/offices.txt`, which only the reading of titles asks for.
//!
//! Apart from the lexicon, whose classes the trained model has learnt by: these may grow without it.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a word says of a title it stands in or beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Office,
    Tie,
    Verb,
    Cut,
}

/// A heading of the list, and what its words are.
const SECTIONS: &[(&str, Sense)] = &[
    ("[office]", Sense::Office),
    ("[tie]", Sense::Tie),
    ("[verb]", Sense::Verb),
    ("[cut]", Sense::Cut),
];

/// What the list says of `word`: of a word listed twice, the later.
pub(super) fn sense(word: &str) -> Option<Sense> {
    static WORDS: OnceLock<HashMap<&'static str, Sense>> = OnceLock::new();
    WORDS.get_or_init(read).get(word).copied()
}

fn read() -> HashMap<&'static str, Sense> {
    let mut words = HashMap::new();
    let mut sense = Sense::Office;
    for line in include_str!("../../assets/lexicon/offices.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        match SECTIONS.iter().find(|(heading, _)| *heading == line) {
            Some((_, of_section)) => sense = *of_section,
            None => words.extend(line.split_whitespace().map(|word| (word, sense))),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_words() {
        assert_eq!(sense("musician"), Some(Sense::Office));
        assert_eq!(sense("husband"), Some(Sense::Tie));
        assert_eq!(sense("became"), Some(Sense::Verb));
        assert_eq!(sense("during"), Some(Sense::Cut));
        assert_eq!(sense("[tie]"), None);
    }
}
