//! Searching: what a reader typed, as ranges of the text.
//!
//! Words are folded into one regular expression: any run of white space matches any other, typewriter quotes and
//! dashes match printed ones, and case matters only once a capital letter is typed. A regular expression of the
//! reader's own is taken at its word, but for the case of its letters. A long text is searched in stretches, so that
//! whoever searches can tell what it has, and give up.

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, Visitor};
use regex_syntax::hir::translate::Translator;

use super::TextRange;

/// Characters that count as one when searching; the first is the one a keyboard has.
const FOLDED: [&str; 3] = ["'’‘‛′`´", "\"“”„‟«»″", "-‐‑‒–—−"];
/// Bytes that a compiled pattern of the reader's may take: a fault is told before the screen can be felt to wait.
const PATTERN: usize = 2 << 20;
/// Bytes that compiled words may take: a page of them, pasted.
const WORDS: usize = 1 << 26;
/// How far past its stretch a hit may reach that begins in it, in bytes.
const REACH: usize = 64 * 1024;

/// How what was typed is to be understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Manner {
    /// No letter or digit stands right before or after a hit.
    pub whole_words: bool,
    /// It is a regular expression.
    pub pattern: bool,
    /// Small letters match small letters only. Else they match both, unless there is a capital among them.
    pub exact_case: bool,
}

/// Something to look for. Made once, used on any text.
#[derive(Clone, Debug)]
pub struct Query {
    words: String,
    manner: Manner,
    pattern: Regex,
}

/// Why a pattern is none: a sentence for the reader, with the place of the fault where it has one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(String);

impl Query {
    /// `None` when there is nothing to look for.
    pub fn new(words: &str, manner: Manner) -> Result<Option<Self>, Fault> {
        if words.trim().is_empty() {
            return Ok(None);
        }
        let (pattern, capital) = if manner.pattern {
            (words.to_owned(), parsed(words)?)
        } else {
            (folded(words), words.chars().any(char::is_uppercase))
        };
        let pattern = if manner.whole_words {
            format!(r"\b{{start-half}}(?:{pattern})\b{{end-half}}")
        } else {
            pattern
        };
        let built = RegexBuilder::new(&pattern)
            .case_insensitive(!capital && !manner.exact_case)
            .multi_line(true)
            .size_limit(if manner.pattern { PATTERN } else { WORDS })
            .build();
        let pattern = built.map_err(|error| Fault(too_large(&error, manner)))?;
        Ok(Some(Self {
            words: words.to_owned(),
            manner,
            pattern,
        }))
    }

    /// As typed.
    pub fn words(&self) -> &str {
        &self.words
    }

    pub fn manner(&self) -> Manner {
        self.manner
    }

    /// All hits in `text`, in order, disjoint, none of them empty.
    pub fn hits<'t>(&self, text: &'t str) -> impl Iterator<Item = TextRange> + use<'_, 't> {
        self.hits_before(text, 0, text.len())
    }

    /// The hits that begin in the stretch `within`, in order. Those of a whole text are found stretch by stretch, the
    /// next one beginning where this one, or its last hit, ends.
    pub fn hits_in<'t>(
        &self,
        text: &'t str,
        within: TextRange,
    ) -> impl Iterator<Item = TextRange> + use<'_, 't> {
        let text = TextRange::new(0, end_of_reach(text, within.end())).of(text);
        self.hits_before(text, within.start(), within.end())
    }

    /// The hits from `at` on that begin before `end`.
    fn hits_before<'t>(
        &self,
        text: &'t str,
        mut at: usize,
        end: usize,
    ) -> impl Iterator<Item = TextRange> + use<'_, 't> {
        std::iter::from_fn(move || {
            while at < end {
                let hit = self.pattern.find_at(text, at)?;
                at = hit.end();
                if hit.is_empty() {
                    // What matches nothing, such as `x*`, is found between any two characters.
                    at = next_boundary(text, at + 1);
                } else {
                    return (hit.start() < end).then(|| TextRange::new(hit.start(), hit.end()));
                }
            }
            None
        })
    }
}

/// Where a text may be cut that is searched up to `end`: at the end of a line, as an expression may ask for one.
fn end_of_reach(text: &str, end: usize) -> usize {
    let far = end + REACH;
    let near = text.as_bytes().get(far..(far + REACH).min(text.len()));
    match near.map(|near| memchr::memchr(b'\n', near)) {
        None => text.len(),
        Some(Some(line)) => far + line,
        Some(None) => next_boundary(text, far),
    }
}

/// The first end of a character at or after `at`.
fn next_boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len())
}

/// Looks whether `pattern` is one; whether a capital stands in it that is a letter to look for.
fn parsed(pattern: &str) -> Result<bool, Fault> {
    let fault = |what: String, from: usize| {
        let before = pattern.get(..from).unwrap_or(pattern);
        let number = before.chars().count() + 1;
        Fault(format!("no pattern at character {number}: {what}"))
    };
    let ast = ast::parse::Parser::new()
        .parse(pattern)
        .map_err(|error| fault(error.kind().to_string(), error.span().start.offset))?;
    Translator::new()
        .translate(pattern, &ast)
        .map_err(|error| fault(error.kind().to_string(), error.span().start.offset))?;
    let Ok(capital) = ast::visit(&ast, Capitals(false));
    Ok(capital)
}

/// Looks for capitals among the letters of a pattern; `\S` and `\p{L}` have none.
struct Capitals(bool);

impl Visitor for Capitals {
    type Output = bool;
    type Err = std::convert::Infallible;

    fn finish(self) -> Result<bool, Self::Err> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        if let Ast::Literal(literal) = ast {
            self.0 |= literal.c.is_uppercase();
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ast::ClassSetItem) -> Result<(), Self::Err> {
        self.0 |= match item {
            ast::ClassSetItem::Literal(literal) => literal.c.is_uppercase(),
            ast::ClassSetItem::Range(range) => {
                range.start.c.is_uppercase() || range.end.c.is_uppercase()
            }
            _ => false,
        };
        Ok(())
    }
}

fn too_large(error: &regex::Error, manner: Manner) -> String {
    match error {
        regex::Error::CompiledTooBig(_) if manner.pattern => {
            "this pattern is too large: it repeats too much".into()
        }
        _ => "this is too much to look for at once".into(),
    }
}

fn folded(words: &str) -> String {
    let mut pattern = String::new();
    let mut spaced = false;
    for letter in words.chars() {
        let space = letter.is_whitespace();
        if space && !spaced {
            pattern.push_str(r"\s+");
        }
        spaced = space;
        if space {
            continue;
        }
        match FOLDED.iter().find(|family| family.contains(letter)) {
            Some(family) => {
                pattern.push('[');
                pattern.push_str(&regex::escape(family));
                pattern.push(']');
            }
            None => pattern.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Manner = Manner {
        whole_words: false,
        pattern: false,
        exact_case: false,
    };
    const WHOLE: Manner = Manner {
        whole_words: true,
        ..WORDS
    };
    const PATTERN: Manner = Manner {
        pattern: true,
        ..WORDS
    };
    const EXACT: Manner = Manner {
        exact_case: true,
        ..WORDS
    };
    const WHOLE_PATTERN: Manner = Manner {
        pattern: true,
        ..WHOLE
    };

    fn hits<'t>(words: &str, manner: Manner, text: &'t str) -> Vec<&'t str> {
        let query = Query::new(words, manner).expect("a pattern");
        let query = query.expect("something to look for");
        query.hits(text).map(|hit| hit.of(text)).collect()
    }

    #[test]
    fn queries_fold_what_a_keyboard_lacks() {
        for (query, text, expected) in [
            (
                "two days' notice",
                "“two days’\u{a0}notice”",
                Some("two days’\u{a0}notice"),
            ),
            (
                "state department",
                "the State\nDepartment",
                Some("State\nDepartment"),
            ),
            ("State", "a state of", None),
            ("state", "the State", Some("State")),
            ("well-known", "a well–known", Some("well–known")),
            ("\"in kind\"", "said “in kind” and", Some("“in kind”")),
            ("a.b", "a-b axb", None),
            ("é", "CAFÉ", Some("É")),
        ] {
            let hit = hits(query, WORDS, text).first().copied();
            assert_eq!(hit, expected, "{query:?} in {text:?}");
        }
    }

    #[test]
    fn a_manner_says_what_counts_as_a_hit() {
        for (query, manner, text, expected) in [
            (
                "crane",
                WHOLE,
                "cranes crane, Crane",
                &["crane", "Crane"][..],
            ),
            ("an", WHOLE, "Orván an án", &["an"]),
            ("-link", WHOLE, "a cross-link of links", &[]),
            ("(b)", WHOLE, "(b) a(b)", &["(b)"]),
            ("the us", EXACT, "the US, the us", &["the us"]),
            (
                r"\d+ days?",
                PATTERN,
                "90 days, 1 day",
                &["90 days", "1 day"],
            ),
            (
                r"^the \S+",
                PATTERN,
                "The one\nthe two",
                &["The one", "the two"],
            ),
            (r"[A-Z]{2,}", PATTERN, "the ONS and us", &["ONS"]),
            (r"\bONS$", PATTERN, "the ONS\nons", &["ONS"]),
            (r"crane|cranes", WHOLE_PATTERN, "cranes", &["cranes"]),
            (r"x*", PATTERN, "a xx é x", &["xx", "x"]),
            (r"^", PATTERN, "é\nü", &[]),
        ] {
            assert_eq!(hits(query, manner, text), expected, "{query:?} in {text:?}");
        }
    }

    #[test]
    fn a_fault_in_a_pattern_is_told_with_its_place() {
        for (pattern, expected) in [
            ("é(abc", "no pattern at character 2: unclosed group"),
            (
                "a**[",
                "no pattern at character 4: unclosed character class",
            ),
            (
                "*",
                "no pattern at character 1: repetition operator missing expression",
            ),
            (
                r"ab\p{Klingon}",
                "no pattern at character 3: Unicode property not found",
            ),
            (
                r"(\w{300}){9}",
                "this pattern is too large: it repeats too much",
            ),
        ] {
            let fault = Query::new(pattern, PATTERN).expect_err("no pattern");
            assert_eq!(fault.to_string(), expected, "{pattern:?}");
        }
    }

    #[test]
    fn nothing_to_look_for_is_no_query() {
        for words in ["", "  "] {
            assert!(matches!(Query::new(words, WORDS), Ok(None)));
        }
    }

    #[test]
    fn stretch_by_stretch_the_same_is_found() {
        let text = "the notice of the\nNotice – é notices ".repeat(3000);
        for (words, manner) in [
            ("notice", WORDS),
            ("the notice", WORDS),
            ("notice", WHOLE),
            (r"^\S+|e$", PATTERN),
        ] {
            let query = Query::new(words, manner).expect("a pattern");
            let query = query.expect("something to look for");
            let whole: Vec<_> = query.hits(&text).collect();
            let (mut found, mut from) = (Vec::new(), 0);
            while from < text.len() {
                let to = next_boundary(&text, from + 1000);
                found.extend(query.hits_in(&text, TextRange::new(from, to)));
                from = found.last().map_or(to, |hit| hit.end().max(to));
            }
            assert!(whole.len() > 1000, "{words}");
            assert_eq!(found, whole, "{words}");
        }
    }
}
