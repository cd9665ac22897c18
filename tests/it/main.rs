//! The integration tests: one binary, one module per matter.

mod cli;
mod documents;
mod files;
mod floors;
mod project;
