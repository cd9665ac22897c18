//! Arguments, and which face to show: a screen, or an export.
