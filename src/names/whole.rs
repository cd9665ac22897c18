//! One extent for one name: what is found whole in one place is not left in part in another.
//!
//! Apart from [`super::agree`], which asks what kind a spelling is of, and moves no end of it.

use std::collections::HashMap;

use super::Found;
use super::agree::{RULE, side, turn};
use crate::text::TextRange;

/// No more names are tried for one part.
const MOST: usize = 8;
/// Names with more words lend none of them.
const LONGEST: usize = 12;

/// `found` with every name whole where the text goes on as it does elsewhere: `Gaza Health` before `Ministry`, where
/// the `Gaza Health Ministry` is named.
pub(super) fn whole(text: &str, found: Vec<Found>) -> Vec<Found> {
    let (fronts, ends) = parts(text, &found);
    if fronts.is_empty() {
        return found;
    }
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    let mut later = found.iter().copied().peekable();
    while let Some(mut found) = later.next() {
        let name = found.range.of(text);
        let after = |long: &Found| {
            let (words, start) = (long.range.of(text), found.range.start());
            let end = start + words.len();
            let same = text.get(start..end) == Some(words) && bounded(text, start, end);
            same.then(|| TextRange::new(start, end))
        };
        let before = |long: &Found| {
            let (words, end) = (long.range.of(text), found.range.end());
            let start = end.checked_sub(words.len())?;
            let same = text.get(start..end) == Some(words) && bounded(text, start, end);
            same.then(|| TextRange::new(start, end))
        };
        let longer = |parts: &Parts<'_>, fit: &dyn Fn(&Found) -> Option<TextRange>| {
            let longs = parts.get(name).map_or(&[][..], Vec::as_slice);
            let fitting = longs.iter().filter_map(|long| Some((fit(long)?, *long)));
            fitting.max_by_key(|(range, _)| range.len())
        };
        let Some((range, long)) = longer(&fronts, &after).or_else(|| longer(&ends, &before)) else {
            kept.push(found);
            continue;
        };
        // What it takes in must lie within it whole.
        let within = kept.partition_point(|kept| kept.range.start() < range.start());
        let free = within
            .checked_sub(1)
            .is_none_or(|last| kept[last].range.end() <= range.start());
        let mut ahead = later.clone();
        while ahead
            .next_if(|next| next.range.end() <= range.end())
            .is_some()
        {}
        if free
            && ahead
                .peek()
                .is_none_or(|next| next.range.start() >= range.end())
        {
            later = ahead;
            kept.truncate(within);
            found.range = range;
            if side(found.kind) != side(long.kind) {
                turn(&mut found, long.kind, RULE);
            }
        }
        kept.push(found);
    }
    kept
}

/// Names by a part of them.
type Parts<'a> = HashMap<&'a str, Vec<Found>>;

/// The names of several words in `found`, by what each begins with, and by what it ends in.
fn parts<'a>(text: &'a str, found: &[Found]) -> (Parts<'a>, Parts<'a>) {
    let (mut fronts, mut ends) = (Parts::new(), Parts::new());
    let mut seen: HashMap<&str, ()> = HashMap::new();
    for found in found {
        let name = found.range.of(text);
        let breaks = name.match_indices(' ').map(|(at, _)| at);
        if !name.contains(' ')
            || breaks.clone().count() >= LONGEST
            || seen.insert(name, ()).is_some()
        {
            continue;
        }
        for at in breaks {
            let Some((front, end)) = name.split_at_checked(at) else {
                continue;
            };
            for (parts, part) in [(&mut fronts, front), (&mut ends, end.trim_start())] {
                let longs = parts.entry(part).or_default();
                if longs.len() < MOST {
                    longs.push(*found);
                }
            }
        }
    }
    (fronts, ends)
}

/// Whether words begin at `start` and end at `end`.
fn bounded(text: &str, start: usize, end: usize) -> bool {
    let before = text
        .get(..start)
        .and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    let letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !letter(before) && !letter(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityKind;
    use crate::names::tests::marked;

    #[test]
    fn a_name_is_whole_where_it_is_whole_elsewhere() {
        for (given, expected) in [
            (
                "The [Quay Harbour Ministry] met. [Quay Harbour] Ministry officials left.",
                &["Quay Harbour Ministry", "Quay Harbour Ministry"][..],
            ),
            (
                "The [Quay Harbour Ministry] met. The Quay [Harbour] [Ministry] left.",
                &["Quay Harbour Ministry", "Quay Harbour Ministry"],
            ),
            (
                "[Quay Mint] met. [Quay] Mintage fell.",
                &["Quay Mint", "Quay"],
            ),
            ("[Quay Mint] met. [Quay] left.", &["Quay Mint", "Quay"]),
            (
                "[Quay Mint] met. [Quay] [Mint of Ode] left.",
                &["Quay Mint", "Quay", "Mint of Ode"],
            ),
        ] {
            let (text, found) = marked(given, EntityKind::Agency);
            let found = whole(&text, found);
            let names: Vec<&str> = found.iter().map(|found| found.range.of(&text)).collect();
            assert_eq!(names, expected, "{given}");
        }
    }
}
