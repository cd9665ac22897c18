//! [`Matrix`]: how a place in a page's text comes to its place on the page.
//!
//! It stands apart because it is arithmetic: nothing of it knows what is drawn.

/// A map of the plane, in the order in which PDF writes it: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `after`.
    pub(super) fn then(self, after: Self) -> Self {
        let across = after.step(self.0[0], self.0[1]);
        let up = after.step(self.0[2], self.0[3]);
        let origin = after.place(self.0[4], self.0[5]);
        Self([across.0, across.1, up.0, up.1, origin.0, origin.1])
    }

    /// This map, after a move by so much.
    pub(super) fn moved(self, x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }

    /// Where a place comes to.
    pub(super) fn place(self, x: f64, y: f64) -> (f64, f64) {
        let step = self.step(x, y);
        (step.0 + self.0[4], step.1 + self.0[5])
    }

    /// What becomes of a step.
    pub(super) fn step(self, x: f64, y: f64) -> (f64, f64) {
        let map = self.0;
        (map[0] * x + map[2] * y, map[1] * x + map[3] * y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_follow_one_another() {
        let twice = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let aside = Matrix([1.0, 0.0, 0.0, 1.0, 5.0, 1.0]);
        assert_eq!(twice.then(aside).place(1.0, 1.0), (7.0, 3.0));
        assert_eq!(aside.then(twice).place(1.0, 1.0), (12.0, 4.0));
        assert_eq!(twice.moved(1.0, 0.0).place(0.0, 0.0), (2.0, 0.0));
        assert_eq!(twice.moved(1.0, 0.0).step(1.0, 1.0), (2.0, 2.0));
    }
}
