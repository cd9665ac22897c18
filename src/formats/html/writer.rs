//! Elements of a page to blocks, words, styles and links.
//!
//! No recursion: the tree is walked by its own pointers, and what is open is a list.

use dom_query::{Element, NodeData, NodeId, NodeRef};

use super::anchors::{Anchors, Base};
use super::grid::{self, Grid};
use super::tags::Tag;
use super::{chrome, tame};
use crate::formats::builder::{Anchor, DocumentBuilder, Opening};
use crate::model::{BlockKind, Inline, LinkTarget, Mark};
use crate::text::harmless;

/// What blocks stand in.
#[derive(Clone, Copy, Debug)]
enum Container {
    Quote,
    /// The number of its next item.
    List(Option<u32>),
    /// The mark is taken by its first block.
    Item(Mark),
}

/// A style or link that is open: it goes on in the next block.
#[derive(Debug)]
enum Running {
    Style(Inline),
    Link(LinkTarget),
}

/// What a writer is told about the page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wish<'a> {
    /// Menus, notices on cookies and the like are left out.
    pub(super) no_chrome: bool,
    /// A heading of these words at the start is left out: the document has them as its title.
    pub(super) title: Option<&'a str>,
}

#[derive(Debug)]
pub(super) struct Writer<'b, 'p> {
    builder: &'b mut DocumentBuilder,
    anchors: &'b mut Anchors,
    base: Base<'p>,
    wish: Wish<'p>,
    line: u32,
    containers: Vec<Container>,
    lists: usize,
    quotes: usize,
    /// Blocks there were when the outermost list began.
    first_block: usize,
    /// Blocks there were when the writer began.
    begun: usize,
    /// How deep in `<p>`: an item with paragraphs is not tight.
    paragraphs: usize,
    heading: Option<u8>,
    /// How deep in preformatted lines.
    lines: usize,
    /// For each open table its grid, `None` for those that only arrange blocks.
    tables: Vec<Option<Grid>>,
    in_row: bool,
    running: Vec<(NodeId, Running)>,
    /// How deep in raised words, and whether these are powers.
    raised: Vec<Raised>,
    /// To be tied to the next block.
    pending: Vec<Anchor>,
    /// Line breaks since the last word.
    breaks: usize,
}

/// What raised words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Raised {
    /// The number of a note: written in brackets.
    Note,
    /// Digits: written with raised digits.
    Power,
    Words,
}

/// Writes what stands in `root` to `builder`.
pub(super) fn write(
    root: NodeRef<'_>,
    builder: &mut DocumentBuilder,
    (base, anchors): (Base<'_>, &mut Anchors),
    wish: Wish<'_>,
) {
    let mut writer = Writer::new(builder, (base, anchors), wish);
    let mut node = root;
    'walk: loop {
        if writer.enter(&node) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            writer.leave(&node);
        }
        loop {
            if node.id == root.id {
                break 'walk;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                break 'walk;
            };
            node = parent;
            writer.leave(&node);
        }
    }
    writer.builder.close();
}

impl<'b, 'p> Writer<'b, 'p> {
    fn new(
        builder: &'b mut DocumentBuilder,
        (base, anchors): (Base<'p>, &'b mut Anchors),
        wish: Wish<'p>,
    ) -> Self {
        builder.close();
        let pending = anchors.of_whole(base).into_iter().collect();
        let begun = builder.blocks();
        Self {
            builder,
            anchors,
            base,
            wish,
            line: 1,
            containers: Vec::new(),
            lists: 0,
            quotes: 0,
            first_block: 0,
            begun,
            paragraphs: 0,
            heading: None,
            lines: 0,
            tables: Vec::new(),
            in_row: false,
            running: Vec::new(),
            raised: Vec::new(),
            pending,
            breaks: 0,
        }
    }

    /// Takes a node; whether what stands in it is to be read (then [`Self::leave`] follows).
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let entered = node.query(|node| match &node.data {
            NodeData::Text { contents } => {
                self.words(contents);
                None
            }
            NodeData::Element(element) => Some(self.tag_of(element)),
            NodeData::Document | NodeData::Fragment => Some(Tag::Plain),
            _ => None,
        });
        let Some(tag) = entered.flatten() else {
            return false;
        };
        match tag {
            Tag::Unread => {
                self.task(node);
                return false;
            }
            Tag::Button if self.heading.is_none() => return false,
            Tag::Heading(_) if self.repeats_title(node) => return false,
            _ => {}
        }
        self.start(tag, node);
        true
    }

    /// Whether it is read at all, its line, its anchors.
    fn tag_of(&mut self, element: &Element) -> Tag {
        let tag = Tag::of(&element.name.local);
        if tag == Tag::Unread
            || chrome::is_hidden(element)
            || self.wish.no_chrome && chrome::is_chrome(element)
        {
            return Tag::Unread;
        }
        for attribute in &element.attrs {
            match &*attribute.name.local {
                tame::LINE => self.line = attribute.value.parse().unwrap_or(self.line),
                "id" | "name" if !attribute.value.is_empty() => {
                    let named = &*attribute.name.local == "id" || tag == Tag::Link;
                    if named {
                        self.pending
                            .push(self.anchors.of(self.base, &attribute.value));
                    }
                }
                _ => {}
            }
        }
        if tag.is_inline() && self.builder.is_open() {
            self.tie();
        }
        tag
    }

    fn start(&mut self, tag: Tag, node: &NodeRef<'_>) {
        if self.in_row && !tag.is_inline() && tag != Tag::Cell {
            return self.builder.words(" ");
        }
        if !tag.is_inline() && !self.in_row {
            self.builder.close();
        }
        match tag {
            Tag::Paragraph => self.paragraphs += 1,
            Tag::Heading(level) => self.heading = Some(level),
            Tag::Quote => self.push(Container::Quote),
            Tag::Bullets => self.push_list(None),
            Tag::Numbers => self.push_list(Some(number(node, "start").unwrap_or(1))),
            Tag::Item => {
                let mark = self.next_mark(number(node, "value"));
                self.push(Container::Item(mark));
            }
            Tag::Term => {
                self.push(Container::Item(Mark::Bullet));
                self.run(node, Running::Style(Inline::Strong));
            }
            Tag::Definition => self.push(Container::Item(Mark::None)),
            Tag::Lines => self.lines += 1,
            Tag::Rule => self.builder.rule(self.line),
            Tag::Table => self.tables.push(grid::of(node)),
            Tag::Row => self.start_row(),
            Tag::Cell => self.start_cell(node),
            Tag::Caption => self.run(node, Running::Style(Inline::Emphasis)),
            Tag::Break => self.line_break(),
            Tag::Styled(inline) => self.run(node, Running::Style(inline)),
            Tag::Link => self.start_link(node),
            Tag::Image => self.image(node),
            Tag::Raised => self.raise(node),
            Tag::Said => self.words("“"),
            Tag::Plain | Tag::Unread | Tag::Block | Tag::Button => {}
        }
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(tag) = node.query(|node| match &node.data {
            NodeData::Element(element) => Some(Tag::of(&element.name.local)),
            _ => None,
        }) else {
            return;
        };
        let tag = tag.unwrap_or(Tag::Plain);
        match tag {
            Tag::Row => {
                self.builder.close();
                self.in_row = false;
                return;
            }
            _ if self.in_row && !tag.is_inline() => return self.builder.words(" "),
            _ if !tag.is_inline() => self.builder.close(),
            _ => {}
        }
        match tag {
            Tag::Paragraph => self.paragraphs = self.paragraphs.saturating_sub(1),
            Tag::Heading(_) => self.heading = None,
            Tag::Lines => self.lines = self.lines.saturating_sub(1),
            Tag::Quote | Tag::Bullets | Tag::Numbers | Tag::Item | Tag::Definition => self.pop(),
            Tag::Term => {
                self.stop(node);
                self.pop();
            }
            Tag::Table => {
                self.tables.pop();
            }
            Tag::Styled(_) | Tag::Link | Tag::Caption => self.stop(node),
            Tag::Raised if self.raised.pop() == Some(Raised::Note) => self.words("]"),
            Tag::Said => self.words("”"),
            _ => {}
        }
    }

    fn push(&mut self, container: Container) {
        match container {
            Container::Quote => self.quotes += 1,
            Container::List(_) => self.lists += 1,
            Container::Item(_) => {}
        }
        self.containers.push(container);
    }

    fn push_list(&mut self, first: Option<u32>) {
        if self.lists == 0 {
            self.first_block = self.builder.blocks();
        }
        self.push(Container::List(first));
    }

    fn pop(&mut self) {
        match self.containers.pop() {
            Some(Container::Quote) => self.quotes -= 1,
            Some(Container::List(_)) => self.lists -= 1,
            _ => {}
        }
    }

    /// The mark of the next item of the innermost list.
    fn next_mark(&mut self, value: Option<u32>) -> Mark {
        let Some(Container::List(Some(number))) = self.containers.last_mut() else {
            return Mark::Bullet;
        };
        let mark = value.unwrap_or(*number);
        *number = mark.saturating_add(1);
        Mark::Number(mark)
    }

    /// A box to tick makes its item a task.
    fn task(&mut self, node: &NodeRef<'_>) {
        let is_box =
            node.has_name("input") && node.attr_or("type", "").eq_ignore_ascii_case("checkbox");
        if let Some(Container::Item(mark)) = self.containers.last_mut().filter(|_| is_box) {
            *mark = Mark::Task(node.has_attr("checked"));
        }
    }

    /// Opens a block for running text, if none is open: what kind depends on what it stands in.
    fn ensure_open(&mut self) {
        if self.builder.is_open() {
            return;
        }
        let list_block = self.lists > 0 && self.builder.blocks() > self.first_block;
        let (kind, level) = match (self.heading, self.containers.last_mut()) {
            (Some(level), _) => (BlockKind::Heading, usize::from(level)),
            _ if self.lines > 0 => (BlockKind::Code, 0),
            (_, Some(Container::Item(mark))) => {
                let mark = std::mem::replace(mark, Mark::None);
                (BlockKind::Item(mark), self.lists.max(1))
            }
            (_, Some(Container::Quote)) => (BlockKind::Quote, self.quotes),
            _ => (BlockKind::Paragraph, 0),
        };
        let tight = matches!(kind, BlockKind::Item(_)) && list_block && self.paragraphs == 0;
        self.open(kind, level, tight);
    }

    fn open(&mut self, kind: BlockKind, level: usize, tight: bool) {
        let (level, line) = (u8::try_from(level).unwrap_or(u8::MAX), self.line);
        self.builder.open(Opening {
            kind,
            level,
            tight,
            line,
        });
        self.breaks = 0;
        self.tie();
        for (_, running) in &self.running {
            match running {
                Running::Style(inline) => self.builder.start_style(*inline),
                Running::Link(target) => self.builder.start_link(target.clone()),
            }
        }
    }

    /// Ties what points here to the words that follow.
    fn tie(&mut self) {
        for anchor in self.pending.drain(..) {
            self.builder.anchor(anchor);
        }
    }

    fn words(&mut self, words: &str) {
        if self.lines > 0 && !self.in_row {
            if !words.is_empty() {
                self.ensure_open();
                self.builder.lines(words);
            }
            return;
        }
        if words.trim_ascii().is_empty() {
            if self.builder.is_open() {
                self.builder.words(" ");
            }
            return;
        }
        self.ensure_open();
        self.breaks = 0;
        if self.raised.last() == Some(&Raised::Power) {
            return self
                .builder
                .words(&words.chars().map(raised).collect::<String>());
        }
        self.builder.words(words);
    }

    /// Two line breaks make a paragraph.
    fn line_break(&mut self) {
        if self.in_row || !self.builder.is_open() {
            return self.builder.words(" ");
        }
        if self.lines > 0 {
            return self.builder.lines("\n");
        }
        self.breaks += 1;
        match self.breaks {
            1 => self.builder.hard_break(),
            _ => self.builder.close(),
        }
    }

    fn run(&mut self, node: &NodeRef<'_>, running: Running) {
        if self.builder.is_open() {
            match &running {
                Running::Style(inline) => self.builder.start_style(*inline),
                Running::Link(target) => self.builder.start_link(target.clone()),
            }
        }
        self.running.push((node.id, running));
    }

    /// Ends the style or link that `node` began, if it began one.
    fn stop(&mut self, node: &NodeRef<'_>) {
        if self.running.last().is_none_or(|(id, _)| *id != node.id) {
            return;
        }
        let ended = self.running.pop();
        match ended {
            Some((_, Running::Style(_))) if self.builder.is_open() => self.builder.end_style(),
            Some((_, Running::Link(_))) if self.builder.is_open() => self.builder.end_link(),
            _ => {}
        }
    }

    fn start_link(&mut self, node: &NodeRef<'_>) {
        let href = node.attr_or("href", "");
        if let Some(target) = self.anchors.target(self.base, &href) {
            self.run(node, Running::Link(target));
        }
    }

    fn start_row(&mut self) {
        let Some(Some(grid)) = self.tables.last_mut() else {
            return;
        };
        let header = grid.start_row(self.builder.blocks());
        self.in_row = true;
        self.open(BlockKind::TableRow { header }, 0, !header);
    }

    fn start_cell(&mut self, node: &NodeRef<'_>) {
        let Some(Some(grid)) = self.tables.last_mut().filter(|_| self.in_row) else {
            return;
        };
        let (columns, rows) = (number(node, "colspan"), number(node, "rowspan"));
        for _ in 0..grid.start_cell(columns.unwrap_or(1), rows.unwrap_or(1)) {
            self.builder.next_cell();
        }
    }

    fn image(&mut self, node: &NodeRef<'_>) {
        if let Some(words) = chrome::description(node) {
            self.words(&words);
        }
    }

    fn raise(&mut self, node: &NodeRef<'_>) {
        let text = node.text();
        let digits =
            !text.is_empty() && text.len() < 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        let linked = self
            .running
            .iter()
            .any(|(_, running)| matches!(running, Running::Link(_)))
            || node.descendants_it().any(|inside| inside.has_name("a"));
        let raised = match (digits, linked) {
            (true, true) => Raised::Note,
            (true, false) => Raised::Power,
            _ => Raised::Words,
        };
        if raised == Raised::Note {
            self.words("[");
        }
        self.raised.push(raised);
    }

    /// Whether `node` says the title again before anything else was said.
    fn repeats_title(&self, node: &NodeRef<'_>) -> bool {
        self.builder.blocks() == self.begun
            && !self.builder.is_open()
            && self.wish.title.is_some_and(|title| {
                let text = node.text();
                let words = harmless::line(&text).into_owned();
                words.split_whitespace().eq(title.split_whitespace())
            })
    }
}

/// The number in an attribute.
fn number(node: &NodeRef<'_>, name: &str) -> Option<u32> {
    node.attr(name)?.trim().parse().ok()
}

/// A digit as a power.
fn raised(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32('⁴' as u32 + c as u32 - '4' as u32).unwrap_or(c),
        other => other,
    }
}
