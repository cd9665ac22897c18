//! The integration tests: one binary, one module per matter.

mod documents;
mod files;
mod floors;
mod project;
