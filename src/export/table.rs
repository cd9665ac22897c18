//! Tables in text.
