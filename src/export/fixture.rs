//! A briefing made by hand, for the tests of all forms.
