//! [`Lens`]: the set of roles a text is read through, as data.
//!
//! A role is an index into the lens, never a variant of an enum: other lenses (a court file, an incident
//! report) are other files. The cues by which a lens finds its roles belong to `sections`.

/// Index into [`Lens::roles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub u8);

/// Capitals that are keys of the reader whatever the lens, so that no role can have them. (A test in `tui` compares
/// them with the keys in force; `U` is undo.)
pub const TAKEN: &str = "GKLMNQUY";

/// Names of colours that a lens may give: six of the theme's own, chosen to be told apart, then the terminal's sixteen.
pub const COLORS: [&str; 22] = [
    "role1",
    "role2",
    "role3",
    "role4",
    "role5",
    "role6",
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "darkgray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "white",
];

/// A named set of roles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lens {
    pub name: String,
    /// One line on what it is for.
    pub title: String,
    pub origin: Origin,
    pub roles: Vec<Role>,
}

/// Where a lens comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The one that is used when no other is asked for.
    #[default]
    Standard,
    BuiltIn,
    /// A file of the reader's.
    File,
}

/// What a part of a text does.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Stable name for JSON and for gold files: `threat`.
    pub name: String,
    /// What a reader sees, and what a section without a heading is called: `Threat context`.
    pub label: String,
    /// One word for narrow places: `Threat`.
    pub short: String,
    /// Mark on the screen, and its key when it is a capital: `T`. Roles without a key have a small letter.
    pub letter: char,
    /// One of [`COLORS`].
    pub color: String,
    /// Nucleus roles are what readers ask for and break sections; satellites ride inside them.
    pub nucleus: bool,
}

impl Lens {
    /// # Panics
    /// When `id` comes from another lens with more roles.
    pub fn role(&self, id: RoleId) -> &Role {
        &self.roles[id.0 as usize]
    }

    /// All roles with their ids, in the lens's order.
    pub fn iter(&self) -> impl Iterator<Item = (RoleId, &Role)> {
        (0u8..).map(RoleId).zip(&self.roles)
    }

    /// The roles whose letters are keys.
    pub fn keyed(&self) -> Vec<&Role> {
        let keyed = |role: &&Role| role.letter.is_uppercase();
        self.roles.iter().filter(keyed).collect()
    }

    pub fn by_name(&self, name: &str) -> Option<RoleId> {
        self.iter()
            .find(|(_, role)| role.name == name)
            .map(|(id, _)| id)
    }

    /// Whether this is the lens that is used when no other is asked for.
    pub fn is_standard(&self) -> bool {
        self.origin == Origin::Standard
    }

    /// The role whose mark is `letter`.
    pub fn by_letter(&self, letter: char) -> Option<RoleId> {
        self.iter()
            .find(|(_, role)| role.letter == letter)
            .map(|(id, _)| id)
    }
}
