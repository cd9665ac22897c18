//! One row of text with all that is to be seen in it: styles, links, names, hits, selection, marks.

use std::rc::Rc;

use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Block, BlockKind, Link, LinkTarget, Mark};
use crate::text::address::Address;
use crate::text::show::cut;
use crate::text::{TextRange, width};
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::page::{PageRow, Part};
use crate::tui::theme::{Slot, inline_slot, name_slot};

/// A style on a range; later layers lie on top.
type Layer = (TextRange, Style);

/// Draws `row` with its first text column at `(x, y)`.
pub fn row(canvas: &mut Canvas<'_>, app: &App, row: &PageRow, (x, y): (u16, u16), columns: u16) {
    let document = &app.reading.document;
    let block = &document.blocks[row.block as usize];
    if block.kind == BlockKind::Rule {
        let style = canvas.theme.style(Slot::Rule);
        canvas.put((x, y), &"─".repeat(usize::from(columns)), columns, style);
        return;
    }
    let base = canvas.theme.style(base_slot(app, row));
    if row.part == Part::First {
        mark(canvas, block, (x + row.line.indent, y));
    }
    if block.kind == BlockKind::Quote {
        let style = canvas.theme.style(Slot::Rule);
        for level in 0..row.line.indent / 2 {
            canvas.put((x + 2 * level, y), "│", 1, style);
        }
    }
    if let Some((label, taken)) = row.line.label {
        let style = canvas.theme.style(Slot::Quiet);
        let words = format!(
            "{}: ",
            cut(label.of(&document.text), taken.saturating_sub(2))
        );
        canvas.put(
            ((x + row.line.indent).saturating_sub(taken), y),
            &words,
            taken,
            style,
        );
    }
    let layers = layers(canvas, app, row.line.range);
    let links = links(canvas, app, row.line.range);
    let limit = x + columns;
    let (mut column, mut at, mut cell) = (x + row.line.indent, row.line.range.start(), 0);
    for cluster in row.line.range.of(&document.text).graphemes(true) {
        let on = layers.iter().filter(|(range, _)| range.contains(at));
        let style = on.fold(base, |style, (_, layer)| style.patch(*layer));
        let link = links.iter().find(|(range, _)| range.contains(at));
        at += cluster.len();
        if let (Some(table), "\t") = (&row.line.table, cluster) {
            cell += 1;
            column = x + row.line.indent + table.stop(cell) as u16;
            continue;
        }
        let taken = width(cluster) as u16;
        if column + taken > limit {
            break;
        }
        canvas.put((column, y), cluster, taken.max(1), style);
        if let Some((range, address)) = link {
            let area = Rect::new(column, y, taken.max(1), 1);
            canvas.link(area, (range.start(), address));
        }
        column += taken;
    }
}

/// The links in `range` that a terminal may follow: none where it is not to know of them.
fn links(canvas: &Canvas<'_>, app: &App, range: TextRange) -> Vec<(TextRange, Rc<str>)> {
    if !canvas.theme.links {
        return Vec::new();
    }
    let links = app.reading.document.links_in(range);
    let address = |link: &Link| match &link.target {
        LinkTarget::Url(shown) => Some((link.range, Rc::from(Address::read(shown).ok()?.as_str()))),
        LinkTarget::Place(_) => None,
    };
    links.filter_map(address).collect()
}

fn base_slot(app: &App, row: &PageRow) -> Slot {
    let document = &app.reading.document;
    match document.blocks[row.block as usize].kind {
        BlockKind::Title => Slot::Title,
        BlockKind::Heading if app.reading.is_boilerplate(row.block) => Slot::Boilerplate,
        BlockKind::Heading | BlockKind::TableRow { header: true } => Slot::Heading,
        BlockKind::Code => Slot::Code,
        _ if app.reading.is_boilerplate(row.block) => Slot::Boilerplate,
        BlockKind::Quote if document.is_letter() => Slot::Boilerplate,
        BlockKind::Quote => Slot::Quote,
        _ => Slot::Plain,
    }
}

/// What stands before a list item, so that its words begin at `x`.
fn mark(canvas: &mut Canvas<'_>, block: &Block, (x, y): (u16, u16)) {
    let BlockKind::Item(mark) = block.kind else {
        return;
    };
    let words = match mark {
        Mark::None => return,
        Mark::Bullet => "•".to_owned(),
        Mark::Number(number) => format!("{number}."),
        Mark::Task(done) => if done { "[x]" } else { "[ ]" }.to_owned(),
        Mark::Footnote(number) => format!("[{number}]"),
    };
    let taken = width(&words) as u16 + 1;
    let style = canvas.theme.style(Slot::Quiet);
    canvas.put((x.saturating_sub(taken), y), &words, taken, style);
}

/// Everything that touches `range`, lowest first.
fn layers(canvas: &Canvas<'_>, app: &App, range: TextRange) -> Vec<Layer> {
    let theme = canvas.theme;
    let reading = &app.reading;
    let mut layers: Vec<Layer> = Vec::new();
    layers.extend(
        reading
            .document
            .styles_in(range)
            .map(|styled| (styled.range, theme.style(inline_slot(styled.inline)))),
    );
    layers.extend(
        reading
            .document
            .links_in(range)
            .map(|link| (link.range, theme.style(Slot::Link))),
    );
    let mentions = reading.briefing.entities.mentions_in(range).iter();
    for mention in mentions.filter(|it| !reading.is_hidden(it.entity)) {
        let slot = name_slot(reading.kind(mention.entity));
        layers.push((mention.range, theme.style(slot)));
        if reading.pinned == Some(mention.entity) {
            layers.push((mention.range, theme.style(Slot::Pinned)));
            if app.spot == Some(mention.range.start()) {
                layers.push((mention.range, theme.style(Slot::Cursor)));
            }
        }
    }
    layers.extend(
        app.search
            .hits_in(range)
            .iter()
            .map(|hit| (*hit, theme.style(Slot::Hit))),
    );
    let current = app.search.current_hit().filter(|hit| hit.overlaps(range));
    layers.extend(current.map(|hit| (hit, theme.style(Slot::HitCurrent))));
    layers.extend(
        app.selected()
            .map(|selected| (selected, theme.style(Slot::Selection))),
    );
    layers
}
