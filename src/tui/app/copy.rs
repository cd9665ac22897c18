//! Copying: words with their citation, and addresses that open here.
//!
//! The terminal is always told (OSC 52) and gives no answer, so what was copied is "sent to the terminal" until the
//! desktop's clipboard says that it has it.

use crate::export::citation::Citation;
use crate::formats::Source;
use crate::model::Fragment;
use crate::text::TextRange;
use crate::text::show::thousands;
use crate::tui::action::Action;
use crate::tui::app::{App, Pick};
use crate::tui::copying::{Copying, EXTENTS};
use crate::tui::event::Effect;
use crate::tui::overlay::Overlay;
use crate::tui::reading::Stage;

/// Most bytes that many terminals take through OSC 52: 100,000 once in base64, with what stands around them.
const TERMINAL_TAKES: usize = 74_994;

/// What was handed out last, until the desktop's clipboard answers.
#[derive(Clone, Debug, Default)]
pub struct Copied {
    pub serial: u32,
    what: String,
    /// What was said of it: only that is said anew.
    said: String,
}

impl App {
    /// What is about copying; whether `action` is that.
    pub(super) fn copy_took(&mut self, action: Action) -> bool {
        match action {
            Action::Copy => self.begin_copy(),
            Action::CopyAddress => self.copy_address(),
            Action::CitationForm => {
                self.form = self.form.next();
                self.notice = Some(format!("citations are copied as {}", self.form.title));
            }
            _ => return false,
        }
        true
    }

    /// Copies what is picked, or asks what shall be copied.
    fn begin_copy(&mut self) {
        if !self.places_are_known() {
            return;
        }
        if let Some(range) = self.selected() {
            let what = self.pick.take().map_or_else(
                || {
                    format!(
                        "{} characters",
                        thousands(range.of(&self.reading.document.text).chars().count())
                    )
                },
                Pick::words,
            );
            return self.cite(range, &what);
        }
        match self.sentence_here() {
            Some(sentence) => self.overlay = Some(Overlay::Copying(Copying::new(sentence))),
            None => self.notice = Some("there is nothing here to copy".into()),
        }
    }

    /// Copies what was chosen.
    pub(super) fn copy_extent(&mut self, which: usize) {
        let Some(Overlay::Copying(copying)) = &self.overlay else {
            return;
        };
        let (_, word) = EXTENTS[which.min(EXTENTS.len() - 1)];
        let Some(range) = copying.extent(which, &self.reading) else {
            self.notice = Some("this stands in no section".into());
            return;
        };
        self.overlay = None;
        self.cite(range, &format!("the {word}"));
    }

    fn cite(&mut self, range: TextRange, what: &str) {
        let citation = Citation::of(&self.reading.briefing, range);
        let words = self.form.write(&citation);
        let what = format!("{what} as {}", self.form.title);
        self.hand_out(words, what);
    }

    /// Copies the words of `range` alone.
    pub(super) fn copy(&mut self, range: TextRange) {
        let words = range.of(&self.reading.document.text).trim_end().to_owned();
        let what = format!("{} characters", thousands(words.chars().count()));
        self.hand_out(words, what);
    }

    fn copy_address(&mut self) {
        if !self.places_are_known() {
            return;
        }
        let name = match &self.source {
            Source::Path(path) => self.folder.join(path).to_string_lossy().into_owned(),
            Source::Address(address) => address.clone(),
            Source::Stdin | Source::Sample(_) | Source::Held(_) => {
                self.notice = Some("only a file or a page on the web has an address".into());
                return;
            }
        };
        let Some(fragment) = self.fragment_here() else {
            self.notice = Some("there is no section or paragraph here to point at".into());
            return;
        };
        let address = format!("{name}#{fragment}");
        self.hand_out(address, format!("the address of {fragment}"));
    }

    /// Section and paragraph of what is picked, or of the place.
    fn fragment_here(&self) -> Option<Fragment> {
        let (document, outline) = (&self.reading.document, self.reading.outline());
        let picked = self.selected().map(TextRange::start);
        let at = picked.or_else(|| Some(self.sentence_here()?.start()))?;
        let block = document.block_at(at)?;
        let next = outline
            .paragraphs
            .partition_point(|paragraph| paragraph.block < block);
        let next_range = outline
            .paragraphs
            .get(next)
            .map(|paragraph| document.blocks[paragraph.block as usize].range);
        // Above all sections, as in the title, the first paragraph is meant; under a heading the first that it has.
        let home = outline.home(document, at);
        let home = home.or_else(|| outline.home(document, next_range?.start()));
        let within = home.map(|id| outline.sections[id as usize].range);
        let inside = next_range.filter(|range| within.is_none_or(|within| within.covers(*range)));
        let section = home.map(|id| id as usize + 1);
        let paragraph = inside.map(|_| next + 1);
        (section.is_some() || paragraph.is_some()).then_some(Fragment { section, paragraph })
    }

    /// Whether sections and paragraphs have the numbers that they keep.
    fn places_are_known(&mut self) -> bool {
        let known = self.reading.stage == Stage::Ready && !self.loading;
        if !known {
            self.notice = Some("sections are still being found: copy in a moment".into());
        }
        known
    }

    /// Hands `words` to the clipboards; `what` they are is told.
    pub(super) fn hand_out(&mut self, words: String, what: String) {
        let long = if words.len() > TERMINAL_TAKES {
            format!(
                "; its {} bytes are more than many terminals take",
                thousands(words.len())
            )
        } else {
            String::new()
        };
        let said = format!("{what} sent to the terminal{long}");
        self.notice = Some(said.clone());
        let serial = self.copied.serial + 1;
        self.copied = Copied { serial, what, said };
        self.effects.push(Effect::Copy(serial, words));
    }

    /// The desktop's clipboard has what was handed out, or says why not.
    pub(super) fn take_copied(&mut self, answer: Result<(), String>) {
        if self.notice.as_ref() != Some(&self.copied.said) {
            return;
        }
        self.notice = Some(match answer {
            Ok(()) => format!("copied {}", self.copied.what),
            Err(why) => format!("{}; {why}", self.copied.said),
        });
    }
}
