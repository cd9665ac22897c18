//! The program `briefing`: everything lives in the library.

fn main() {}
