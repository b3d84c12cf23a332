//! Positions as they are pasted: every spelling and link that is promised, what is refused and why, and
//! that what is written out is read back.

use super::*;
use proptest::{prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PARLIAMENT: (f64, f64) = (51.5072, -0.1276);

fn near(found: &Result<Position, PlaceProblem>, (latitude, longitude): (f64, f64)) -> bool {
    found.as_ref().is_ok_and(|position| {
        (position.latitude - latitude).abs() < 1e-9 && (position.longitude - longitude).abs() < 1e-9
    })
}

fn name(pasted: &str) -> Option<String> {
    read(pasted).unwrap().name
}

#[test]
fn decimal_degrees_are_read() {
    for pasted in [
        "51.5072, -0.1276",
        "51.5072,-0.1276",
        "51.5072 -0.1276",
        "51.5072\t-0.1276",
        "51.5072; -0.1276",
        "51.5072 / -0.1276",
        "  (51.5072, -0.1276)\n",
        "[51.5072, -0.1276]",
        "51,5072; -0,1276",
        "51,5072 -0,1276",
        "51,5072, -0,1276",
        "51,5072,-0,1276",
        "+51.5072, −0.1276",
        "５１．５０７２，－０．１２７６",
        "\u{202A}51.5072, -0.1276\u{202C}",
        "51.5072° N, 0.1276° W",
        "51.5072N 0.1276W",
        "51.5072N0.1276W",
        "N51.5072 W0.1276",
        "0.1276 W, 51.5072 N",
        "51.5072°, -0.1276°",
        "Big Ben\n51.5072, -0.1276",
        "51.5072, -0.1276\nhttps://maps.app.goo.gl/abc",
    ] {
        assert!(near(&read(pasted), PARLIAMENT), "{pasted:?} {:?}", read(pasted));
        assert_eq!(name(pasted), None);
    }
    for (pasted, expected) in [
        ("51, 5", (51.0, 5.0)),
        ("51; 5", (51.0, 5.0)),
        ("51,-5", (51.0, -5.0)),
        ("0, 0", (0.0, 0.0)),
        ("-90, 180", (-90.0, 180.0)),
        ("51.5,5", (51.5, 5.0)),
    ] {
        assert!(near(&read(pasted), expected), "{pasted:?} {:?}", read(pasted));
    }
}

#[test]
fn degrees_minutes_and_seconds_are_read() {
    let expected = (51.0 + 30.0 / 60.0 + 26.0 / 3600.0, -(7.0 / 60.0 + 39.0 / 3600.0));
    for pasted in [
        "51°30'26\"N 0°7'39\"W",
        "51°30'26\"N, 0°07'39\"W",
        "51° 30′ 26″ N 0° 7′ 39″ W",
        "51°30’26.0”N 0°07’39.0”W",
        "51º30'26''N 0º7'39''W",
        "51°30'26\"N0°7'39\"W",
        "N 51°30'26\" W 0°7'39\"",
        "0°7'39\"w; 51°30'26\"n",
        "51°30'26\", -0°7'39\"",
        "51°30'26,0\"N 0°7'39,0\"W",
    ] {
        assert!(near(&read(pasted), expected), "{pasted:?} {:?}", read(pasted));
    }
    assert!(near(&read("33°51.5'S 151°12.75'E"), (-(33.0 + 51.5 / 60.0), 151.2125)));
}

#[test]
fn links_of_maps_are_read() {
    for link in [
        "https://www.google.com/maps/@51.5072,-0.1276,15z",
        "https://www.google.com/maps/@51.5072,-0.1276,3a,75y,90t/data=!3m6!1e1",
        "https://www.google.co.uk/maps?q=51.5072,-0.1276",
        "https://maps.google.com/?q=51.5072,-0.1276",
        "https://maps.google.com/?q=51.5072%2C-0.1276&z=15",
        "https://maps.google.com/maps?q=loc:51.5072,-0.1276",
        "https://maps.google.de/?ll=51.5072,-0.1276",
        "https://www.google.com/maps/search/?api=1&query=51.5072%2C-0.1276",
        "https://www.google.com/maps/search/51.5072,+-0.1276?entry=tts",
        "https://www.google.com/maps/@?api=1&map_action=map&center=51.5072,-0.1276",
        "https://www.google.com/maps/place/51.5072,-0.1276/@1.5,2.5,9z",
        "https://www.google.com/maps/place/51%C2%B030'25.9%22N+0%C2%B007'39.4%22W/@1.5,2.5,17z/data=!3m1!4b1!4m4!3m3!8m2!3d51.5072!4d-0.1276",
        "www.google.com/maps/@51.5072,-0.1276,15z",
        "HTTPS://WWW.GOOGLE.COM/maps/@51.5072,-0.1276,15z",
        "https://www.openstreetmap.org/#map=15/51.5072/-0.1276",
        "https://www.openstreetmap.org/#map=15/51.5072/-0.1276&layers=N",
        "https://www.openstreetmap.org/?mlat=51.5072&mlon=-0.1276#map=5/1.5/2.5",
        "https://www.openstreetmap.org/node/1#map=19/51.5072/-0.1276",
        "https://osm.org/?mlat=51.5072&mlon=-0.1276",
        "https://maps.apple.com/?ll=51.5072,-0.1276",
        "https://maps.apple.com/?q=51.5072,-0.1276",
        "https://maps.apple.com/place?coordinate=51.5072,-0.1276",
        "geo:51.5072,-0.1276",
        "GEO:51.5072,-0.1276,35;u=10",
        "geo:51.5072,-0.1276?z=15",
        "geo:0,0?q=51.5072,-0.1276",
        "I am here: https://maps.google.com/?q=51.5072,-0.1276 see you",
        "<https://maps.google.com/?q=51.5072,-0.1276>",
        "https://maps.app.goo.gl/abc https://maps.google.com/?q=51.5072,-0.1276",
    ] {
        assert!(near(&read(link), PARLIAMENT), "{link} {:?}", read(link));
        assert_eq!(name(link), None, "{link}");
    }
    assert!(near(&read("https://maps.google.com/?q=51,5"), (51.0, 5.0)));
}

#[test]
fn a_place_is_where_it_is_and_not_where_the_map_is() {
    for (link, expected) in [
        (
            "https://www.google.com/maps/place/Big+Ben/@1.5,2.5,17z/data=!3m1!4b1!4m6!3m5!1s0x48:0xae!8m2!3d51.5072!4d-0.1276!16zL20v?entry=ttu",
            "Big Ben",
        ),
        ("https://www.google.com/maps/place/Big+Ben/@51.5072,-0.1276,17z", "Big Ben"),
        ("https://www.google.com/maps/place/Caf%C3%A9+%22A%2FB%22/@51.5072,-0.1276,17z", "Café \"A/B\""),
        ("https://maps.google.com/maps?q=51.5072,-0.1276(Big+Ben)", "Big Ben"),
        ("https://maps.apple.com/?q=Big+Ben&ll=51.5072,-0.1276", "Big Ben"),
        ("https://maps.apple.com/place?coordinate=51.5072,-0.1276&name=Big%20Ben", "Big Ben"),
        ("geo:0,0?q=51.5072,-0.1276(Big%20Ben)", "Big Ben"),
    ] {
        assert!(near(&read(link), PARLIAMENT), "{link} {:?}", read(link));
        assert_eq!(name(link).as_deref(), Some(expected), "{link}");
    }
}

#[test]
fn what_is_no_position_says_why() {
    for (pasted, problem) in [
        ("", PlaceProblem::Empty),
        (" \n\u{200B}", PlaceProblem::Empty),
        ("https://maps.app.goo.gl/abc123", PlaceProblem::ShortLink),
        ("See https://goo.gl/maps/abc", PlaceProblem::ShortLink),
        ("https://osm.org/go/euu4xZ", PlaceProblem::ShortLink),
        ("https://maps.apple/p/abc", PlaceProblem::ShortLink),
        ("139.7, 35.6", PlaceProblem::Latitude),
        ("90.0001, 0", PlaceProblem::Latitude),
        ("51.5, 180.0001", PlaceProblem::Longitude),
        ("https://maps.google.com/?q=51.5,-181", PlaceProblem::Longitude),
        ("Westminster, London", PlaceProblem::NotFound),
        ("51.5072", PlaceProblem::NotFound),
        ("51,5072", PlaceProblem::NotFound),
        ("-33,86", PlaceProblem::NotFound),
        ("51 30", PlaceProblem::NotFound),
        ("51,5,12", PlaceProblem::NotFound),
        ("51.5, -0.12, 15", PlaceProblem::NotFound),
        ("51.5N, 0.12N", PlaceProblem::NotFound),
        ("51.5N, 0.12", PlaceProblem::NotFound),
        ("-51.5N, 0.12W", PlaceProblem::NotFound),
        ("51°60'0\"N 0°7'39\"W", PlaceProblem::NotFound),
        ("51.5°30'N 0°7'W", PlaceProblem::NotFound),
        ("1e5, 2", PlaceProblem::NotFound),
        ("inf, nan", PlaceProblem::NotFound),
        ("+44 20 7946 0958", PlaceProblem::NotFound),
        ("https://www.google.com/maps?q=Big+Ben", PlaceProblem::NotFound),
        ("https://www.google.com/maps/place/Big+Ben/", PlaceProblem::NotFound),
        ("https://a.example/?q=51.5,-0.12", PlaceProblem::NotFound),
        ("geo:", PlaceProblem::NotFound),
    ] {
        assert_eq!(read(pasted), Err(problem), "{pasted:?}");
    }
}

#[test]
fn every_problem_has_its_sentence() {
    use PlaceProblem::{Empty, Latitude, Longitude, NotFound, ShortLink};
    let mut sentences: Vec<String> =
        [Empty, ShortLink, Latitude, Longitude, NotFound].into_iter().map(PlaceProblem::sentence).collect();
    assert!(sentences.iter().all(|sentence| sentence.ends_with(['.', '?'])));
    assert!(Latitude.sentence().contains("-90 to 90") && Longitude.sentence().contains("-180 to 180"));
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), 5);
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(1_000)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_back(latitude in -90.0..=90.0f64, longitude in -180.0..=180.0f64) {
        let expected = Ok(Position { latitude, longitude, name: None });
        for written in [
            format!("{latitude}, {longitude}"),
            format!("{latitude}; {longitude}").replace('.', ","),
            format!("geo:{latitude},{longitude}"),
            format!("https://maps.google.com/?q={latitude},{longitude}"),
            format!("https://www.google.com/maps/@{latitude},{longitude},15z"),
            format!("https://www.openstreetmap.org/#map=15/{latitude}/{longitude}"),
            format!("https://maps.apple.com/?ll={latitude},{longitude}"),
        ] {
            prop_assert_eq!(&read(&written), &expected, "{}", written);
        }
    }

    #[test]
    fn any_text_is_taken(text in "[-+0-9.,;/ °'\"NSEWgeo:!@#?=&%()]{0,40}|(?s).{0,40}", before in 0..5usize) {
        let starts = ["", "geo:", "https://www.google.com/maps/", "https://osm.org/#map=", "https://maps.apple.com/?ll="];
        if let Ok(position) = read(&format!("{}{text}", starts[before])) {
            prop_assert!((-90.0..=90.0).contains(&position.latitude));
            prop_assert!((-180.0..=180.0).contains(&position.longitude));
        }
    }
}

#[test]
fn a_long_text_is_no_position() {
    for unit in [
        "1,",
        "1 ",
        "!3d",
        "@1,",
        "https://www.google.com/maps/place/",
        "51°",
        "https://maps.google.com/?q=1 ",
    ] {
        assert!(read(&unit.repeat(65_536 / unit.len())).is_err(), "{unit}");
    }
}
