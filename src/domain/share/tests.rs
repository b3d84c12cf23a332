//! Tests of links and codes; that a code is read as what it was made of is asked of a reader that is
//! not ours. What a page does with them is not tested here.

use super::*;
use proptest::{prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NUMBER: &str = "442079460958";

#[test]
fn a_link_carries_every_text_whole() {
    for (text, query) in [
        ("", ""),
        ("Hello there", "?text=Hello%20there"),
        ("a & b #1", "?text=a%20%26%20b%20%231"),
        ("1+1=2?", "?text=1%2B1%3D2%3F"),
        ("two\nlines", "?text=two%0Alines"),
        ("🦷 ü", "?text=%F0%9F%A6%B7%20%C3%BC"),
        ("100%", "?text=100%25"),
    ] {
        let link = link(NUMBER, text);
        assert_eq!(link, format!("https://wa.me/{NUMBER}{query}"));
        let carried = link.split_once("?text=").map_or("", |(_, text)| text);
        assert_eq!(call::decode(carried).as_deref(), Some(text));
    }
}

#[test]
fn a_code_has_its_margin_and_its_three_corners() {
    let qr = qr(&link(NUMBER, "")).unwrap();
    let (inner, last) = (qr.side - 2 * MARGIN, qr.side - 1);
    assert!(inner >= 21 && (inner - 21).is_multiple_of(4), "{inner}");
    for at in 0..qr.side {
        for edge in 0..MARGIN {
            assert!(!qr.is_dark(at, edge) && !qr.is_dark(at, last - edge));
            assert!(!qr.is_dark(edge, at) && !qr.is_dark(last - edge, at));
        }
    }
    for (left, top) in [(MARGIN, MARGIN), (MARGIN + inner - 7, MARGIN), (MARGIN, MARGIN + inner - 7)] {
        for (x, y) in (0..7).flat_map(|y| (0..7).map(move |x| (x, y))) {
            let ring = x.min(y).min(6 - x).min(6 - y);
            assert_eq!(qr.is_dark(left + x, top + y), ring != 1, "{x} {y}");
        }
    }
    assert!(!qr.is_dark(qr.side, 0) && !qr.is_dark(0, qr.side));
}

#[test]
fn the_picture_is_black_on_white_and_holds_nothing_but_the_code() {
    let qr = qr(&link(NUMBER, "a")).unwrap();
    let svg = svg(&qr);
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "), "{svg}");
    assert!(svg.contains("shape-rendering=\"crispEdges\"") && svg.contains("fill=\"#ffffff\""));
    assert_eq!(svg.matches("<path").count(), 1);
    let dark: usize = qr.runs().iter().map(|run| run.length).sum();
    assert_eq!(dark, qr.dark.iter().filter(|dark| **dark).count());
    for Run { x, y, length } in qr.runs() {
        assert!((x..x + length).all(|x| qr.is_dark(x, y)) && !qr.is_dark(x + length, y));
    }
}

#[test]
fn a_code_holds_the_longest_link_and_not_one_sign_more() {
    let start = link(NUMBER, "a");
    let longest = format!("{start}{}", "b".repeat(LONGEST - start.len()));
    assert_eq!(longest.len(), LONGEST);
    assert!(qr(&longest).is_some());
    assert_eq!(qr(&format!("{longest}b")), None);
}

/// What a reader makes of a code's picture.
#[cfg(not(target_arch = "wasm32"))]
fn decoded(qr: &Qr) -> Option<String> {
    const SCALE: usize = 3;
    let side = qr.side * SCALE;
    let light = |x, y| if qr.is_dark(x / SCALE, y / SCALE) { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, light);
    let grids = picture.detect_grids();
    let [grid] = grids.as_slice() else { return None };
    grid.decode().ok().map(|(_, text)| text)
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_reader_finds_the_link_in_the_code() {
    for text in ["", "Hello, I would like to book 🦷", "a & b #1 + two\nlines", &"long text ".repeat(40)] {
        let link = link(NUMBER, text);
        assert_eq!(decoded(&qr(&link).unwrap()).as_deref(), Some(link.as_str()));
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(64)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_text_gives_a_link_and_every_link_that_fits_a_code(text in "\\PC{0,400}|(?s).{0,60}") {
        let link = link(NUMBER, &text);
        prop_assert!(link.is_ascii());
        let carried = link.split_once("?text=").map_or("", |(_, text)| text);
        prop_assert_eq!(call::decode(carried), Some(text));
        prop_assert_eq!(qr(&link).is_some(), link.len() <= LONGEST);
    }
}
