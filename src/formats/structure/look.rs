//! What one short line looks like: a heading, a byline, a date, a line that leads elsewhere.
//!
//! The words it knows are in `assets/lexicon/lines.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{Block, BlockKind, Document, Inline};

/// A bare heading is at most this long, a bold one may be longer, a title longer still. In bytes: a bound, no measure.
const HEADING: usize = 90;
const BOLD: usize = 150;
const TITLE: usize = 240;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/lexicon/lines.toml"))
        .expect("the built-in list is sound")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    not_headings: Vec<String>,
    offices: Vec<String>,
    roles: Vec<String>,
    generic: Vec<String>,
    parts: Vec<String>,
    calendar: Vec<String>,
}

/// What a block is for its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A short line that can be a heading.
    Short,
    /// A line that is neither heading nor text: a date, a credit, "Also read".
    Aside,
    /// Text, or anything else that stands for itself.
    Solid,
}

impl Look {
    pub(super) fn of(document: &Document, block: &Block) -> Self {
        if block.kind != BlockKind::Paragraph || block.range.len() > BOLD {
            return Self::Solid;
        }
        let words = block.range.of(&document.text);
        match bold_or_slanted(document, block) {
            _ if words.contains('\n') => Self::Solid,
            _ if is_aside(words) => Self::Aside,
            Some(Inline::Strong) if !words.contains(['|', '·']) => Self::Short,
            Some(_) => Self::Aside,
            None if words.len() <= HEADING && reads_as_heading(words) => Self::Short,
            None => Self::Solid,
        }
    }
}

/// Whether the first block can be a title.
pub(super) fn can_be_title(document: &Document, block: &Block) -> bool {
    let words = block.range.of(&document.text);
    let bold = bold_or_slanted(document, block);
    block.range.len() <= TITLE
        && !words.contains(['\n', '|', '@'])
        && bold.is_none_or(|style| style == Inline::Strong)
        && !is_date(words)
        && !words.starts_with(['(', '['])
        && reads_as_line(words)
}

/// The style that covers the whole block.
pub(super) fn bold_or_slanted(document: &Document, block: &Block) -> Option<Inline> {
    let whole = |style: &&crate::model::Styled| {
        style.range == block.range && matches!(style.inline, Inline::Strong | Inline::Emphasis)
    };
    document
        .styles_in(block.range)
        .find(whole)
        .map(|style| style.inline)
}

/// Whether a line under the title says who, where or when, not what follows.
pub(super) fn is_byline(words: &str) -> bool {
    let lower = words.to_lowercase();
    let tokens = || {
        lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|token| !token.is_empty())
    };
    if WORDS
        .offices
        .iter()
        .any(|office| opens_with(&lower, office))
        || opens_with(&lower, "by")
    {
        return true;
    }
    if tokens().any(|token| WORDS.generic.iter().any(|known| known == token)) {
        return false;
    }
    let with_role =
        words.contains(',') && tokens().any(|token| WORDS.roles.iter().any(|known| known == token));
    with_role || is_capitalised(words)
}

/// Whether a line announces a part that has a heading of its own: `CHAPTER I`, `Part 2`.
pub(super) fn opens_a_part(words: &str) -> bool {
    let lower = words.to_lowercase();
    WORDS.parts.iter().any(|part| opens_with(&lower, part)) || !words.contains(char::is_lowercase)
}

/// Begins like a line of its own and does not end like a sentence.
fn reads_as_line(words: &str) -> bool {
    let bare = words.trim_end_matches(['”', '"', '’', '\'', '»', ')', ']']);
    let ends_open = !bare.ends_with(['.', '!', ':', ',', ';', '…', '—', '–', '-', '/', '|', '→'])
        && !bare.is_empty();
    // "in Washington, D.C." ends no sentence.
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let abbreviated = last.trim_end_matches('.').contains('.') && last.len() <= 6;
    // A quotation that asks is somebody speaking.
    let asks_in_quotes = bare.len() < words.len() && bare.ends_with('?');
    (ends_open || abbreviated) && !asks_in_quotes && words.contains(char::is_alphabetic)
}

fn reads_as_heading(words: &str) -> bool {
    let first = words.chars().find(|c| c.is_alphanumeric());
    reads_as_line(words)
        && first.is_some_and(|c| !c.is_lowercase())
        && !words.contains(['|', '→', '➤', '@', '•', '·'])
        && !words.contains("://")
        && !has_two_sentences(words)
        && !is_spoken(words)
        && words.split_whitespace().count() <= 14
}

/// Whether a sentence ends inside.
fn has_two_sentences(words: &str) -> bool {
    let tokens: Vec<&str> = words.split_whitespace().collect();
    let ends = |token: &str| {
        let letters = token.trim_end_matches('.');
        token.ends_with(['?', '!'])
            || token.ends_with('.')
                && letters.len() > 3
                && letters.ends_with(char::is_lowercase)
                && !letters.contains('.')
    };
    tokens
        .split_last()
        .is_some_and(|(_, before)| before.iter().any(|token| ends(token)))
}

/// `QUESTION: …`, as transcripts mark who speaks.
fn is_spoken(words: &str) -> bool {
    words.split_once(": ").is_some_and(|(speaker, _)| {
        speaker.len() > 1
            && !speaker.contains(char::is_lowercase)
            && !speaker.contains(char::is_numeric)
    })
}

/// Whether a line leads elsewhere, gives a credit or a date.
fn is_aside(words: &str) -> bool {
    let lower = words
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©')
        .to_lowercase();
    let known = WORDS
        .not_headings
        .iter()
        .find(|known| opens_with(&lower, known));
    let aside = known.is_some_and(|known| {
        let rest = lower.get(known.len()..).unwrap_or_default().trim_start();
        // "Watch" may open a heading; "Watch:" and "Watch" alone do not.
        rest.is_empty()
            || rest.starts_with([':', '|', '–', '-', '/', '→', '…', '.'])
            || known.contains(' ')
            || known.as_str() == "©"
    });
    aside
        || words.starts_with(['(', '[']) && words.ends_with([')', ']'])
        || words.len() <= HEADING && is_date(words)
}

/// Whether little is left of a line without its date and time.
fn is_date(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut dated = false;
    let mut others = 0;
    for token in
        lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | '(' | ')'))
    {
        let token = token.trim_matches(['.', ':', '-', '–']);
        if token.is_empty() {
            continue;
        }
        let numbers = token.starts_with(|c: char| c.is_ascii_digit());
        let named = WORDS.calendar.iter().any(|known| known == token);
        others += usize::from(!numbers && !named);
        dated |= numbers;
    }
    let named = lower
        .split(|c: char| !c.is_alphabetic())
        .any(|token| WORDS.calendar.iter().take(38).any(|known| known == token));
    let clock = lower
        .as_bytes()
        .windows(3)
        .any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit());
    dated && others <= 1 && (named || clock)
}

/// Whether `lower` begins with the whole words `known`.
fn opens_with(lower: &str, known: &str) -> bool {
    lower
        .strip_prefix(known)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Two words or more, all that are not small begin with a capital.
fn is_capitalised(words: &str) -> bool {
    let long = |word: &&str| word.chars().count() > 3 || word.starts_with(char::is_uppercase);
    let mut words = words.split_whitespace().filter(long).peekable();
    let mut count = 0;
    words.all(|word| {
        count += 1;
        word.chars()
            .find(|c| c.is_alphanumeric())
            .is_none_or(|c| !c.is_lowercase())
    }) && count > 1
}
