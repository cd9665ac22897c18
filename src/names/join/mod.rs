//! Which mentions mean the same: people, bodies and places.

mod alias;
pub(super) mod bodies;
mod body;
pub(super) mod people;
pub(super) mod person;
