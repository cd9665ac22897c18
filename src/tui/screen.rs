//! A whole screen: the parts in their places, and what lies on top.

use ratatui::buffer::Buffer;

use crate::tui::app::App;
use crate::tui::canvas::{Canvas, Targets};
use crate::tui::panels::{contents, header, overlays, people, status, text};
use crate::tui::theme::Theme;

/// Draws `app` and gives back what can be clicked.
pub fn draw(app: &App, theme: Theme, buffer: &mut Buffer) -> Targets {
    let mut canvas = Canvas::new(buffer, theme);
    let areas = app.areas();
    header::draw(&mut canvas, app, &areas);
    text::draw(&mut canvas, app, &areas);
    if areas.contents.area() > 0 {
        contents::draw(&mut canvas, app, areas.contents);
    }
    if areas.people.area() > 0 {
        people::draw(&mut canvas, app, areas.people);
    }
    if areas.names.area() > 0 {
        people::draw_strip(&mut canvas, app, areas.names);
    }
    if let Some(overlay) = &app.overlay {
        overlays::draw(&mut canvas, app, overlay);
    }
    match &app.overlay {
        None => status::draw(&mut canvas, app, &areas),
        Some(_) => status::over(&mut canvas, app),
    }
    canvas.weave_links();
    canvas.targets
}
