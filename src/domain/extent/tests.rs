//! A long list held against a plain row of heights, through any sequence of changes. How the rows look
//! is not tested here.

mod moves;

use super::*;
use proptest::{prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Pixels; far below what anybody sees, far above what is lost in a calculation.
const NOTHING: f64 = 1e-6;

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(256)
    }
}

fn of(heights: &[f64]) -> Extent {
    let mut extent = Extent::new(heights.len(), 10.0);
    for (row, px) in heights.iter().enumerate() {
        extent.set_height(row, *px);
    }
    extent
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < NOTHING
}

#[test]
fn pixels_and_rows_find_each_other() {
    let extent = of(&[10.0, 20.5, 0.0, 30.0]);
    assert_eq!((extent.rows(), extent.total()), (4, 60.5));
    for (row, top) in [(0, 0.0), (1, 10.0), (2, 30.5), (3, 30.5), (4, 60.5), (99, 60.5)] {
        assert_eq!(extent.top(row), top, "{row}");
    }
    for (px, at) in [
        (0.0, (0, 0.0)),
        (9.75, (0, 9.75)),
        (10.0, (1, 0.0)),
        (30.25, (1, 20.25)),
        (30.5, (3, 0.0)),
        (60.5, (3, 30.0)),
        (1e300, (3, 30.0)),
        (-1.0, (0, 0.0)),
    ] {
        assert_eq!(extent.row_at(px), Some(at), "{px}");
    }
}

#[test]
fn a_list_without_rows_is_no_trouble() {
    let mut extent = Extent::new(0, 50.0);
    assert_eq!((extent.rows(), extent.total(), extent.row_at(0.0)), (0, 0.0, None));
    assert_eq!((extent.lead(600.0), extent.furthest(600.0)), (600.0, 0.0));
    assert_eq!(extent.visible(0.0, 600.0, 200.0), 0..0);
    assert_eq!(extent.anchor_at(0.0, 600.0), Anchor::End);
    assert_eq!(extent.measure(0.0, 600.0, &[(0, 5.0)]), 0.0);
    extent.remove(0, 9);
    extent.insert(7, 2);
    assert_eq!((extent.rows(), extent.total()), (2, 100.0));
}

#[test]
fn a_short_list_rests_at_the_end() {
    let extent = of(&[40.0, 60.0]);
    assert_eq!((extent.lead(600.0), extent.furthest(600.0)), (500.0, 0.0));
    assert_eq!(extent.visible(0.0, 600.0, 0.0), 0..2);
    assert_eq!(extent.anchor_at(0.0, 600.0), Anchor::End);
    assert_eq!((extent.lead(70.0), extent.furthest(70.0)), (0.0, 30.0));
}

#[test]
fn what_is_no_height_and_no_place_counts_as_nothing() {
    let mut extent = Extent::new(3, f64::NAN);
    assert_eq!(extent.total(), 0.0);
    for px in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -3.0] {
        extent.set_height(1, 8.0);
        assert!(extent.set_height(1, px), "{px}");
        assert_eq!(extent.height(1), 0.0, "{px}");
    }
    let extent = of(&[100.0; 9]);
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -3.0] {
        assert_eq!(extent.row_at(odd), Some((0, 0.0)), "{odd}");
        assert_eq!(extent.visible(odd, 200.0, 0.0), 0..2, "{odd}");
        assert_eq!(extent.visible(0.0, 200.0, odd), 0..2, "{odd}");
        assert_eq!(extent.visible(100.0, odd, 0.0), 1..2, "{odd}");
        assert_eq!(extent.anchor_at(odd, 200.0), Anchor::Row { row: 0, offset: 0.0 }, "{odd}");
        assert!(extent.scroll_top(Anchor::Row { row: 4, offset: odd }, 200.0).is_finite(), "{odd}");
    }
}

#[test]
fn rows_of_no_height_do_not_bring_all_into_view() {
    assert_eq!(of(&[0.0; 1000]).visible(0.0, 600.0, 200.0).len(), 1);
}

/// A list that is hidden reports its rows as empty: believing it, all that is known would be lost.
#[test]
fn a_hidden_list_is_not_measured() {
    let mut extent = Extent::new(100, 50.0);
    assert_eq!(extent.measure(300.0, 0.0, &[(0, 0.0), (1, 0.0)]), 300.0);
    assert_eq!(extent.total(), 5000.0);
}

#[test]
fn sums_do_not_drift() {
    let mut extent = Extent::new(500, 0.1);
    let mut naive = vec![0.1; 500];
    for turn in 0..10_000_usize {
        let row = turn * 7919 % 500;
        let px = (turn % 977) as f64 / 64.0 + 0.1 * (turn % 13) as f64;
        extent.set_height(row, px);
        naive[row] = px;
    }
    assert!(near(extent.total(), naive.iter().sum()), "{}", extent.total());
    for row in 0..500 {
        extent.set_height(row, 0.0);
    }
    assert_eq!(extent.total(), 0.0);
}

#[derive(Clone, Debug)]
enum Step {
    Set(usize, f64),
    Insert(usize, usize),
    Remove(usize, usize),
}

fn px() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..300.0, 2 => (0_u32..20_000).prop_map(|parts| f64::from(parts) / 64.0), 1 => Just(0.0), 1 => -50.0..5000.0]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..70_usize, px()).prop_map(|(row, px)| Step::Set(row, px)),
        1 => (0..70_usize, 0..20_usize).prop_map(|(at, count)| Step::Insert(at, count)),
        1 => (0..70_usize, 0..20_usize).prop_map(|(at, count)| Step::Remove(at, count)),
    ]
}

fn take(model: &mut Vec<f64>, step: &Step, estimate: f64) {
    let rows = model.len();
    match *step {
        Step::Set(row, px) if row < rows => model[row] = px.max(0.0),
        Step::Set(..) => {}
        Step::Insert(at, count) => {
            model.splice(at.min(rows)..at.min(rows), std::iter::repeat_n(estimate, count));
        }
        Step::Remove(at, count) => {
            model.drain(at.min(rows)..(at + count).min(rows));
        }
    }
}

fn carry_out(extent: &mut Extent, step: &Step) {
    match *step {
        Step::Set(row, px) => {
            extent.set_height(row, px);
        }
        Step::Insert(at, count) => extent.insert(at, count),
        Step::Remove(at, count) => extent.remove(at, count),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn it_is_what_a_plain_list_of_heights_is(rows in 0..70_usize, steps in proptest::collection::vec(step(), 0..60)) {
        let mut extent = Extent::new(rows, 33.25);
        let mut model = vec![33.25; rows];
        for step in &steps {
            carry_out(&mut extent, step);
            take(&mut model, step, 33.25);
            prop_assert_eq!(extent.rows(), model.len());
        }
        let mut top = 0.0;
        for (row, height) in model.iter().enumerate() {
            prop_assert!(near(extent.top(row), top) && near(extent.height(row), *height), "{}", row);
            if *height > 1.0 {
                let (found, offset) = extent.row_at(top + height / 2.0).unwrap();
                prop_assert!(found == row && near(offset, height / 2.0));
            }
            top += height;
        }
        prop_assert!(near(extent.total(), top));
    }

    #[test]
    fn what_is_drawn_covers_the_viewport_and_no_more(
        heights in proptest::collection::vec(px(), 1..80),
        scroll_top in -200.0..9000.0,
        viewport in 0.0..1500.0,
        overscan in prop_oneof![Just(0.0), 0.0..800.0],
    ) {
        let extent = of(&heights);
        let drawn = extent.visible(scroll_top, viewport, overscan);
        prop_assert!(!drawn.is_empty() && drawn.end <= extent.rows());
        let (lead, scroll_top) = (extent.lead(viewport), scroll_top.clamp(0.0, extent.furthest(viewport)));
        let place = |row: usize| lead + extent.top(row) - scroll_top;
        // All of the viewport but the empty space above a short list.
        prop_assert!(extent.top(drawn.start) == 0.0 || place(drawn.start) <= NOTHING - overscan);
        prop_assert!(drawn.end == extent.rows() || place(drawn.end) >= viewport + overscan - NOTHING);
        for row in drawn.clone().filter(|_| drawn.len() > 1) {
            prop_assert!(place(row) < viewport + overscan + NOTHING, "{} begins below", row);
            prop_assert!(place(row + 1) >= -overscan - NOTHING, "{} ends above", row);
        }
    }
}

/// Work that grew with the square of the rows would take hours.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_million_rows_are_created_and_prepended_to() {
    let before = std::time::Instant::now();
    let mut extent = Extent::new(1_000_000, 60.0);
    for _ in 0..5 {
        extent.insert(0, 20);
    }
    for _ in 0..10_000 {
        extent.insert(extent.rows(), 1);
    }
    assert_eq!((extent.rows(), extent.total()), (1_010_100, 60_606_000.0));
    assert_eq!(extent.row_at(60.0 * 777_777.0), Some((777_777, 0.0)));
    assert!(before.elapsed().as_secs() < 20, "{:?}", before.elapsed());
}
