//! Filters held against their addresses and against single records.

use super::*;
use crate::domain::activity::{Earlier, sample};
use proptest::{prelude::*, test_runner::RngSeed};
use std::collections::HashMap;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn utc(_: u64) -> i64 {
    0
}

fn shows(filter: &Filter, record: &Record) -> bool {
    filter.sieve(10_000_000, &utc).fits(record)
}

/// The query of a place, as a browser takes it apart.
fn query(place: &str) -> HashMap<String, String> {
    let query = place.split_once('?').map_or("", |(_, query)| query);
    let part = |part: &str| {
        let (name, text) = part.split_once('=').unwrap();
        (name.to_owned(), catalogue::call::decode(text).unwrap())
    };
    query.split('&').filter(|part| !part.is_empty()).map(part).collect()
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let span = prop_oneof![
        prop::sample::select(Span::NAMED.to_vec()),
        (0_i64..40_000, 0_i64..400).prop_map(|(first, days)| Span::Days(first, first + days)),
        (0_u64..4_000_000_000_000, 1_u64..9_000_000)
            .prop_map(|(from, long)| Span::Moments(from, from + long)),
    ];
    let provider = prop::option::of(prop::sample::select(Provider::ALL.to_vec()));
    let operation = prop::option::of("[a-z]{1,6}\\.[a-z-]{1,9}");
    let endings = prop::sample::subsequence(Ending::ALL.to_vec(), 0..=5);
    (provider, operation, endings, span, ".{0,12}").prop_map(|(provider, operation, endings, span, words)| {
        Filter { provider, operation, endings, span, words }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn an_address_gives_the_filter_back(filter in any_filter()) {
        let query = query(&filter.place());
        prop_assert_eq!(Filter::read(|name| query.get(name).cloned()), filter);
    }

    #[test]
    fn any_address_is_read(text in ".{0,30}") {
        let filter = Filter::read(|_| Some(text.clone()));
        prop_assert!(filter.place().starts_with("/activity"));
    }

    #[test]
    fn lifting_shows_no_less(filter in any_filter(), at in 0_u64..20_000_000) {
        let record = sample("kapso.list-customers", at, Ending::Succeeded, 20);
        let fits = shows(&filter, &record);
        for facet in filter.facets() {
            prop_assert!(!fits || shows(&filter.without(facet), &record), "{:?}", facet);
        }
        let all = Facet::ALL.into_iter().fold(filter, |filter, facet| filter.without(facet));
        prop_assert_eq!(all, Filter::default());
    }
}

#[test]
fn each_facet_leaves_out() {
    let record = sample("kapso.create-customer", 9_000_000, Ending::Refused, 20);
    let base = Filter::default();
    let span = |from, to| Filter { span: Span::Moments(from, to), ..Filter::default() };
    let words = |words: &str| Filter { words: words.into(), ..Filter::default() };
    let operation = |id: &str| Filter { operation: Some(id.into()), ..Filter::default() };
    let shown = [
        base.clone(),
        base.clone().of_provider(Some(Provider::Kapso)),
        operation("kapso.create-customer"),
        base.clone().with_ending(Ending::Refused, true).with_ending(Ending::Maybe, true),
        span(9_000_000, 9_000_001),
        words("  cUSTOMER   post "),
        words("Refused kapso"),
    ];
    for filter in shown {
        assert!(shows(&filter, &record), "{filter:?}");
    }
    let hidden = [
        base.clone().of_provider(Some(Provider::Vonage)),
        operation("kapso.list-customers"),
        base.with_ending(Ending::Failed, true),
        span(8_000_000, 9_000_000),
        words("customer nobody"),
    ];
    for filter in hidden {
        assert!(!shows(&filter, &record), "{filter:?}");
        assert_eq!(lifts(&filter, [&record].into_iter(), 10_000_000, &utc), [(filter.facets()[0], 1)]);
    }
}

#[test]
fn folded_reads_are_found_by_the_end_of_any() {
    let mut record = sample("kapso.list-customers", 9_000_000, Ending::Succeeded, 20);
    record.times = 3;
    record.earlier = vec![
        Earlier { at: 8_999_000, ending: Ending::Failed, milliseconds: None },
        Earlier { at: 8_999_500, ending: Ending::Succeeded, milliseconds: Some(30) },
    ];
    let failed = Filter::default().with_ending(Ending::Failed, true);
    assert!(shows(&failed, &record));
    assert_eq!(failed.sieve(0, &utc).parts(&record).map(|part| part.count).sum::<u32>(), 1);
    assert!(!shows(&Filter::default().with_ending(Ending::Maybe, true), &record));
}

#[test]
fn another_provider_takes_the_request_of_the_first_away() {
    let filter = Filter { operation: Some("kapso.list-customers".into()), ..Filter::default() };
    assert_eq!(filter.clone().of_provider(Some(Provider::Kapso)).operation, filter.operation);
    assert_eq!(filter.of_provider(Some(Provider::Webex)).operation, None);
}

#[test]
fn the_link_to_trouble_is_short() {
    let place = "/activity?outcome=refused,failed,maybe,unanswered&time=today";
    assert_eq!(Filter::trouble_today().place(), place);
}
