//! Front matter.
use crate::model::Meta;
pub(super) fn take(text: &str, meta: &mut Meta) -> usize {
    let _ = (text, meta);
    0
}
