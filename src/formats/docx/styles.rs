//! The paragraph and character styles of a Word file, each with what it inherits.
//!
//! It stands apart because what a paragraph is follows from a chain of styles, and that chain is followed once.

use std::collections::HashMap;

use crate::formats::Fault;
use crate::formats::flow::Run;
use crate::formats::named::{Named, of_style};
use crate::formats::xml::{Node, Tag, Xml};
use crate::model::Inline;

/// How many styles may be based on one another.
const CHAIN: usize = 24;

/// What a style says of a paragraph or run.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) named: Option<Named>,
    /// Level from 1; 0 says that it is no heading.
    pub(super) outline: Option<u8>,
    pub(super) list: Place,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) strike: Option<bool>,
    pub(super) hidden: Option<bool>,
    base: Option<String>,
}

/// Where in which list a paragraph stands, as far as it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
}

/// All styles, by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The one that holds where a paragraph names none.
    standard: Style,
}

impl Style {
    /// Takes what one element of `w:pPr` or `w:rPr` says.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "outlineLvl" => {
                let level = tag.number::<u8>("val").filter(|&level| level < 9);
                self.outline = Some(level.map_or(0, |level| level + 1));
            }
            "ilvl" => self.list.level = tag.number("val"),
            "numId" => self.list.list = tag.number("val"),
            "b" => self.bold = Some(is_on(tag)),
            "i" => self.italic = Some(is_on(tag)),
            "strike" | "dstrike" => self.strike = Some(is_on(tag)),
            "vanish" => self.hidden = Some(is_on(tag)),
            _ => {}
        }
    }

    /// What `self` does not say, `base` says.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            named: self.named.or(base.named),
            outline: self.outline.or(base.outline),
            list: Place {
                list: self.list.list.or(base.list.list),
                level: self.list.level.or(base.list.level),
            },
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            strike: self.strike.or(base.strike),
            hidden: self.hidden.or(base.hidden),
            base: self.base,
        }
    }

    pub(super) fn run(&self) -> Run {
        let code = self.named == Some(Named::Code);
        Run::default()
            .with(Inline::Strong, self.bold == Some(true))
            .with(Inline::Emphasis, self.italic == Some(true))
            .with(Inline::Strike, self.strike == Some(true))
            .with(Inline::Code, code)
    }
}

impl Styles {
    pub(super) fn read(source: &str) -> Result<Self, Fault> {
        let mut xml = Xml::new(source, "word/styles.xml");
        let mut raw: HashMap<String, Style> = HashMap::new();
        let (mut open, mut standard): (Option<(String, Style)>, _) = (None, None);
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) if tag.name() == "style" => {
                    let id = tag.get("styleId").unwrap_or_default().into_owned();
                    let default = tag.get("default").is_some_and(|value| truth(&value));
                    if default && tag.get("type").as_deref() == Some("paragraph") {
                        standard = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                Node::Start(tag) => {
                    let Some((_, style)) = &mut open else {
                        continue;
                    };
                    match tag.name() {
                        "name" => style.named = tag.get("val").and_then(|name| of_style(&name)),
                        "basedOn" => style.base = tag.get("val").map(Into::into),
                        // Formats of parts of a table hold for none of its paragraphs alone.
                        "tblStylePr" => xml.skip(&tag)?,
                        _ => style.take(&tag),
                    }
                }
                Node::End(end) if end.name() == "style" => {
                    if let Some((id, style)) = open.take() {
                        raw.insert(id, style);
                    }
                }
                _ => {}
            }
        }
        let styles = raw.keys().map(|id| (id.clone(), inherited(&raw, id)));
        let styles: HashMap<String, Style> = styles.collect();
        let standard = standard.and_then(|id| styles.get(&id)).cloned();
        Ok(Self {
            standard: standard.unwrap_or_default(),
            styles,
        })
    }

    /// The style of this identifier; of none, the standard one.
    pub(super) fn of(&self, id: Option<&str>) -> &Style {
        let found = id.and_then(|id| self.styles.get(id));
        found.unwrap_or(&self.standard)
    }
}

fn inherited(raw: &HashMap<String, Style>, id: &str) -> Style {
    let Some(mut style) = raw.get(id).cloned() else {
        return Style::default();
    };
    for _ in 0..CHAIN {
        let Some(base) = style.base.take().and_then(|base| raw.get(&base)) else {
            break;
        };
        style = style.over(base);
        style.base.clone_from(&base.base);
    }
    style
}

/// Whether a property that may be said without a value holds.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    tag.get("val").is_none_or(|value| truth(&value))
}

fn truth(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_inherits_what_it_does_not_say() {
        let styles = Styles::read(
            r#"<w:styles xmlns:w="w">
            <w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
            <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/>
              <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:styleId="Amt"><w:name w:val="Amtliche Zeile"/><w:basedOn w:val="berschrift1"/>
              <w:rPr><w:b w:val="0"/></w:rPr></w:style>
            <w:style w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>
            <w:style w:styleId="B"><w:name w:val="Überschrift 2"/><w:basedOn w:val="A"/></w:style>
            </w:styles>"#,
        )
        .expect("sound");
        let official = styles.of(Some("Amt"));
        assert_eq!((official.outline, official.bold), (Some(1), Some(false)));
        assert_eq!(official.named, Some(Named::Heading(1)));
        assert_eq!(styles.of(Some("A")).named, Some(Named::Heading(2)));
        assert_eq!(styles.of(None).named, None);
    }
}
