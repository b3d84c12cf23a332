//! What the eye holds on to in a list: its end, or one row at its place. Where a row stands in pixels
//! is for `extent`; an anchor only keeps up with rows that come and go.

/// Found by [`Extent::anchor_at`](super::Extent::anchor_at), made good by
/// [`Extent::scroll_top`](super::Extent::scroll_top).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    /// The newest row: what comes after it comes into view.
    End,
    /// A row of which `offset` pixels are above the top of the viewport; less than 0 where the row
    /// begins below it.
    Row { row: usize, offset: f64 },
}

impl Anchor {
    /// After `count` rows came before the row `at`: the anchor stays with its own row.
    #[must_use]
    pub fn inserted(self, at: usize, count: usize) -> Anchor {
        match self {
            Anchor::Row { row, offset } if at <= row => Anchor::Row { row: row + count, offset },
            other => other,
        }
    }

    /// After `count` rows from `at` on went. Where its own row is among them, the one that took its place
    /// is held, and begins no higher than the top of the viewport.
    #[must_use]
    pub fn removed(self, at: usize, count: usize) -> Anchor {
        let end = at.saturating_add(count);
        match self {
            Anchor::Row { row, offset } if end <= row => Anchor::Row { row: row - count, offset },
            Anchor::Row { row, offset } if at <= row => Anchor::Row { row: at, offset: offset.min(0.0) },
            other => other,
        }
    }
}
