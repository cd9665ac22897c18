//! Briefing to screen.
pub mod page;
pub mod table;
