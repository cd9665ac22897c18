//! [`Survey`]: how the whole document writes its words, so that a capital can be judged by its kin.

use super::candidate::Token;
use super::lexicon::{Classes, Lexicon};
use super::quick::QuickMap;
use crate::text::tokens::Word;

/// One row for each spelling in the document.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    index: QuickMap<&'a str, u32>,
    rows: Vec<Row<'a>>,
    /// The row of every word, in the order of counting: the later readings look nothing up.
    order: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row<'a> {
    pub(super) spelling: &'a str,
    pub(super) classes: Classes,
    pub(super) count: u32,
    /// How often the small form stands in the document; settled after counting.
    pub(super) small: u32,
    /// Whether the small form is common, here or at large; settled after counting.
    pub(super) common: bool,
    /// The row of the same word with one capital (`CHINA`, `China`), if the document has it; settled after counting.
    pub(super) kin: Option<u32>,
}

/// A word in capitals as running text would have it: `CHINA`, `AL-JAZEERA`; short ones are left, as acronyms are.
pub(super) fn calm(word: &str) -> Option<String> {
    if word.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < 4 || word.contains('.') || word.chars().any(char::is_lowercase) {
        return None;
    }
    let mut first = true;
    let calm = word.chars().flat_map(|letter| {
        let kept = std::mem::replace(&mut first, !letter.is_alphabetic());
        let small = (!kept).then(|| letter.to_lowercase());
        small.into_iter().flatten().chain(kept.then_some(letter))
    });
    Some(calm.collect())
}

/// What `word` may be; one in capitals may be what it is without them.
fn classes(word: &str, lexicon: &Lexicon) -> Classes {
    let own = lexicon.classes(word);
    calm(word).map_or(own, |calm| own.or(lexicon.classes(&calm)))
}

impl<'a> Survey<'a> {
    /// Counts the words of one block.
    pub(super) fn count(&mut self, text: &'a str, words: &[Word], lexicon: &Lexicon) {
        for word in words {
            let spelling = word.range.of(text);
            let next = self.rows.len() as u32;
            let at = *self.index.entry(spelling).or_insert(next);
            if at == next {
                self.rows.push(Row {
                    spelling,
                    classes: classes(spelling, lexicon),
                    ..Row::default()
                });
            }
            self.order.push(at);
            let row = &mut self.rows[at as usize];
            row.count = row.count.saturating_add(1);
        }
    }

    /// To be called after the last block: looks up the small form of every capital one.
    pub(super) fn settle(&mut self, lexicon: &Lexicon) {
        let usual = Classes::COMMON
            .or(Classes::ROLE)
            .or(Classes::MODIFIER)
            .or(Classes::SETTLEMENT)
            .or(Classes::BODY_NOUN);
        for at in 0..self.rows.len() {
            let row = self.rows[at];
            if !row.spelling.starts_with(char::is_uppercase) {
                continue;
            }
            let small = row.spelling.to_lowercase();
            let here = self.index.get(small.as_str());
            let here = here.map_or(0, |&small| self.rows[small as usize].count);
            let large = lexicon.classes(&small).any(usual)
                || ["s", "es", "ing", "ed"].iter().any(|end| {
                    let stem = small.strip_suffix(end).unwrap_or_default();
                    stem.len() > 4 && lexicon.classes(stem).any(usual)
                        || *end == "ing"
                            && stem.len() > 3
                            && lexicon.classes(&format!("{stem}e")).any(usual)
                });
            let kin = calm(row.spelling).and_then(|calm| self.index.get(calm.as_str()).copied());
            let row = &mut self.rows[at];
            row.kin = kin;
            row.small = here;
            row.common = large || here > row.count / 2 && here > 0;
        }
    }

    /// The word with all that is known of it; `nth` of all that were counted.
    pub(super) fn token(&self, nth: usize, word: Word) -> Token {
        let spelling = self.order.get(nth).copied().unwrap_or(0);
        let row = self
            .rows
            .get(spelling as usize)
            .copied()
            .unwrap_or_default();
        Token {
            word,
            classes: row.classes,
            common: row.common,
            spelling,
        }
    }

    /// A row for each spelling; [`Token::spelling`] is the place in it.
    pub(super) fn rows(&self) -> &[Row<'a>] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_capitals_are_known_by_what_they_are_without() {
        for (word, expected) in [
            ("CHINA", Some("China")),
            ("AL-JAZEERA", Some("Al-Jazeera")),
            ("UNO", None),
            ("U.S.A.", None),
            ("China", None),
        ] {
            assert_eq!(calm(word).as_deref(), expected, "{word}");
        }
        let text = "CHINA AND PERU AGREE. China said so.";
        let lexicon = Lexicon::standard();
        let mut words = Vec::new();
        crate::text::tokens::words(text, crate::text::TextRange::new(0, text.len()), &mut words);
        let mut survey = Survey::default();
        survey.count(text, &words, lexicon);
        survey.settle(lexicon);
        let row = |spelling: &str| {
            survey
                .rows()
                .iter()
                .position(|row| row.spelling == spelling)
        };
        let loud = survey.rows()[row("CHINA").expect("counted")];
        assert_eq!(loud.kin.map(|kin| kin as usize), row("China"));
        assert!(loud.classes.any(Classes::COUNTRY));
    }
}
