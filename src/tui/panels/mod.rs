//! The parts of the screen, one file each: functions that draw `&App` on a [`Canvas`](crate::tui::canvas::Canvas).
//!
//! Drawing changes nothing; what a part lets be clicked it leaves on the canvas.

pub mod census;
pub mod contents;
pub mod context;
pub mod copying;
pub mod documents;
pub mod dossier;
pub mod header;
pub mod hints;
pub mod hits;
pub mod lenses;
pub mod links;
pub mod overlays;
pub mod people;
pub mod prompt;
pub mod question;
pub mod searches;
pub mod status;
pub mod text;
