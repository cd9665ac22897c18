//! Opening what lies on top: contents, people, and the pages of words (help, why, about).

use crate::model::{EntityId, EntityKind, KINDS};
use crate::text::wrap::wrap;
use crate::text::{TextRange, width};
use crate::tui::action::{ACTIONS, Action, ActionRow, GROUPS, Group};
use crate::tui::app::{App, Pane};
use crate::tui::layout;
use crate::tui::overlay::{Cursor, Overlay, People, Words};
use crate::tui::theme::Slot;

/// From this many columns on the help has two columns.
const TWO_COLUMNS: u16 = 100;
/// Columns for the keys of an action in the help.
const KEYS: usize = 20;

pub(super) type Lines = Vec<(String, Slot)>;

impl App {
    /// Opens what `action` names; the same key closes it, in the pane or on top.
    pub(super) fn open(&mut self, action: Action) {
        let areas = self.areas();
        match action {
            Action::Contents if areas.contents.area() > 0 && self.overlay.is_none() => {
                let focused = self.focus == Pane::Contents;
                self.focus_pane(if focused { Pane::Text } else { Pane::Contents });
            }
            Action::Contents => {
                let at = self.reading.section().unwrap_or(0) as usize;
                self.overlay = Some(Overlay::Contents(Cursor { at }));
            }
            Action::People => self.open_people(self.reading.pinned, false),
            _ => {
                let beneath = match self.overlay.take() {
                    Some(Overlay::People(people)) => Some(Box::new(people)),
                    Some(Overlay::Words(words)) => words.beneath,
                    Some(
                        Overlay::Contents(_)
                        | Overlay::Lenses(_)
                        | Overlay::Shelf(_)
                        | Overlay::Census(_)
                        | Overlay::Copying(_)
                        | Overlay::Hits(_)
                        | Overlay::Searches(_)
                        | Overlay::Links(_),
                    )
                    | None => None,
                };
                let mut words = self.words(action, self.chosen(beneath.as_deref()));
                words.beneath = beneath;
                self.overlay = Some(Overlay::Words(words));
            }
        }
    }

    /// Closes what lies on top; a list of names under it is seen again.
    pub(super) fn close_overlay(&mut self) {
        self.overlay = match self.overlay.take() {
            Some(Overlay::Words(words)) => words.beneath.map(|people| Overlay::People(*people)),
            _ => None,
        };
    }

    /// The name that the reader means: selected in a list, or followed in the text.
    fn chosen(&self, list: Option<&People>) -> Option<EntityId> {
        let in_pane = || {
            let row = self.reading.cast.get(self.people.at);
            row.filter(|_| self.focus == Pane::People)
                .map(|row| row.entity)
        };
        match list {
            Some(people) => people.selected(),
            None => in_pane().or(self.reading.pinned),
        }
    }

    /// Opens the people with `selected` under the cursor, on its mentions if asked.
    pub(super) fn open_people(&mut self, selected: Option<EntityId>, mentions: bool) {
        let selected = selected.or_else(|| self.reading.cast.first().map(|row| row.entity));
        let mut people = People::new(&self.reading, selected);
        people.mention = mentions.then(Cursor::default);
        self.overlay = Some(Overlay::People(people));
    }

    /// Makes what lies on top agree with a new size or a new analysis.
    pub(super) fn refresh_overlay(&mut self) {
        match &mut self.overlay {
            Some(Overlay::Words(words)) => {
                let (Some(opener), scroll) = (words.opener, words.scroll) else {
                    return;
                };
                let mut beneath = words.beneath.take();
                if let Some(people) = &mut beneath {
                    people.list(&self.reading);
                }
                let mut words = self.words(opener, self.chosen(beneath.as_deref()));
                words.beneath = beneath;
                let page = usize::from(layout::overlay(self.size).height);
                words.scroll = scroll.min(words.lines.len().saturating_sub(page));
                self.overlay = Some(Overlay::Words(words));
            }
            Some(Overlay::People(people)) => people.list(&self.reading),
            Some(Overlay::Hits(hits)) => {
                hits.gather(self.search.ranges(), &self.reading.briefing.outline);
            }
            Some(
                Overlay::Contents(_)
                | Overlay::Lenses(_)
                | Overlay::Shelf(_)
                | Overlay::Census(_)
                | Overlay::Copying(_)
                | Overlay::Searches(_)
                | Overlay::Links(_),
            )
            | None => {}
        }
    }

    fn words(&self, opener: Action, chosen: Option<EntityId>) -> Words {
        let columns = usize::from(layout::overlay(self.size).width)
            .saturating_sub(2)
            .max(1);
        let (title, lines) = match opener {
            Action::Help => ("KEYS", self.help()),
            Action::About => ("ABOUT THIS DOCUMENT", self.about()),
            _ => ("WHY", self.why(chosen)),
        };
        let folded = lines
            .into_iter()
            .flat_map(|(line, slot)| fold(&line, columns).map(move |line| (line, slot)));
        Words::new(title, opener, folded.collect())
    }

    fn help(&self) -> Lines {
        let block = |group: Group| -> Lines {
            let title = GROUPS
                .iter()
                .find(|(of, _)| *of == group)
                .map_or("", |(_, title)| title);
            let heading = (title.to_owned(), Slot::Heading);
            let rows = ACTIONS
                .iter()
                .filter(|row| row.group == group)
                .map(|row| self.help_line(row));
            std::iter::once(heading).chain(rows).collect()
        };
        let mut lines = Lines::new();
        let groups = GROUPS.map(|(group, _)| block(group));
        if self.size.width >= TWO_COLUMNS {
            let half = usize::from(self.size.width / 2) - 2;
            for pair in groups.chunks(2) {
                let right = pair.get(1).map_or(&[][..], Vec::as_slice);
                lines.extend(side_by_side(&pair[0], right, half));
                lines.push((String::new(), Slot::Plain));
            }
        } else {
            for group in groups {
                lines.extend(group);
                lines.push((String::new(), Slot::Plain));
            }
        }
        let mouse = "Mouse: the wheel scrolls what is under it; names, sections, roles and hints can be clicked; \
                     dragging copies text to the terminal's clipboard.";
        lines.push((mouse.into(), Slot::Quiet));
        lines.push((
            "In contents a line shows how long a section is; = its heading says the role, ~ it is a guess from the text, \
             * it is yours, after the number that you drew where it begins or ends."
                .into(),
            Slot::Quiet,
        ));
        lines.push((
            "After a name * says that you mended it here, ° that your own list of names did."
                .into(),
            Slot::Quiet,
        ));
        lines.push(("Letters in the margin and beside sections are roles; + marks names new in this section.".into(), Slot::Quiet));
        lines
    }

    /// A row of the table; the letters of roles are those of the lens in force.
    fn help_line(&self, row: &ActionRow) -> (String, Slot) {
        let keyed = self.reading.briefing.lens.keyed();
        let (keys, help) = match row.action {
            Action::SectionByNumber => ("1 … 9  0".to_owned(), row.help.to_owned()),
            Action::NextOfRole if !keyed.is_empty() => {
                let letters: Vec<String> =
                    keyed.iter().map(|role| role.letter.to_string()).collect();
                let labels: Vec<&str> = keyed.iter().map(|role| role.short.as_str()).collect();
                (letters.join(" "), format!("next {}", labels.join(", ")))
            }
            _ => (row.keys.join(" "), row.help.to_owned()),
        };
        let padding = KEYS.saturating_sub(width(&keys)).max(1);
        (format!("  {keys}{:padding$}{help}", ""), Slot::Plain)
    }

    fn about(&self) -> Lines {
        let (document, meta) = (&self.reading.document, &self.reading.document.meta);
        let lens = &self.reading.briefing.lens;
        let unknown = || "not stated".to_owned();
        let rows = [
            (
                "title",
                document.title().map_or_else(unknown, str::to_owned),
            ),
            ("author", meta.author.clone().unwrap_or_else(unknown)),
            ("publisher", meta.publisher.clone().unwrap_or_else(unknown)),
            ("published", meta.published.clone().unwrap_or_else(unknown)),
            ("read from", meta.source.clone()),
            ("format", meta.format.to_owned()),
            ("words", self.told_words()),
            (
                "sections",
                self.reading.outline().sections.len().to_string(),
            ),
            ("names", self.told_names()),
            ("lens", format!("{} ({})", lens.name, lens.title)),
        ];
        let mut lines: Lines = rows
            .map(|(label, value)| (format!("{label:<12}{value}"), Slot::Plain))
            .into();
        let last = document.last_page();
        if let Some((page, last)) = self.reading.printed_page().zip(last) {
            // Beside the format, which has pages.
            lines.insert(6, (format!("{:<12}{page} of {last}", "page"), Slot::Plain));
        }
        lines.extend(self.about_corrections());
        let notes = meta.notice.clone().into_iter();
        for notice in notes.chain(self.reading.briefing.notes()) {
            lines.push((format!("{:<12}{notice}", "note"), Slot::Notice));
        }
        let faults = self.reading.briefing.faults.iter();
        lines.extend(faults.map(|fault| (format!("{:<12}{fault}", "fault"), Slot::Notice)));
        lines
    }

    /// What the reader changed, and what is wrong with what was kept of that.
    fn about_corrections(&self) -> Lines {
        let ledger = &self.reading.ledger;
        let line = |label: &str, words: &str, slot| (format!("{label:<12}{words}"), slot);
        let mut lines = Lines::new();
        if let Some(words) = ledger.describe(&self.reading.briefing.lens.name) {
            lines.push(line("corrections", &words, Slot::Plain));
        }
        if let Some(words) = ledger.names.describe() {
            lines.push(line("your names", &words, Slot::Plain));
        }
        let faults = ledger.names.faults.iter();
        lines.extend(faults.map(|fault| line("own list", fault, Slot::Notice)));
        if let Some(trouble) = &ledger.trouble {
            lines.push(line("note", trouble, Slot::Notice));
        }
        lines
    }

    fn told_words(&self) -> String {
        self.reading
            .words
            .map_or("still being read".into(), |words| {
                format!(
                    "{} · {} min",
                    crate::text::show::thousands(words),
                    words.div_ceil(250)
                )
            })
    }

    fn told_names(&self) -> String {
        let count = |kind: EntityKind| {
            self.reading
                .briefing
                .entities
                .entities
                .iter()
                .filter(|entity| entity.kind == kind)
                .count()
        };
        KINDS
            .map(|row| format!("{} {}", row.plural, count(row.kind)))
            .join(" · ")
    }
}

/// Two lists beside each other, the right one from column `half` on.
fn side_by_side(left: &[(String, Slot)], right: &[(String, Slot)], half: usize) -> Lines {
    let blank = (String::new(), Slot::Plain);
    (0..left.len().max(right.len()))
        .map(|at| {
            let ((left, slot), (right, _)) = (
                left.get(at).unwrap_or(&blank),
                right.get(at).unwrap_or(&blank),
            );
            let padding = half.saturating_sub(width(left));
            (format!("{left}{:padding$}{right}", ""), *slot)
        })
        .collect()
}

/// A line cut to rows of at most `columns`; further rows are indented like the first.
fn fold(line: &str, columns: usize) -> impl Iterator<Item = String> + use<> {
    let indent = line.len() - line.trim_start().len();
    let words = line.trim_start();
    let rows = wrap(
        words,
        TextRange::new(0, words.len()),
        columns.saturating_sub(indent).max(1),
    );
    let rows: Vec<String> = rows
        .into_iter()
        .map(|row| format!("{:indent$}{}", "", row.of(words)))
        .collect();
    rows.into_iter()
}
