//! [`Lens`]: the set of roles a text is read through, as data.
//!
//! A role is an index into the lens, never a variant of an enum: other lenses (a court file, an incident
//! report) are other files. The cues by which a lens finds its roles belong to `sections`.

/// Index into [`Lens::roles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub u8);

/// A named set of roles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lens {
    pub name: String,
    pub roles: Vec<Role>,
}

/// What a part of a text does.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Stable name for JSON and for gold files: `threat`.
    pub name: String,
    /// What a reader sees, and what a section without a heading is called: `Threat context`.
    pub label: String,
    /// One word for narrow places: `Threat`.
    pub short: String,
    /// Key and mark on the screen: `T`. Roles without a key of their own have a lower-case letter.
    pub letter: char,
    /// Name of a colour slot in the theme.
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

    pub fn by_name(&self, name: &str) -> Option<RoleId> {
        self.iter()
            .find(|(_, role)| role.name == name)
            .map(|(id, _)| id)
    }

    /// The role whose key is `letter`.
    pub fn by_letter(&self, letter: char) -> Option<RoleId> {
        self.iter()
            .find(|(_, role)| role.letter == letter)
            .map(|(id, _)| id)
    }
}
