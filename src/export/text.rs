//! `--to text`: contents with roles, the text, and the names at the end, for pipes and for paper.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::fill::{Frame, clip, fill, pad};
use super::part::{Part, words};
use super::table;
use crate::model::{Basis, Block, BlockId, BlockKind, EntityId, KINDS, Mark, Section, SectionId};

/// Blanks before a line of code, and before each further level of a list.
const INDENT: &str = "    ";

/// How deep lists and quotes are shown: more would leave no room for words.
const DEEPEST: u8 = 8;

/// Writes the part in lines of at most `width` columns.
pub(super) fn write(part: &Part, width: u16, out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = io::BufWriter::with_capacity(1 << 16, out);
    let mut page = Page {
        part,
        width: usize::from(width),
        out: &mut buffer,
    };
    page.header()?;
    page.contents()?;
    page.body()?;
    page.names()?;
    buffer.flush()
}

/// What a reader set or drew of a section, after its role.
fn by_reader(section: &Section) -> &'static str {
    match (section.basis == Basis::Reader, section.drawn) {
        (true, _) => " (set by reader)",
        (false, true) => " (drawn by reader)",
        (false, false) => "",
    }
}

struct Page<'a> {
    part: &'a Part<'a>,
    width: usize,
    out: &'a mut dyn Write,
}

impl Page<'_> {
    /// Title, what is known of the document, and a rule.
    fn header(&mut self) -> io::Result<()> {
        let document = &self.part.briefing.document;
        let meta = &document.meta;
        let even = Frame::even("", self.width);
        if let Some(title) = document.title() {
            fill(self.out, title, even)?;
        }
        let by = [&meta.publisher, &meta.author, &meta.published];
        let by: Vec<&str> = by.into_iter().flatten().map(String::as_str).collect();
        if !by.is_empty() {
            fill(self.out, &by.join(" · "), even)?;
        }
        let words = words(&document.text);
        let minutes = words.div_ceil(super::WORDS_PER_MINUTE);
        let source = match meta.source.as_str() {
            "" => String::new(),
            "-" => "standard input · ".into(),
            source => format!("{source} · "),
        };
        let plural = if words == 1 { "" } else { "s" };
        fill(
            self.out,
            &format!("{source}{words} word{plural} · {minutes} min"),
            even,
        )?;
        if let Some(notice) = &meta.notice {
            fill(self.out, notice, even)?;
        }
        for note in self.part.briefing.notes() {
            fill(self.out, &note, even)?;
        }
        self.rule('=')
    }

    fn rule(&mut self, char: char) -> io::Result<()> {
        writeln!(self.out, "{}", char.to_string().repeat(self.width))
    }

    /// One line for each section: number, title, role.
    fn contents(&mut self) -> io::Result<()> {
        let (document, lens) = (&self.part.briefing.document, &self.part.briefing.lens);
        let number = self.number_width();
        let role_of = |section: &Section| {
            let role = section.role.map_or("", |id| &*lens.role(id).short);
            format!("{role}{}", by_reader(section))
                .trim_start()
                .to_owned()
        };
        let roles = self
            .part
            .sections()
            .map(|(_, it)| display_width(&role_of(it)));
        let roles = roles.max().unwrap_or(0);
        let taken = number + 4 + if roles > 0 { roles + 2 } else { 0 };
        let room = self.width.saturating_sub(taken);
        let indent = |section: &Section| 2 * usize::from(section.depth.min(DEEPEST));
        let titles = self
            .part
            .sections()
            .map(|(_, it)| indent(it) + display_width(it.title(document, lens)));
        let titles = titles.max().unwrap_or(0).min(room);
        for (at, (id, section)) in self.part.sections().enumerate() {
            if at == 0 {
                writeln!(self.out, "\nContents\n")?;
            }
            let indent = indent(section);
            let title = clip(section.title(document, lens), room - indent.min(room / 2));
            let title = format!("{:indent$}{title}", "");
            let line = format!(
                "  {:>number$}  {}  {}",
                id + 1,
                pad(&title, titles),
                role_of(section)
            );
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn number_width(&self) -> usize {
        let last = self.part.sections().last().map_or(0, |(id, _)| id + 1);
        last.to_string().len()
    }

    /// The blocks, with a line over each section.
    fn body(&mut self) -> io::Result<()> {
        let document = &self.part.briefing.document;
        let mut sections = self.part.sections().peekable();
        let mut id = self.part.blocks.start;
        while id < self.part.blocks.end {
            let block = &document.blocks[id as usize];
            let starts = |(_, it): &(SectionId, &Section)| it.range.start() <= block.range.start();
            let section = sections.next_if(starts);
            if let Some((number, section)) = section {
                self.heading(number, section)?;
            }
            let stated = section.is_some_and(|(_, it)| it.heading_block() == Some(id));
            let shown = match block.kind {
                BlockKind::Title => document.title() == Some(document.words(id)),
                BlockKind::Heading => stated,
                _ => false,
            };
            let next = self.rows(id);
            if !shown {
                if !block.tight {
                    writeln!(self.out)?;
                }
                self.block(id, block, next)?;
            }
            id = next;
        }
        Ok(())
    }

    /// Where the table that starts at `id` ends; for other blocks the next one.
    fn rows(&self, id: BlockId) -> BlockId {
        let blocks = &self.part.briefing.document.blocks;
        let row = |block: &Block| matches!(block.kind, BlockKind::TableRow { .. });
        let mut next = id + 1;
        if row(&blocks[id as usize]) {
            while next < self.part.blocks.end
                && row(&blocks[next as usize])
                && blocks[next as usize].tight
            {
                next += 1;
            }
        }
        next
    }

    /// Number and title of a section, its role at the edge, and a rule.
    fn heading(&mut self, id: SectionId, section: &Section) -> io::Result<()> {
        let (document, lens) = (&self.part.briefing.document, &self.part.briefing.lens);
        let title = section.title(document, lens);
        let number = format!("{}  ", id + 1);
        let role = section.role.map(|id| lens.role(id).short.as_str());
        // Where the title is the role's own name it is not said twice.
        let named = matches!(section.heading, crate::model::Heading::Label(_));
        let yours = by_reader(section);
        let role = role.filter(|_| !named || !yours.is_empty());
        let role = role.map(|role| format!("[{role}{yours}]"));
        let role = role.unwrap_or_default();
        writeln!(self.out, "\n")?;
        let used = display_width(&number) + display_width(title) + 2 + display_width(&role);
        if used <= self.width && !title.contains('\n') {
            let title = format!("{number}{title}");
            let line = pad(&title, self.width - display_width(&role));
            writeln!(
                self.out,
                "{}{role}",
                if role.is_empty() { &title } else { &line }
            )?;
        } else {
            let rest = " ".repeat(number.len());
            let frame = Frame {
                first: &number,
                rest: &rest,
                width: self.width,
            };
            fill(self.out, title, frame)?;
            if !role.is_empty() {
                writeln!(self.out, "{role:>width$}", width = self.width)?;
            }
        }
        self.rule('-')
    }

    fn block(&mut self, id: BlockId, block: &Block, next: BlockId) -> io::Result<()> {
        let document = &self.part.briefing.document;
        let words = document.words(id);
        let width = self.width;
        match block.kind {
            BlockKind::Title | BlockKind::Heading | BlockKind::Paragraph => {
                fill(self.out, words, Frame::even("", width))
            }
            BlockKind::Item(mark) => {
                let indent = INDENT.repeat(usize::from(block.level.clamp(1, DEEPEST)) - 1);
                let first = format!("{indent}{}", sign(mark));
                let rest = format!("{indent}{INDENT}");
                fill(
                    self.out,
                    words,
                    Frame {
                        first: &first,
                        rest: &rest,
                        width,
                    },
                )
            }
            BlockKind::Quote => {
                let marks = "> ".repeat(usize::from(block.level.clamp(1, DEEPEST)));
                fill(self.out, words, Frame::even(&marks, width))
            }
            BlockKind::Code => words.split('\n').try_for_each(|line| {
                writeln!(self.out, "{}", format!("{INDENT}{line}").trim_end())
            }),
            BlockKind::TableRow { header } => {
                let rows: Vec<&str> = (id..next).map(|id| document.words(id)).collect();
                table::write(self.out, &rows, header, width)
            }
            BlockKind::Rule => writeln!(self.out, "* * *"),
        }
    }

    /// Everyone who is named, by kind: name, how often, titles and other names; but those whom the reader hid.
    fn names(&mut self) -> io::Result<()> {
        let entities = &self.part.briefing.entities.entities;
        let shown = |id: &EntityId| !entities[*id as usize].hidden;
        let ids: Vec<EntityId> = self.part.entities().filter(shown).collect();
        if ids.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\n")?;
        self.rule('=')?;
        let columns = self.columns(&ids);
        for row in &KINDS {
            let mut of_kind = ids
                .iter()
                .filter(|&&id| entities[id as usize].kind == row.kind)
                .peekable();
            if of_kind.peek().is_some() {
                writeln!(self.out, "\n{}\n", row.plural)?;
            }
            for &id in of_kind {
                self.name(id, columns)?;
            }
        }
        Ok(())
    }

    /// How wide the columns of names and of counts are.
    fn columns(&self, ids: &[EntityId]) -> (usize, usize) {
        let entities = &self.part.briefing.entities.entities;
        let names = ids
            .iter()
            .map(|&id| display_width(&entities[id as usize].name));
        let counts = ids.iter().map(|&id| self.part.mentions_of(id).len());
        (
            names.max().unwrap_or(0).min(self.width * 2 / 5),
            counts.max().unwrap_or(0).to_string().len(),
        )
    }

    fn name(&mut self, id: EntityId, (names, counts): (usize, usize)) -> io::Result<()> {
        let entity = &self.part.briefing.entities.entities[id as usize];
        let count = self.part.mentions_of(id).len();
        let mut name = entity.name.as_str();
        let width = self.width;
        if display_width(name) > names {
            let frame = Frame {
                first: "  ",
                rest: INDENT,
                width,
            };
            fill(self.out, name, frame)?;
            name = "";
        }
        let first = format!("  {}  {count:>counts$}  ", pad(name, names));
        let rest = " ".repeat(names + counts + 6);
        let frame = Frame {
            first: &first,
            rest: &rest,
            width,
        };
        fill(self.out, &known_as(entity), frame)
    }
}

/// What stands before an item, as wide as [`INDENT`] where it can be.
fn sign(mark: Mark) -> String {
    match mark {
        Mark::None => INDENT.into(),
        Mark::Bullet => "  - ".into(),
        Mark::Number(number) => format!("{:<4}", format!("{number}. ")),
        Mark::Task(true) => "[x] ".into(),
        Mark::Task(false) => "[ ] ".into(),
        Mark::Footnote(number) => format!("{:<4}", format!("[{number}] ")),
    }
}

/// Titles, then the other names: `Director; also Ås`.
fn known_as(entity: &crate::model::Entity) -> String {
    let titles: Vec<&str> = entity.titles.iter().map(|title| &*title.text).collect();
    let mut forms: Vec<&str> = entity.forms.iter().map(String::as_str).collect();
    if let Some(short) = entity.abbreviation.as_deref() {
        forms.push(short);
    }
    let mut also: Vec<&str> = Vec::new();
    for form in forms {
        if form != entity.name && !also.contains(&form) {
            also.push(form);
        }
    }
    let also = match also.len() {
        0 => String::new(),
        _ => format!("also {}", also.join(", ")),
    };
    let parts = [titles.join(", "), also];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture;
    use crate::model::Briefing;

    fn text(briefing: &Briefing, section: Option<SectionId>, width: u16) -> String {
        let mut out = Vec::new();
        write(&Part::of(briefing, section), width, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn same(name: &str, text: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../tests/snapshots");
        settings.bind(|| insta::assert_snapshot!(name, text));
    }

    #[test]
    fn a_short_report() {
        same("a_short_report", &text(&fixture::ferry(), None, 72));
    }

    #[test]
    fn every_kind_of_block() {
        same(
            "every_kind_of_block",
            &text(&fixture::every_kind(), None, 72),
        );
    }

    #[test]
    fn every_kind_of_block_in_a_narrow_column() {
        same(
            "every_kind_of_block_in_a_narrow_column",
            &text(&fixture::every_kind(), None, 40),
        );
    }

    #[test]
    fn one_section() {
        same("one_section", &text(&fixture::every_kind(), Some(2), 72));
    }

    #[test]
    fn no_line_is_wider_than_was_asked_for() {
        for width in [40, 41, 57, 72, 120] {
            for line in text(&fixture::every_kind(), None, width).lines() {
                assert!(
                    display_width(line) <= usize::from(width),
                    "{width}: {line:?}"
                );
            }
        }
    }
}
