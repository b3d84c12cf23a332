//! What moves under the eye when rows are measured, come and go: nothing, except where the list ends.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const VIEWPORT: f64 = 600.0;

#[test]
fn the_eye_holds_on_to_what_begins_in_view() {
    let extent = of(&[100.0; 50]);
    for (scroll_top, anchor) in [
        (0.0, Anchor::Row { row: 0, offset: 0.0 }),
        (100.0, Anchor::Row { row: 1, offset: 0.0 }),
        (130.0, Anchor::Row { row: 2, offset: -70.0 }),
        (4375.0, Anchor::Row { row: 44, offset: -25.0 }),
        (4376.0, Anchor::End),
        (4400.0, Anchor::End),
        (9000.0, Anchor::End),
    ] {
        assert_eq!(extent.anchor_at(scroll_top, VIEWPORT), anchor, "{scroll_top}");
    }
    // A row that covers the upper half is the one that is read.
    let extent = of(&[2000.0, 100.0, 2000.0]);
    assert_eq!(extent.anchor_at(1000.0, VIEWPORT), Anchor::Row { row: 0, offset: 1000.0 });
    assert_eq!(extent.anchor_at(1699.0, VIEWPORT), Anchor::Row { row: 0, offset: 1699.0 });
    assert_eq!(extent.anchor_at(1701.0, VIEWPORT), Anchor::Row { row: 1, offset: -299.0 });
}

#[test]
fn an_anchor_keeps_up_with_its_row() {
    let row = |row: usize, offset: f64| Anchor::Row { row, offset };
    for (after, expected) in [
        (row(5, 3.0).inserted(0, 100), row(105, 3.0)),
        (row(5, 3.0).inserted(5, 1), row(6, 3.0)),
        (row(5, 3.0).inserted(6, 1), row(5, 3.0)),
        (row(5, 3.0).removed(0, 2), row(3, 3.0)),
        (row(5, 3.0).removed(6, 2), row(5, 3.0)),
        (row(5, 3.0).removed(5, 1), row(5, 0.0)),
        (row(5, -3.0).removed(4, 9), row(4, -3.0)),
        (row(5, 3.0).removed(0, usize::MAX), row(0, 0.0)),
        (Anchor::End.inserted(0, 1), Anchor::End),
        (Anchor::End.removed(0, 1), Anchor::End),
    ] {
        assert_eq!(after, expected);
    }
    // Its row went, and none came after it.
    let extent = of(&[100.0; 20]);
    assert_eq!(extent.scroll_top(row(20, 0.0), VIEWPORT), 1400.0);
}

#[test]
fn who_is_at_the_end_sees_what_comes() {
    let mut extent = of(&[100.0; 20]);
    let anchor = extent.anchor_at(1390.0, VIEWPORT);
    extent.insert(20, 1);
    assert_eq!(extent.scroll_top(anchor, VIEWPORT), extent.furthest(VIEWPORT));
    // The row that came turns out to be higher than estimated, and is still seen whole.
    let scroll_top = extent.measure(extent.furthest(VIEWPORT), VIEWPORT, &[(20, 300.0)]);
    assert_eq!(scroll_top, extent.furthest(VIEWPORT));
    // A little above the end, nothing snaps to it.
    assert_eq!(extent.measure(scroll_top - 10.0, VIEWPORT, &[(0, 150.0)]), scroll_top + 40.0);
    assert_eq!(extent.measure(scroll_top + 40.0, VIEWPORT, &[(0, 150.0)]), scroll_top + 40.0);
}

#[test]
fn a_row_that_is_opened_further_grows_downwards() {
    let mut extent = of(&[100.0; 50]);
    let anchor = extent.hold(10, 1050.0);
    extent.set_height(10, 400.0);
    assert_eq!(extent.scroll_top(anchor, VIEWPORT), 1050.0);
}

#[test]
fn a_stretch_of_a_long_list_moves_along() {
    let extent = Extent::new(1_000_000, 60.0);
    let mut pane = Pane::default();
    let height = Pane::height(&extent, VIEWPORT);
    assert!(height < 8_947_848.0);
    let furthest = extent.furthest(VIEWPORT);
    assert_eq!(pane.show(&extent, furthest, VIEWPORT), height - VIEWPORT);
    assert_eq!(pane.show(&extent, 0.0, VIEWPORT), 0.0);
    // All the way back in steps of a screen: never against an edge before the list itself ends.
    let mut inner = pane.show(&extent, furthest, VIEWPORT);
    let mut moved = 0;
    while pane.outer(inner) > 0.0 {
        assert!(inner > 0.0);
        let before = pane;
        let scroll_top = pane.outer((inner - 500.0).max(0.0));
        inner = pane.show(&extent, scroll_top, VIEWPORT);
        assert_eq!(pane.outer(inner), scroll_top);
        moved += usize::from(before != pane);
    }
    assert!((10..60).contains(&moved), "{moved}");
}

#[test]
fn a_list_that_is_not_too_long_is_shown_whole() {
    let extent = of(&[100.0; 50]);
    let mut pane = Pane::default();
    assert_eq!(Pane::height(&extent, VIEWPORT), 5000.0);
    assert_eq!(Pane::height(&extent, 9000.0), 9000.0);
    for scroll_top in [0.0, 1234.5, 4400.0] {
        assert_eq!(pane.show(&extent, scroll_top, VIEWPORT), scroll_top);
    }
    assert_eq!((pane.inner(70.0), pane.outer(70.0)), (70.0, 70.0));
    // What was long and is not any more.
    pane.show(&Extent::new(1_000_000, 60.0), 30_000_000.0, VIEWPORT);
    assert_eq!(pane.show(&extent, 4400.0, VIEWPORT), 4400.0);
}

proptest! {
    #![proptest_config(config())]

    /// Heights above and below, rows that come and go: the anchored row stays where it is on the screen,
    /// or the list is at one of its ends.
    #[test]
    fn the_anchored_row_does_not_move(
        heights in proptest::collection::vec(px(), 1..80),
        at in 0.0..1.0,
        viewport in 1.0..1500.0,
        steps in proptest::collection::vec(step(), 0..12),
    ) {
        let mut extent = of(&heights);
        let before = at * extent.furthest(viewport);
        let mut anchor = extent.anchor_at(before, viewport);
        let Anchor::Row { row, .. } = anchor else {
            prop_assert!(extent.furthest(viewport) - before <= SLACK);
            return Ok(());
        };
        let place = |extent: &Extent, row, scroll_top| extent.lead(viewport) + extent.top(row) - scroll_top;
        let held = place(&extent, row, before);
        for step in &steps {
            let Anchor::Row { row, .. } = anchor else { unreachable!("a row stays a row") };
            match *step {
                Step::Insert(at, count) => anchor = anchor.inserted(at, count),
                // Of a row that goes, nothing is promised.
                Step::Remove(at, count) if (at..at + count).contains(&row) => continue,
                Step::Remove(at, count) => anchor = anchor.removed(at, count),
                Step::Set(..) => {}
            }
            carry_out(&mut extent, step);
        }
        let Anchor::Row { row, .. } = anchor else { unreachable!("a row stays a row") };
        let after = extent.scroll_top(anchor, viewport);
        let clamped = after == 0.0 || after == extent.furthest(viewport);
        prop_assert!(clamped || near(place(&extent, row, after), held));
        // Clamped, it is as near as it gets.
        let wanted = extent.top(row) - held;
        prop_assert!(near(after, wanted.clamp(0.0, extent.furthest(viewport))));
    }

    #[test]
    fn measuring_moves_nothing_in_view(
        heights in proptest::collection::vec(px(), 1..80),
        at in 0.0..1.0,
        viewport in 1.0..1500.0,
        measured in proptest::collection::vec((0..90_usize, px()), 0..40),
    ) {
        let mut extent = of(&heights);
        let before = at * extent.furthest(viewport);
        let from_end = extent.furthest(viewport) - before;
        let anchor = extent.anchor_at(before, viewport);
        let after = extent.measure(before, viewport, &measured);
        let furthest = extent.furthest(viewport);
        match anchor {
            Anchor::End => prop_assert!(near(after, (furthest - from_end).max(0.0))),
            row => prop_assert!(near(after, extent.scroll_top(row, viewport))),
        }
        prop_assert!((0.0..=furthest).contains(&after));
        // Once more the same changes nothing at all.
        prop_assert_eq!(extent.clone().measure(after, viewport, &[(0, extent.height(0))]), after);
    }
}
