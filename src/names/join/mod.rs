//! Which mentions mean the same: one file for people, one for bodies and places.

pub(super) mod bodies;
pub(super) mod people;
