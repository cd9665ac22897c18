//! Sentences, as a reader picks and quotes them.
//!
//! The bounds are those of Unicode's text segmentation, which know the full stops and quotation marks of all scripts,
//! less those that are none: after an abbreviation, an initial or a number of a list, and before `he said`. Found
//! around a place, so that a block of megabytes costs no more than a page.

use unicode_segmentation::UnicodeSegmentation;

use super::TextRange;
use super::tokens::keeps_its_dot;

/// How far before and after a place its sentence is looked for, in bytes: a longer one is cut there.
const REACH: usize = 16 * 1024;

/// Words that keep a dot beside those that names are made of.
const SHORT: &[&str] = &[
    "Art", "Ch", "Fig", "Figs", "No", "Nos", "Para", "Paras", "Ref", "Vol", "approx", "art", "ca",
    "cf", "ch", "cit", "ed", "eds", "esp", "et", "fig", "fn", "incl", "max", "min", "no", "nos",
    "op", "p", "para", "paras", "pp", "ref", "sec", "v", "viz", "vol", "vs",
];

/// Words that begin a sentence even after an abbreviation, as no name begins with them.
const OPENERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Although",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Before",
    "Both",
    "But",
    "By",
    "During",
    "Each",
    "Earlier",
    "Every",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "Most",
    "No",
    "Nobody",
    "None",
    "Nor",
    "Not",
    "Of",
    "On",
    "One",
    "Or",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
];

/// The sentence of `within` that holds `offset`, without the white space around it; white space belongs to the
/// sentence before it. Empty where there are no words around.
pub fn at(text: &str, within: TextRange, offset: usize) -> TextRange {
    let window = window(text, within, offset);
    let mut found = TextRange::empty(window.start());
    for bound in bounds(text, window).windows(2) {
        let sentence = TextRange::new(bound[0], bound[1]).trim(text);
        if !sentence.is_empty() && (bound[0] <= offset || found.is_empty()) {
            found = sentence;
        }
    }
    found
}

/// The part of `within` that is looked at for the sentence at `offset`.
fn window(text: &str, within: TextRange, offset: usize) -> TextRange {
    let offset = offset.clamp(within.start(), within.end());
    let back = offset.saturating_sub(REACH).max(within.start());
    let on = (offset + REACH).min(within.end());
    let start = (back..=offset).find(|&at| text.is_char_boundary(at));
    let end = (on..=within.end()).find(|&at| text.is_char_boundary(at));
    TextRange::new(start.unwrap_or(offset), end.unwrap_or(within.end()))
}

/// Where sentences begin in `window`, and its end.
fn bounds(text: &str, window: TextRange) -> Vec<usize> {
    let mut bounds = vec![window.start()];
    for (at, _) in window.of(text).split_sentence_bound_indices().skip(1) {
        let at = window.start() + at;
        let begun = bounds.last().copied().unwrap_or(window.start());
        let before = TextRange::new(begun, at).of(text);
        let after = TextRange::new(at, window.end()).of(text);
        // A footnote's number belongs to the sentence that it stands behind.
        let number = note(before, after);
        if number > 0 || !goes_on(before, after) {
            bounds.push(at + number);
        }
    }
    bounds.push(window.end());
    bounds
}

/// Bytes of `1] `, where a bound came between it and its bracket.
fn note(before: &str, after: &str) -> usize {
    let digits = after.len()
        - after
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let rest = after.get(digits..).unwrap_or_default();
    match rest.strip_prefix(']') {
        Some(rest) if digits > 0 && before.ends_with('[') => {
            after.len() - rest.trim_start_matches(' ').len()
        }
        _ => 0,
    }
}

/// Whether the sentence that ends with `before` goes on in `after` all the same.
fn goes_on(before: &str, after: &str) -> bool {
    let words = before.trim_end();
    if before
        .get(words.len()..)
        .is_some_and(|gap| gap.contains(['\n', '\u{2028}', '\u{2029}']))
    {
        return false;
    }
    let next = after.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    if next.starts_with(char::is_lowercase) || !words.contains(char::is_alphabetic) {
        return true;
    }
    let Some(words) = words.strip_suffix('.') else {
        return false;
    };
    let last = words
        .rsplit(|letter: char| !letter.is_alphanumeric() && letter != '.')
        .next()
        .unwrap_or_default();
    let first = next.split(|letter: char| !letter.is_alphanumeric()).next();
    is_short(last) && first.is_none_or(|first| OPENERS.binary_search(&first).is_err())
}

/// Whether a word, without the dot behind it, is one that keeps it: `Mr`, `J`, `U.S`, `No`.
fn is_short(word: &str) -> bool {
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    initial || dotted || keeps_its_dot(word) || SHORT.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All sentences of `text`, each found from its first byte.
    fn all(text: &str) -> Vec<&str> {
        let whole = TextRange::new(0, text.len());
        let (mut found, mut from) = (Vec::new(), 0);
        while !TextRange::new(from, text.len()).of(text).trim().is_empty() {
            let gap = TextRange::new(from, text.len()).trim(text).start();
            let sentence = at(text, whole, gap);
            assert!(sentence.end() > from, "{sentence:?} from {from}");
            found.push(sentence.of(text));
            from = sentence.end();
        }
        found
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(SHORT.is_sorted() && OPENERS.is_sorted());
    }

    #[test]
    fn text_is_cut_where_a_reader_would_cut_it() {
        // One bar per bound.
        for marked in [
            "The port shut.| It opened on Friday!| Why?| Nobody said.",
            "Mr. J. R. Ode met Gen. Brook.| He left.",
            "It flew from the U.S. Embassy to the U.S.| The envoy left.",
            "See No. 18 and Art. Nine, p. 4, of the act.| It is long.",
            "“We will wait.”| She did.",
            "“Stop!” he said.| Nobody did.",
            "“Why now?” asked Ode.| “Because.”",
            "1. The port shuts at noon.| It opens at nine.",
            "It fell by 3.5 per cent.[1] |It rose again.[12]",
            "One line\n|another line",
            "港は閉鎖された。|再開は未定。",
            "Ada Ode, Ph.D., of Lund & Co. Ltd.| The firm closed.",
            "It was 5 p.m. on Friday.| It was late (see above.)| He left.",
            "¿Por qué?| Nadie lo sabe.",
        ] {
            let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
            assert_eq!(all(&marked.replace('|', "")), expected);
        }
    }

    #[test]
    fn white_space_belongs_to_the_sentence_before_and_blank_text_has_none() {
        let text = "  One.  Two. ";
        let whole = TextRange::new(0, text.len());
        for (offset, expected) in [
            (0, "One."),
            (3, "One."),
            (6, "One."),
            (8, "Two."),
            (13, "Two."),
        ] {
            assert_eq!(at(text, whole, offset).of(text), expected, "{offset}");
        }
        assert!(at("  ", TextRange::new(0, 2), 1).is_empty());
        assert!(at("", TextRange::empty(0), 0).is_empty());
    }

    #[test]
    fn a_block_of_megabytes_is_looked_at_only_around_the_place() {
        let text = "The crane stood still, é. ".repeat(100_000);
        let whole = TextRange::new(0, text.len());
        let begun = std::time::Instant::now();
        for place in (0..text.len()).step_by(text.len() / 20) {
            let sentence = at(&text, whole, place);
            assert_eq!(sentence.of(&text), "The crane stood still, é.");
        }
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
        let endless = "é".repeat(100_000);
        let cut = at(&endless, TextRange::new(0, endless.len()), 100_001);
        assert!(cut.len() >= 2 * REACH && cut.fits(&endless));
    }
}
