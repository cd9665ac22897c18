//! Briefing to screen.
