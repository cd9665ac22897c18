//! The integration tests: one binary, one module per matter.

mod cli;
