//! Taming: a page made so that the parser takes no longer for it than for any other of its size.
//!
//! It stands apart because it works on the page as bytes, before there is a tree. A parser that follows the
//! standard walks up all open elements at many a tag, opens unclosed `<b>`s and `<font>`s anew in every paragraph,
//! and compares each attribute of a tag to all before it: a page can be written that costs hours or gigabytes. So
//! tags that nest too deep are dropped (their words stay), as browsers do. On the same way each block is told its line.

use std::fmt::Write as _;

/// Attribute in which a block of a tamed page bears its line, from 1.
pub(super) const LINE: &str = "data-line";

/// Elements that may be open at once, those not counted that end by themselves.
const DEEPEST: usize = 128;
/// Formatting elements that may be open at once.
const FORMATS: usize = 32;
/// Formatting elements that are opened anew in later blocks, over the whole page.
const REOPENED: usize = 500_000;
/// Attributes of one tag, about.
const ATTRIBUTES: usize = 1000;

/// A page without traps.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tamed {
    pub(super) html: String,
    /// Tags were dropped.
    pub(super) flattened: bool,
    /// Elements, each as often as elements stand around it: what it costs to judge them all.
    pub(super) weight: usize,
}

/// Elements without content, or that stand once.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "body", "br", "col", "embed", "frame", "head", "hr",
    "html", "image", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements that end where the next of their kind begins: old pages never close them.
const ENDING: &[&str] = &[
    "colgroup", "dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
];
/// Elements that are opened anew in the next block when they were not closed.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements that no end tag of a formatting or unknown element reaches through.
const SPECIAL: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "button",
    "caption",
    "center",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "object",
    "ol",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "template",
    "ul",
];
/// Elements that no end tag reaches through but their own.
const BOUNDARY: &[&str] = &[
    "applet", "caption", "marquee", "object", "table", "template",
];
/// Elements whose content is no markup.
const RAW: &[&str] = &["textarea", "title", "xmp"];
/// Elements that hold nothing to read, and much of most pages: dropped, but for what a page states about itself.
const UNREAD: &[&str] = &["iframe", "noembed", "noframes", "script", "style", "svg"];
/// In the tag of a script that states something about the page.
const STATEMENT: &str = "ld+json";
/// Elements that begin blocks of the reading text, and so are told their line.
const LINED: &[&str] = &[
    "blockquote",
    "caption",
    "dd",
    "div",
    "dt",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "p",
    "pre",
    "section",
    "summary",
    "td",
    "tr",
];

/// `html`, whose first line is `first_line` of its file, without traps.
pub(super) fn tame(html: &str, first_line: u32) -> Tamed {
    let tamer = |formats: bool| Tamer {
        out: String::with_capacity(html.len() + html.len() / 16),
        line: first_line,
        open: Vec::new(),
        formatting: 0,
        formats,
        reopened: 0,
        flattened: !formats,
        weight: 0,
        last_svg: false,
    };
    tamer(true)
        .run(html)
        .or_else(|| tamer(false).run(html))
        .unwrap_or_else(|| unreachable!("without formatting nothing is opened anew"))
}

struct Tamer<'h> {
    out: String,
    line: u32,
    open: Vec<&'h str>,
    /// How many of these are formatting elements.
    formatting: usize,
    /// Whether formatting elements are kept.
    formats: bool,
    reopened: usize,
    flattened: bool,
    weight: usize,
    /// No picture is closed in what follows.
    last_svg: bool,
}

/// A start or end tag, its `<` and `/` left out.
#[derive(Clone, Copy)]
struct Tag<'h> {
    name: &'h str,
    /// From after the name to the end of the tag, `>` included.
    rest: &'h str,
    attributes: usize,
}

impl<'h> Tamer<'h> {
    /// `None` when too many elements would be opened anew.
    fn run(mut self, html: &'h str) -> Option<Tamed> {
        let mut rest = html;
        while let Some((words, after)) = rest.split_once('<') {
            self.copy(words);
            rest = self.markup(after);
            if self.reopened > REOPENED && self.formats {
                return None;
            }
        }
        self.copy(rest);
        Some(Tamed {
            html: self.out,
            flattened: self.flattened,
            weight: self.weight,
        })
    }

    /// Takes what stands behind a `<`; gives what follows.
    fn markup(&mut self, after: &'h str) -> &'h str {
        if let Some(comment) = after.strip_prefix("!--") {
            let end = comment_end(comment);
            self.skip(comment.get(..end).unwrap_or_default());
            return comment.get(end..).unwrap_or_default();
        }
        let (closing, inside) = match after.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, after),
        };
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.out.push('<');
            return after;
        }
        let Some((tag, next)) = Tag::split(inside) else {
            // The page ends inside of a tag, as the parser sees it: such a tag is not shown.
            return "";
        };
        if closing {
            self.end(tag);
            return next;
        }
        let among = |names: &[&'static str]| {
            names
                .iter()
                .copied()
                .find(|name| name.eq_ignore_ascii_case(tag.name))
        };
        if let Some(unread) = among(UNREAD).filter(|_| !tag.rest.contains(STATEMENT)) {
            self.skip(tag.rest);
            return self.unread(unread, next);
        }
        self.start(tag);
        match among(RAW).or_else(|| among(UNREAD)) {
            Some(raw) => {
                let (content, next) = next.split_at(end_of_raw(raw, next).unwrap_or(next.len()));
                self.copy(content);
                next
            }
            None => next,
        }
    }

    /// Drops the content of an element; gives what follows from its end tag on.
    fn unread(&mut self, name: &'static str, content: &'h str) -> &'h str {
        // A picture that is never closed would take the rest of the page with it, as the parser does not.
        let end = if name == "svg" && self.last_svg {
            None
        } else {
            end_of_raw(name, content)
        };
        if name == "svg" && end.is_none() {
            self.last_svg = true;
            return content;
        }
        let (dropped, next) = content.split_at(end.unwrap_or(content.len()));
        self.skip(dropped);
        Tag::split(next.get(2..).unwrap_or_default()).map_or("", |(tag, after)| {
            self.skip(tag.rest);
            after
        })
    }

    fn start(&mut self, tag: Tag<'h>) {
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
        let (formatting, ending) = (is(FORMATTING), is(ENDING));
        let nests = !ending && !is(VOID);
        let full = (nests || ending) && self.open.len() >= DEEPEST;
        let reopens = formatting && (!self.formats || self.formatting >= FORMATS);
        if reopens || full {
            self.flattened = true;
            return self.skip(tag.rest);
        }
        if ending || is(SPECIAL) {
            self.reopened += self.formatting;
        }
        if nests && !is(RAW) && !is(UNREAD) {
            self.open.push(tag.name);
            self.formatting += usize::from(formatting);
        }
        self.weight += self.open.len();
        self.out.push('<');
        self.out.push_str(tag.name);
        if is(LINED) {
            // Writing to a string cannot fail.
            let _ = write!(self.out, " {LINE}={}", self.line);
            if tag.rest.starts_with('/') {
                self.out.push(' ');
            }
        }
        if tag.attributes > ATTRIBUTES {
            self.out.push('>');
            return self.skip(tag.rest);
        }
        self.copy(tag.rest);
    }

    fn end(&mut self, tag: Tag<'h>) {
        let is =
            |names: &[&str], other: &str| names.iter().any(|name| name.eq_ignore_ascii_case(other));
        let special = is(SPECIAL, tag.name);
        let stops = |open: &str| is(if special { BOUNDARY } else { SPECIAL }, open);
        let found = self
            .open
            .iter()
            .rposition(|open| open.eq_ignore_ascii_case(tag.name));
        if let Some(at) = found {
            let above = self.open.get(at + 1..).unwrap_or_default();
            if !above.iter().any(|open| stops(open)) {
                self.open.truncate(at);
            } else if is(FORMATTING, tag.name) {
                self.open.remove(at);
            }
            self.formatting = self.open.iter().filter(|open| is_formatting(open)).count();
        } else if ![ENDING, VOID, RAW, UNREAD]
            .iter()
            .any(|names| is(names, tag.name))
        {
            // It ends nothing: perhaps what was dropped.
            return self.skip(tag.rest);
        }
        self.out.push_str("</");
        self.out.push_str(tag.name);
        self.copy(tag.rest);
    }

    fn copy(&mut self, words: &str) {
        self.skip(words);
        self.out.push_str(words);
    }

    fn skip(&mut self, words: &str) {
        self.line += memchr::memchr_iter(b'\n', words.as_bytes()).count() as u32;
    }
}

impl<'h> Tag<'h> {
    /// The tag that `inside` begins with, and what follows it; `None` when it never ends.
    fn split(inside: &'h str) -> Option<(Self, &'h str)> {
        let bytes = inside.as_bytes();
        let name = bytes
            .iter()
            .position(|byte| b" \t\n\r\x0C/>".contains(byte))?;
        let mut at = name;
        let mut attributes = 0;
        loop {
            let rest = bytes.get(at..)?;
            at += rest
                .iter()
                .position(|byte| b"> \t\n\r\x0C/='\"".contains(byte))?;
            let sign = *bytes.get(at)?;
            at += 1;
            match sign {
                b'>' => break,
                b'=' => at = value_end(bytes, at)?,
                _ => attributes += 1,
            }
        }
        let tag = Self {
            name: inside.get(..name)?,
            rest: inside.get(name..at)?,
            attributes,
        };
        Some((tag, inside.get(at..)?))
    }
}

/// Where the value of an attribute ends that begins at `at`, white space before it allowed.
fn value_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let at = at
        + rest
            .iter()
            .position(|byte| !b" \t\n\r\x0C".contains(byte))?;
    let quote = *bytes.get(at)?;
    let rest = bytes.get(at + 1..)?;
    match quote {
        b'"' | b'\'' => Some(at + 2 + memchr::memchr(quote, rest)?),
        b'>' => Some(at),
        _ => Some(
            at + 1
                + rest
                    .iter()
                    .position(|byte| b"> \t\n\r\x0C".contains(byte))?,
        ),
    }
}

/// Where the end tag of an element begins whose content is no markup.
fn end_of_raw(name: &str, content: &str) -> Option<usize> {
    let bytes = content.as_bytes();
    memchr::memmem::find_iter(bytes, b"</").find(|at| {
        let behind = bytes.get(at + 2..at + 2 + name.len());
        let after = bytes.get(at + 2 + name.len());
        let ends = after.is_none_or(|byte| b" \t\n\r\x0C/>".contains(byte));
        ends && behind.is_some_and(|behind| behind.eq_ignore_ascii_case(name.as_bytes()))
    })
}

fn is_formatting(name: &str) -> bool {
    FORMATTING
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// How long a comment is, its end included; given what follows `<!--`.
fn comment_end(comment: &str) -> usize {
    for empty in [">", "->"] {
        if comment.starts_with(empty) {
            return empty.len();
        }
    }
    let bytes = comment.as_bytes();
    let ends = memchr::memmem::find_iter(bytes, b"--");
    let closed = ends.into_iter().find_map(|at| {
        let after = bytes.get(at + 2..).unwrap_or_default();
        let length = if after.starts_with(b">") { 3 } else { 4 };
        (after.starts_with(b">") || after.starts_with(b"!>")).then_some(at + length)
    });
    // `--` may begin one byte later: `--->`.
    let dashes = memchr::memmem::find(bytes, b"-->").map(|at| at + 3);
    [closed, dashes]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tamed(html: &str) -> String {
        let tamed = tame(html, 1).html;
        tamed.replace(&format!(" {LINE}=1"), "")
    }

    #[test]
    fn a_usual_page_stays_as_it_is_but_for_what_is_not_read() {
        for (html, expected) in [
            (
                "<!DOCTYPE html><p class='a>b'>1 < 2<br/>",
                "<!DOCTYPE html><p class='a>b'>1 < 2<br/>",
            ),
            ("a<!-- <p> -->b<!-->c<!--->d", "abcd"),
            ("<script>if (a<b) '<p>'</SCRIPT ><p>x", "<p>x"),
            ("<style>p > a{}</style>x<svg><text>y</text></svg>z", "xz"),
            ("<svg>a<svg>b", "ab"),
            (
                "<script type='application/ld+json'>{<b>}</script>",
                "<script type='application/ld+json'>{<b>}</script>",
            ),
            ("x<script>never closed <p>", "x"),
            ("<a href=\"x?a='>'\">y</A>", "<a href=\"x?a='>'\">y</A>"),
            ("<p><b>x</b></p><", "<p><b>x</b></p><"),
            ("<a href=x", ""),
        ] {
            assert_eq!(tamed(html), expected, "{html}");
        }
    }

    #[test]
    fn blocks_are_told_their_lines() {
        let tamed = tame("<ul>\n<li>a\n<li\nclass=x>b</ul>", 7).html;
        assert_eq!(
            tamed,
            "<ul>\n<li data-line=8>a\n<li data-line=9\nclass=x>b</ul>"
        );
    }

    #[test]
    fn what_nests_too_deep_is_flattened() {
        for open in [
            "<div>",
            "<div></x>",
            "<a><div></a>",
            "<span><div></span>",
            "<b>",
            "<ul><li>",
            "<x-y>",
            "<rt>",
        ] {
            let html = format!("{}end", open.repeat(10_000));
            let tamed = tame(&html, 1);
            assert!(tamed.flattened, "{open}");
            assert!(tamed.html.matches(['<']).count() < 45_000, "{open}");
            assert!(tamed.html.ends_with("end"));
        }
        for open in [
            "<p>",
            "<li>",
            "<br>",
            "<div></div>",
            "<p><b>x</b>",
            "<tr><td>",
        ] {
            assert!(!tame(&open.repeat(10_000), 1).flattened, "{open}");
        }
    }

    #[test]
    fn formatting_that_would_be_opened_anew_without_end_goes() {
        let fonts: String = (0..200)
            .map(|size| format!("<font size={size}>"))
            .collect::<Vec<_>>()
            .concat();
        let tamed = tame(&format!("{fonts}{}", "<p>x".repeat(20_000)), 1);
        assert!(tamed.flattened && !tamed.html.contains("font"));
    }

    #[test]
    fn a_tag_of_countless_attributes_loses_them() {
        let attributes: String = (0..5000)
            .map(|number| format!(" a{number}=1"))
            .collect::<Vec<_>>()
            .concat();
        assert_eq!(tamed(&format!("<p{attributes}>x")), "<p>x");
    }
}
