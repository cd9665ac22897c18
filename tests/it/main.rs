//! The integration tests: one binary, one module per matter.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]

mod addresses;
mod anchors;
mod citing;
mod cli;
mod clipboard;
mod corrections;
mod desk;
mod documents;
mod driver;
mod files;
mod finding;
mod floors;
mod fuzz;
mod lenses;
mod links;
mod loading;
mod memory;
mod mending;
mod mending_keys;
mod models;
#[path = "../fuzz/mutate.rs"]
mod mutate;
mod notes;
mod packed;
mod pages;
mod pdf;
mod picking;
mod press;
mod project;
mod pty;
mod reading;
mod reasons;
mod roles;
mod rules;
mod screens;
mod seed;
mod shelves;
mod tables;
#[path = "../fuzz/targets.rs"]
mod targets;
mod terminal;
mod watching;
