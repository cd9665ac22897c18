//! `briefing`: reads news reports, government releases and advisories in a terminal, in sections by what
//! each part does, beside the people and agencies it names.
//!
//! The pipeline, on one page:
//!
//! ```text
//! bytes ─formats→ Document ─names::find→ mentions ─sections→ Outline ─names::link→ Entities
//!                                └───────────── analysis ─────────────┘ = Briefing
//! Briefing ─tui→ screen            Briefing ─export→ text, JSON
//! ```
//!
//! Modules from the ground up; each imports only those above it in this list.

pub mod text;

pub mod model;

pub mod export;
pub mod formats;
pub mod memory;
pub mod names;
pub mod sections;

pub mod analysis;

pub mod tui;

pub mod cli;
