//! Who says a passage, where the text leaves no doubt: one name known in the document, beside a verb of saying.
//!
//! It rather says nothing. `He said`, two names in one sentence, `a spokesman for Ode said` and a passage of which a
//! sentence is not said by anybody have no speaker: such a passage is its author's.

use std::sync::LazyLock;

use crate::model::{Briefing, Entity, EntityId, EntityKind, Mention};
use crate::text::TextRange;

/// Longest apposition between a name and its verb, in bytes: `Ode, who leads the board since May, said`.
const APPOSITION: usize = 80;

/// The words of `assets/lexicon/saying.txt`, by section.
struct Sayings {
    after: Vec<&'static str>,
    quoted: Vec<&'static str>,
    before: Vec<&'static str>,
    nothing: Vec<&'static str>,
    lead: Vec<&'static str>,
}

static SAYINGS: LazyLock<Sayings> = LazyLock::new(|| {
    let words = include_str!("../../../assets/lexicon/saying.txt");
    let section = |name: &str| -> Vec<&'static str> {
        let lines = words
            .lines()
            .skip_while(|line| *line != format!("[{name}]"));
        let lines = lines.skip(1).take_while(|line| !line.starts_with('['));
        let lines = lines.filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    };
    Sayings {
        after: section("after"),
        quoted: section("quoted"),
        before: section("before"),
        nothing: section("nothing"),
        lead: section("lead"),
    }
});

/// Who says `range`, if that is plain.
pub(super) fn of(briefing: &Briefing, range: TextRange) -> Option<&str> {
    let document = &briefing.document;
    let first = document.sentence_at(range.start())?;
    let sentences = std::iter::successors(Some(first), |it| document.sentence_after(*it));
    let mut quoting = false;
    let mut speaker: Option<EntityId> = None;
    for sentence in sentences.take_while(|it| it.start() < range.end()) {
        let told = Sentence::of(briefing, sentence, quoting);
        quoting = told.still;
        match (told.speakers().as_slice(), speaker) {
            ([], _) if told.is_quoted() => {}
            ([one], None) => speaker = Some(*one),
            ([one], Some(other)) if *one == other => {}
            _ => return None,
        }
    }
    speaker.map(|id| briefing.entities.entities[id as usize].name.as_str())
}

/// A sentence, and which of its bytes stand between quotation marks.
struct Sentence<'a> {
    briefing: &'a Briefing,
    range: TextRange,
    /// Stretches outside quotation marks.
    outside: Vec<TextRange>,
    /// Whether a quotation goes on after it.
    still: bool,
}

impl<'a> Sentence<'a> {
    fn of(briefing: &'a Briefing, range: TextRange, mut quoting: bool) -> Self {
        let mut outside = Vec::new();
        let mut from = range.start();
        for (at, letter) in range.of(&briefing.document.text).char_indices() {
            let now = match letter {
                '“' | '„' | '«' => true,
                '”' | '»' => false,
                '"' => !quoting,
                _ => continue,
            };
            let at = range.start() + at;
            if now && !quoting {
                outside.push(TextRange::new(from, at));
            }
            from = at + letter.len_utf8();
            quoting = now;
        }
        if !quoting {
            outside.push(TextRange::new(from.min(range.end()), range.end()));
        }
        Self {
            briefing,
            range,
            outside,
            still: quoting,
        }
    }

    /// Whether all its words stand between quotation marks.
    fn is_quoted(&self) -> bool {
        let text = &self.briefing.document.text;
        self.outside
            .iter()
            .all(|part| !part.of(text).contains(char::is_alphanumeric))
    }

    /// Who says something in it, each once; nobody where it speaks of saying more than once.
    fn speakers(&self) -> Vec<EntityId> {
        let text = &self.briefing.document.text;
        let words = |part: &TextRange| {
            part.of(text)
                .split(|letter: char| !letter.is_alphanumeric())
        };
        let sayings = self.outside.iter().flat_map(words);
        if sayings.filter(|word| SAYINGS.after.contains(word)).count() > 1 {
            return Vec::new();
        }
        let mentions = self.briefing.entities.mentions_in(self.range);
        let mut found: Vec<EntityId> = mentions
            .iter()
            .filter(|mention| self.says(mention))
            .map(|mention| mention.entity)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn says(&self, mention: &Mention) -> bool {
        let entity = &self.briefing.entities.entities[mention.entity as usize];
        let Some(part) = self.outside.iter().find(|part| part.covers(mention.range)) else {
            return false;
        };
        if entity.kind == EntityKind::Place {
            return false;
        }
        let text = &self.briefing.document.text;
        let before = TextRange::new(part.start(), mention.range.start()).of(text);
        let after = TextRange::new(mention.range.end(), part.end()).of(text);
        let before = untitled(before, entity);
        let named = before.to_lowercase();
        named.ends_with("according to")
            || said_before(before)
            || leads(before) && (said_after(after) || self.said_later(after, mention.range.end()))
    }

    /// Whether a verb follows an apposition, in which nobody else is named: `Ode, the minister, said`.
    fn said_later(&self, after: &str, from: usize) -> bool {
        let Some(rest) = after.strip_prefix(", ") else {
            return false;
        };
        let Some((inside, rest)) = rest.split_once(',') else {
            return false;
        };
        let range = TextRange::new(from, from + inside.len() + 2);
        let persons = self.briefing.entities.mentions_in(range).iter();
        let kind =
            |mention: &Mention| self.briefing.entities.entities[mention.entity as usize].kind;
        inside.len() <= APPOSITION
            && persons
                .filter(|one| kind(one) == EntityKind::Person)
                .count()
                == 0
            && !inside.split(' ').any(|word| SAYINGS.after.contains(&word))
            && said_after(rest)
    }
}

/// What stands before a name with its article and its title.
fn untitled<'a>(before: &'a str, entity: &Entity) -> &'a str {
    let trimmed = before.trim_end();
    let titles = entity.titles.iter().map(|title| title.text.as_str());
    let longest = titles
        .filter_map(|title| trimmed.strip_suffix(title))
        .min_by_key(|rest| rest.len());
    let rest = longest.unwrap_or(trimmed).trim_end();
    let article = ["the", "The"].iter().find_map(|it| rest.strip_suffix(it));
    let whole = article.filter(|rest| rest.is_empty() || rest.ends_with(' '));
    whole.unwrap_or(rest).trim_end()
}

/// Whether the name after `before` may be who speaks.
fn leads(before: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    let word = last.to_lowercase();
    last.is_empty()
        || last.ends_with([',', ';', ':', '—', '–'])
        || SAYINGS.lead.contains(&word.as_str())
}

/// Whether a verb of saying ends `before`, what stands before a name since the start or the last quotation mark.
fn said_before(before: &str) -> bool {
    let (rest, verb) = before.rsplit_once(' ').unwrap_or(("", before));
    match rest.trim_end() {
        "" => SAYINGS.quoted.contains(&verb),
        // `he said Ode …` is no inversion: somebody else speaks.
        rest => rest.ends_with(',') && SAYINGS.before.contains(&verb),
    }
}

/// Whether a verb of saying begins `after`, and something was said.
fn said_after(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(' ') else {
        return false;
    };
    let mut words = rest.split(|letter: char| !letter.is_alphanumeric());
    let verb = words.next().unwrap_or_default();
    let object = words.next().unwrap_or_default();
    SAYINGS.after.contains(&verb) && !SAYINGS.nothing.contains(&object)
}
