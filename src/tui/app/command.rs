//! What keys do that is no motion: reading again, editing, widths, mouse, stepping back, signals.

use crate::formats::Source;
use crate::tui::app::{App, Pane, WIDTH_STEP, WIDTHS};
use crate::tui::event::Effect;

impl App {
    pub(super) fn reload(&mut self) {
        if !matches!(self.source, Source::Path(_) | Source::Address(_)) {
            self.notice = Some("only a file or an address can be read again".into());
            return;
        }
        self.run += 1;
        self.effects
            .push(Effect::Reload(self.run, self.source.clone()));
    }

    /// An editor was open on the file: reads it again. `failed` is how it ended, if not well.
    pub fn edited(&mut self, failed: Option<String>) -> Vec<Effect> {
        match failed {
            Some(why) => self.notice = Some(why),
            None => self.reload(),
        }
        std::mem::take(&mut self.effects)
    }

    pub(super) fn edit(&mut self) {
        let Source::Path(path) = &self.source else {
            self.notice = Some("only a file can be edited".into());
            return;
        };
        let block = self.reading.document.block_at(self.reading.anchor.at);
        let line = block.map_or(1, |id| self.reading.document.blocks[id as usize].line);
        self.effects.push(Effect::Edit(path.clone(), line));
    }

    pub(super) fn toggle_mouse(&mut self) {
        self.mouse = !self.mouse;
        self.effects.push(Effect::CaptureMouse(self.mouse));
        let word = if self.mouse {
            "mouse on"
        } else {
            "mouse off: the terminal selects text itself"
        };
        self.notice = Some(word.into());
    }

    /// Narrower or wider text, from the width that is shown: a wish there is no room for is not counted.
    pub(super) fn set_width(&mut self, wider: bool) {
        let shown = self.viewport().columns;
        let columns = if wider {
            self.widest + WIDTH_STEP
        } else {
            self.widest.min(shown).saturating_sub(WIDTH_STEP)
        };
        if wider && shown < self.widest {
            self.notice = Some(format!("there is room for {shown} columns of text"));
            return;
        }
        self.widest = columns.clamp(*WIDTHS.start(), *WIDTHS.end());
        self.notice = Some(format!("text at most {} columns wide", self.widest));
    }

    /// Undoes the latest of: what is picked, selection, leaving out paragraphs, hits, pin, focus, loading.
    pub(super) fn step_back(&mut self) {
        if self.pick.take().is_some() || self.selection.take().is_some() {
            return;
        }
        if self.reading.only.is_some() {
            self.lift_only();
        } else if self.search.query.is_some() {
            self.forget_query();
        } else if self.reading.pinned.take().is_some() {
            self.spot = None;
        } else if self.focus != Pane::Text {
            self.focus = Pane::Text;
        } else if self.loading {
            self.effects.push(Effect::StopReading);
            if self.reading.document.blocks.is_empty() {
                let why = format!(
                    "{}: reading was stopped before there was anything to show",
                    self.title()
                );
                return self.effects.push(Effect::Quit(1, Some(why)));
            }
            self.loading = false;
            self.progress = None;
            self.run += 1;
            self.analyze();
            self.notice = Some(
                "loading stopped: the text ends where it was read to; r reads it again".into(),
            );
        }
    }

    pub(super) fn signal(&mut self, signal: i32) {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
        match signal {
            SIGTSTP => self.effects.push(Effect::Suspend),
            // By custom 128 and the signal's number.
            SIGTERM | SIGHUP | SIGINT | SIGQUIT => {
                self.rescue_note();
                self.effects.push(Effect::Quit(128 + signal as u8, None));
            }
            _ => {}
        }
    }
}
