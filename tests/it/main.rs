//! The integration tests: one binary, one module per matter.

mod cli;
mod documents;
mod driver;
mod files;
mod floors;
mod project;
mod pty;
mod reading;
mod roles;
mod screens;
mod terminal;
