//! Words as ranges, with what stands between them: the ground that names are looked for on.
//!
//! Apart from `unicode_segmentation`, as names need other seams: `U.S.` and `Ms.` keep their dots, `Norway-led`
//! is two words, and the `'s` of a possessive is outside the word.

use super::TextRange;

/// A word, and what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Without the `'s` of a possessive.
    pub range: TextRange,
    pub shape: Shape,
    pub gap: Gap,
    /// Whether its capital may come from its place: first in a sentence or a quotation.
    pub opens: bool,
    /// Whether `'s` follows.
    pub possessive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Lower,
    /// A capital first, then at least one small letter.
    Title,
    /// Two letters or more, all capitals: `NATO`, `U.S.`
    Capitals,
    /// One capital, with or without a dot: `J.`
    Initial,
    Number,
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing is before it, or the end of a sentence.
    Sentence,
    Space,
    Comma,
    /// ` & `
    And,
    /// ` (`
    Bracket,
    /// The hyphen of `Norway-led`.
    Hyphen,
    /// The bare apostrophe of `Farmers' Union`.
    Plural,
    /// Any other mark.
    Mark,
}

/// Second parts of compounds whose first part is a name of its own.
const TAILS: &[&str] = &[
    "affiliated",
    "aligned",
    "allied",
    "appointed",
    "approved",
    "area",
    "authorized",
    "backed",
    "based",
    "born",
    "bound",
    "brokered",
    "built",
    "chaired",
    "chartered",
    "commissioned",
    "controlled",
    "coordinated",
    "critical",
    "designate",
    "designated",
    "dominated",
    "educated",
    "endorsed",
    "era",
    "facilitated",
    "flagged",
    "friendly",
    "funded",
    "held",
    "imposed",
    "installed",
    "led",
    "linked",
    "listed",
    "loyal",
    "made",
    "majority",
    "managed",
    "mandated",
    "mediated",
    "occupied",
    "only",
    "operated",
    "organised",
    "organized",
    "owned",
    "recognised",
    "recognized",
    "registered",
    "related",
    "ruled",
    "run",
    "sanctioned",
    "specific",
    "sponsored",
    "style",
    "supplied",
    "supported",
    "trained",
    "type",
    "wide",
];

/// First parts of compounds whose second part is a name of its own.
const FRONTS: &[&str] = &["anti", "ex", "non", "post", "pre", "pro", "then"];

/// Words that keep the dot after them.
const DOTTED: &[&str] = &[
    "Adm", "Amb", "Apr", "Atty", "Aug", "Brig", "Bro", "Bros", "Capt", "Cmdr", "Co", "Col", "Corp",
    "Cpl", "Dec", "Det", "Dr", "Eng", "Engr", "Feb", "Fr", "Gen", "Gov", "Hj", "Hon", "Inc",
    "Insp", "Jan", "Jr", "Lt", "Ltd", "Ma", "Maj", "Messrs", "Mme", "Mr", "Mrs", "Ms", "Msgr",
    "Nov", "Oct", "Pres", "Prof", "Pte", "Pvt", "Rep", "Reps", "Rev", "Sec", "Sen", "Sens", "Sep",
    "Sept", "Sgt", "Smt", "Sr", "St", "Supt", "Th", "Wm",
];

/// Whether the dot after `word` belongs to it: `Mr`, `Corp`.
pub(super) fn keeps_its_dot(word: &str) -> bool {
    DOTTED.binary_search(&word).is_ok()
}

/// What a byte is to a plain word: a small letter, a large one, or a sure end.
const SMALL: u8 = 1;
const LARGE: u8 = 2;
const ENDS: u8 = 4;
const BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        bytes[at] = match byte {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => LARGE,
            b'0'..=b'9' | b'.' | b'\'' | b'-' | b'&' | b'+' => 0,
            _ => ENDS,
        };
        at += 1;
    }
    bytes
};

/// Puts the words of `range` into `words`, in order.
pub fn words(text: &str, range: TextRange, words: &mut Vec<Word>) {
    words.clear();
    let mut scan = Scan {
        text,
        end: range.end(),
        at: range.start(),
    };
    let mut before = range.start();
    while let Some(start) = scan.next_start() {
        if let Some((end, shape)) = scan.plain_word(start) {
            let (gap, opens) = gap_before(text, TextRange::new(before, start), words);
            words.push(Word {
                range: TextRange::new(start, end),
                shape,
                gap,
                opens,
                possessive: false,
            });
            before = end;
            continue;
        }
        let (end, possessive) = scan.word_end(start);
        let (gap, opens) = gap_before(text, TextRange::new(before, start), words);
        let range = TextRange::new(start, end);
        push_word(text, range, (gap, opens, possessive), words);
        before = scan.at;
    }
}

/// Adds the word, as two where it is a compound of a name.
fn push_word(
    text: &str,
    range: TextRange,
    (gap, opens, possessive): (Gap, bool, bool),
    words: &mut Vec<Word>,
) {
    let (mut range, mut gap, mut opens) = (range, gap, opens);
    if let Some(middle) = front(text, range) {
        let front = TextRange::new(range.start(), middle);
        words.push(Word {
            range: front,
            shape: Shape::Lower,
            gap,
            opens,
            possessive: false,
        });
        range = TextRange::new(middle + 1, range.end());
        (gap, opens) = (Gap::Hyphen, false);
    }
    let tail = range
        .of(text)
        .rsplit_once(['-', '\u{2011}'])
        .filter(|(head, tail)| {
            let small = tail.to_lowercase();
            head.starts_with(char::is_uppercase) && TAILS.binary_search(&small.as_str()).is_ok()
        })
        .map(|(head, tail)| (range.start() + head.len(), range.end() - tail.len()));
    let head = TextRange::new(range.start(), tail.map_or(range.end(), |(end, _)| end));
    words.push(Word {
        range: head,
        shape: shape_of(head.of(text)),
        gap,
        opens,
        possessive: possessive && tail.is_none(),
    });
    if let Some((_, start)) = tail {
        words.push(Word {
            range: TextRange::new(start, range.end()),
            shape: Shape::Lower,
            gap: Gap::Hyphen,
            opens: false,
            possessive,
        });
    }
}

/// Where the first part of a compound ends that says something of the name in its second: `anti-Ode`, `Then-Senator`.
fn front(text: &str, range: TextRange) -> Option<usize> {
    let (front, rest) = range.of(text).split_once('-')?;
    let known = FRONTS.contains(&front) || front == "Then";
    (known && rest.starts_with(char::is_uppercase)).then(|| range.start() + front.len())
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    let Some(first) = letters.next() else {
        return Shape::Number;
    };
    if !word.starts_with(first) && word.starts_with(|c: char| c.is_ascii_digit()) {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        // `al-Qaeda`, `dos-Santos`: a small article before a capital still makes a name.
        let named = word
            .split_once(['-', '\'', '’'])
            .is_some_and(|(head, tail)| head.len() <= 4 && tail.starts_with(char::is_uppercase));
        return if named { Shape::Title } else { Shape::Lower };
    }
    let (mut small, mut large) = (0, 0);
    for letter in letters {
        if letter.is_lowercase() {
            small += 1;
        } else {
            large += 1;
        }
    }
    match (small, large) {
        (0, 0) => Shape::Initial,
        (0, _) => Shape::Capitals,
        _ => Shape::Title,
    }
}

/// Articles that some texts part from their word: `al - Noor`.
const ARTICLES: &[&str] = &["al", "ash", "az", "el", "ul"];

/// What stands in `between`, before a word that comes next to `words`; an article that is parted from its word becomes
/// the beginning of a name.
fn gap_before(text: &str, between: TextRange, words: &mut [Word]) -> (Gap, bool) {
    if between.len() == 3
        && between.of(text) == " - "
        && let Some(before) = words.last_mut()
        && !before.possessive
        && ARTICLES.contains(&before.range.of(text).to_lowercase().as_str())
        && TextRange::new(between.end(), text.len())
            .of(text)
            .starts_with(char::is_uppercase)
    {
        before.shape = Shape::Title;
        return (Gap::Space, false);
    }
    gap_between(text, between, words.last())
}

fn gap_between(text: &str, between: TextRange, before: Option<&Word>) -> (Gap, bool) {
    let Some(before) = before else {
        return (Gap::Sentence, true);
    };
    let gap = between.of(text);
    if gap == " " && !before.possessive {
        return (Gap::Space, false);
    }
    let gap = if before.possessive {
        gap.trim_start_matches(['\'', '’', 's', 'S'])
    } else {
        gap
    };
    match gap {
        " " | "\u{a0}" => (Gap::Space, false),
        ", " => (Gap::Comma, false),
        " & " => (Gap::And, false),
        " (" => (Gap::Bracket, false),
        "' " | "’ " => (Gap::Plural, false),
        ". " if before.range.of(text) == "No" && next_is_digit(text, between.end()) => {
            (Gap::Space, false)
        }
        // A tab stands between the cells of a table: what follows is another matter.
        _ if gap.contains(['.', '!', '?', '\n', '\t']) => (Gap::Sentence, true),
        _ if gap.chars().all(char::is_whitespace) => (Gap::Space, false),
        _ => (
            Gap::Mark,
            gap.ends_with(['"', '“', '‘', '„', '«', ':', '\'']),
        ),
    }
}

/// `Battalion No. 18` goes on.
fn next_is_digit(text: &str, at: usize) -> bool {
    let rest = TextRange::new(at, text.len()).of(text);
    rest.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Where the reading stands.
struct Scan<'a> {
    text: &'a str,
    end: usize,
    at: usize,
}

impl Scan<'_> {
    fn rest(&self, at: usize) -> std::str::Chars<'_> {
        TextRange::new(at, self.end).of(self.text).chars()
    }

    /// The start of the next word.
    fn next_start(&mut self) -> Option<usize> {
        let ahead = self.text.as_bytes().get(self.at..self.end)?;
        let marks = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
        self.at += ahead.iter().position(|byte| !marks(byte))?;
        if self.text.as_bytes()[self.at].is_ascii() {
            return Some(self.at);
        }
        let rest = TextRange::new(self.at, self.end).of(self.text);
        let skip = rest.find(char::is_alphanumeric)?;
        self.at += skip;
        Some(self.at)
    }

    /// The end and the shape of the word that starts at `start`, where all of it are ASCII letters and what follows
    /// is no part of any word: most words of most texts. Moves past it.
    fn plain_word(&mut self, start: usize) -> Option<(usize, Shape)> {
        let ahead = self.text.as_bytes().get(start..self.end)?;
        let (first, rest) = ahead.split_first()?;
        let first = BYTES[usize::from(*first)];
        let mut seen = 0;
        let mut end = start + 1;
        for byte in rest {
            let class = BYTES[usize::from(*byte)];
            if class & (SMALL | LARGE) == 0 {
                if class != ENDS {
                    return None;
                }
                break;
            }
            seen |= class;
            end += 1;
        }
        let shape = match (first, seen) {
            (SMALL, _) => Shape::Lower,
            (LARGE, 0) => Shape::Initial,
            (LARGE, LARGE) => Shape::Capitals,
            (LARGE, _) => Shape::Title,
            _ => return None,
        };
        self.at = end;
        Some((end, shape))
    }

    /// The end of the word that starts at `start`, and whether `'s` follows; moves past both.
    fn word_end(&mut self, start: usize) -> (usize, bool) {
        let mut end = start;
        let mut letters = 0usize;
        let mut initials = true;
        loop {
            let mut rest = self.rest(end);
            let Some(letter) = rest.next() else { break };
            let after = rest.next();
            if letter.is_alphanumeric() || is_joiner(letter) {
                letters += 1;
                initials &= letters == 1 && letter.is_uppercase();
                end += letter.len_utf8();
                continue;
            }
            let goes_on = after.is_some_and(char::is_alphanumeric);
            match letter {
                '.' if initials && letters == 1 => {
                    end += 1;
                    letters = 0;
                    if !after.is_some_and(char::is_uppercase) {
                        break;
                    }
                }
                '\'' | '’' if goes_on => {
                    let mut rest = self.rest(end + letter.len_utf8());
                    let s = matches!(rest.next(), Some('s' | 'S'));
                    if s && !rest.next().is_some_and(char::is_alphanumeric) {
                        self.at = end + letter.len_utf8() + 1;
                        return (end, true);
                    }
                    end += letter.len_utf8();
                    initials = false;
                }
                '-' | '\u{2011}' | '&' | '+' if goes_on => {
                    end += letter.len_utf8();
                    initials = false;
                }
                _ => break,
            }
        }
        let dot = end < self.end && self.text.as_bytes()[end] == b'.';
        if dot {
            let word = TextRange::new(start, end).of(self.text);
            end += usize::from(keeps_its_dot(word));
        }
        self.at = end;
        (end, false)
    }
}

/// Marks that belong to the letter before them.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{200c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut list = Vec::new();
        words(text, TextRange::new(0, text.len()), &mut list);
        list.iter().map(|word| word.range.of(text)).collect()
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(TAILS.is_sorted());
        let mut sorted = DOTTED.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, DOTTED);
    }

    #[test]
    fn words_of_letters_alone_are_read_like_all_others() {
        for word in [
            "a", "A", "ab", "Ab", "AB", "aB", "ABc", "AbC", "iPad", "McRib", "SaaS", "Co", "St",
        ] {
            for after in [
                "", " ", ",", "\n", "/b", "_", "é", "'s", ".", ". B", "-b", "7", "’s", "&",
            ] {
                let text = format!("{word}{after}");
                let scan = || Scan {
                    text: &text,
                    end: text.len(),
                    at: 0,
                };
                let (mut quick, mut slow) = (scan(), scan());
                let Some(plain) = quick.plain_word(0) else {
                    assert!(
                        !["", " ", ",", "\n", "/b", "_"].contains(&after),
                        "{text:?}"
                    );
                    continue;
                };
                let (end, possessive) = slow.word_end(0);
                let word = TextRange::new(0, end).of(&text);
                assert_eq!(
                    (plain, false),
                    ((end, shape_of(word)), possessive),
                    "{text:?}"
                );
                assert_eq!(quick.at, slow.at, "{text:?}");
            }
        }
    }

    #[test]
    fn dots_of_initials_and_titles_belong_to_the_word() {
        assert_eq!(
            cut("Mr. J. Ode of the U.S. Mint said no. He left."),
            [
                "Mr.", "J.", "Ode", "of", "the", "U.S.", "Mint", "said", "no", "He", "left"
            ]
        );
    }

    #[test]
    fn possessives_are_outside_and_compounds_of_names_are_two_words() {
        assert_eq!(
            cut("Peru’s Norway-led al-Noor O'Neill's"),
            ["Peru", "Norway", "led", "al-Noor", "O'Neill"]
        );
    }

    #[test]
    fn what_a_compound_says_of_a_name_is_a_word_of_its_own() {
        for (text, expected) in [
            ("anti-Ode", &["anti", "Ode"][..]),
            ("Then-Senator Ode", &["Then", "Senator", "Ode"]),
            ("UN-Brokered", &["UN", "Brokered"]),
            ("non-EU-funded", &["non", "EU", "funded"]),
            ("Minister-designate", &["Minister", "designate"]),
            ("Anti-Corruption", &["Anti-Corruption"]),
            ("pre-war", &["pre-war"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
        let mut list = Vec::new();
        let text = "Unit No. 18 left. No. He stayed.";
        words(text, TextRange::new(0, text.len()), &mut list);
        assert_eq!(list[2].gap, Gap::Space);
        assert_eq!(list[5].gap, Gap::Sentence);
    }

    #[test]
    fn a_capital_after_a_full_stop_or_an_opening_quote_is_in_doubt() {
        let text = "She left. Then “Go” fell, Ada";
        let mut list = Vec::new();
        words(text, TextRange::new(0, text.len()), &mut list);
        let opens: Vec<_> = list.iter().map(|word| word.opens).collect();
        assert_eq!(opens, [true, false, true, true, false, false]);
        assert_eq!(list[5].gap, Gap::Comma);
    }

    #[test]
    fn an_article_that_is_parted_from_its_word_begins_a_name() {
        for (text, expected) in [
            ("of al - Noor", (Shape::Title, Gap::Space)),
            ("of al - noor", (Shape::Lower, Gap::Mark)),
            ("of Ada - Noor", (Shape::Title, Gap::Mark)),
        ] {
            let mut list = Vec::new();
            words(text, TextRange::new(0, text.len()), &mut list);
            assert_eq!((list[1].shape, list[2].gap), expected, "{text}");
        }
    }

    #[test]
    fn the_cells_of_a_table_are_no_one_phrase() {
        let text = "Lund\tAda Marsk";
        let mut list = Vec::new();
        words(text, TextRange::new(0, text.len()), &mut list);
        assert_eq!((list[1].gap, list[2].gap), (Gap::Sentence, Gap::Space));
    }
}
