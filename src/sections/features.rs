//! What is counted in a paragraph: words, pairs of words, its beginning, the heading over it, its shape and place.
//!
//! It stands apart because two must count alike: the scorer that reads, and the trainer that learns the weights.
//! A feature is a 64-bit key, so that one pass over the words with one look-up each is all the work there is.

use crate::model::{BlockId, Document};
use crate::text::TextRange;

/// A body paragraph with what stands around it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub block: BlockId,
    pub range: TextRange,
    pub words: &'a str,
    /// The heading it stands under, if any.
    pub heading: Option<&'a str>,
    /// Where that heading begins in the text; 0 without one.
    pub heading_at: usize,
    /// How many headings stand before it.
    pub part: u32,
    /// How many body paragraphs stand before it, and how many there are in all.
    pub index: u32,
    pub count: u32,
    /// How many body paragraphs stand between it and its heading (or the start of the text).
    pub under: u32,
}

/// Where in the text a feature was seen, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// One word of the paragraph, by its place in it.
    Word(usize, usize),
    /// Two words that follow one another.
    Pair(usize, usize),
    /// The same at the very beginning.
    Start(usize, usize),
    /// A word of the heading, by its place in the heading: seen by the first paragraph under it.
    Heading(usize, usize),
    /// The same, seen by those that follow.
    Above(usize, usize),
    /// One of the first words.
    Lead(usize, usize),
    /// A word inside quotation marks.
    Quoted(usize, usize),
    /// Two words with any one word between them.
    Apart(usize, usize),
    /// Two words, the first of which is any name.
    NameThen(usize, usize),
    /// Two words, the second of which is any name.
    ThenName(usize, usize),
    /// Shape or place, by name.
    Shape(&'static str),
}

impl Seen {
    pub fn is_word(self) -> bool {
        matches!(self, Self::Word(..))
    }
}

const START: u64 = 0x9e37_79b9_7f4a_7c15;
const HEADING: u64 = 0xc2b2_ae3d_27d4_eb4f;
const ABOVE: u64 = 0x1656_67b1_9e37_79f9;
const LEAD: u64 = 0x85eb_ca77_c2b2_ae63;
const QUOTED: u64 = 0x27d4_eb2f_1656_67c5;
/// Stands for any name, and for any word.
const NAME: u64 = 0xff51_afd7_ed55_8ccd;
const ANY: u64 = 0xc4ce_b9fe_1a85_ec53;
/// How many words are first words.
const LEADING: usize = 12;
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The body paragraphs among `blocks`, each with its surroundings.
pub fn scenes(
    document: &Document,
    blocks: std::ops::Range<BlockId>,
) -> impl Iterator<Item = Scene<'_>> {
    let stretch = within(document, &blocks);
    let of = move || {
        stretch
            .clone()
            .zip(&document.blocks[stretch.start as usize..stretch.end as usize])
    };
    let count = of().filter(|(_, block)| block.is_body()).count() as u32;
    let (mut heading, mut heading_at) = (None, 0);
    let (mut part, mut index, mut under) = (0, 0, 0);
    of().filter_map(move |(id, block)| {
        let words = block.range.of(&document.text);
        if block.is_heading() {
            (heading, heading_at) = (Some(head(words)), block.range.start());
            (part, under) = (part + 1, 0);
        }
        block.is_body().then(|| {
            let scene = Scene {
                block: id,
                range: block.range,
                words,
                heading,
                heading_at,
                part,
                index,
                count,
                under,
            };
            (index, under) = (index + 1, under + 1);
            scene
        })
    })
}

/// As much of a heading as is counted: it is looked at again with every paragraph under it.
fn head(heading: &str) -> &str {
    const BYTES: usize = 240;
    let end = (0..=BYTES.min(heading.len())).rfind(|&at| heading.is_char_boundary(at));
    end.and_then(|end| heading.get(..end)).unwrap_or(heading)
}

/// `blocks`, as far as the document has them.
pub(super) fn within(
    document: &Document,
    blocks: &std::ops::Range<BlockId>,
) -> std::ops::Range<BlockId> {
    let end = blocks.end.min(document.blocks.len() as BlockId);
    blocks.start.min(end)..end
}

/// Calls `found` with the key of every feature of `scene`. A feature that occurs twice is told twice.
pub fn each(scene: &Scene<'_>, mut found: impl FnMut(u64, Seen)) {
    let mut before: Option<Word> = None;
    let mut further: Option<Word> = None;
    let mut quote = Quote::default();
    let mut at = 0;
    each_word(scene.words, |key, start, end| {
        let here = Word {
            key,
            start,
            // What begins a sentence is written large in any case; only the first word is known to.
            name: at > 0 && is_large(scene.words, start),
        };
        found(key, Seen::Word(start, end));
        if quote.is_open(scene.words, start) {
            found(pair(QUOTED, key), Seen::Quoted(start, end));
        }
        if let Some(left) = before {
            found(pair(left.key, key), Seen::Pair(left.start, end));
            if at == 1 {
                found(
                    pair(START, pair(left.key, key)),
                    Seen::Start(left.start, end),
                );
            }
            match (left.name, here.name) {
                (true, false) => found(pair(NAME, key), Seen::NameThen(left.start, end)),
                (false, true) => found(pair(left.key, NAME), Seen::ThenName(left.start, end)),
                _ => {}
            }
        } else {
            found(pair(START, key), Seen::Start(start, end));
        }
        if let Some(left) = further {
            found(pair(left.key, pair(ANY, key)), Seen::Apart(left.start, end));
        }
        if at < LEADING {
            found(pair(LEAD, key), Seen::Lead(start, end));
        }
        (further, before) = (before, Some(here));
        at += 1;
    });
    shapes(scene, at, &mut |shape| {
        found(shape_key(shape), Seen::Shape(shape));
    });
    each_of_heading(scene, found);
}

#[derive(Clone, Copy)]
struct Word {
    key: u64,
    start: usize,
    name: bool,
}

fn is_large(words: &str, at: usize) -> bool {
    match words.as_bytes().get(at) {
        Some(byte) if *byte < 0x80 => byte.is_ascii_uppercase(),
        _ => words
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(char::is_uppercase),
    }
}

/// Whether a place lies inside quotation marks, asked from left to right.
#[derive(Default)]
struct Quote {
    open: bool,
    seen: usize,
}

impl Quote {
    fn is_open(&mut self, words: &str, at: usize) -> bool {
        for index in self.seen..at {
            match words.as_bytes()[index] {
                b'"' => self.open = !self.open,
                // “ „ and ”, « and »: by their last bytes.
                0xe2 if words.as_bytes().get(index + 1) == Some(&0x80) => {
                    match words.as_bytes().get(index + 2) {
                        Some(0x9c | 0x9e) => self.open = true,
                        Some(0x9d) => self.open = false,
                        _ => {}
                    }
                }
                0xc2 => match words.as_bytes().get(index + 1) {
                    Some(0xab) => self.open = true,
                    Some(0xbb) => self.open = false,
                    _ => {}
                },
                _ => {}
            }
        }
        self.seen = at;
        self.open
    }
}

/// The same for the heading alone.
pub fn each_of_heading(scene: &Scene<'_>, mut found: impl FnMut(u64, Seen)) {
    each_word(
        scene.heading.unwrap_or_default(),
        |key, start, end| match scene.under {
            0 => found(pair(HEADING, key), Seen::Heading(start, end)),
            _ => found(pair(ABOVE, key), Seen::Above(start, end)),
        },
    );
}

/// The key of a feature as assets write it: `declined to`; `^according` begins the paragraph; `>ordered` is among its
/// first words; `"regret` is said in quotation marks; `killed _ people` has any word between, `* accused` any name
/// before it and `against *` after it; `=reaction` stands in the heading just above, `+reaction` in the heading further
/// above; `#first` is a shape or place.
pub fn key(written: &str) -> u64 {
    match written.split_at_checked(1) {
        Some(("^", rest)) => pair(START, phrase_key(rest)),
        Some(("=", rest)) => pair(HEADING, phrase_key(rest)),
        Some(("+", rest)) => pair(ABOVE, phrase_key(rest)),
        Some((">", rest)) => pair(LEAD, phrase_key(rest)),
        Some(("\"", rest)) => pair(QUOTED, phrase_key(rest)),
        Some(("#", rest)) => shape_key(rest),
        _ => phrase_key(written),
    }
}

/// The key of words in normal form with a space between them.
pub(super) fn phrase_key(words: &str) -> u64 {
    let one = |word: &str| match word {
        "*" => NAME,
        word => plain(word),
    };
    match words.split_once(" _ ") {
        Some((left, right)) => pair(plain(left), pair(ANY, plain(right))),
        None => words.split(' ').map(one).reduce(pair).unwrap_or_default(),
    }
}

/// A feature as assets write it; [`key`] of it is the key that [`each`] gave.
pub fn written(scene: &Scene<'_>, seen: Seen) -> String {
    let phrase = |words: &str, start: usize, end: usize| {
        let mut all = Vec::new();
        let cut = TextRange::new(start, end).of(words);
        each_word(cut, |_, start, end| {
            all.push(normal(TextRange::new(start, end).of(cut)));
        });
        all.join(" ")
    };
    match seen {
        Seen::Word(start, end) | Seen::Pair(start, end) => phrase(scene.words, start, end),
        Seen::Start(start, end) => format!("^{}", phrase(scene.words, start, end)),
        Seen::Heading(start, end) => {
            format!("={}", phrase(scene.heading.unwrap_or_default(), start, end))
        }
        Seen::Above(start, end) => {
            format!("+{}", phrase(scene.heading.unwrap_or_default(), start, end))
        }
        Seen::Lead(start, end) => format!(">{}", phrase(scene.words, start, end)),
        Seen::Quoted(start, end) => format!("\"{}", phrase(scene.words, start, end)),
        Seen::Apart(start, end) => apart(&phrase(scene.words, start, end)),
        Seen::NameThen(start, end) => {
            let both = phrase(scene.words, start, end);
            format!("* {}", both.rsplit(' ').next().unwrap_or_default())
        }
        Seen::ThenName(start, end) => {
            let both = phrase(scene.words, start, end);
            format!("{} *", both.split(' ').next().unwrap_or_default())
        }
        Seen::Shape(name) => format!("#{name}"),
    }
}

fn apart(three: &str) -> String {
    let (left, rest) = three.split_once(' ').unwrap_or((three, ""));
    format!(
        "{left} _ {}",
        rest.split_once(' ').map_or(rest, |(_, right)| right)
    )
}

/// Shape and place of a paragraph of `length` words.
fn shapes(scene: &Scene<'_>, length: usize, found: &mut dyn FnMut(&'static str)) {
    let words = scene.words;
    found("any");
    match scene.index {
        0 => found("first"),
        1 => found("second"),
        2 => found("third"),
        _ => found("later"),
    }
    if scene.index + 1 == scene.count {
        found("last");
    } else if scene.index + 2 == scene.count {
        found("last but one");
    }
    if scene.index * 2 > scene.count {
        found("second half");
    }
    match (scene.heading.is_some(), scene.under) {
        (true, 0) => found("first under heading"),
        (true, _) => found("under heading"),
        _ => {}
    }
    match length {
        0..=4 => found("a few words"),
        5..=9 => found("under ten words"),
        10..=19 => found("under twenty words"),
        20..=59 => {}
        _ => found("sixty words"),
    }
    let bytes = words.as_bytes();
    if !matches!(
        words
            .trim_end_matches(['"', '”', '’', '\'', ')', '*', '_'])
            .chars()
            .last(),
        Some('.' | '!' | '?' | ':' | ';' | '…')
    ) {
        found("no full stop");
    }
    if words.starts_with(['"', '“', '„', '«', '‘']) {
        found("begins with quote");
    } else if words.starts_with(['(', '[', '*', '_', '—', '–', '-', '➤', '▶', '→', '©', '>'])
    {
        found("begins with mark");
    }
    if memchr::memchr(b'"', bytes).is_some() || words.contains(['“', '«', '„']) {
        found("quote");
    }
    if memchr::memchr(b'|', bytes).is_some() || words.contains('·') {
        found("bar");
    }
    if memchr::memmem::find(bytes, b"http").is_some() || memchr::memchr(b'@', bytes).is_some() {
        found("address");
    }
}

/// Two words of one phrase. Not symmetric.
pub(super) fn pair(left: u64, right: u64) -> u64 {
    (left.rotate_left(23) ^ right).wrapping_mul(START | 1)
}

fn shape_key(name: &str) -> u64 {
    plain(name) ^ HEADING
}

/// The key of a word that is in normal form already.
fn plain(word: &str) -> u64 {
    word.bytes().fold(SEED, step)
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(PRIME)
}

/// A word as it is counted: lower case, every digit a `0`, straight apostrophe.
pub fn normal(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '0'..='9' => '0',
            '’' => '\'',
            other => other,
        })
        .collect()
}

/// Calls `found` with key, start and end of every word; a possessive `'s` belongs to no word.
///
/// Bytes, not `unicode-segmentation`: this one loop is the speed of the whole stage.
pub fn each_word(words: &str, mut found: impl FnMut(u64, usize, usize)) {
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut hash = SEED;
        loop {
            while let Some(&byte) = bytes.get(at)
                && LOW[byte as usize] != 0
            {
                hash = step(hash, LOW[byte as usize]);
                at += 1;
            }
            let mark = apostrophe(bytes, at);
            if mark > 0 && at > start {
                let tail = bytes.get(at + mark).copied().unwrap_or(b' ');
                let end = at + mark + 1;
                let possessive = matches!(tail, b's' | b'S')
                    && !words
                        .get(end..)
                        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
                if possessive || !tail.is_ascii_alphabetic() {
                    break;
                }
                hash = step(hash, b'\'');
                at += mark;
            } else if let Some(length) = letter(words, at, &mut hash) {
                at += length;
            } else {
                break;
            }
        }
        if at > start {
            found(hash, start, at);
            let mark = apostrophe(bytes, at);
            // Only a possessive ends a word before an apostrophe with a letter behind it.
            if mark > 0 && matches!(bytes.get(at + mark), Some(b's' | b'S')) {
                at += mark + 1;
            }
        } else {
            at += width(bytes[at]);
        }
    }
}

/// For every byte that is a letter or digit what it counts as: small, every digit `0`; 0 for all others.
const LOW: [u8; 256] = {
    let mut low = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        low[byte as usize] = match byte {
            b'a'..=b'z' => byte,
            b'A'..=b'Z' => byte | 0x20,
            b'0'..=b'9' => b'0',
            _ => 0,
        };
        byte += 1;
    }
    low
};

/// Adds the letter or digit at `at`, which is none of those in [`LOW`], to the key and gives its length; `None` for
/// anything else.
fn letter(words: &str, at: usize, hash: &mut u64) -> Option<usize> {
    if words.as_bytes().get(at)?.is_ascii() {
        return None;
    }
    let letter = words.get(at..)?.chars().next()?;
    if !letter.is_alphanumeric() {
        return None;
    }
    let mut buffer = [0; 4];
    for low in letter.to_lowercase() {
        for &byte in low.encode_utf8(&mut buffer).as_bytes() {
            *hash = step(*hash, byte);
        }
    }
    Some(letter.len_utf8())
}

/// Length of the apostrophe at `at`, straight or curved; 0 for none.
fn apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') => 1,
        Some(0xe2) if bytes.get(at + 1..at + 3) == Some(&[0x80, 0x99]) => 3,
        _ => 0,
    }
}

/// Bytes of the character that begins with `first`.
fn width(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(words: &str) -> Vec<&str> {
        let mut all = Vec::new();
        each_word(words, |_, start, end| {
            all.push(TextRange::new(start, end).of(words));
        });
        all
    }

    #[test]
    fn words_end_where_a_reader_would_say() {
        let cases: &[(&str, &[&str])] = &[
            ("The envoy left.", &["The", "envoy", "left"]),
            ("the minister's aide", &["the", "minister", "aide"]),
            (
                "the minister’s aide didn’t",
                &["the", "minister", "aide", "didn’t"],
            ),
            ("o'clock, 'quoted'", &["o'clock", "quoted"]),
            ("Köln–Łódź 12.5%", &["Köln", "Łódź", "12", "5"]),
            ("— … “”", &[]),
            ("it's' 's", &["it", "s"]),
        ];
        for (words, expected) in cases {
            assert_eq!(told(words), *expected, "{words}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_has_the_key_that_was_found(words in "[ a-zA-ZÀ-ſ0-9'’.,\"#^=]{0,60}", heading in "[ a-zA-Zé'’]{0,20}") {
            let range = TextRange::new(0, words.len());
            let scene = Scene { block: 0, range, words: &words, heading: Some(&heading), heading_at: 0, part: 1, index: 0, count: 1, under: 0 };
            each(&scene, |found, seen| {
                let as_written = written(&scene, seen);
                assert_eq!(key(&as_written), found, "{as_written:?}");
            });
        }

        #[test]
        fn any_text_is_cut_on_character_boundaries(words in "\\PC{0,80}") {
            each_word(&words, |_, start, end| assert!(TextRange::new(start, end).fits(&words)));
        }
    }
}
