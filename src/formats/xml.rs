//! [`Xml`]: the elements and words of one XML part, in order, under limits.
//!
//! It stands apart because four formats are made of XML and none may trust it: names are known without their
//! prefix, nesting is bounded, and a part that defines entities of its own is refused, not expanded.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::Fault;
use crate::text::harmless;

/// How deep elements may stand in one another. Real documents stay below a hundred.
const DEPTH: usize = 1000;

/// What an XML part is made of, for a reader.
#[derive(Debug)]
pub(super) enum Node<'x> {
    Start(Tag<'x>),
    End(EndTag<'x>),
    Words(Cow<'x, str>),
}

/// The start of an element. An element without content has an end all the same.
#[derive(Clone, Debug)]
pub(super) struct Tag<'x>(BytesStart<'x>);

/// The end of an element.
#[derive(Debug)]
pub(super) enum EndTag<'x> {
    Written(BytesEnd<'x>),
    /// Of an element without content.
    Implied(BytesStart<'x>),
}

/// A part that is being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    source: &'x str,
    /// What the part is called, for a fault.
    part: &'x str,
    depth: usize,
    /// An element without content has begun.
    empty: Option<BytesStart<'x>>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the first attribute that is called so, whatever its prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let raw = found.value.clone();
        Some(
            found
                .normalized_value(XmlVersion::Implicit1_0)
                .unwrap_or(raw),
        )
    }

    /// The value of an attribute that is a number.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

impl EndTag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Written(end) => end.local_name().into_inner(),
            Self::Implied(start) => start.local_name().into_inner(),
        }
    }
}

impl<'x> Xml<'x> {
    pub(super) fn new(source: &'x str, part: &'x str) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().allow_dangling_amp = true;
        Self {
            reader,
            source,
            part,
            depth: 0,
            empty: None,
        }
    }

    /// How many bytes have been read.
    pub(super) fn position(&self) -> usize {
        self.reader.buffer_position() as usize
    }

    /// The next element or words; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'x>>, Fault> {
        if let Some(start) = self.empty.take() {
            return Ok(Some(Node::End(EndTag::Implied(start))));
        }
        loop {
            let event = self.reader.read_event();
            match event.map_err(|error| self.damaged(&error))? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        let part = self.part;
                        let many = format!("elements of {part} are nested over {DEPTH} deep");
                        return Err(Fault::TooMuch(many));
                    }
                    return Ok(Some(Node::Start(Tag(start))));
                }
                Event::Empty(start) => {
                    self.empty = Some(start.clone());
                    return Ok(Some(Node::Start(Tag(start))));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::End(EndTag::Written(end))));
                }
                Event::Text(words) => return Ok(Some(Node::Words(words.into_inner()))),
                Event::CData(words) => return Ok(Some(Node::Words(words.into_inner()))),
                Event::GeneralRef(entity) => {
                    return Ok(Some(Node::Words(character(&entity))));
                }
                Event::DocType(kind) if kind.contains("<!ENTITY") => {
                    let many = format!("{} defines entities of its own", self.part);
                    return Err(Fault::TooMuch(many));
                }
                Event::Eof if self.depth > 0 => return Err(self.cut()),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Reads past the end of the element that `tag` has begun.
    pub(super) fn skip(&mut self, tag: &Tag<'x>) -> Result<(), Fault> {
        self.inside(tag).map(|_| ())
    }

    /// What stands inside the element that `tag` has begun, and past its end.
    pub(super) fn inside(&mut self, tag: &Tag<'x>) -> Result<&'x str, Fault> {
        if self.empty.take().is_some() {
            return Ok("");
        }
        self.depth = self.depth.saturating_sub(1);
        let span = self.reader.read_to_end(tag.0.name());
        let span = span.map_err(|error| self.damaged(&error))?;
        let (start, end) = (span.start as usize, span.end as usize);
        Ok(self.source.get(start..end).unwrap_or_default())
    }

    /// The words inside the element that `tag` has begun, those of its children included.
    pub(super) fn words(&mut self, tag: &Tag<'x>) -> Result<String, Fault> {
        let inside = self.inside(tag)?;
        let mut words = String::new();
        let mut xml = Xml::new(inside, self.part);
        while let Some(node) = xml.next()? {
            if let Node::Words(some) = node {
                words.push_str(&some);
            }
        }
        Ok(words)
    }

    fn damaged(&self, error: &quick_xml::Error) -> Fault {
        if self.position() >= self.source.len() {
            return self.cut();
        }
        Fault::Damaged(format!(
            "{} is no sound XML at byte {}",
            self.part,
            match error {
                quick_xml::Error::Syntax(_) | quick_xml::Error::IllFormed(_) =>
                    self.reader.error_position(),
                _ => self.reader.buffer_position(),
            }
        ))
    }

    fn cut(&self) -> Fault {
        Fault::Damaged(format!("{} ends in the middle", self.part))
    }
}

/// The words of each element that has words of its own, by its name without prefix; the first of a name counts.
pub(super) fn fields(source: &str, part: &str) -> Result<HashMap<String, String>, Fault> {
    let mut xml = Xml::new(source, part);
    let (mut fields, mut open) = (HashMap::new(), (String::new(), String::new()));
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(tag) => open = (tag.name().to_owned(), String::new()),
            Node::Words(words) => open.1.push_str(&words),
            Node::End(_) => {
                let (name, words) = std::mem::take(&mut open);
                let words = harmless::line(words.trim()).into_owned();
                if !words.is_empty() {
                    fields.entry(name).or_insert(words);
                }
            }
        }
    }
    Ok(fields)
}

/// The character that a reference stands for; one that XML does not know stays as it is written.
fn character<'x>(entity: &BytesRef<'_>) -> Cow<'x, str> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Cow::Owned(character.into());
    }
    let known = [
        ("lt", "<"),
        ("gt", ">"),
        ("amp", "&"),
        ("apos", "'"),
        ("quot", "\""),
        ("nbsp", "\u{A0}"),
    ];
    let name = entity.xml10_content();
    let found = known.iter().find(|(known, _)| *known == name);
    found.map_or_else(
        || Cow::Owned(format!("&{name};")),
        |(_, character)| Cow::Borrowed(*character),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Result<String, Fault> {
        let mut xml = Xml::new(source, "a.xml");
        let mut out = String::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) => {
                    out.extend(["<", tag.name()]);
                    if let Some(value) = tag.get("val") {
                        out.extend(["=", &value]);
                    }
                    if tag.name() == "skipped" {
                        xml.skip(&tag)?;
                    }
                }
                Node::End(_) => out.push('>'),
                Node::Words(words) => out.push_str(&words),
            }
        }
        Ok(out)
    }

    #[test]
    fn elements_come_without_prefix_and_words_without_references() {
        for (source, expected) in [
            ("<w:p><w:b w:val=\"a&amp;b\"/>x</w:p>", "<p<b=a&b>x>"),
            (
                "<a>1 &lt; &#x32; &bogus; & <![CDATA[<3]]></a>",
                "<a1 < 2 &bogus; & <3>",
            ),
            (
                "<!DOCTYPE a><a><skipped><skipped/>no</skipped>yes</a>",
                "<a<skippedyes>",
            ),
            ("<a><skipped/>yes</a>", "<a<skippedyes>"),
        ] {
            assert_eq!(shown(source).expect("sound"), expected, "{source}");
        }
    }

    #[test]
    fn what_is_unsound_or_a_trap_is_said() {
        let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        for (source, sentence) in [
            (laughs.to_owned(), "defines entities"),
            ("<a>".repeat(2000), "over 1000 deep"),
            ("<a><b>cut".to_owned(), "ends in the middle"),
            ("<a><b".to_owned(), "ends in the middle"),
            ("<a></b></a>".to_owned(), "no sound XML at byte"),
        ] {
            let fault = shown(&source).expect_err("a fault").to_string();
            assert!(fault.contains(sentence), "{fault}");
        }
    }
}
