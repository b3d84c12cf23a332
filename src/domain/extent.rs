//! The arithmetic of a long list of rows of differing height that rests at its end, such as a
//! conversation: where a row is, which rows to draw, and how to scroll so that nothing moves under the
//! eye. No page is known here; what is measured comes in, and where to scroll to goes out.
//!
//! Pixels are CSS pixels from the top of the first row; rows count from 0, the oldest. A list shorter
//! than its viewport has [`Extent::lead`] above it, which `top` and `row_at` leave out and every
//! `scroll_top` includes. A height or a place that is not finite counts as 0, as one below 0 does.

mod anchor;
mod pane;
mod sums;

pub use anchor::Anchor;
pub use pane::Pane;

use std::ops::Range;
use sums::Sums;

/// Heights are kept in whole parts of a pixel, because sums of fractions drift: a sum of these is exact
/// however it came about, and the 64ths that browsers measure in are whole numbers of them.
const PARTS: f64 = (1 << 24) as f64;
/// The tallest row in pixels: a million of them still fit in the sum.
const TALLEST: f64 = (1 << 19) as f64;
/// Within these pixels of the bottom, people mean the end.
const SLACK: f64 = 24.0;

#[derive(Clone, Debug)]
pub struct Extent {
    heights: Sums,
    /// Of a row that was not measured yet.
    estimate: u64,
}

impl Extent {
    /// `estimate` is the height in pixels of rows that nobody measured yet.
    pub fn new(rows: usize, estimate: f64) -> Extent {
        let mut extent = Extent { heights: Sums::default(), estimate: parts(estimate) };
        extent.insert(0, rows);
        extent
    }

    pub fn rows(&self) -> usize {
        self.heights.len()
    }

    /// The height of all rows.
    pub fn total(&self) -> f64 {
        self.top(self.rows())
    }

    /// The height of a row; 0 where there is none.
    pub fn height(&self, row: usize) -> f64 {
        pixels(self.heights.get(row))
    }

    /// Where a row begins; for a row beyond the last, where the last one ends.
    pub fn top(&self, row: usize) -> f64 {
        pixels(self.heights.of_first(row))
    }

    /// The row that a pixel belongs to, and how far below its top: the first or the last row for a pixel
    /// outside of all. Rows of no height own none. `None` without rows.
    pub fn row_at(&self, px: f64) -> Option<(usize, f64)> {
        let last = self.rows().checked_sub(1)?;
        let px = finite(px);
        let row = self.heights.within((px * PARTS) as u64).min(last);
        Some((row, (px - self.top(row)).min(self.height(row))))
    }

    /// Says how high a row is, and answers whether that is news. Rows that are not there are passed over.
    pub fn set_height(&mut self, row: usize, px: f64) -> bool {
        let height = parts(px);
        let news = row < self.rows() && self.heights.get(row) != height;
        if news {
            self.heights.set(row, height);
        }
        news
    }

    /// Puts `count` rows of the estimated height before the row `at`; beyond the last row, at the end.
    /// An [`Anchor`] has to be told with [`Anchor::inserted`].
    pub fn insert(&mut self, at: usize, count: usize) {
        self.heights.insert(at, count, self.estimate);
    }

    /// Takes away `count` rows from `at` on, as far as there are any. An [`Anchor`] has to be told with
    /// [`Anchor::removed`].
    pub fn remove(&mut self, at: usize, count: usize) {
        self.heights.remove(at, count);
    }

    /// The empty space above the rows where they do not fill the viewport.
    pub fn lead(&self, viewport: f64) -> f64 {
        (finite(viewport) - self.total()).max(0.0)
    }

    /// The greatest `scroll_top`, at which the last row ends with the viewport.
    pub fn furthest(&self, viewport: f64) -> f64 {
        (self.total() - finite(viewport)).max(0.0)
    }

    /// What the eye holds on to: the end where it is near. Otherwise the first row that begins in the
    /// upper half of the viewport, so that what is measured above it grows out of sight; where a single
    /// row covers that half, it is the one being read.
    pub fn anchor_at(&self, scroll_top: f64, viewport: f64) -> Anchor {
        let furthest = self.furthest(viewport);
        let scroll_top = finite(scroll_top).min(furthest);
        let Some((covering, hidden)) = self.row_at(scroll_top) else { return Anchor::End };
        if furthest - scroll_top <= SLACK {
            return Anchor::End;
        }
        let next = covering + usize::from(hidden > 0.0);
        let begins = self.top(next) - scroll_top < finite(viewport) / 2.0;
        self.hold(if begins { next } else { covering }, scroll_top)
    }

    /// An anchor for a row that is known to matter, such as the one that a person opens further. `scroll_top`
    /// is the present one, at which the rows fill the viewport.
    pub fn hold(&self, row: usize, scroll_top: f64) -> Anchor {
        Anchor::Row { row, offset: finite(scroll_top) - self.top(row) }
    }

    /// Where to scroll so that the anchor is where it was, as far as the ends of the list allow. To bring
    /// a row into view, ask for an anchor of one's own.
    pub fn scroll_top(&self, anchor: Anchor, viewport: f64) -> f64 {
        let furthest = self.furthest(viewport);
        match anchor {
            Anchor::Row { row, offset } if row < self.rows() => finite(self.top(row) + offset).min(furthest),
            _ => furthest,
        }
    }

    /// Takes in measured heights and answers where to scroll so that nothing moves under the eye. Near the
    /// end, the distance to the end is kept. A list that is hidden has no viewport and rows of no height:
    /// nothing is taken in then.
    pub fn measure(&mut self, scroll_top: f64, viewport: f64, heights: &[(usize, f64)]) -> f64 {
        let furthest = self.furthest(viewport);
        let scroll_top = finite(scroll_top).min(furthest);
        if finite(viewport) == 0.0 {
            return scroll_top;
        }
        let anchor = self.anchor_at(scroll_top, viewport);
        let news = heights.iter().fold(false, |news, (row, px)| self.set_height(*row, *px) || news);
        match anchor {
            _ if !news => scroll_top,
            Anchor::End => finite(self.furthest(viewport) - (furthest - scroll_top)),
            row => self.scroll_top(row, viewport),
        }
    }

    /// The rows to draw: those that show in the viewport or in `overscan` pixels above and below it. Empty
    /// only where there are no rows. Rows of no height show only between others.
    pub fn visible(&self, scroll_top: f64, viewport: f64, overscan: f64) -> Range<usize> {
        let scroll_top = finite(scroll_top).min(self.furthest(viewport));
        let overscan = finite(overscan);
        let Some((first, _)) = self.row_at(scroll_top - overscan) else { return 0..0 };
        // The last row that begins above the bottom, which itself is outside. Space above a short list makes
        // no difference: all of it is drawn.
        let bottom = scroll_top + finite(viewport) + overscan;
        let below = ((bottom * PARTS).ceil() as u64).saturating_sub(1);
        first..(self.heights.within(below) + 1).clamp(first + 1, self.rows())
    }
}

fn parts(px: f64) -> u64 {
    (finite(px).min(TALLEST) * PARTS).round() as u64
}

fn pixels(parts: u64) -> f64 {
    parts as f64 / PARTS
}

fn finite(px: f64) -> f64 {
    if px.is_finite() { px.max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests;
