//! The styles of an OpenDocument text: of paragraphs, of words, of lists.
//!
//! They stand apart because they come from two parts of a file, and a style inherits from others.

use std::collections::HashMap;

use crate::formats::Fault;
use crate::formats::flow::Run;
use crate::formats::named::{Named, of_style};
use crate::formats::xml::{Node, Tag, Xml};
use crate::model::Inline;

/// How many styles may be based on one another.
const CHAIN: usize = 24;
const LEVELS: usize = 10;

#[derive(Debug, Default)]
struct Style {
    named: Option<Named>,
    bold: Option<bool>,
    italic: Option<bool>,
    strike: Option<bool>,
    hidden: Option<bool>,
    base: Option<String>,
}

/// What stands before the items of one level of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// `None` for a bullet; a form without a sign (`""`) stands for nothing.
    pub(super) form: Option<String>,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) start: u32,
}

/// All styles by name; those of paragraphs and of words have a name space each.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<(bool, String), Style>,
    lists: HashMap<String, [Option<Level>; LEVELS]>,
}

/// What a style says, with all that it inherits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stated {
    pub(super) named: Option<Named>,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) strike: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl Stated {
    /// How words look that looked like `run` without it.
    pub(super) fn run(self, run: Run) -> Run {
        let code = (self.named == Some(Named::Code)).then_some(true);
        let said = [
            (Inline::Strong, self.bold),
            (Inline::Emphasis, self.italic),
            (Inline::Strike, self.strike),
            (Inline::Code, code),
        ];
        said.into_iter().fold(run, |run, (inline, on)| {
            on.map_or(run, |on| run.with(inline, on))
        })
    }
}

impl Styles {
    /// Takes the styles of one part.
    pub(super) fn take(&mut self, source: &str) -> Result<(), Fault> {
        let mut xml = Xml::new(source, "a part with styles");
        let (mut open, mut list) = (None, String::new());
        while let Some(node) = xml.next()? {
            let Node::Start(tag) = node else {
                continue;
            };
            match tag.name() {
                "style" | "default-style" => open = self.begin(&tag),
                "text-properties" => {
                    if let Some(style) = open.as_ref().and_then(|name| self.styles.get_mut(name)) {
                        style.look(&tag);
                    }
                }
                "list-style" | "outline-style" => {
                    list = tag.get("name").unwrap_or_default().into_owned();
                }
                "list-level-style-bullet"
                | "list-level-style-number"
                | "list-level-style-image" => {
                    let at = tag.number::<usize>("level").unwrap_or(1);
                    let levels = self.lists.entry(list.clone()).or_default();
                    if let Some(level) = levels.get_mut(at.saturating_sub(1)) {
                        *level = Some(Level::of(&tag));
                    }
                }
                // The text itself follows, and has no styles.
                "body" => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: &Tag<'_>) -> Option<(bool, String)> {
        let of_words = tag.get("family").as_deref() == Some("text");
        let name = tag.get("name")?.into_owned();
        let shown = tag.get("display-name");
        let style = Style {
            named: shown
                .and_then(|shown| of_style(&shown))
                .or_else(|| of_style(&name)),
            base: tag.get("parent-style-name").map(Into::into),
            ..Style::default()
        };
        let key = (of_words, name);
        self.styles.insert(key.clone(), style);
        Some(key)
    }

    /// What the style of this name says.
    pub(super) fn of(&self, of_words: bool, name: &str) -> Stated {
        let mut stated = Stated::default();
        let mut key = (of_words, name.to_owned());
        for _ in 0..CHAIN {
            let Some(style) = self.styles.get(&key) else {
                // What is built in need not be described.
                stated.named = stated.named.or_else(|| of_style(&key.1));
                break;
            };
            stated.named = stated.named.or(style.named);
            stated.bold = stated.bold.or(style.bold);
            stated.italic = stated.italic.or(style.italic);
            stated.strike = stated.strike.or(style.strike);
            stated.hidden = stated.hidden.or(style.hidden);
            let Some(base) = &style.base else {
                break;
            };
            key.1.clone_from(base);
        }
        stated
    }

    /// What stands before the items of a list at a depth from 1; `None` where nothing is said.
    pub(super) fn level(&self, list: &str, depth: usize) -> Option<&Level> {
        self.lists.get(list)?.get(depth.checked_sub(1)?)?.as_ref()
    }
}

impl Style {
    fn look(&mut self, tag: &Tag<'_>) {
        let weight = tag.get("font-weight");
        self.bold =
            weight.map(|weight| !matches!(&*weight, "normal" | "100" | "200" | "300" | "400"));
        self.italic = tag.get("font-style").map(|style| style != "normal");
        self.strike = tag
            .get("text-line-through-style")
            .map(|style| style != "none");
        self.hidden = tag.get("display").map(|display| display == "none");
    }
}

impl Level {
    fn of(tag: &Tag<'_>) -> Self {
        let of = |name: &str| tag.get(name).unwrap_or_default().into_owned();
        Self {
            form: (tag.name() == "list-level-style-number").then(|| of("num-format")),
            prefix: of("num-prefix"),
            suffix: of("num-suffix"),
            start: tag.number("start-value").unwrap_or(1),
        }
    }
}
