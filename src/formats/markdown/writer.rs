//! Events of the Markdown parser to blocks, words, styles and links.
//!
//! No recursion: containers are a list, so ten thousand nested quotations are ten thousand entries.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::lines::Lines;
use super::notes::{Notes, note_anchor, reference_anchor};
use super::stretch::{self, Piece};
use crate::formats::builder::{Anchor, Checkpoint, DocumentBuilder, Opening};
use crate::model::{BlockKind, Inline, LinkTarget, Mark};
use crate::text::harmless;

/// What blocks stand in.
#[derive(Clone, Copy, Debug)]
enum Container {
    Quote,
    /// The number of its next item.
    List(Option<u64>),
    /// The mark is taken by its first block.
    Item(Mark),
}

/// The start of a block at the top level, to return to.
#[derive(Clone, Copy, Debug)]
struct Top {
    checkpoint: Checkpoint,
    /// Start of its line in the text.
    offset: usize,
    lines: Lines,
}

#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one kind of tag that is open; they do not depend on each other"
)]
pub(super) struct Writer<'b, 't> {
    builder: &'b mut DocumentBuilder,
    text: &'t str,
    lines: Lines,
    line: u32,
    /// How deep in tags: 0 is the top level.
    depth: usize,
    /// The last block at the top level of this window.
    top: Option<Top>,
    containers: Vec<Container>,
    lists: usize,
    quotes: usize,
    /// Blocks there were when the outermost list, or the table, began.
    first_block: usize,
    /// Inside `<p>`: an item with paragraphs is not tight.
    in_paragraph: bool,
    in_code: bool,
    in_table: bool,
    first_cell: bool,
    html: Option<String>,
    /// Inside this element of a line of text, whose words are not for reading.
    unread: Option<&'static str>,
    /// For each open image, whether its description has begun.
    images: Vec<bool>,
    notes: Notes<'t>,
    /// To be tied to the next block.
    anchor: Option<Anchor>,
}

impl<'b, 't> Writer<'b, 't> {
    pub(super) fn new(builder: &'b mut DocumentBuilder, first_line: u32) -> Self {
        Self {
            builder,
            text: "",
            lines: Lines::new(first_line),
            line: first_line,
            depth: 0,
            top: None,
            containers: Vec::new(),
            lists: 0,
            quotes: 0,
            first_block: 0,
            in_paragraph: false,
            in_code: false,
            in_table: false,
            first_cell: false,
            html: None,
            unread: None,
            images: Vec::new(),
            notes: Notes::default(),
            anchor: None,
        }
    }

    /// A window of `text` begins.
    pub(super) fn begin(&mut self, text: &'t str) {
        self.text = text;
        self.top = None;
    }

    /// Takes the next event of the parser, which stands at `offset` of the text.
    pub(super) fn take(&mut self, event: Event<'t>, offset: usize) {
        let begins = matches!(event, Event::Start(_));
        if self.depth == 0 && (begins || event == Event::Rule) {
            self.note_top(offset);
        }
        if begins || event == Event::Rule {
            self.line = self.lines.line(self.text, offset);
        }
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth -= 1,
            _ => {}
        }
        if let Some(event) = self.notes.record(event, self.line) {
            self.write(event);
        }
    }

    /// Takes back the last block at the top level, if there is another before it in the document;
    /// says where it begins.
    pub(super) fn leave_out_last(&mut self) -> Option<usize> {
        let top = self.top.take()?;
        self.builder.return_to(top.checkpoint);
        self.lines = top.lines;
        Some(top.offset)
    }

    /// Whether more than one block at the top level was begun since the document began.
    pub(super) fn has_earlier_blocks(&self) -> bool {
        self.top.is_some_and(|top| !top.checkpoint.is_start())
    }

    /// Writes the footnotes, in the order of their numbers.
    pub(super) fn write_notes(&mut self) {
        self.builder.close();
        while let Some((number, events)) = self.notes.next() {
            self.containers
                .push(Container::Item(Mark::Footnote(number)));
            self.anchor = Some(note_anchor(number));
            let is_end = |(event, _): &(Event<'_>, u32)| *event == Event::End(TagEnd::Paragraph);
            let end = events.iter().rposition(is_end);
            for (at, (event, line)) in events.into_iter().enumerate() {
                self.line = line;
                if Some(at) == end {
                    self.write_way_back(number);
                }
                self.write(event);
            }
            if end.is_none() {
                self.write_way_back(number);
            }
            self.builder.close();
            self.containers.pop();
        }
    }

    fn note_top(&mut self, offset: usize) {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        let offset = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        self.lines.line(self.text, offset);
        self.top = Some(Top {
            checkpoint: self.builder.checkpoint(),
            offset,
            lines: self.lines,
        });
    }

    /// Whether `event` stands in an element that is not for reading; no such element outlives its block.
    fn is_unread(&mut self, event: &Event<'t>) -> bool {
        let Some(name) = self.unread else {
            return false;
        };
        match event {
            Event::InlineHtml(tag) if stretch::ends(tag, name) => self.unread = None,
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item,
            ) => {
                self.unread = None;
                return false;
            }
            Event::Start(_) | Event::End(_) | Event::Rule => return false,
            _ => {}
        }
        true
    }

    fn write(&mut self, event: Event<'t>) {
        if self.is_unread(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.words(&words);
            }
            Event::Code(words) => self.styled(&words),
            Event::Html(html) => {
                if let Some(block) = &mut self.html {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(tag) => {
                self.unread = stretch::begins_unread(&tag);
                if stretch::is_line_break(&tag) {
                    self.hard_break();
                }
            }
            Event::SoftBreak => self.builder.words(" "),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.builder.rule(self.line),
            Event::TaskListMarker(done) => {
                if let Some(Container::Item(mark)) = self.containers.last_mut() {
                    *mark = Mark::Task(done);
                }
            }
            Event::FootnoteReference(name) => self.reference(&name),
        }
    }

    fn start(&mut self, tag: Tag<'t>) {
        match tag {
            Tag::Paragraph => self.in_paragraph = true,
            Tag::Heading { level, .. } => self.open(BlockKind::Heading, level_of(level), false),
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.open(BlockKind::Code, 0, false);
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::BlockQuote(_) => self.enter(Container::Quote),
            Tag::List(first) => {
                if self.lists == 0 {
                    self.builder.close();
                    self.first_block = self.builder.blocks();
                }
                self.enter(Container::List(first));
            }
            Tag::Item => {
                let mark = self.next_mark();
                self.enter(Container::Item(mark));
            }
            Tag::FootnoteDefinition(name) => self.notes.start(&name),
            Tag::Table(_) => {
                self.builder.close();
                self.in_table = true;
                self.first_block = self.builder.blocks();
            }
            Tag::TableHead => self.open_row(true),
            Tag::TableRow => self.open_row(false),
            Tag::TableCell => {
                if !std::mem::take(&mut self.first_cell) {
                    self.builder.next_cell();
                }
            }
            Tag::Emphasis => self.start_style(Inline::Emphasis),
            Tag::Strong => self.start_style(Inline::Strong),
            Tag::Strikethrough => self.start_style(Inline::Strike),
            Tag::Link { dest_url, .. } => {
                self.ensure_open();
                let address = harmless::line(&dest_url).into();
                self.builder.start_link(LinkTarget::Url(address));
            }
            Tag::Image { .. } => {
                self.words("[image");
                self.images.push(false);
            }
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_)
            | Tag::Superscript
            | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.in_paragraph = false;
                self.builder.close();
            }
            TagEnd::Heading(_) | TagEnd::TableHead | TagEnd::TableRow => self.builder.close(),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.builder.close();
            }
            TagEnd::HtmlBlock => self.write_html(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.leave(),
            TagEnd::Table => self.in_table = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.builder.end_style(),
            TagEnd::Link => self.builder.end_link(),
            TagEnd::Image => {
                self.images.pop();
                self.builder.words("]");
            }
            _ => {}
        }
    }

    fn enter(&mut self, container: Container) {
        self.builder.close();
        match container {
            Container::Quote => self.quotes += 1,
            Container::List(_) => self.lists += 1,
            Container::Item(_) => {}
        }
        self.containers.push(container);
    }

    fn leave(&mut self) {
        self.builder.close();
        match self.containers.pop() {
            Some(Container::Quote) => self.quotes -= 1,
            Some(Container::List(_)) => self.lists -= 1,
            _ => {}
        }
    }

    /// The mark of the next item of the innermost list.
    fn next_mark(&mut self) -> Mark {
        let Some(Container::List(Some(number))) = self.containers.last_mut() else {
            return Mark::Bullet;
        };
        let mark = Mark::Number(u32::try_from(*number).unwrap_or(u32::MAX));
        *number = number.saturating_add(1);
        mark
    }

    /// Opens a block for running text, if none is open: what kind depends on what it stands in.
    fn ensure_open(&mut self) {
        if self.builder.is_open() {
            return;
        }
        let (kind, depth) = match self.containers.last_mut() {
            Some(Container::Item(mark)) => (
                BlockKind::Item(std::mem::replace(mark, Mark::None)),
                self.lists.max(1),
            ),
            Some(Container::Quote) => (BlockKind::Quote, self.quotes),
            _ => (BlockKind::Paragraph, 0),
        };
        let in_item = matches!(kind, BlockKind::Item(_));
        let tight = in_item
            && self.lists > 0
            && !self.in_paragraph
            && self.builder.blocks() > self.first_block;
        self.open(kind, u8::try_from(depth).unwrap_or(u8::MAX), tight);
    }

    fn open_row(&mut self, header: bool) {
        self.first_cell = true;
        let tight = self.builder.blocks() > self.first_block;
        self.open(BlockKind::TableRow { header }, 0, tight);
    }

    fn open(&mut self, kind: BlockKind, level: u8, tight: bool) {
        let line = self.line;
        self.builder.open(Opening {
            kind,
            level,
            tight,
            line,
        });
        if let Some(anchor) = self.anchor.take() {
            self.builder.anchor(anchor);
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_code {
            return self.builder.lines(words);
        }
        self.ensure_open();
        if let Some(begun @ false) = self.images.last_mut() {
            *begun = true;
            self.builder.words(": ");
        }
        self.builder.words(words);
    }

    /// Code in a line of text.
    fn styled(&mut self, words: &CowStr<'_>) {
        if self.images.is_empty() {
            self.start_style(Inline::Code);
            self.builder.words(words);
            self.builder.end_style();
        } else {
            self.words(words);
        }
    }

    fn start_style(&mut self, inline: Inline) {
        self.ensure_open();
        self.builder.start_style(inline);
    }

    fn hard_break(&mut self) {
        if self.in_table || !self.builder.is_open() {
            self.builder.words(" ");
        } else {
            self.builder.hard_break();
        }
    }

    fn reference(&mut self, name: &str) {
        self.ensure_open();
        let number = self.notes.number(name);
        self.builder.anchor(reference_anchor(number));
        self.builder
            .start_link(LinkTarget::Place(note_anchor(number)));
        self.builder.words(&format!("[{number}]"));
        self.builder.end_link();
    }

    /// From a footnote back to where it is referred to, if it is.
    fn write_way_back(&mut self, number: u32) {
        if !self.builder.is_tied(reference_anchor(number)) {
            return;
        }
        self.ensure_open();
        self.builder.words(" ");
        self.builder
            .start_link(LinkTarget::Place(reference_anchor(number)));
        self.builder.words("↩");
        self.builder.end_link();
    }

    fn write_html(&mut self) {
        let html = self.html.take().unwrap_or_default();
        stretch::read(&html, |piece| match piece {
            Piece::Words(words) => {
                if !words.trim().is_empty() {
                    self.ensure_open();
                }
                if self.builder.is_open() {
                    self.builder.words(&words);
                }
            }
            Piece::Line => self.hard_break(),
            Piece::Block => self.builder.close(),
        });
        self.builder.close();
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}
