//! [`Body`]: the body of a Word file to paragraphs, runs, tables and notes, front to back.
//!
//! No recursion but for tables and text boxes, and those only to a depth: what they hold is cut out of the part
//! and read on its own.

use super::Parts;
use super::notes::{Fields, Kind, Notes};
use super::numbering::{Label, Numbering};
use super::properties::{self, Stated};
use super::styles::Style;
use crate::formats::flow::{Flow, Look, Run};
use crate::formats::named::Named;
use crate::formats::shape::{Names, Shape};
use crate::formats::tally::Tally;
use crate::formats::xml::{Node, Tag, Xml};
use crate::formats::{Fault, Progress, Step, Unit, Watch};
use crate::model::{Document, Inline};

/// How deep tables may stand in tables; what stands deeper is read as paragraphs.
const TABLES: usize = 8;
const TABLE: Names = Names {
    table: "tbl",
    row: "tr",
    cell: "tc",
};
/// How deep text boxes may stand in text boxes.
const BOXES: usize = 8;
/// Elements between two words on progress.
const STRIDE: usize = 1 << 15;

/// Elements that are not read, nor what stands in them.
const UNREAD: &[&str] = &[
    "sectPr",
    "tblPr",
    "tblGrid",
    "sdtPr",
    "sdtEndPr",
    "Fallback",
    "rubyPr",
    "rt",
    "ctrlPr",
    "fldData",
    "delText",
    "delInstrText",
];

/// What holds for the paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    style: Style,
    /// What stands before its first words.
    prefix: Option<String>,
    left_out: bool,
    /// Its end is deleted: the next paragraph goes on in it.
    open_end: bool,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the words to come; they do not depend on each other"
)]
pub(super) struct Body<'x> {
    flow: Flow,
    parts: &'x Parts,
    numbering: Numbering,
    paragraph: Paragraph,
    /// A paragraph has begun, and nothing of it has been read.
    fresh: bool,
    run: Run,
    hidden: bool,
    in_text: bool,
    fields: Fields,
    /// For each link that is open, whether it leads anywhere.
    links: Vec<bool>,
    /// Text boxes that follow the paragraph.
    boxes: Vec<&'x str>,
    box_depth: usize,
    table_depth: usize,
    /// Inside a table that becomes rows: how many columns the open cell takes.
    grid: Option<usize>,
    row_left_out: bool,
    picture: String,
    notes: Notes<'x>,
    tally: Tally,
}

impl<'x> Body<'x> {
    pub(super) fn new(flow: Flow, parts: &'x Parts, numbering: Numbering) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        notes.gather(&parts.footnotes, Kind::Foot)?;
        notes.gather(&parts.endnotes, Kind::End)?;
        Ok(Self {
            flow,
            parts,
            numbering,
            paragraph: Paragraph::default(),
            fresh: false,
            run: Run::default(),
            hidden: false,
            in_text: false,
            fields: Fields::default(),
            links: Vec::new(),
            boxes: Vec::new(),
            box_depth: 0,
            table_depth: 0,
            grid: None,
            row_left_out: false,
            picture: String::new(),
            notes,
            tally: Tally::default(),
        })
    }

    /// Reads the main part, and the notes that it calls.
    pub(super) fn read(
        &mut self,
        source: &'x str,
        part: &'x str,
        watch: Watch<'_>,
    ) -> Result<(), Fault> {
        let whole = memchr::memmem::find(source.as_bytes(), b"lastRenderedPageBreak").is_some();
        self.flow.turn_to(u32::from(whole));
        let mut xml = Xml::new(source, part);
        let mut steps = 0_usize;
        while let Some(node) = xml.next()? {
            self.take(&mut xml, node, part)?;
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
        let mut number = 1;
        while let Some(inside) = self.notes.numbered(number) {
            self.flow.begin_note(number);
            self.walk(inside, part)?;
            self.flow.end_note(number);
            number += 1;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> (Document, Tally) {
        (self.flow.finish(), self.tally)
    }

    /// Reads what was cut out of a part.
    fn walk(&mut self, inside: &'x str, part: &'x str) -> Result<(), Fault> {
        let mut xml = Xml::new(inside, part);
        while let Some(node) = xml.next()? {
            self.take(&mut xml, node, part)?;
        }
        Ok(())
    }

    fn take(&mut self, xml: &mut Xml<'x>, node: Node<'x>, part: &'x str) -> Result<(), Fault> {
        match node {
            Node::Words(words) => {
                if self.in_text {
                    self.words(&words);
                }
            }
            Node::End(end) => {
                self.end(end.name());
                if end.name() == "p" && !self.boxes.is_empty() {
                    self.read_boxes(part)?;
                }
            }
            Node::Start(tag) => {
                if self.fresh && tag.name() != "pPr" {
                    self.begin(Style::default(), None);
                }
                self.start(xml, &tag, part)?;
            }
        }
        Ok(())
    }

    fn start(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>, part: &'x str) -> Result<(), Fault> {
        match tag.name() {
            "t" => self.in_text = true,
            "r" => (self.run, self.hidden) = (self.base_run(), false),
            "rPr" => self.run_properties(xml.inside(tag)?, part)?,
            "p" => {
                self.fresh = !std::mem::take(&mut self.paragraph.open_end);
                self.fields.drop_codes();
            }
            "pPr" => {
                let stated = properties::of_paragraph(xml.inside(tag)?, part)?;
                if self.fresh {
                    self.begin(stated.direct, stated.style.as_deref());
                }
                self.paragraph.open_end = stated.open_end;
            }
            "del" | "moveFrom" => {
                self.tally.changes += 1;
                xml.skip(tag)?;
            }
            "ins" => self.tally.changes += 1,
            "tbl" => {
                let inside = xml.inside(tag)?;
                self.table(inside, part)?;
            }
            "tr" | "tc" | "trPr" | "tcPr" => self.table_part(xml, tag)?,
            "txbxContent" => {
                let inside = xml.inside(tag)?;
                self.boxes.push(inside);
            }
            name if UNREAD.contains(&name) => xml.skip(tag)?,
            _ => self.inline(xml, tag)?,
        }
        Ok(())
    }

    /// What stands among the words of a paragraph.
    fn inline(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), Fault> {
        match tag.name() {
            "tab" => self.words(if self.is_code() { "\t" } else { " " }),
            "br" | "cr" if self.is_shown() => self.flow.line_break(),
            "noBreakHyphen" => self.words("-"),
            "sym" => {
                let code = tag.get("char");
                let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
                let sign = code.and_then(char::from_u32).unwrap_or('\u{FFFD}');
                self.words(sign.encode_utf8(&mut [0; 4]));
            }
            "hyperlink" => {
                let links = &self.parts.links;
                let address = tag.get("id").and_then(|id| links.get(&*id));
                let address = address.filter(|_| self.is_shown());
                self.links.push(address.is_some());
                if let Some(address) = address {
                    self.flow.start_link(address);
                }
            }
            "fldChar" => self.field(tag),
            "fldSimple" => {
                let code = tag.get("instr").unwrap_or_default();
                self.fields.begin(code.into_owned());
                self.show_field();
            }
            "instrText" => {
                let code = xml.words(tag)?;
                self.fields.add_code(&code);
            }
            "footnoteReference" => self.reference(Kind::Foot, tag),
            "endnoteReference" => self.reference(Kind::End, tag),
            "commentReference" => self.tally.comments += 1,
            "docPr" => self.picture = tag.get("descr").unwrap_or_default().into_owned(),
            "pic" | "imagedata" => self.image(),
            "lastRenderedPageBreak" => self.flow.turn_page(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                if !self.paragraph.open_end {
                    self.flow.end();
                    self.paragraph = Paragraph::default();
                }
                self.fresh = false;
            }
            "hyperlink" => self.end_link(),
            "fldSimple" => self.end_field(),
            "tc" => {
                if let Some(spanned) = self.grid {
                    for _ in 1..spanned {
                        self.flow.begin_cell();
                    }
                }
            }
            "tr" if self.grid.is_some() => {
                self.flow.end_row();
                self.row_left_out = false;
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if !self.is_shown() {
            return;
        }
        if self.hidden {
            self.tally.hidden += 1;
            return;
        }
        if let Some(prefix) = self.paragraph.prefix.take() {
            self.flow.words(&prefix, Run::default());
            self.flow.words(" ", Run::default());
        }
        self.flow.words(words, self.run);
    }

    fn is_shown(&self) -> bool {
        !self.paragraph.left_out && !self.row_left_out && self.fields.are_shown()
    }

    fn is_code(&self) -> bool {
        self.paragraph.style.named == Some(Named::Code)
    }

    /// A paragraph begins as `direct` says over the style `id`.
    fn begin(&mut self, direct: Style, id: Option<&str>) {
        self.fresh = false;
        let style = direct.over(self.parts.styles.of(id));
        let label = self.numbering.next(style.list);
        let look = properties::look_of(&style, label.as_ref());
        self.paragraph.prefix = match (label, look) {
            (Some(Label::Words(words)), _) => Some(words),
            (Some(Label::Number(number)), Look::Heading(_)) => Some(format!("{number}.")),
            _ => None,
        };
        let contents = style.named == Some(Named::Contents);
        self.tally.contents += usize::from(contents);
        self.paragraph.left_out = contents;
        self.paragraph.style = style;
        self.run = self.base_run();
        self.flow.begin(look);
    }

    /// How words look that say nothing of it.
    fn base_run(&self) -> Run {
        let style = &self.paragraph.style;
        match style.named {
            Some(Named::Title | Named::Heading(_) | Named::Code) => Run::default(),
            _ if style.outline.is_some_and(|level| level > 0) => Run::default(),
            _ => style.run(),
        }
    }

    fn run_properties(&mut self, inside: &str, part: &str) -> Result<(), Fault> {
        if inside.is_empty() {
            return Ok(());
        }
        let Stated { direct, style, .. } = properties::of_run(inside, part)?;
        let direct = match style {
            Some(id) => direct.over(self.parts.styles.of(Some(&id))),
            None => direct,
        };
        let code = direct.named == Some(Named::Code);
        let mut run = self.base_run();
        for (inline, said) in [
            (Inline::Strong, direct.bold),
            (Inline::Emphasis, direct.italic),
            (Inline::Strike, direct.strike),
            (Inline::Code, code.then_some(true)),
        ] {
            run = said.map_or(run, |on| run.with(inline, on));
        }
        (self.run, self.hidden) = (run, direct.hidden == Some(true));
        Ok(())
    }

    fn table(&mut self, inside: &'x str, part: &'x str) -> Result<(), Fault> {
        if self.table_depth == TABLES {
            return self.flatten(inside, part);
        }
        let before = self.grid;
        // A table in a text box in a cell is words of the cell.
        let grid = before.is_none() && Shape::of(inside, part, TABLE)?.is_grid();
        if grid {
            self.flow.begin_table();
        }
        self.grid = grid.then_some(1);
        self.table_depth += 1;
        self.walk(inside, part)?;
        self.table_depth -= 1;
        self.grid = before;
        Ok(())
    }

    /// The words of tables that stand too deep in one another, without what is around them.
    fn flatten(&mut self, inside: &'x str, part: &'x str) -> Result<(), Fault> {
        let mut xml = Xml::new(inside, part);
        let mut in_text = false;
        while let Some(node) = xml.next()? {
            match node {
                Node::Start(tag) if tag.name() == "p" => self.flow.begin(Look::Paragraph),
                Node::Start(tag) => in_text = tag.name() == "t",
                Node::Words(words) if in_text => self.flow.words(&words, Run::default()),
                Node::End(end) if end.name() == "t" => in_text = false,
                _ => {}
            }
        }
        Ok(())
    }

    /// A row or cell begins, or says what it is. In a table that lays out a page they mean nothing.
    fn table_part(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), Fault> {
        match tag.name() {
            "tr" if self.grid.is_some() => self.flow.begin_row(),
            "tc" if self.grid.is_some() => {
                self.grid = Some(1);
                self.flow.begin_cell();
            }
            "trPr" | "tcPr" => {
                let (deleted, spanned) = properties::of_cell(xml.inside(tag)?)?;
                self.tally.changes += usize::from(deleted);
                if let Some(columns) = &mut self.grid {
                    *columns = spanned;
                    self.row_left_out |= deleted;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_boxes(&mut self, part: &'x str) -> Result<(), Fault> {
        if self.box_depth == BOXES {
            let many = format!("text boxes are nested over {BOXES} deep");
            return Err(Fault::TooMuch(many));
        }
        self.box_depth += 1;
        for inside in std::mem::take(&mut self.boxes) {
            self.walk(inside, part)?;
        }
        self.box_depth -= 1;
        Ok(())
    }

    fn image(&mut self) {
        let words = std::mem::take(&mut self.picture);
        if words.trim().is_empty() {
            self.words("[image]");
        } else {
            self.words(&format!("[image: {}]", words.trim()));
        }
    }

    fn field(&mut self, tag: &Tag<'_>) {
        match tag.get("fldCharType").as_deref() {
            Some("begin") => self.fields.begin(String::new()),
            Some("separate") => self.show_field(),
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        if self.links.pop() == Some(true) {
            self.flow.end_link();
        }
    }

    fn show_field(&mut self) {
        if let Some(address) = self.fields.show() {
            self.flow.start_link(&address);
        }
    }

    fn end_field(&mut self) {
        if self.fields.end() {
            self.flow.end_link();
        }
    }

    fn reference(&mut self, kind: Kind, tag: &Tag<'_>) {
        let id = tag.get("id").unwrap_or_default();
        if self.is_shown()
            && let Some(number) = self.notes.call(kind, &id)
        {
            self.flow.reference(number);
        }
    }
}

impl std::fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Body")
            .field("tally", &self.tally)
            .finish_non_exhaustive()
    }
}
