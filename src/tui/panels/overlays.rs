//! What lies on top, full screen: contents, pages of words, and people with all their mentions.

use ratatui::layout::Rect;

use crate::model::{Entity, Mention};
use crate::text::show::cut;
use crate::text::{TextRange, width};
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout;
use crate::tui::overlay::{Cursor, Overlay, People, Words};
use crate::tui::panels::contents;
use crate::tui::theme::{Slot, name_slot};

/// From this many columns on names and mentions stand side by side.
const SIDE_BY_SIDE: u16 = 70;
/// Columns of the list of names beside the mentions.
const NAMES: u16 = 30;

/// Draws `overlay` over everything.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, overlay: &Overlay) {
    let screen = canvas.area();
    canvas.fill(screen, ' ', Slot::Plain);
    canvas.targets.clear();
    let body = layout::overlay(app.size);
    let inside = Rect {
        x: body.x + 1,
        width: body.width.saturating_sub(2),
        ..body
    };
    let (title, right, hints) = match overlay {
        Overlay::Words(words) => {
            page(canvas, words, inside);
            let more = words
                .lines
                .len()
                .saturating_sub(words.scroll + usize::from(inside.height));
            let right = if more > 0 {
                format!("{more} more lines")
            } else {
                String::new()
            };
            (words.title.to_owned(), right, "j k scroll   Esc back")
        }
        Overlay::Contents(cursor) => {
            contents::rows(canvas, app, inside, *cursor, true);
            let count = app.reading.outline().sections.len();
            (
                "CONTENTS".to_owned(),
                format!("{count} sections"),
                "Enter go   j k select   Esc back",
            )
        }
        Overlay::People(people) => {
            draw_people(canvas, app, people, inside);
            let hints = if people.mention.is_some() {
                "Enter go to place   j k select   Tab names   Esc names"
            } else {
                "Enter mentions   j k select   / filter   Esc back"
            };
            (
                "PEOPLE & AGENCIES".to_owned(),
                format!("{} names", people.listed.len()),
                hints,
            )
        }
    };
    frame(canvas, (&title, &right), hints);
}

/// Title above and hints below, where the screen has room for them.
fn frame(canvas: &mut Canvas<'_>, (title, right): (&str, &str), hints: &str) {
    let screen = canvas.area();
    let body = layout::overlay(screen.as_size());
    if body.y == 0 {
        return;
    }
    let line = Rect {
        x: 1,
        y: 0,
        width: screen.width.saturating_sub(2),
        height: 1,
    };
    canvas.line(line, 0, title, Slot::Pane);
    canvas.line_right(line, 0, right, Slot::Quiet);
    canvas.fill(
        Rect {
            y: 1,
            height: 1,
            ..screen
        },
        '─',
        Slot::Rule,
    );
    canvas.fill(
        Rect {
            y: body.bottom(),
            height: 1,
            ..screen
        },
        '─',
        Slot::Rule,
    );
    canvas.line(
        Rect {
            y: screen.bottom() - 1,
            ..line
        },
        0,
        hints,
        Slot::Quiet,
    );
}

fn page(canvas: &mut Canvas<'_>, words: &Words, area: Rect) {
    for (row, (line, slot)) in words
        .lines
        .iter()
        .skip(words.scroll)
        .take(usize::from(area.height))
        .enumerate()
    {
        canvas.line(area, row as u16, line, *slot);
    }
}

fn draw_people(canvas: &mut Canvas<'_>, app: &App, people: &People, area: Rect) {
    if app.size.width < SIDE_BY_SIDE {
        return match people.mention {
            Some(_) => dossier(canvas, app, people, area),
            None => names(canvas, app, people, area),
        };
    }
    let left = Rect {
        width: NAMES,
        ..area
    };
    let line = Rect {
        x: left.right(),
        width: 1,
        ..area
    };
    canvas.fill(line, '│', Slot::Rule);
    names(canvas, app, people, left);
    let right = Rect {
        x: line.right() + 1,
        width: area.right().saturating_sub(line.right() + 1),
        ..area
    };
    dossier(canvas, app, people, right);
}

/// The names by kind; a blank line and a heading before each kind.
fn names(canvas: &mut Canvas<'_>, app: &App, people: &People, area: Rect) {
    let filtered = people.typing || !people.filter.text.is_empty();
    let mut area = area;
    if filtered {
        let cursor = if people.typing { "_" } else { "" };
        canvas.line(
            area,
            0,
            &format!("/{}{cursor}", people.filter.text),
            Slot::Key,
        );
        area = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
    }
    if people.listed.is_empty() {
        let words = if filtered {
            "no name has these letters"
        } else {
            "no names were found"
        };
        canvas.line(area, 0, words, Slot::Quiet);
        return;
    }
    let height = usize::from(area.height);
    let first = people.names.window(people.listed.len(), height);
    let mut kind = None;
    let mut row = 0;
    for (at, &id) in people.listed.iter().enumerate().skip(first) {
        let entity = &app.reading.briefing.entities.entities[id as usize];
        // Headings only where the list is seen from its start: further down they would push the cursor out.
        if first == 0 && kind != Some(entity.kind) && people.listed.len() + 8 <= height {
            row += u16::from(kind.is_some());
            canvas.line(area, row, entity.kind.row().plural, Slot::Quiet);
            row += 1;
        }
        kind = Some(entity.kind);
        if row >= area.height {
            break;
        }
        let line = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        let right = canvas.line_right(line, 0, &format!("{} ", entity.mentions.len()), Slot::Quiet);
        let room = right.saturating_sub(line.x + 1);
        let style = canvas.theme.style(name_slot(entity.kind));
        canvas.put((line.x + 1, line.y), &cut(&entity.name, room), room, style);
        if at == people.names.at {
            let style = canvas.theme.style(if people.mention.is_none() {
                Slot::Cursor
            } else {
                Slot::Strong
            });
            canvas.paint(
                Rect {
                    width: line.width.saturating_sub(1),
                    ..line
                },
                style,
            );
        }
        canvas.target(line, Target::Row(at));
        row += 1;
    }
}

/// Everything the text says of the selected name.
fn dossier(canvas: &mut Canvas<'_>, app: &App, people: &People, area: Rect) {
    let Some(id) = people.selected() else { return };
    let entity = &app.reading.briefing.entities.entities[id as usize];
    let facts = facts(app, entity);
    let mut row = 0;
    for (words, slot) in facts {
        for range in crate::text::wrap::wrap(
            &words,
            TextRange::new(0, words.len()),
            usize::from(area.width),
        ) {
            canvas.line(area, row, range.of(&words), slot);
            row += 1;
        }
    }
    row += 1;
    let list = Rect {
        y: area.y + row,
        height: area.height.saturating_sub(row),
        ..area
    };
    mentions(canvas, app, (entity, people.mention), list);
}

fn facts(app: &App, entity: &Entity) -> Vec<(String, Slot)> {
    let mut facts = vec![(entity.name.clone(), Slot::Heading)];
    let titles: Vec<&str> = entity
        .titles
        .iter()
        .map(|title| title.text.as_str())
        .collect();
    if !titles.is_empty() {
        facts.push((titles.join("; "), Slot::Plain));
    }
    if let Some(parent) = entity
        .parent
        .and_then(|id| app.reading.briefing.entities.entities.get(id as usize))
    {
        facts.push((format!("part of {}", parent.name), Slot::Plain));
    }
    let forms: Vec<&str> = entity.forms.iter().skip(1).map(String::as_str).collect();
    if !forms.is_empty() {
        facts.push((format!("also written: {}", forms.join(", ")), Slot::Quiet));
    }
    let count = entity.mentions.len();
    let mentions = entity
        .mentions
        .iter()
        .map(|&at| &app.reading.briefing.entities.mentions[at as usize]);
    let mut sections: Vec<_> = mentions.filter_map(|mention| mention.section).collect();
    sections.dedup();
    let plural =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let line = format!(
        "{}: {} in {}",
        entity.kind.row().name,
        plural(count, "mention"),
        plural(sections.len(), "section")
    );
    facts.push((line, Slot::Quiet));
    facts
}

/// Mentions in context, by section; the selected one stands out.
fn mentions(
    canvas: &mut Canvas<'_>,
    app: &App,
    (entity, cursor): (&Entity, Option<Cursor>),
    area: Rect,
) {
    let all = &app.reading.briefing.entities.mentions;
    let height = usize::from(area.height);
    // Every mention may bring a heading: half the height keeps the cursor in sight.
    let first = cursor
        .unwrap_or_default()
        .window(entity.mentions.len(), (height / 2).max(1));
    let mut section = None;
    let mut row = 0;
    for (at, &mention) in entity.mentions.iter().enumerate().skip(first) {
        let mention = &all[mention as usize];
        if section != Some(mention.section) {
            section_line(
                canvas,
                app,
                mention,
                Rect {
                    y: area.y + row,
                    height: u16::from(row < area.height),
                    ..area
                },
            );
            section = Some(mention.section);
            row += 1;
        }
        if row >= area.height {
            break;
        }
        let line = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        let selected = cursor.is_some_and(|cursor| cursor.at == at);
        context(canvas, app, mention, line);
        if selected {
            let style = canvas.theme.style(Slot::Strong);
            canvas.put((line.x, line.y), ">", 1, style);
            canvas.paint(line, style);
        }
        canvas.target(line, Target::Mention(at));
        row += 1;
    }
}

fn section_line(canvas: &mut Canvas<'_>, app: &App, mention: &Mention, line: Rect) {
    let reading = &app.reading;
    let Some(id) = mention.section else {
        canvas.line(line, 0, "outside the sections", Slot::Quiet);
        return;
    };
    let section = &reading.outline().sections[id as usize];
    let title = section.title(&reading.document, &reading.briefing.lens);
    let role = reading
        .role_of(id)
        .map_or(String::new(), |(_, label, _)| label.to_uppercase());
    let right = canvas.line_right(line, 0, &role, Slot::Quiet);
    let left = Rect {
        width: right.saturating_sub(line.x + 1),
        ..line
    };
    canvas.line(left, 0, &format!("{} {title}", id + 1), Slot::Plain);
}

/// `p9  … said Reyk, who …`, with the name itself marked.
fn context(canvas: &mut Canvas<'_>, app: &App, mention: &Mention, line: Rect) {
    let document = &app.reading.document;
    let Some(block) = document.block_at(mention.range.start()) else {
        return;
    };
    let number = app
        .reading
        .paragraph_number(block)
        .map_or(String::new(), |number| format!("p{number}"));
    let quiet = canvas.theme.style(Slot::Quiet);
    canvas.put((line.x + 2, line.y), &number, 6, quiet);
    let x = line.x + 7;
    let room = usize::from(line.right().saturating_sub(x));
    let name = mention.range.of(&document.text);
    let around = room.saturating_sub(width(name));
    let block = document.blocks[block as usize].range;
    let before = tail(
        TextRange::new(block.start(), mention.range.start()).of(&document.text),
        around / 2,
    );
    let plain = canvas.theme.style(Slot::Plain);
    let hit = canvas.theme.style(Slot::Pinned);
    let end = canvas.put((x, line.y), &before, room as u16, plain);
    let end = canvas.put((end, line.y), name, line.right().saturating_sub(end), hit);
    let after = TextRange::new(mention.range.end(), block.end()).of(&document.text);
    let left = line.right().saturating_sub(end);
    // A context is one line: line breaks and cells are spaces here, and no more is copied than can be seen.
    let after: String = after
        .chars()
        .take(usize::from(left) + 1)
        .map(one_line)
        .collect();
    canvas.put((end, line.y), &cut(&after, left), left, plain);
}

fn one_line(letter: char) -> char {
    if matches!(letter, '\n' | '\t') {
        ' '
    } else {
        letter
    }
}

/// The end of `words`, at most `columns` wide, beginning at a word.
fn tail(words: &str, columns: usize) -> String {
    let mut kept: Vec<char> = Vec::new();
    let mut taken = 0;
    for letter in words.chars().rev() {
        taken += width(letter.encode_utf8(&mut [0; 4]));
        if taken + 2 > columns {
            break;
        }
        kept.push(one_line(letter));
    }
    let whole = kept.iter().map(|letter| letter.len_utf8()).sum::<usize>() == words.len();
    let text: String = kept.into_iter().rev().collect();
    match text.split_once(' ') {
        Some((_, rest)) if !whole => format!("… {rest}"),
        _ => text,
    }
}
