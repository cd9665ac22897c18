//! The rules that find names, as rows: what each goes by, and where the words stand that told it.

/// A row of [`RULES`].
#[derive(Clone, Copy, Debug)]
pub struct RuleRow {
    /// What the rule goes by, in words.
    pub rule: &'static str,
    /// Why what it finds is of its kind.
    pub typed: &'static str,
    /// Where the words stand that told it.
    pub cue: Cue,
}

/// Where the words stand that told a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    None,
    Before,
    After,
    /// First word of the name.
    First,
    /// The word of the name that says what it is.
    Head,
}

const fn rule(rule: &'static str, cue: Cue, typed: &'static str) -> RuleRow {
    RuleRow { rule, typed, cue }
}

/// Every rule that finds names.
pub const RULES: &[RuleRow] = &[
    rule("list of places", Cue::None, "the list has places only"),
    rule("list of agencies", Cue::None, "the list has agencies only"),
    rule(
        "list of organizations",
        Cue::None,
        "the list has organizations only",
    ),
    rule("title before the name", Cue::Before, "people bear titles"),
    rule("role before the name", Cue::Before, "people have roles"),
    rule(
        "known first name",
        Cue::First,
        "it begins with a first name",
    ),
    rule(
        "what stands around the name",
        Cue::None,
        "what stands around it is said of people",
    ),
    rule(
        "two unknown names together",
        Cue::None,
        "most such pairs are people",
    ),
    rule(
        "well-known statesman",
        Cue::None,
        "the list has people only",
    ),
    rule(
        "administration of a person",
        Cue::After,
        "it is called after a person",
    ),
    rule(
        "surname of a full name elsewhere",
        Cue::None,
        "the full name elsewhere is a person’s",
    ),
    rule(
        "first name of a full name elsewhere",
        Cue::None,
        "the full name elsewhere is a person’s",
    ),
    rule("head word of a place", Cue::Head, "its head word"),
    rule(
        "part of a known place",
        Cue::None,
        "the place it is part of",
    ),
    rule(
        "word of place before the name",
        Cue::Before,
        "the word before it speaks of places",
    ),
    rule("called a place", Cue::None, "the text calls it a place"),
    rule(
        "lies in a known place",
        Cue::After,
        "it lies in a known place",
    ),
    rule("head word of a body", Cue::Head, "its head word"),
    rule("body of a state", Cue::Head, "a state has it"),
    rule("called a body", Cue::None, "the text says what it is"),
    rule(
        "partners in the name",
        Cue::None,
        "firms are called after partners",
    ),
    rule(
        "capital within the word",
        Cue::None,
        "brands are written so",
    ),
    rule(
        "unknown name with an article",
        Cue::Before,
        "bodies have an article, people have none",
    ),
    rule(
        "verb of speech after the name",
        Cue::After,
        "it speaks, and no sign of a person",
    ),
    rule(
        "short form of a name elsewhere",
        Cue::None,
        "the full name elsewhere",
    ),
    rule(
        "named in full elsewhere",
        Cue::None,
        "its other mentions in the document",
    ),
    rule(
        "agreed over all its mentions",
        Cue::None,
        "what most speaks for where the same words stand",
    ),
    rule("acronym", Cue::None, "most acronyms are bodies"),
    rule(
        "acronym in brackets after the name",
        Cue::None,
        "the name that it is short for",
    ),
    rule(
        "spelt out before an acronym",
        Cue::None,
        "bodies have acronyms; its head word",
    ),
    rule(
        "told by its words alone",
        Cue::None,
        "its words are said of such names only",
    ),
    rule(
        "where the report comes from",
        Cue::None,
        "reports begin with their place",
    ),
    rule("marked by the reader", Cue::None, "the reader says so"),
];

/// The row of a rule; `None` for a name that no row has.
pub fn rule_row(name: &str) -> Option<&'static RuleRow> {
    RULES.iter().find(|row| row.rule == name)
}
