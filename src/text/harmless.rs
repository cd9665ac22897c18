//! Making hostile text harmless: whatever could command a terminal or hide from a reader is shown as a sign.
//!
//! It stands apart because everything that comes from outside passes here once, and only here: words of a
//! document, its front matter, file names, error messages. After it a `str` can be written to a terminal
//! as it is. What scripts and emoji need (joiners, variation selectors, combining marks) stays.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use unicode_width::UnicodeWidthChar;

/// Shown in place of what has no picture of its own.
pub const REPLACEMENT: char = '\u{FFFD}';

/// Combining marks that may stand on one base; more would climb over the neighbouring rows.
const MARKS_ON_ONE_BASE: usize = 8;

/// A flag made of tags (England, Scotland) is at most this long.
const TAGS_IN_ONE_FLAG: usize = 8;

/// Bytes looked at together while text is plain ASCII.
const STRIDE: usize = 64;

/// Scripts whose letters are joined, kept apart or broken by zero-width characters.
const JOINING_SCRIPTS: [RangeInclusive<char>; 12] = [
    '\u{0600}'..='\u{08FF}', // Arabic, Syriac, Thaana, N'Ko, Mandaic
    '\u{0900}'..='\u{0DFF}', // the scripts of India and Sri Lanka
    '\u{0E00}'..='\u{0FFF}', // Thai, Lao, Tibetan
    '\u{1000}'..='\u{109F}', // Myanmar
    '\u{1780}'..='\u{18AF}', // Khmer, Mongolian
    '\u{1900}'..='\u{1CFF}', // Limbu to Vedic
    '\u{A840}'..='\u{A95F}', // Phags-pa, Saurashtra, Devanagari extended, Kayah Li, Rejang
    '\u{A980}'..='\u{AADF}', // Javanese to Tai Viet
    '\u{AAE0}'..='\u{ABFF}', // Meetei Mayek
    '\u{FB50}'..='\u{FDFF}', // Arabic presentation forms
    '\u{FE70}'..='\u{FEFC}',
    '\u{10A00}'..='\u{11FFF}', // Kharoshthi and the later Brahmic scripts
];

/// Emoji and the symbols that can be shown as such.
const EMOJI: [RangeInclusive<char>; 11] = [
    '\u{1F000}'..='\u{1FAFF}',
    '\u{2190}'..='\u{23FF}',
    '\u{2460}'..='\u{24FF}',
    '\u{25A0}'..='\u{27BF}',
    '\u{2900}'..='\u{297F}',
    '\u{2B00}'..='\u{2BFF}',
    '\u{3030}'..='\u{303D}',
    '\u{3297}'..='\u{3299}',
    '\u{203C}'..='\u{2049}',
    '\u{2122}'..='\u{2139}',
    '0'..='9',
];

/// Letters that have variants of their own: ideographs, Mongolian.
const VARYING: [RangeInclusive<char>; 4] = [
    '\u{1820}'..='\u{18AA}',
    '\u{2E80}'..='\u{9FFF}',
    '\u{F900}'..='\u{FAFF}',
    '\u{20000}'..='\u{3FFFF}',
];

/// A text made harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    pub text: String,
    /// How many characters are shown as something else.
    pub replaced: usize,
    /// `(offset in the old text, offset in the new)` after each change, in order.
    moves: Vec<(usize, usize)>,
}

impl Cleaned {
    /// Where `offset` of the old text is in the new one.
    pub fn place_of(&self, offset: usize) -> usize {
        let after = self.moves.partition_point(|&(old, _)| old <= offset);
        let (old, new) = after.checked_sub(1).map_or((0, 0), |at| self.moves[at]);
        let next = self
            .moves
            .get(after)
            .map_or(self.text.len(), |&(_, new)| new);
        (new + (offset - old)).min(next)
    }
}

/// What becomes of one character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Drop,
    Show(char),
    Break,
}

/// `text` made harmless; `None` when it already is, which is the rule.
///
/// ```
/// use briefing::text::harmless;
/// assert_eq!(harmless::clean("naïve 👩‍💻"), None);
/// assert_eq!(harmless::clean("\u{1b}]52;c;\u{7}").unwrap().text, "␛]52;c;␇");
/// ```
pub fn clean(text: &str) -> Option<Cleaned> {
    let mut washer = Washer::default();
    let mut at = 0;
    loop {
        at += plain_prefix(text.as_bytes().get(at..).unwrap_or_default());
        // The character before decides on the one that follows.
        let rest = text.get(at..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        if let Some(before) = text.get(..at).and_then(|passed| passed.chars().next_back()) {
            washer.before(before);
        }
        for (offset, c) in rest.char_indices() {
            // Back to the fast lane after a stretch of plain text.
            if offset >= STRIDE && c.is_ascii() {
                break;
            }
            let fate = washer.fate(c, rest.get(offset + c.len_utf8()..).unwrap_or_default());
            washer.settle(text, at, c, fate);
            at += c.len_utf8();
        }
    }
    washer.finish(text)
}

/// One line of harmless text: for names of files, titles and error messages.
pub fn line(text: &str) -> Cow<'_, str> {
    let cleaned = clean(text).map_or(Cow::Borrowed(text), |cleaned| Cow::Owned(cleaned.text));
    if cleaned.contains(['\n', '\t']) {
        let words: Vec<&str> = cleaned.split_ascii_whitespace().collect();
        return Cow::Owned(words.join(" "));
    }
    cleaned
}

/// How many bytes from the start are ASCII that needs no look, in whole strides.
fn plain_prefix(bytes: &[u8]) -> usize {
    // Compared without a branch, so that the compiler looks at many bytes at a time.
    let odd = |byte: u8| {
        u8::from(byte.wrapping_sub(0x20) >= 0x5F)
            & u8::from(byte != b'\n')
            & u8::from(byte != b'\t')
    };
    let strides = bytes.chunks(STRIDE);
    let plain =
        strides.take_while(|stride| stride.iter().fold(0, |found, &byte| found | odd(byte)) == 0);
    plain.map(<[u8]>::len).sum()
}

/// Goes over a text once; holds what decides on the next character.
#[derive(Default)]
struct Washer {
    before: Option<char>,
    /// The last character that has a width: what marks, joiners and selectors stand on.
    base: Option<char>,
    marks: usize,
    tags_left: usize,
    copied: usize,
    out: String,
    replaced: usize,
    moves: Vec<(usize, usize)>,
}

impl Washer {
    /// Takes note of a character that needs no look.
    fn before(&mut self, c: char) {
        if self.before != Some(c) {
            (self.before, self.base, self.marks) = (Some(c), Some(c), 0);
        }
    }

    /// `rest` is what follows `c`.
    fn fate(&mut self, c: char, rest: &str) -> Fate {
        let fate = match c {
            '\n' | '\t' | ' '..='~' => Fate::Keep,
            '\0'..='\u{1F}' => Fate::Show(char::from_u32(0x2400 + c as u32).unwrap_or(REPLACEMENT)),
            '\u{7F}' => Fate::Show('\u{2421}'),
            '\u{AD}' | '\u{200E}' | '\u{200F}' | '\u{61C}' => Fate::Drop,
            '\u{2028}' | '\u{2029}' => Fate::Break,
            '\u{200B}'..='\u{200D}' => keep_if(self.joins(c, rest)),
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' => {
                keep_if(
                    self.base
                        .is_some_and(|base| is_emoji(base) || among(&VARYING, base)),
                )
            }
            '\u{E0020}'..='\u{E007F}' => keep_if(self.in_flag(rest)),
            '\u{80}'..='\u{9F}'
            | '\u{180E}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{FFFE}'..='\u{FFFF}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}' => Fate::Show(REPLACEMENT),
            _ => return self.mark_or_base(c),
        };
        if fate == Fate::Keep && !is_selector(c) {
            (self.base, self.marks) = (Some(c), 0);
        }
        self.before = Some(c);
        fate
    }

    /// Counts the marks on one base: the first too many is shown, the others go.
    fn mark_or_base(&mut self, c: char) -> Fate {
        self.before = Some(c);
        if c.width() != Some(0) {
            (self.base, self.marks) = (Some(c), 0);
            return Fate::Keep;
        }
        self.marks += 1;
        match self.marks {
            ..=MARKS_ON_ONE_BASE => Fate::Keep,
            marks if marks == MARKS_ON_ONE_BASE + 1 => Fate::Show(REPLACEMENT),
            _ => Fate::Drop,
        }
    }

    /// Whether a zero-width character does what it is for.
    fn joins(&self, c: char, rest: &str) -> bool {
        let (Some(before), Some(after)) = (self.base, rest.chars().next()) else {
            return false;
        };
        let script = |side: char| among(&JOINING_SCRIPTS, side);
        let emoji = |side: char| is_emoji(side) && !side.is_ascii();
        self.before
            .is_none_or(|before| !('\u{200B}'..='\u{200D}').contains(&before))
            && (script(before) && script(after) || c == '\u{200D}' && emoji(before) && emoji(after))
    }

    /// Whether this tag stands in a flag that is properly ended.
    fn in_flag(&mut self, rest: &str) -> bool {
        if self.tags_left > 0 {
            self.tags_left -= 1;
            return true;
        }
        let length = rest
            .chars()
            .take(TAGS_IN_ONE_FLAG)
            .position(|tag| tag == '\u{E007F}');
        let whole = length.filter(|&length| {
            self.before == Some('\u{1F3F4}')
                && rest
                    .chars()
                    .take(length)
                    .all(|tag| ('\u{E0020}'..='\u{E007E}').contains(&tag))
        });
        self.tags_left = whole.map_or(0, |length| length + 1);
        whole.is_some()
    }

    fn settle(&mut self, text: &str, at: usize, c: char, fate: Fate) {
        let instead = match fate {
            Fate::Keep => return,
            Fate::Drop => None,
            Fate::Break => Some('\n'),
            Fate::Show(sign) => Some(sign),
        };
        self.replaced += usize::from(matches!(fate, Fate::Show(_)));
        self.out
            .push_str(text.get(self.copied..at).unwrap_or_default());
        self.moves.push((at, self.out.len()));
        self.out.extend(instead);
        self.copied = at + c.len_utf8();
        self.moves.push((self.copied, self.out.len()));
    }

    fn finish(mut self, text: &str) -> Option<Cleaned> {
        if self.moves.is_empty() {
            return None;
        }
        self.out
            .push_str(text.get(self.copied..).unwrap_or_default());
        Some(Cleaned {
            text: self.out,
            replaced: self.replaced,
            moves: self.moves,
        })
    }
}

fn keep_if(good: bool) -> Fate {
    if good {
        Fate::Keep
    } else {
        Fate::Show(REPLACEMENT)
    }
}

fn among(ranges: &[RangeInclusive<char>], c: char) -> bool {
    ranges.iter().any(|range| range.contains(&c))
}

fn is_emoji(c: char) -> bool {
    among(&EMOJI, c) || matches!(c, '#' | '*' | '\u{A9}' | '\u{AE}')
}

/// Whether `c` changes what stands before it and is not itself something to stand on.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180D}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cleaned(text: &str) -> String {
        clean(text).map_or_else(|| text.to_owned(), |cleaned| cleaned.text)
    }

    #[test]
    fn what_commands_a_terminal_is_shown() {
        for (hostile, shown) in [
            ("a\u{1b}[2Jb", "a␛[2Jb"),
            ("\u{7}\u{8}\r\u{7f}", "␇␈␍␡"),
            ("a\u{9b}31mb", "a\u{FFFD}31mb"),
            ("a\u{202e}b\u{2066}c", "a\u{FFFD}b\u{FFFD}c"),
            ("a\u{feff}b\u{e0041}", "a\u{FFFD}b\u{FFFD}"),
            ("in\u{200b}visible", "in\u{FFFD}visible"),
            ("co\u{ad}operate\u{200e}", "cooperate"),
            ("one\u{2028}two", "one\ntwo"),
        ] {
            assert_eq!(cleaned(hostile), shown, "{hostile:?}");
        }
    }

    #[test]
    fn what_scripts_and_emoji_need_stays() {
        for text in [
            "👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3} 👍🏽",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} ",
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष ภาษา\u{200b}ไทย",
            "葛\u{e0100} tab\tand\nline",
            "Ångström e\u{301} ﬁn — “quoted”",
        ] {
            assert_eq!(clean(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_flag_that_hides_words_is_shown() {
        assert!(cleaned("🏴\u{e0067}\u{e0062}").contains(REPLACEMENT));
    }

    #[test]
    fn too_many_marks_are_cut_with_a_mark() {
        let tower = format!("a{}b", "\u{301}".repeat(50));
        let shown = format!("a{}\u{FFFD}b", "\u{301}".repeat(8));
        assert_eq!(cleaned(&tower), shown);
    }

    #[test]
    fn places_follow_their_characters() {
        let cleaned = clean("ab\u{ad}cd\u{1b}ef").expect("not harmless");
        assert_eq!(cleaned.text, "abcd␛ef");
        let place = |offset| {
            cleaned
                .text
                .get(cleaned.place_of(offset)..)
                .expect("a boundary")
        };
        assert_eq!(
            (place(0), place(2), place(4)),
            ("abcd␛ef", "cd␛ef", "cd␛ef")
        );
        assert_eq!((place(6), place(7), place(9)), ("␛ef", "ef", ""));
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(line("a\nb\u{1b}.md"), "a b␛.md");
        assert_eq!(line("plain.md"), "plain.md");
    }

    proptest! {
        #[test]
        fn nothing_hostile_survives(text in any::<String>(), odd in "[\u{0}-\u{ff}\u{200a}-\u{206f}\u{fe00}-\u{feff}👩a]{0,40}") {
            for text in [&text, &odd, &format!("{}{odd}", "x".repeat(130))] {
                let shown = cleaned(text);
                let hostile = |c: char| {
                    c.is_control() && c != '\n' && c != '\t'
                        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{200E}'..='\u{200F}')
                };
                prop_assert!(!shown.contains(hostile), "{:?}", shown);
                if let Some(cleaned) = clean(text) {
                    for (offset, _) in text.char_indices() {
                        prop_assert!(cleaned.text.is_char_boundary(cleaned.place_of(offset)));
                    }
                }
            }
        }

        #[test]
        fn clean_text_is_unchanged(text in "[ -~\n\tà-öА-я一-七]{0,300}") {
            prop_assert_eq!(clean(&text), None);
        }
    }
}
