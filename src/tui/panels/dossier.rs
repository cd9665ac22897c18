//! Everything the text says of one name: offices, forms, and every mention in its context.

use ratatui::layout::Rect;

use crate::model::{Entity, EntityId, Mention};
use crate::text::TextRange;
use crate::text::show::plural;
use crate::text::wrap::wrap;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, row};
use crate::tui::overlay::People;
use crate::tui::panels::context;
use crate::tui::question::Question;
use crate::tui::theme::Slot;

/// Everything the text says of the selected name.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, people: &People, area: Rect) {
    let Some(id) = people.selected() else { return };
    let entity = &app.reading.briefing.entities.entities[id as usize];
    let facts = facts(app, (id, entity));
    let mut taken = 0;
    for (words, slot) in facts {
        let range = TextRange::new(0, words.len());
        for range in wrap(&words, range, usize::from(area.width)) {
            canvas.line(area, taken, range.of(&words), slot);
            taken += 1;
        }
    }
    mentions(canvas, app, (entity, people), below(area, taken + 1));
}

fn facts(app: &App, (id, entity): (EntityId, &Entity)) -> Vec<(String, Slot)> {
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
    let mends = entity.mends(["yours", "from your own list"]);
    facts.extend(mends.map(|words| (words, Slot::Notice)));
    let doubts = app.reading.briefing.entities.doubts(id).into_iter();
    facts.extend(doubts.map(|doubt| (doubt, Slot::Notice)));
    let count = entity.mentions.len();
    let mentions = entity
        .mentions
        .iter()
        .map(|&at| &app.reading.briefing.entities.mentions[at as usize]);
    let mut sections: Vec<_> = mentions.filter_map(|mention| mention.section).collect();
    sections.dedup();
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
fn mentions(canvas: &mut Canvas<'_>, app: &App, (entity, people): (&Entity, &People), area: Rect) {
    let cursor = people.mention;
    let chosen = people.question.as_ref().and_then(Question::chosen);
    let all = &app.reading.briefing.entities.mentions;
    let height = usize::from(area.height);
    // Every mention may bring a heading: half the height keeps the cursor in sight.
    let first = cursor
        .unwrap_or_default()
        .window(entity.mentions.len(), (height / 2).max(1));
    let mut section = None;
    let mut taken = 0;
    for (at, &mention) in entity.mentions.iter().enumerate().skip(first) {
        let mention = &all[mention as usize];
        if section != Some(mention.section) {
            section_line(canvas, app, mention, row(area, taken));
            section = Some(mention.section);
            taken += 1;
        }
        if taken >= area.height {
            break;
        }
        let line = row(area, taken);
        context::draw(canvas, app, (mention.range, Slot::Pinned), line);
        if chosen.is_some_and(|chosen| chosen.contains(&at)) {
            let style = canvas.theme.style(Slot::Key);
            canvas.put((line.x + 1, line.y), "x", 1, style);
        }
        if cursor.is_some_and(|cursor| cursor.at == at) {
            let style = canvas.theme.style(Slot::Strong);
            canvas.put((line.x, line.y), ">", 1, style);
            canvas.paint(line, style);
        }
        canvas.target(line, Target::Mention(at));
        taken += 1;
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
