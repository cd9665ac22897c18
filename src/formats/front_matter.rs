//! Front matter: what a document states about itself, between `---` (YAML) or `+++` (TOML) lines on top.
//!
//! It stands apart because it is no part of any format: Markdown and plain text may both begin with it. It
//! is never shown as text, unless it is broken: then nothing of it is lost.

use jiff::civil::Date;
use saphyr::{LoadableYamlNode, Yaml};

use super::builder::notice;
use crate::model::Meta;
use crate::text::harmless;

/// Longer front matter is no front matter.
const LONGEST: usize = 64 * 1024;
/// Columns before the words of a line, at most.
const DEEPEST: usize = 100;

const TITLE: &[&str] = &["title", "headline"];
const AUTHOR: &[&str] = &["author", "authors", "byline", "by", "creator"];
const PUBLISHER: &[&str] = &[
    "publisher",
    "source",
    "site",
    "site_name",
    "outlet",
    "agency",
    "publication",
];
const LENS: &[&str] = &["lens"];
const PUBLISHED: &[&str] = &[
    "date",
    "published",
    "pubdate",
    "publish_date",
    "date_published",
    "publishdate",
];

/// Ways to write a day, besides ISO 8601.
const DAYS: [&str; 12] = [
    "%d %B %Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%b. %d, %Y",
    "%d. %B %Y",
    "%A, %B %d, %Y",
    "%A, %d %B %Y",
    "%A %d %B %Y",
    "%a, %d %b %Y",
    "%Y/%m/%d",
];
/// Ways to write a month.
const MONTHS: [&str; 2] = ["%B %Y", "%b %Y"];

/// Fields by their names in lower case.
type Fields = Vec<(String, String)>;

/// Reads the front matter of `text` into `meta`; says where the text proper begins.
pub(super) fn take(text: &str, meta: &mut Meta) -> usize {
    let Some((inside, end, fence)) = split(text) else {
        return 0;
    };
    let fields = if fence == "+++" {
        toml_fields(inside)
    } else {
        yaml_fields(inside)
    };
    let Some(fields) = fields else {
        // A thematic break with text below is no broken front matter.
        let meant = fence == "+++" || inside.lines().next().is_some_and(|line| line.contains(':'));
        if meant && meta.format == "markdown" {
            notice(
                meta,
                "the front matter could not be read and is shown as text",
            );
        }
        return 0;
    };
    let find = |names: &[&str]| {
        let named = |name: &&str| fields.iter().find(|(field, _)| field == name);
        let value = names
            .iter()
            .find_map(named)
            .map(|(_, value)| harmless::line(value.trim()).into_owned());
        value.filter(|value| !value.is_empty())
    };
    meta.title = find(TITLE);
    meta.author = find(AUTHOR);
    meta.publisher = find(PUBLISHER);
    meta.lens = find(LENS).map(String::into_boxed_str);
    meta.published = find(PUBLISHED).and_then(|date| iso_date(&date));
    end
}

/// What stands between the two fences, where the second ends, and the fence.
fn split(text: &str) -> Option<(&str, usize, &'static str)> {
    let fence = ["---", "+++"]
        .into_iter()
        .find(|fence| text.starts_with(fence))?;
    let (first, _) = text.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let start = first.len() + 1;
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        let end = at + line.len();
        let closes = line.trim_end() == fence || fence == "---" && line.trim_end() == "...";
        if closes {
            return Some((text.get(start..at)?, end, fence));
        }
        if end > LONGEST {
            return None;
        }
        at = end;
    }
    None
}

fn yaml_fields(inside: &str) -> Option<Fields> {
    // Nesting as deep as the text is long, or names that stand for ever longer lists, end well in no parser.
    let nests = inside
        .bytes()
        .filter(|byte| matches!(byte, b'[' | b'{'))
        .count();
    let aliases: usize = [" *", "[*", ",*"]
        .iter()
        .map(|sign| inside.matches(sign).count())
        .sum();
    if nests > 200 || aliases > 8 || inside.lines().any(is_deep) {
        return None;
    }
    let documents = Yaml::load_from_str(inside).ok()?;
    let mapping = documents.first()?.as_mapping()?;
    let fields = mapping
        .iter()
        .filter_map(|(key, value)| Some((key.as_str()?.to_lowercase(), yaml_words(value)?)));
    Some(fields.collect())
}

/// Whether the words of a line begin so far to the right that many lists and keys may stand around them: each
/// takes a column, and the parser's tree is taken down by recursion.
fn is_deep(line: &str) -> bool {
    let before = line.trim_end().bytes();
    before.take_while(|byte| b" -?:\t".contains(byte)).count() > DEEPEST
}

/// A value in words: lists are joined, of a mapping the name is taken.
fn yaml_words(value: &Yaml<'_>) -> Option<String> {
    if let Some(items) = value.as_sequence() {
        return joined(
            items
                .iter()
                .filter_map(|item| item.as_str().map(str::to_owned).or_else(|| yaml_name(item))),
        );
    }
    if let Some(words) = value.as_str() {
        return Some(words.to_owned());
    }
    let number = value.as_integer().map(|number| number.to_string());
    number
        .or_else(|| value.as_floating_point().map(|number| number.to_string()))
        .or_else(|| yaml_name(value))
}

fn yaml_name(value: &Yaml<'_>) -> Option<String> {
    let name = value
        .as_mapping()?
        .iter()
        .find(|(key, _)| key.as_str() == Some("name"))?;
    name.1.as_str().map(str::to_owned)
}

fn toml_fields(inside: &str) -> Option<Fields> {
    let deep = inside
        .bytes()
        .filter(|byte| matches!(byte, b'[' | b'{'))
        .count()
        > 200;
    let table: toml::Table = if deep {
        None
    } else {
        toml::from_str(inside).ok()
    }?;
    let fields = table
        .iter()
        .filter_map(|(key, value)| Some((key.to_lowercase(), toml_words(value)?)));
    Some(fields.collect())
}

fn toml_words(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(words) => Some(words.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Array(items) => joined(
            items
                .iter()
                .filter_map(|item| item.as_str().map(str::to_owned)),
        ),
        toml::Value::Table(table) => table.get("name")?.as_str().map(str::to_owned),
        toml::Value::Float(_) | toml::Value::Boolean(_) => None,
    }
}

fn joined(names: impl Iterator<Item = String>) -> Option<String> {
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A date as ISO 8601, as exact as it was written; `None` when it is not understood.
pub(super) fn iso_date(written: &str) -> Option<String> {
    let written = written.trim();
    if let Some(date) = iso_already(written) {
        return Some(date);
    }
    // Months first: "November 2026" would also pass for the 20th in the year 26. A month is a day without its number.
    let month = MONTHS
        .iter()
        .find_map(|format| Date::strptime(format!("%d {format}"), format!("1 {written}")).ok());
    if let Some(month) = month {
        return Some(month.strftime("%Y-%m").to_string());
    }
    let day = DAYS
        .iter()
        .find_map(|format| Date::strptime(format, written).ok());
    if let Some(day) = day {
        return Some(day.to_string());
    }
    let moment = jiff::fmt::rfc2822::parse(written).ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// `2026`, `2026-11`, `2026-11-22`, `2026-11-22T09:00`, and with seconds and zone.
fn iso_already(written: &str) -> Option<String> {
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if digits(written, 4) {
        return Some(written.to_owned());
    }
    if let Some((year, month)) = written.split_once('-')
        && digits(year, 4)
        && digits(month, 2)
    {
        return ("01"..="12").contains(&month).then(|| written.to_owned());
    }
    let day = written.get(..10)?;
    day.parse::<Date>().ok()?;
    let time = written.get(10..)?.trim_start_matches(['T', 't', ' ']);
    if time.is_empty() {
        return Some(day.to_owned());
    }
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone)?;
    clock.trim().parse::<jiff::civil::Time>().ok()?;
    let sound = zone.is_empty()
        || zone.eq_ignore_ascii_case("z")
        || zone.len() <= 6
            && zone
                .bytes()
                .skip(1)
                .all(|byte| byte.is_ascii_digit() || byte == b':');
    sound.then(|| format!("{day}T{}{}", clock.trim(), zone.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Meta, usize) {
        let mut meta = Meta {
            format: "markdown",
            ..Meta::default()
        };
        let end = take(text, &mut meta);
        (meta, end)
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\nTitle: \"A\u{1b}[2J title\"\nauthors:\n  - Mara Quist\n  - name: Ole Brandt\ndate: 25 November 2026\nagency: Harbour Board\nLens: court-ruling\ntags: [a, b]\n---\nText";
        let toml = "+++\ntitle = \"A\u{1b}[2J title\"\nauthor = [\"Mara Quist\", \"Ole Brandt\"]\ndate = 2026-11-25\nsource = \"Harbour Board\"\nlens = \"court-ruling\"\n+++\nText";
        let toml = toml.replace('\u{1b}', "\\u001b");
        for text in [yaml, &toml] {
            let (meta, end) = read(text);
            assert_eq!(meta.title.as_deref(), Some("A␛[2J title"), "{text}");
            assert_eq!(meta.author.as_deref(), Some("Mara Quist, Ole Brandt"));
            assert_eq!(meta.published.as_deref(), Some("2026-11-25"));
            assert_eq!(meta.publisher.as_deref(), Some("Harbour Board"));
            assert_eq!(meta.lens.as_deref(), Some("court-ruling"));
            assert_eq!(text.get(end..), Some("Text"));
        }
    }

    #[test]
    fn dates_stay_as_exact_as_they_are() {
        for (written, iso) in [
            ("25 November 2026", "2026-11-25"),
            ("Nov 25, 2026", "2026-11-25"),
            ("November 5, 2026", "2026-11-05"),
            ("Wednesday, November 25, 2026", "2026-11-25"),
            ("2026-11-25T09:00:00Z", "2026-11-25T09:00:00Z"),
            ("2026-11-25 09:00:00 +02:00", "2026-11-25T09:00:00+02:00"),
            ("2026-11-25", "2026-11-25"),
            ("2026-11", "2026-11"),
            ("November 2026", "2026-11"),
            ("2026", "2026"),
            (
                "Wed, 25 Nov 2026 09:00:00 +0200",
                "2026-11-25T09:00:00+02:00",
            ),
        ] {
            assert_eq!(iso_date(written).as_deref(), Some(iso), "{written}");
        }
        for nonsense in [
            "soon",
            "2026-13",
            "2026-02-30",
            "",
            "2026-11-25é",
            "12345678",
        ] {
            assert_eq!(iso_date(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn broken_front_matter_is_told_and_kept() {
        let (meta, end) = read("---\ntitle: [never closed\n---\nText");
        assert_eq!(end, 0);
        assert!(
            meta.notice
                .is_some_and(|notice| notice.contains("front matter"))
        );
        for text in [
            "---\n\nA rule above.\n\n---\n",
            "--- not a fence\n",
            "---\ntitle: no end\n",
            "",
            "---",
        ] {
            let (meta, end) = read(text);
            assert_eq!((end, meta.notice), (0, None), "{text:?}");
        }
    }

    #[test]
    fn front_matter_nested_without_end_is_refused() {
        let deeper = |depth: usize| format!("{}- ? - ? - ?\n", " ".repeat(12 * depth));
        for hostile in [
            format!("y:\n  {}a\n", "- ? ".repeat(10_000)),
            format!("y:\n  {}a\n", "? - ".repeat(10_000)),
            format!("y:\n{}", (1..90).map(deeper).collect::<String>()),
        ] {
            let (meta, end) = read(&format!("---\ntitle: x\n{hostile}---\nText"));
            assert_eq!((end, meta.title), (0, None), "{hostile:.20}");
        }
    }
}
