//! Names that the text itself says are one person's: `Ada Ode, also known as Zed`.

use std::collections::HashMap;

use super::Joined;
use crate::model::reasons::Bond;
use crate::names::Found;
use crate::text::TextRange;

/// What stands between two names of one person, without marks.
const SAYS: &[&str] = &[
    "a.k.a",
    "aka",
    "alias",
    "also called",
    "also known as",
    "also known by the name",
    "also known simply as",
    "better known as",
    "better known by her stage name",
    "better known by his stage name",
    "commonly known as",
    "commonly referred to as",
    "formerly known as",
    "known as",
    "nicknamed",
    "née",
    "otherwise known as",
    "popularly known as",
    "real name",
    "whose real name is",
    "whose real name was",
    "widely known as",
];

/// Words for kin who may bear the same name.
const KIN: &[&str] = &[
    "brother", "cousin", "daughter", "father", "grandson", "heir", "husband", "mother", "nephew",
    "parents", "sister", "son", "sons", "uncle", "widow", "wife",
];

/// Between two names, words that lead on to one more.
const MORE: &[&str] = &[" and ", " or ", "; "];

/// Joins the groups of `mentions`, places in `found`, whose text says so.
pub(super) fn join(text: &str, found: &[Found], mentions: &[usize], joined: &mut Joined<'_>) {
    let mut roots: HashMap<u32, u32> = HashMap::new();
    let root = |roots: &HashMap<u32, u32>, mut group: u32| {
        while let Some(next) = roots.get(&group) {
            group = *next;
        }
        group
    };
    let mut within = None;
    for pair in mentions.windows(2) {
        let (one, other) = (found[pair[0]].range, found[pair[1]].range);
        let between = TextRange::new(one.end(), other.start()).of(text);
        // `also known as A and B, is`: both. After a comma alone may come somebody else.
        let after = TextRange::new(other.end(), text.len()).of(text);
        let closed = after
            .trim_start_matches(['”', '"', '’'])
            .starts_with([',', ')', ';']);
        within = within.filter(|_| MORE.contains(&between) && closed);
        if between.len() < 60 && says(between) {
            within = Some(pair[0]);
        }
        let Some(first) = within else { continue };
        let (group, second) = (
            root(&roots, joined.groups[first]),
            root(&roots, joined.groups[pair[1]]),
        );
        if group != second {
            roots.insert(second, group);
            joined.tie(pair[1], Bond::Alias, first);
        }
    }
    if roots.is_empty() {
        return;
    }
    for at in mentions {
        joined.groups[*at] = root(&roots, joined.groups[*at]);
    }
    for open in &mut joined.open {
        for (group, _) in &mut open.groups {
            *group = root(&roots, *group);
        }
    }
}

/// Whether the text has just called someone the kin of whom it names: `, the son of`.
pub(super) fn kin(text: &str, name: TextRange) -> bool {
    let before = TextRange::new(0, name.start()).of(text);
    let word = before
        .strip_suffix(" of ")
        .and_then(|before| before.rsplit(' ').next());
    word.is_some_and(|word| KIN.contains(&word))
}

/// Whether the text says that two names are of one body: `known as the`, `whose initials are`.
pub(super) fn stated(text: &str, one: TextRange, other: TextRange) -> bool {
    let between = TextRange::new(one.end(), other.start().max(one.end())).of(text);
    if between.len() > 60 || between.contains(['.', '\n']) {
        return false;
    }
    let after = TextRange::new(other.end(), text.len()).of(text);
    let initials = between.contains(" initials ") && between.starts_with(", whose ")
        || between.starts_with(", known by its ") && between.trim_end().ends_with("initials")
        || between.starts_with(", ")
            && after.starts_with(" by its ")
            && after
                .get(..50)
                .is_some_and(|after| after.contains(" initials"));
    let before = between.strip_suffix("the ").unwrap_or(between);
    initials || before.starts_with([' ', ',', '(']) && says(before)
}

fn says(between: &str) -> bool {
    let marks = |letter: char| !letter.is_alphanumeric();
    let words = between.trim_matches(marks);
    SAYS.binary_search(&words).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_marks_around_them_do_not_matter() {
        assert!(SAYS.is_sorted());
        for (between, expected) in [
            (", also known as “", true),
            (" (a.k.a. ", true),
            (" (née ", true),
            (" known to ", false),
            (" and ", false),
        ] {
            assert_eq!(says(between), expected, "{between}");
        }
    }
}
