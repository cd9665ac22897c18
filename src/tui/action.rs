//! [`ACTIONS`]: everything a key can do, as one table.
//!
//! The key map, the help screen, the hints in the bottom line and the README's list of keys are all read from
//! these rows, so none of them can be out of date.

use std::fmt::Write;

/// What a reader can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    LineDown,
    LineUp,
    PageDown,
    PageUp,
    HalfPageDown,
    HalfPageUp,
    Top,
    Bottom,
    NextSection,
    PreviousSection,
    SectionByNumber,
    NextOfRole,
    NextParagraph,
    PreviousParagraph,
    NextMention,
    PreviousMention,
    Back,
    Mark,
    ToMark,
    Contents,
    People,
    Find,
    FindNext,
    FindPrevious,
    Hits,
    Only,
    WholeWords,
    Pattern,
    ExactCase,
    Links,
    Why,
    About,
    Lenses,
    Choose,
    NextDocument,
    PreviousDocument,
    AllNames,
    TextOnly,
    Narrower,
    Wider,
    NextPane,
    PreviousPane,
    Open,
    Escape,
    Edit,
    Reload,
    Mouse,
    SetRole,
    StartEarlier,
    StartLater,
    Merge,
    Split,
    MergeName,
    RenameName,
    SetKind,
    SplitName,
    HideName,
    RejectName,
    AddName,
    Undo,
    Pick,
    PickMore,
    PickFewer,
    PickNext,
    PickPrevious,
    Highlight,
    Note,
    Notes,
    EditNote,
    RemoveNote,
    SaveNote,
    DropNote,
    Copy,
    CopyAddress,
    CopySentence,
    CopyParagraph,
    CopySection,
    CitationForm,
    Help,
    Redraw,
    Suspend,
    Quit,
    QuitNow,
}

/// Where a row stands in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    Move,
    GoTo,
    Look,
    Do,
    /// Keys that mean this only while contents has them.
    Contents,
    /// Keys that mean this only while the people have them.
    People,
    /// Keys that mean this only while sentences are picked.
    Picking,
    /// Keys that mean this only while it is asked what shall be copied.
    Copying,
    /// Keys that mean this only in the list of notes.
    Notes,
    /// Keys that mean this only while a note is written.
    Writing,
}

impl Group {
    /// When its keys mean what they do; `None` for always.
    pub fn scope(self) -> Option<&'static str> {
        match self {
            Self::Contents => Some("in contents"),
            Self::People => Some("in people"),
            Self::Picking => Some("while picking"),
            Self::Copying => Some("while copying"),
            Self::Notes => Some("in notes"),
            Self::Writing => Some("while writing"),
            Self::Move | Self::GoTo | Self::Look | Self::Do => None,
        }
    }
}

/// A row of [`ACTIONS`].
#[derive(Debug)]
pub struct ActionRow {
    pub action: Action,
    /// Stable name, as a settings file would write it.
    pub name: &'static str,
    /// Keys, as printed; `^X` is Ctrl-X. Two letters are typed one after the other.
    pub keys: &'static [&'static str],
    pub group: Group,
    pub help: &'static str,
    /// Keys and word for the bottom line; the first rows with one come first there.
    pub hint: Option<(&'static str, &'static str)>,
}

/// Titles of the groups, in the order of the help.
pub const GROUPS: [(Group, &str); 10] = [
    (Group::Move, "MOVE"),
    (Group::GoTo, "GO TO"),
    (Group::Look, "LOOK"),
    (Group::Do, "DO"),
    (Group::Contents, "IN CONTENTS"),
    (Group::People, "IN PEOPLE"),
    (Group::Picking, "WHILE PICKING"),
    (Group::Copying, "WHILE COPYING"),
    (Group::Notes, "IN NOTES"),
    (Group::Writing, "WHILE WRITING"),
];

const fn row(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    at: (Group, &'static str),
) -> ActionRow {
    ActionRow {
        action,
        name,
        keys,
        group: at.0,
        help: at.1,
        hint: None,
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "a row is made and given on; a const cannot borrow it"
)]
const fn hinted(row: ActionRow, keys: &'static str, word: &'static str) -> ActionRow {
    ActionRow {
        hint: Some((keys, word)),
        ..row
    }
}

use Action as A;
use Group::{Contents, Copying, Do, GoTo, Look, Move, Notes, People, Picking, Writing};

/// Every action. The order is that of the help.
#[rustfmt::skip]
pub const ACTIONS: &[ActionRow] = &[
    row(A::LineDown, "line_down", &["j", "Down"], (Move, "one line down")),
    row(A::LineUp, "line_up", &["k", "Up"], (Move, "one line up")),
    row(A::PageDown, "page_down", &["Space", "f", "PgDn"], (Move, "one page down")),
    row(A::PageUp, "page_up", &["b", "PgUp"], (Move, "one page up")),
    row(A::HalfPageDown, "half_page_down", &["d", "^D"], (Move, "half a page down")),
    row(A::HalfPageUp, "half_page_up", &["u", "^U"], (Move, "half a page up")),
    row(A::Top, "top", &["g", "<", "Home"], (Move, "to the top")),
    row(A::Bottom, "bottom", &["G", ">", "End"], (Move, "to the end")),
    hinted(row(A::NextSection, "next_section", &["]", "l", "Right"], (GoTo, "next section")), "] [", "section"),
    row(A::PreviousSection, "previous_section", &["[", "h", "Left"], (GoTo, "previous section")),
    row(A::SectionByNumber, "section_by_number", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"], (GoTo, "section by number (1 2 is 12)")),
    hinted(row(A::NextOfRole, "next_of_role", &["O", "D", "C", "T"], (GoTo, "next section of that role (another lens has other letters)")), "O D C T", "role"),
    row(A::NextParagraph, "next_paragraph", &["}"], (GoTo, "next paragraph")),
    row(A::PreviousParagraph, "previous_paragraph", &["{"], (GoTo, "previous paragraph")),
    row(A::NextMention, "next_mention", &[")"], (GoTo, "next mention of the pinned name")),
    row(A::PreviousMention, "previous_mention", &["("], (GoTo, "previous mention of the pinned name")),
    row(A::NextDocument, "next_document", &["Alt-n"], (GoTo, "next document")),
    row(A::PreviousDocument, "previous_document", &["Alt-p"], (GoTo, "previous document")),
    row(A::Back, "back", &["''", "Backspace", "^O"], (GoTo, "back to where I was")),
    row(A::Mark, "mark", &["m"], (GoTo, "mark this place: m, then a letter")),
    row(A::ToMark, "to_mark", &["'"], (GoTo, "to a mark: ', then its letter")),
    hinted(row(A::Contents, "contents", &["t"], (Look, "contents")), "t", "contents"),
    hinted(row(A::People, "people", &["p"], (Look, "people and agencies, all mentions")), "p", "people"),
    hinted(row(A::Find, "find", &["/", "^F"], (Look, "search as you type")), "/", "search"),
    row(A::FindNext, "find_next", &["n"], (Look, "next hit")),
    row(A::FindPrevious, "find_previous", &["N"], (Look, "previous hit")),
    row(A::Hits, "hits", &["*"], (Look, "all hits, by section")),
    row(A::Only, "only", &["&"], (Look, "only paragraphs with a hit, or all")),
    row(A::WholeWords, "whole_words", &["Alt-w"], (Look, "search: whole words only")),
    row(A::Pattern, "pattern", &["Alt-r", "^R"], (Look, "search: regular expression")),
    row(A::ExactCase, "exact_case", &["Alt-c"], (Look, "search: case as typed")),
    row(A::Links, "links", &["L"], (Look, "links with their addresses")),
    row(A::Why, "why", &["K"], (Look, "why this role, why this name")),
    row(A::About, "about", &["i"], (Look, "about this document")),
    row(A::Lenses, "lenses", &["o"], (Look, "lenses: other roles for other texts")),
    row(A::Choose, "choose", &["c", "Alt-l"], (Look, "list of documents to choose from")),
    row(A::Notes, "notes", &["A"], (Look, "all notes and highlights")),
    row(A::AllNames, "all_names", &["W"], (Look, "who is named in all documents")),
    row(A::TextOnly, "text_only", &["z"], (Look, "text only, and back")),
    row(A::Narrower, "narrower", &["-"], (Look, "narrower text")),
    row(A::Wider, "wider", &["+", "="], (Look, "wider text")),
    row(A::NextPane, "next_pane", &["Tab"], (Do, "next pane")),
    row(A::PreviousPane, "previous_pane", &["Shift-Tab"], (Do, "previous pane")),
    row(A::Open, "open", &["Enter"], (Do, "open what is selected; follow a link")),
    row(A::Escape, "escape", &["Esc"], (Do, "one step back; never quits")),
    row(A::Edit, "edit", &["e"], (Do, "open $EDITOR at this line")),
    row(A::Reload, "reload", &["r"], (Do, "read the file again")),
    row(A::Mouse, "mouse", &["M"], (Do, "mouse on or off")),
    row(A::Note, "note", &["a"], (Do, "write a note here or on what is picked")),
    row(A::Pick, "pick", &["v"], (Do, "pick sentences: copy, highlight, note")),
    row(A::Copy, "copy", &["y"], (Do, "copy with citation, picked or chosen")),
    row(A::CopyAddress, "copy_address", &["Y"], (Do, "copy an address of this place")),
    row(A::AddName, "add_name", &["@"], (Do, "make selected or found words a name")),
    row(A::Undo, "undo", &["U"], (Do, "undo the latest correction or note")),
    hinted(row(A::Help, "help", &["?", "F1"], (Do, "this help")), "?", "help"),
    row(A::Redraw, "redraw", &["^L"], (Do, "draw the screen again")),
    row(A::Suspend, "suspend", &["^Z"], (Do, "to the shell; fg comes back")),
    hinted(row(A::Quit, "quit", &["q"], (Do, "close what lies on top, else quit")), "q", "quit"),
    row(A::QuitNow, "quit_now", &["Q", "^C"], (Do, "quit at once")),
    row(A::SetRole, "set_role", &["c"], (Contents, "set the role: c, then its letter")),
    row(A::StartEarlier, "start_earlier", &["<"], (Contents, "begin a paragraph earlier")),
    row(A::StartLater, "start_later", &[">"], (Contents, "begin a paragraph later")),
    row(A::Merge, "merge", &["m"], (Contents, "merge with the section before")),
    row(A::Split, "split", &["s"], (Contents, "begin a section at the top of the page")),
    row(A::MergeName, "merge_name", &["m"], (People, "merge with another name")),
    row(A::RenameName, "rename_name", &["r"], (People, "give another name")),
    row(A::SetKind, "set_kind", &["c"], (People, "set the kind: c, then p a o l")),
    row(A::SplitName, "split_name", &["s"], (People, "give some mentions to another name")),
    row(A::HideName, "hide_name", &["H"], (People, "hide, or show again")),
    row(A::RejectName, "reject_name", &["x"], (People, "this is no name")),
    row(A::PickMore, "pick_more", &["j", "Down"], (Picking, "a sentence more at the end")),
    row(A::PickFewer, "pick_fewer", &["k", "Up"], (Picking, "a sentence fewer, or more at the start")),
    row(A::PickNext, "pick_next", &["l", "Right"], (Picking, "the next sentence instead")),
    row(A::PickPrevious, "pick_previous", &["h", "Left"], (Picking, "the sentence before instead")),
    row(A::Highlight, "highlight", &["Enter"], (Picking, "highlight them, or take that off")),
    row(A::CitationForm, "pick_form", &["f"], (Picking, "another form of citation")),
    row(A::CopySentence, "copy_sentence", &["s"], (Copying, "the sentence at the place")),
    row(A::CopyParagraph, "copy_paragraph", &["p"], (Copying, "its paragraph")),
    row(A::CopySection, "copy_section", &["S"], (Copying, "its section")),
    row(A::CitationForm, "citation_form", &["f"], (Copying, "another form of citation")),
    row(A::EditNote, "edit_note", &["e"], (Notes, "change the selected note")),
    row(A::RemoveNote, "remove_note", &["x"], (Notes, "remove it")),
    row(A::SaveNote, "save_note", &["^S", "Alt-Enter"], (Writing, "save the note")),
    row(A::DropNote, "drop_note", &["d"], (Writing, "after Esc: drop what was written")),
];

/// The list of keys as Markdown, as the README has it.
pub fn keys_as_markdown() -> String {
    let mut out = String::from("| keys | does |\n|---|---|\n");
    for row in ACTIONS {
        let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
        let scope = row.group.scope();
        let scope = scope.map_or(String::new(), |scope| format!("{scope}: "));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "| {} | {scope}{} |", keys.join(" "), row.help);
    }
    out
}
