//! [`Body`]: the text of an OpenDocument file to paragraphs, runs, tables and notes, front to back.
//!
//! No recursion but for text boxes, and those only to a depth: what they hold is cut out and read on its own.

use super::styles::Styles;
use crate::formats::docx::spelled;
use crate::formats::flow::{Flow, Look, Run};
use crate::formats::named::Named;
use crate::formats::shape::{Names, Shape};
use crate::formats::tally::Tally;
use crate::formats::xml::{Node, Tag, Xml};
use crate::formats::{Fault, Progress, Step, Unit, Watch};
use crate::model::{Document, Mark};

const TABLE: Names = Names {
    table: "table",
    row: "table-row",
    cell: "table-cell",
};
const PART: &str = "content.xml";
/// How deep tables and text boxes may stand in one another.
const DEPTH: usize = 8;
/// Elements between two words on progress.
const STRIDE: usize = 1 << 15;

/// Elements that are not read, nor what stands in them.
const UNREAD: &[&str] = &[
    "automatic-styles",
    "font-face-decls",
    "scripts",
    "forms",
    "note-citation",
    "ruby-text",
    "sequence-decls",
    "tracked-changes",
    "hidden-paragraph",
];
/// Lists of what stands where.
const CONTENTS: &[&str] = &["table-of-content", "illustration-index", "table-index"];

/// A list that is open.
#[derive(Debug)]
struct List {
    style: String,
    count: Option<u32>,
    /// What the next paragraph begins with.
    mark: Option<(Mark, Option<String>)>,
}

pub(super) struct Body<'x> {
    flow: Flow,
    styles: &'x Styles,
    lists: Vec<List>,
    /// The last count of each style of lists, for those that go on.
    counts: Vec<(String, u32)>,
    /// Inside a paragraph, and how deep in runs: how words look, and whether they are shown.
    runs: Vec<(Run, bool)>,
    prefix: Option<String>,
    links: Vec<bool>,
    notes: Vec<&'x str>,
    boxes: Vec<&'x str>,
    depth: usize,
    /// Inside a table that becomes rows: how many columns the open cell takes.
    grid: Option<usize>,
    /// The picture of the open frame, and its description.
    picture: Option<String>,
    tally: Tally,
}

impl<'x> Body<'x> {
    pub(super) fn new(flow: Flow, styles: &'x Styles) -> Self {
        Self {
            flow,
            styles,
            lists: Vec::new(),
            counts: Vec::new(),
            runs: Vec::new(),
            prefix: None,
            links: Vec::new(),
            notes: Vec::new(),
            boxes: Vec::new(),
            depth: 0,
            grid: None,
            picture: None,
            tally: Tally::default(),
        }
    }

    /// Reads the text, and the notes that it calls.
    pub(super) fn read(&mut self, source: &'x str, watch: Watch<'_>) -> Result<(), Fault> {
        let mut xml = Xml::new(source, PART);
        let mut steps = 0_usize;
        while let Some(node) = xml.next()? {
            self.take(&mut xml, node)?;
            steps += 1;
            if steps.is_multiple_of(STRIDE) {
                let progress = Progress {
                    done: xml.position() as u64,
                    of: Some(source.len() as u64),
                    unit: Unit::Bytes,
                };
                if !watch(Step::Progress(progress)) {
                    self.tally.stopped = true;
                    break;
                }
            }
        }
        self.lists.clear();
        let mut at = 0;
        while let Some(&inside) = self.notes.get(at) {
            at += 1;
            self.flow.begin_note(at as u32);
            self.walk(inside)?;
            self.flow.end_note(at as u32);
        }
        Ok(())
    }

    pub(super) fn finish(self) -> (Document, Tally) {
        (self.flow.finish(), self.tally)
    }

    fn walk(&mut self, inside: &'x str) -> Result<(), Fault> {
        let mut xml = Xml::new(inside, PART);
        while let Some(node) = xml.next()? {
            self.take(&mut xml, node)?;
        }
        Ok(())
    }

    fn take(&mut self, xml: &mut Xml<'x>, node: Node<'x>) -> Result<(), Fault> {
        match node {
            Node::Words(words) => self.words(&words),
            Node::End(end) => {
                self.end(end.name());
                if matches!(end.name(), "p" | "h") && self.runs.is_empty() {
                    self.read_boxes()?;
                }
            }
            Node::Start(tag) if UNREAD.contains(&tag.name()) => {
                let inside = xml.inside(&tag)?;
                if tag.name() == "tracked-changes" {
                    self.tally.changes += inside.matches("<text:changed-region").count();
                }
            }
            Node::Start(tag) if CONTENTS.contains(&tag.name()) => {
                self.tally.contents += 1;
                xml.skip(&tag)?;
            }
            Node::Start(tag) => self.start(xml, &tag)?,
        }
        Ok(())
    }

    fn start(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), Fault> {
        match tag.name() {
            "p" | "h" => self.begin(tag),
            "span" => {
                let stated = self
                    .styles
                    .of(true, &tag.get("style-name").unwrap_or_default());
                let (run, shown) = self.runs.last().copied().unwrap_or_default();
                let shown = shown && stated.hidden != Some(true);
                self.runs.push((stated.run(run), shown));
            }
            "list" => self.begin_list(tag),
            "list-item" => self.begin_item(tag),
            "table" => self.table(xml, tag)?,
            "table-row" if self.grid.is_some() => self.flow.begin_row(),
            "table-cell" if self.grid.is_some() => {
                let spanned = tag.number::<usize>("number-columns-spanned");
                self.grid = Some(spanned.unwrap_or(1).clamp(1, 64));
                self.flow.begin_cell();
            }
            "text-box" => {
                let inside = xml.inside(tag)?;
                self.boxes.push(inside);
            }
            "note-body" => {
                let inside = xml.inside(tag)?;
                self.notes.push(inside);
                self.flow.reference(self.notes.len() as u32);
            }
            "annotation" => {
                self.tally.comments += 1;
                xml.skip(tag)?;
            }
            "image" if self.picture.is_none() => self.picture = Some(String::new()),
            "title" | "desc" => {
                let words = xml.words(tag)?;
                if let Some(picture) = &mut self.picture {
                    *picture = words;
                }
            }
            _ => self.inline(tag),
        }
        Ok(())
    }

    fn inline(&mut self, tag: &Tag<'x>) {
        match tag.name() {
            "s" | "tab" => self.words(" "),
            "line-break" if !self.runs.is_empty() => self.flow.line_break(),
            "a" => {
                let address = tag.get("href").unwrap_or_default();
                let leads =
                    !address.is_empty() && !address.starts_with('#') && !self.runs.is_empty();
                self.links.push(leads);
                if leads {
                    self.flow.start_link(&address);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.runs.pop();
                if self.runs.is_empty() {
                    self.flow.end();
                }
            }
            "span" => {
                self.runs.pop();
            }
            "a" => self.end_link(),
            "list" => {
                if let Some(List { style, count, .. }) = self.lists.pop() {
                    self.counts.retain(|(known, _)| *known != style);
                    self.counts.extend(count.map(|count| (style, count)));
                }
            }
            "table-cell" => {
                for _ in 1..self.grid.unwrap_or(1) {
                    self.flow.begin_cell();
                }
            }
            "table-row" if self.grid.is_some() => self.flow.end_row(),
            "frame" => {
                if let Some(words) = self.picture.take() {
                    let described = if words.trim().is_empty() { "" } else { ": " };
                    self.words(&format!("[image{described}{}]", words.trim()));
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        let Some(&(run, shown)) = self.runs.last() else {
            return;
        };
        if !shown {
            self.tally.hidden += 1;
            return;
        }
        if let Some(prefix) = self.prefix.take() {
            self.flow.words(&prefix, Run::default());
            self.flow.words(" ", Run::default());
        }
        self.flow.words(words, run);
    }

    fn end_link(&mut self) {
        if self.links.pop() == Some(true) {
            self.flow.end_link();
        }
    }

    /// A paragraph or heading begins.
    fn begin(&mut self, tag: &Tag<'x>) {
        let stated = self
            .styles
            .of(false, &tag.get("style-name").unwrap_or_default());
        let depth = self.lists.len().min(9) as u8;
        let mark = self.lists.last_mut().map(|list| list.mark.take());
        self.prefix = None;
        let heading = tag.name() == "h";
        let look = match (mark, stated.named) {
            (_, Some(Named::Title)) => Look::Title,
            (_, Some(Named::Heading(level))) if !heading => Look::Heading(level),
            _ if heading => Look::Heading(tag.number("outline-level").unwrap_or(1)),
            (_, Some(Named::Code)) => Look::Code,
            (Some(Some((mark, prefix))), _) => {
                self.prefix = prefix;
                Look::Item(mark, depth)
            }
            (Some(None), _) => Look::Item(Mark::None, depth),
            (None, Some(Named::Quote)) => Look::Quote,
            (None, _) => Look::Paragraph,
        };
        let plain = matches!(look, Look::Title | Look::Heading(_) | Look::Code);
        let run = if plain {
            Run::default()
        } else {
            stated.run(Run::default())
        };
        self.runs.push((run, stated.hidden != Some(true)));
        if self.runs.len() == 1 {
            self.flow.begin(look);
        }
    }

    fn begin_list(&mut self, tag: &Tag<'x>) {
        let style = tag.get("style-name").map(std::borrow::Cow::into_owned);
        let outer = self.lists.last().map(|list| list.style.clone());
        let style = style.or(outer).unwrap_or_default();
        let goes_on = tag.get("continue-numbering").as_deref() == Some("true")
            || tag.get("continue-list").is_some();
        let known = self.counts.iter().find(|(known, _)| *known == style);
        let count = known.filter(|_| goes_on).map(|(_, count)| *count);
        let mark = None;
        self.lists.push(List { style, count, mark });
    }

    fn begin_item(&mut self, tag: &Tag<'x>) {
        let depth = self.lists.len();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let level = self.styles.level(&list.style, depth);
        let start = tag.number::<u32>("start-value");
        let first = level.map_or(1, |level| level.start);
        let next = list.count.map_or(first, |count| count.saturating_add(1));
        let number = start.unwrap_or(next);
        list.count = Some(number);
        list.mark = Some(match level.map(|level| (level, level.form.as_deref())) {
            Some((_, Some(""))) => (Mark::None, None),
            Some((_, Some("1"))) => (Mark::Number(number), None),
            Some((level, Some(form))) => {
                let words = spelled(number, form);
                let words = format!("{}{words}{}", level.prefix, level.suffix);
                (Mark::None, Some(words))
            }
            _ => (Mark::Bullet, None),
        });
    }

    fn table(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), Fault> {
        let inside = xml.inside(tag)?;
        if self.depth == DEPTH {
            return Err(too_deep());
        }
        let before = self.grid;
        // A table in a text box in a cell is words of the cell.
        let grid = before.is_none() && Shape::of(inside, PART, TABLE)?.is_grid();
        if grid {
            self.flow.begin_table();
        }
        self.grid = grid.then_some(1);
        self.depth += 1;
        self.walk(inside)?;
        self.depth -= 1;
        self.grid = before;
        Ok(())
    }

    fn read_boxes(&mut self) -> Result<(), Fault> {
        if self.boxes.is_empty() {
            return Ok(());
        }
        if self.depth == DEPTH {
            return Err(too_deep());
        }
        self.depth += 1;
        for inside in std::mem::take(&mut self.boxes) {
            self.walk(inside)?;
        }
        self.depth -= 1;
        Ok(())
    }
}

fn too_deep() -> Fault {
    Fault::TooMuch(format!(
        "tables and text boxes are nested over {DEPTH} deep"
    ))
}

impl std::fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Body")
            .field("tally", &self.tally)
            .finish_non_exhaustive()
    }
}
