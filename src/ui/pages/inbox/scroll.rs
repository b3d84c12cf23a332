//! Scrolling through a conversation of any length: which rows are drawn and where, so that what is read
//! stays where it is. The arithmetic is in `domain::extent`; this reads and sets the page.

use crate::domain::extent::{Anchor, Extent, Pane};
use leptos::{html, prelude::*};
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Pixels of a row that nobody has measured.
const ESTIMATE: f64 = 64.0;
/// Pixels above and below the viewport in which rows are drawn ahead, once what is seen is there.
const AHEAD: f64 = 300.0;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    pub rows: Range<usize>,
    /// Where the first of them stands in the scrolled element, in pixels.
    pub top: f64,
    /// The height of the scrolled element.
    pub height: f64,
}

struct Desk {
    extent: Extent,
    /// Rows at the end that are not stored: messages on their way out.
    tail: usize,
    pane: Pane,
    /// Where the list is scrolled to, in pixels of the list; browsers round what they are told.
    scroll_top: f64,
    viewport: f64,
    /// Pixels above and below the viewport in which rows are drawn too.
    ahead: f64,
    /// The `scrollTop` that was set last.
    set: f64,
}

#[derive(Clone, Copy)]
pub struct Scroll {
    pub scroller: NodeRef<html::Div>,
    pub rows: NodeRef<html::Div>,
    pub drawn: RwSignal<Drawn>,
    pub at_end: RwSignal<bool>,
    desk: StoredValue<Desk>,
}

impl Scroll {
    pub fn new() -> Scroll {
        let desk = Desk {
            extent: Extent::new(0, ESTIMATE),
            tail: 0,
            pane: Pane::default(),
            scroll_top: 0.0,
            viewport: 0.0,
            ahead: 0.0,
            set: -1.0,
        };
        Scroll {
            scroller: NodeRef::new(),
            rows: NodeRef::new(),
            drawn: RwSignal::new(Drawn::default()),
            at_end: RwSignal::new(true),
            desk: StoredValue::new(desk),
        }
    }

    /// Begins with so many stored rows, at their end.
    pub fn begin(self, rows: usize) {
        self.desk.update_value(|desk| {
            desk.extent = Extent::new(rows + desk.tail, ESTIMATE);
            desk.pane = Pane::default();
            desk.ahead = 0.0;
            desk.set = -1.0;
        });
        self.jump(Anchor::End);
        // In the frame after the one that shows them.
        request_animation_frame(move || request_animation_frame(move || self.draw_ahead()));
    }

    fn draw_ahead(self) {
        if self.desk.try_update_value(|desk| desk.ahead = AHEAD).is_some() {
            self.draw();
        }
    }

    /// Rows came, each at its place among all of the changed list, in their order.
    pub fn added(self, rows: &[usize]) {
        let mut anchor = self.anchor();
        self.desk.update_value(|desk| {
            for run in runs(rows) {
                desk.extent.insert(run.start, run.len());
                anchor = anchor.inserted(run.start, run.len());
            }
        });
        self.jump(anchor);
    }

    /// All is new but what the eye holds on to, which is there now.
    pub fn renewed(self, rows: usize, eye: Anchor) {
        self.desk.update_value(|desk| desk.extent = Extent::new(rows + desk.tail, ESTIMATE));
        self.jump(eye);
    }

    pub fn anchor(self) -> Anchor {
        self.desk.with_value(|desk| desk.extent.anchor_at(desk.scroll_top, desk.viewport))
    }

    /// Rows that are stored.
    pub fn rows_in_all(self) -> usize {
        self.desk.with_value(|desk| desk.extent.rows() - desk.tail)
    }

    /// The same, unless the conversation was left.
    pub fn rows_if_shown(self) -> Option<usize> {
        self.desk.try_with_value(|desk| desk.extent.rows() - desk.tail)
    }

    /// So many messages are on their way out now; they stand below all others.
    pub fn set_tail(self, tail: usize) {
        if self.desk.with_value(|desk| desk.tail == tail) {
            return;
        }
        let anchor = self.anchor();
        self.desk.update_value(|desk| {
            let rows = desk.extent.rows();
            if tail > desk.tail {
                desk.extent.insert(rows, tail - desk.tail);
            } else {
                desk.extent.remove(rows + tail - desk.tail, desk.tail - tail);
            }
            desk.tail = tail;
        });
        self.jump(anchor);
    }

    /// Shows the list at an anchor.
    pub fn jump(self, anchor: Anchor) {
        self.read_viewport();
        self.desk.update_value(|desk| desk.scroll_top = desk.extent.scroll_top(anchor, desk.viewport));
        self.draw();
    }

    /// Scrolls to the newest message.
    pub fn to_end(self) {
        self.jump(Anchor::End);
    }

    /// Brings a row into view, in the middle of it.
    pub fn to_row(self, row: usize) {
        let offset = self.desk.with_value(|desk| -(desk.viewport - desk.extent.height(row)).max(0.0) / 2.0);
        self.jump(Anchor::Row { row, offset });
    }

    /// Brings a row to the top.
    pub fn to_start(self, row: usize) {
        self.jump(Anchor::Row { row, offset: 0.0 });
    }

    /// Scrolls as little as it takes to have a row in view as a whole; of one that is taller, its beginning.
    pub fn reveal(self, row: usize) {
        // A key may be pressed before the browser tells that it has scrolled.
        self.read_position();
        self.read_viewport();
        let to = self.desk.with_value(|desk| {
            let (top, height) = (desk.extent.top(row), desk.extent.height(row));
            // Rows of a list that does not fill the viewport are all in it.
            let fits = desk.extent.total() <= desk.viewport;
            let above = top < desk.scroll_top || height > desk.viewport;
            let below = top + height > desk.scroll_top + desk.viewport;
            match (fits, above, below) {
                (true, ..) | (_, false, false) => None,
                (_, true, _) => Some(Anchor::Row { row, offset: 0.0 }),
                _ if row + 1 == desk.extent.rows() => Some(Anchor::End),
                _ => Some(Anchor::Row { row, offset: height - desk.viewport }),
            }
        });
        if let Some(anchor) = to {
            self.jump(anchor);
        }
    }

    /// The last row that is in view as a whole, or the first; of a row taller than the viewport, itself.
    pub fn in_sight(self, last: bool) -> Option<usize> {
        self.desk.with_value(|desk| {
            let (extent, top) = (&desk.extent, desk.scroll_top);
            let rows = extent.visible(top, desk.viewport, 0.0);
            let whole = |row: &usize| {
                extent.top(*row) >= top - 1.0
                    && extent.top(*row) + extent.height(*row) <= top + desk.viewport + 1.0
            };
            let found = if last { rows.clone().rfind(whole) } else { rows.clone().find(whole) };
            found.or(rows.start.into()).filter(|_| !rows.is_empty())
        })
    }

    /// The person has scrolled, or the browser has done what it was told, or what a larger viewport takes.
    pub fn scrolled(self) {
        self.read_viewport();
        self.read_position();
        self.draw();
    }

    /// Takes in where the browser is, unless that is where it was told to be.
    fn read_position(self) {
        let Some(element) = self.scroller.get_untracked() else { return };
        let told = f64::from(element.scroll_top());
        self.desk.update_value(|desk| {
            if (told - desk.set).abs() >= 1.0 {
                desk.scroll_top = desk.pane.outer(told);
                desk.set = told;
            }
        });
    }

    /// Takes in how high the drawn rows are, and draws again where that changes what is seen.
    pub fn measure(self) {
        let Some(rows) = self.rows.get_untracked().filter(|rows| rows.child_element_count() > 0) else {
            return;
        };
        self.read_viewport();
        let first = self.drawn.with_untracked(|drawn| drawn.rows.start);
        let children = rows.children();
        let heights: Vec<(usize, f64)> = (0..children.length())
            .filter_map(|at| Some((first + at as usize, height(&children.item(at)?))))
            .collect();
        self.desk.update_value(|desk| {
            desk.scroll_top = desk.extent.measure(desk.scroll_top, desk.viewport, &heights);
        });
        self.draw();
    }

    /// Takes in how much is seen; whoever was at the end stays there.
    fn read_viewport(self) {
        let Some(element) = self.scroller.get_untracked() else { return };
        let now = f64::from(element.client_height());
        self.desk.update_value(|desk| {
            let Desk { extent, scroll_top, viewport, .. } = desk;
            if now != *viewport && extent.anchor_at(*scroll_top, *viewport) == Anchor::End {
                *scroll_top = extent.scroll_top(Anchor::End, now);
            }
            *viewport = now;
        });
    }

    fn draw(self) {
        let Some(element) = self.scroller.get_untracked() else { return };
        let mut drawn = Drawn::default();
        let (mut outer, mut at_end) = (0.0, true);
        self.desk.update_value(|desk| {
            let Desk { extent, pane, scroll_top, viewport, ahead, .. } = desk;
            outer = pane.show(extent, *scroll_top, *viewport);
            let rows = extent.visible(*scroll_top, *viewport, *ahead);
            drawn.top = pane.inner(extent.lead(*viewport) + extent.top(rows.start));
            drawn.rows = rows;
            drawn.height = Pane::height(extent, *viewport);
            at_end = extent.anchor_at(*scroll_top, *viewport) == Anchor::End;
        });
        if self.drawn.with_untracked(|before| *before != drawn) {
            // The height has to be there before the position can be.
            if let Some(inner) =
                element.first_element_child().and_then(|child| child.dyn_into::<HtmlElement>().ok())
            {
                drop(inner.style().set_property("height", &format!("{}px", drawn.height)));
            }
            self.drawn.set(drawn);
        }
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
        if (f64::from(element.scroll_top()) - outer).abs() >= 1.0 {
            element.set_scroll_top(outer.round() as i32);
        }
        let set = f64::from(element.scroll_top());
        self.desk.update_value(|desk| desk.set = set);
    }
}

fn height(element: &Element) -> f64 {
    element.get_bounding_client_rect().height()
}

/// Rows that follow each other, as ranges.
fn runs(rows: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = vec![];
    for row in rows {
        match runs.last_mut() {
            Some(run) if run.end == *row => run.end += 1,
            _ => runs.push(*row..row + 1),
        }
    }
    runs
}
