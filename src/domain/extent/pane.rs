//! The stretch of a very long list that a page can scroll at once: browsers draw no element of any
//! height. What is in the list is for `extent`.

use super::{Extent, finite};

/// Pixels of the stretch. Elements end at 33,554,428 pixels in Chrome and 17,895,697 in Firefox, what is
/// moved by a transform is lost at 8,947,848 in Firefox (NeXTs/Clusterize.js and PepsRyuu/virtual-scrolling-tree,
/// issues), and positions of single precision are a quarter of a pixel apart here.
const TALLEST: f64 = 4_000_000.0;
/// Pixels from an edge at which another stretch is shown, if the list goes on there.
const EDGE: f64 = 100_000.0;

/// All of a list that is not too long. Of a longer one, a stretch that moves along with the scrolling, so
/// that its rows stay where they are on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pane {
    from: f64,
}

impl Pane {
    /// The height of the element that is scrolled.
    pub fn height(extent: &Extent, viewport: f64) -> f64 {
        content(extent, viewport).min(TALLEST)
    }

    /// Where a pixel of the list is in the element.
    pub fn inner(&self, px: f64) -> f64 {
        px - self.from
    }

    /// Where a pixel of the element is in the list: its `scrollTop` becomes the `scroll_top` of
    /// [`Extent`].
    pub fn outer(&self, px: f64) -> f64 {
        px + self.from
    }

    /// Moves the stretch if it has to be, and answers the `scrollTop` of the element that shows the list
    /// at `scroll_top`. To be asked after each scroll and whenever the list changed.
    pub fn show(&mut self, extent: &Extent, scroll_top: f64, viewport: f64) -> f64 {
        let scroll_top = finite(scroll_top).min(extent.furthest(viewport));
        let viewport = finite(viewport);
        let last = (content(extent, viewport) - TALLEST).max(0.0);
        let from = self.from.min(last);
        let above = scroll_top - from;
        let below = TALLEST - above - viewport;
        // Where the list ends at an edge, the stretch in the middle is the same again.
        let centred = scroll_top + (viewport - TALLEST) / 2.0;
        let stays = above >= EDGE && below >= EDGE;
        self.from = if stays { from } else { centred.clamp(0.0, last) };
        scroll_top - self.from
    }
}

fn content(extent: &Extent, viewport: f64) -> f64 {
    extent.total() + extent.lead(viewport)
}
