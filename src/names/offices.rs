//! The words of `assets/lexicon/offices.txt` and `clauses.txt`, which only the reading of titles asks for.
//!
//! Apart from the lexicon, whose classes the trained model has learnt by: these may grow without it.

use std::sync::OnceLock;

use super::quick::QuickMap;

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
    static WORDS: OnceLock<QuickMap<&'static str, Sense>> = OnceLock::new();
    WORDS.get_or_init(read).get(word).copied()
}

fn read() -> QuickMap<&'static str, Sense> {
    let mut words = QuickMap::default();
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

/// The part that a word plays in a clause about a person's office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    Give,
    Take,
    Be,
    Made,
    Serve,
    Heads,
}

/// A heading of the list of clauses, and the part that its words play.
const CLAUSES: &[(&str, Clause)] = &[
    ("[give]", Clause::Give),
    ("[take]", Clause::Take),
    ("[be]", Clause::Be),
    ("[made]", Clause::Made),
    ("[serve]", Clause::Serve),
    ("[heads]", Clause::Heads),
];

/// Whether `word` can play the part.
pub(super) fn says(word: &str, part: Clause) -> bool {
    static WORDS: OnceLock<QuickMap<&'static str, u8>> = OnceLock::new();
    let words = WORDS.get_or_init(read_clauses);
    words
        .get(word)
        .is_some_and(|parts| parts & (1 << part as u8) != 0)
}

fn read_clauses() -> QuickMap<&'static str, u8> {
    let mut words: QuickMap<_, u8> = QuickMap::default();
    let mut part = Clause::Give;
    for line in include_str!("../../assets/lexicon/clauses.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        match CLAUSES.iter().find(|(heading, _)| *heading == line) {
            Some((_, of_section)) => part = *of_section,
            None => {
                for word in line.split_whitespace() {
                    *words.entry(word).or_default() |= 1 << part as u8;
                }
            }
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
        assert!(says("named", Clause::Give) && says("named", Clause::Made));
        assert!(says("succeeds", Clause::Take) && says("was", Clause::Be));
        assert!(says("resigned", Clause::Serve) && says("heads", Clause::Heads));
        assert!(!says("heads", Clause::Take));
    }
}
