//! The word lists of `assets/lexicon`, ready for look-up: what a word may be, and which names are known.
//!
//! Apart, so that the finders ask for classes and names and never see a file. Made on first use.

use std::sync::OnceLock;

use super::quick::{QuickMap, QuickSet};
use crate::model::EntityKind;

/// What a word may be: a set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

macro_rules! classes {
    ($($name:ident = $bit:literal $section:literal;)*) => {
        impl Classes {
            $(pub(super) const $name: Self = Self(1 << $bit);)*
        }
        /// Sections of `words.txt`, and the class each gives.
        const SECTIONS: &[(&str, Classes)] = &[$(($section, Classes::$name),)*];
    };
}

classes! {
    HONORIFIC = 0 "honorific";
    TITLE = 1 "title";
    ROLE = 2 "role";
    MODIFIER = 3 "modifier";
    PARTICLE = 4 "particle";
    SUFFIX = 5 "suffix";
    SPEECH = 6 "speech";
    CALENDAR = 7 "calendar";
    AGENCY = 8 "agency";
    ORGANIZATION = 9 "organization";
    CAPACITY = 10 "capacity";
    LEADING = 11 "leading";
    NAMELESS = 12 "nameless";
    PLACE_HEAD = 13 "placehead";
    PLACE_LEAD = 14 "placelead";
    DIRECTION = 15 "direction";
    ACRONYM = 16 "acronym";
    LOWER_BODY = 17 "lowerbody";
    STOP = 18 "stop";
    SURNAME = 19 "surname";
    PUBLIC = 20 "public";
    LOCATIVE = 21 "locative";
    SETTLEMENT = 22 "settlement";
    THING = 30 "thing";
    OPENING = 31 "opening";
    BODY_NOUN = 32 "bodynoun";
    OWNER = 33 "owner";
    SHIP = 34 "ship";
    TOOL = 35 "tool";
    SITE = 36 "site";
    OFFICER = 37 "officer";
    TAIL = 38 "tail";
    GENERIC = 39 "generic";
    GIVEN = 23 "";
    LEADER = 24 "";
    COMMON = 25 "";
    NATIONALITY = 26 "";
    COUNTRY = 27 "";
    LISTED_PLACE = 28 "";
    STARTS_NAME = 29 "";
}

impl Classes {
    /// Any word that ends the name of a body.
    pub(super) const HEAD: Self = Self(Self::AGENCY.0 | Self::ORGANIZATION.0 | Self::CAPACITY.0);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two share a class.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes as a set of bits.
    pub(super) const fn set(self) -> u64 {
        self.0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A name that is known by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) kind: EntityKind,
    /// The line of the list: names of one line mean the same.
    pub(super) line: u32,
}

#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: QuickMap<&'static str, Classes>,
    names: QuickMap<&'static str, Listed>,
    /// Words for a people, and the line of its country.
    peoples: QuickMap<&'static str, u32>,
    lines: u32,
    small: OnceLock<Small>,
}

/// The known names without their capitals.
#[derive(Debug, Default)]
struct Small {
    names: QuickMap<String, &'static str>,
    openings: QuickSet<String>,
}

/// No listed name has more words.
pub(super) const LONGEST_NAME: usize = 11;

impl Lexicon {
    /// The lists that are built in, made ready on first use.
    pub(super) fn standard() -> &'static Self {
        static STANDARD: OnceLock<Lexicon> = OnceLock::new();
        STANDARD.get_or_init(Self::read)
    }

    /// What `word` may be, by the lists.
    pub(super) fn classes(&self, word: &str) -> Classes {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The known name that is exactly `name`.
    pub(super) fn listed(&self, name: &str) -> Option<Listed> {
        self.names.get(name).copied()
    }

    /// How the known name is written that is `small` without its capitals.
    pub(super) fn spelling(&self, small: &str) -> Option<&'static str> {
        self.small().names.get(small).copied()
    }

    /// Whether a known name of several words begins with `small`, but for its capitals.
    pub(super) fn opens_name(&self, small: &str) -> bool {
        self.small().openings.contains(small)
    }

    /// Made when the first text asks for it that has no capitals, or nothing else.
    fn small(&self) -> &Small {
        self.small.get_or_init(|| {
            let mut small = Small::default();
            let mut names: Vec<&'static str> = self.names.keys().copied().collect();
            // Of two that differ in their capitals alone the same one stays each time.
            names.sort_unstable();
            for name in names {
                let lower = name.to_lowercase();
                if let Some((first, _)) = lower.split_once(' ') {
                    small.openings.insert(first.to_owned());
                }
                small.names.insert(lower, name);
            }
            small
        })
    }

    /// The line of the country that is `name`, or whose people are called so.
    pub(super) fn country(&self, name: &str) -> Option<u32> {
        let listed = || {
            self.listed(name)
                .filter(|_| self.classes(name).any(Classes::COUNTRY))
        };
        let people = self.peoples.get(name).copied();
        people.or_else(|| listed().map(|listed| listed.line))
    }

    fn read() -> Self {
        let mut lexicon = Self::default();
        lexicon.words.reserve(16_000);
        lexicon.names.reserve(4_000);
        lexicon.read_sections(include_str!("../../assets/lexicon/words.txt"));
        for (list, class) in [
            (
                include_str!("../../assets/lexicon/given.txt"),
                Classes::GIVEN,
            ),
            (
                include_str!("../../assets/lexicon/leaders.txt"),
                Classes::LEADER,
            ),
            (
                include_str!("../../assets/lexicon/common.txt"),
                Classes::COMMON,
            ),
        ] {
            for word in entries(list).flat_map(str::split_ascii_whitespace) {
                lexicon.class(word, class);
            }
        }
        lexicon.read_states();
        for (list, kind) in [
            (
                include_str!("../../assets/lexicon/agencies.txt"),
                EntityKind::Agency,
            ),
            (
                include_str!("../../assets/lexicon/organizations.txt"),
                EntityKind::Organization,
            ),
            (
                include_str!("../../assets/lexicon/places.txt"),
                EntityKind::Place,
            ),
        ] {
            for line in entries(list) {
                lexicon.lines += 1;
                for name in line.split([';', '=']) {
                    lexicon.name(name.trim(), kind);
                }
            }
        }
        lexicon
    }

    /// States with several names, then countries and their peoples.
    fn read_states(&mut self) {
        for line in entries(include_str!("../../assets/lexicon/states.txt")) {
            self.lines += 1;
            for name in line.split([';', '=']) {
                self.name(name.trim(), EntityKind::Place);
            }
        }
        for line in entries(include_str!("../../assets/lexicon/countries.txt")) {
            self.lines += 1;
            let (name, peoples) = line.split_once(" = ").unwrap_or((line, ""));
            self.name(name, EntityKind::Place);
            self.class(name, Classes::COUNTRY.or(Classes::LISTED_PLACE));
            let line = self.listed(name).map_or(self.lines, |listed| listed.line);
            for word in peoples.split_ascii_whitespace() {
                self.class(word, Classes::NATIONALITY);
                self.peoples.entry(word).or_insert(line);
            }
        }
    }

    fn read_sections(&mut self, list: &'static str) {
        let mut class = Classes::default();
        for line in entries(list) {
            if let Some(section) = line.strip_prefix('[') {
                let section = section.trim_end_matches(']');
                class = SECTIONS
                    .iter()
                    .find(|(name, _)| *name == section)
                    .map(|(_, class)| *class)
                    .unwrap_or_default();
                continue;
            }
            for word in line.split_ascii_whitespace() {
                self.class(word, class);
            }
        }
    }

    fn class(&mut self, word: &'static str, class: Classes) {
        self.words.entry(word).or_default().add(class);
    }

    fn name(&mut self, name: &'static str, kind: EntityKind) {
        let line = self.lines;
        // Names of one line mean the same. The first list that has a name is right about it.
        self.names.entry(name).or_insert(Listed { kind, line });
        let first = name.split(' ').next().unwrap_or(name);
        let first = first
            .strip_suffix("'s")
            .or(first.strip_suffix("’s"))
            .unwrap_or(first);
        self.class(
            first.trim_end_matches(['\'', '’', ',']),
            Classes::STARTS_NAME,
        );
        if kind == EntityKind::Place {
            self.class(name, Classes::LISTED_PLACE);
        }
    }
}

/// The lines of a list that say something.
fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_words_is_a_class_and_every_class_has_words() {
        let words = include_str!("../../assets/lexicon/words.txt");
        for line in entries(words).filter(|line| line.starts_with('[')) {
            let section = line.trim_matches(['[', ']']);
            assert!(
                SECTIONS.iter().any(|(name, _)| *name == section),
                "{section}"
            );
        }
        for (section, _) in SECTIONS.iter().filter(|(name, _)| !name.is_empty()) {
            assert!(words.contains(&format!("[{section}]\n")), "{section}");
        }
    }

    #[test]
    fn names_of_one_line_mean_the_same() {
        let lexicon = Lexicon::standard();
        let line = |name| lexicon.listed(name).map(|listed| listed.line);
        assert_eq!(line("IAEA"), line("International Atomic Energy Agency"));
        assert_ne!(line("IAEA"), line("NATO"));
        assert!(lexicon.classes("Peru").any(Classes::COUNTRY));
        assert!(
            lexicon
                .names
                .keys()
                .all(|name| name.split(' ').count() <= LONGEST_NAME)
        );
    }
}
