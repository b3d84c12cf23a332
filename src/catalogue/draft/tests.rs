//! Rows that are removed and moved take everything in them along, and nothing else.

use super::*;
use crate::catalogue::{
    evidence::Evidence, field::Cover, provider::Provider, rapida::CREATE_WHATSAPP_DEPLOYMENT,
};
use proptest::{prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TEST: Evidence = Evidence::Documented("a test");
const ITEM: Field = Field::group(
    "item",
    "Item",
    &[
        Field::text("title", "Title", TEST),
        Field::secret("pin", "PIN", Cover::Hidden, TEST),
        Field::list("rows", "Rows", &Field::text("row", "Row", TEST), TEST),
    ],
    TEST,
);
/// A second list whose name begins like the first one's, which must not be taken for it.
static LISTS: Operation = Operation {
    id: "test.lists",
    provider: Provider::Rapida,
    fields: &[
        Field::list("list", "List", &ITEM, TEST),
        Field::list("lists", "Lists", &ITEM, TEST),
        Field::text("text", "Text", TEST),
    ],
    ..CREATE_WHATSAPP_DEPLOYMENT
};

/// So many rows in both lists, each with texts, a secret and rows of its own that tell where they began.
fn draft(rows: usize) -> Draft {
    let mut draft = Draft::default();
    draft.set(&LISTS, "text", "text".into());
    for list in ["list", "lists"] {
        for row in 0..rows {
            draft.add_row(list);
            draft.set(&LISTS, &format!("{list}.{row}.title"), format!("{list} {row}"));
            draft.set(&LISTS, &format!("{list}.{row}.pin"), format!("pin {row}"));
            let inner = format!("{list}.{row}.rows");
            for at in 0..=row % 3 {
                draft.add_row(&inner);
                draft.set(&LISTS, &format!("{inner}.{at}"), format!("{row} {at}"));
            }
        }
    }
    draft
}

/// Where the rows of the first list come from, in their present order; checks that everything in
/// them came along.
fn order(draft: &Draft) -> Vec<usize> {
    let rows = 0..draft.rows("list");
    rows.map(|row| {
        let title = draft.text(&format!("list.{row}.title"));
        let from: usize = title.strip_prefix("list ").unwrap().parse().unwrap();
        assert_eq!(draft.text(&format!("list.{row}.pin")), format!("pin {from}"));
        let inner = format!("list.{row}.rows");
        assert_eq!(draft.rows(&inner), from % 3 + 1);
        for at in 0..=from % 3 {
            assert_eq!(draft.text(&format!("{inner}.{at}")), format!("{from} {at}"));
        }
        from
    })
    .collect()
}

#[test]
fn rows_are_removed_with_all_that_is_in_them() {
    let mut draft = draft(4);
    draft.remove_row("list", 1);
    assert_eq!(order(&draft), [0, 2, 3]);
    draft.remove_row("list", 2);
    draft.remove_row("list", 0);
    assert_eq!(order(&draft), [2]);
    draft.remove_row("list", 1);
    assert_eq!(order(&draft), [2]);
    draft.remove_row("list", 0);
    assert_eq!(draft.rows("list"), 0);
    let left = |path: &String| path.starts_with("list.");
    assert!(!draft.texts.keys().chain(draft.rows.keys()).chain(draft.secrets.keys()).any(left));
}

#[test]
fn a_nested_row_leaves_its_neighbours() {
    let mut draft = draft(3);
    draft.remove_row("list.2.rows", 0);
    assert_eq!(draft.text("list.2.rows.0"), "2 1");
    assert_eq!((draft.rows("list.2.rows"), draft.rows("list.1.rows")), (2, 2));
    assert_eq!(draft.text("list.1.rows.0"), "1 0");
    draft.move_row("list.2.rows", 0, 1);
    assert_eq!((draft.text("list.2.rows.0"), draft.text("list.2.rows.1")), ("2 2", "2 1"));
}

#[test]
fn the_last_row_has_a_number_of_two_digits() {
    let mut draft = draft(12);
    draft.move_row("list", 11, 1);
    assert_eq!(order(&draft), [0, 11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
}

#[test]
fn nothing_typed_is_an_empty_draft() {
    let mut draft = draft(1);
    assert!(draft.has_secrets() && !draft.is_empty());
    draft.set(&LISTS, "text", String::new());
    for list in ["list", "lists"] {
        draft.remove_row(list, 0);
    }
    assert!(draft.is_empty() && !draft.has_secrets());
    assert_eq!(draft, Draft::default());
}

#[test]
fn a_stored_draft_has_all_but_its_secrets() {
    let draft = draft(3);
    let stored: Draft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
    assert_eq!((&stored.texts, &stored.rows), (&draft.texts, &draft.rows));
    assert!(!stored.has_secrets());
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(128)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn there_and_back_is_where_it_was(rows in 1..14usize, from in 0..15usize, to in 0..15usize) {
        let before = draft(rows);
        let mut draft = before.clone();
        draft.move_row("list", from, to);
        if from.max(to) >= rows {
            prop_assert_eq!(&draft, &before);
        } else {
            prop_assert_eq!(order(&draft)[to], from);
        }
        draft.move_row("list", to, from);
        prop_assert_eq!(draft, before);
    }

    #[test]
    fn moving_loses_nothing_and_touches_nothing_else(moves in proptest::collection::vec((0..9usize, 0..9usize), 0..12)) {
        let before = draft(9);
        let mut draft = before.clone();
        for (from, to) in moves {
            draft.move_row("list", from, to);
        }
        let mut sorted = order(&draft);
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..9).collect::<Vec<_>>());
        let others = |draft: &Draft| -> Vec<(String, String)> {
            let others = draft.texts.iter().filter(|(path, _)| !path.starts_with("list."));
            others.map(|(path, text)| (path.clone(), text.clone())).collect()
        };
        prop_assert_eq!(others(&draft), others(&before));
        prop_assert_eq!(draft.texts.len(), before.texts.len());
        prop_assert_eq!(draft.secrets.len(), before.secrets.len());
    }

    #[test]
    fn removing_takes_one_row_and_its_content(rows in 1..9usize, row in 0..9usize) {
        let mut draft = draft(rows);
        draft.remove_row("list", row);
        let wanted: Vec<usize> = (0..rows).filter(|at| *at != row).collect();
        prop_assert_eq!(order(&draft), wanted);
    }
}

#[test]
fn a_value_whose_key_names_a_credential_is_kept_as_a_secret() {
    let operation = &crate::catalogue::rapida::CREATE_WHATSAPP_DEPLOYMENT;
    let mut draft = Draft::default();
    draft.add_row("whatsappOptions");
    let (key, value) = ("whatsappOptions.0.key", "whatsappOptions.0.value");
    // In whichever order they are typed.
    draft.set(operation, value, "s3cr3t".into());
    assert!(!draft.is_secret(value));
    draft.set(operation, key, "api_key".into());
    assert!(draft.is_secret(value));
    assert_eq!(draft.text(value), "s3cr3t");
    draft.set(operation, value, "s3cr3t-2".into());
    let stored = serde_json::to_string(&draft).unwrap();
    assert!(!stored.contains("s3cr3t") && !format!("{draft:?}").contains("s3cr3t"), "{stored}");
    draft.set(operation, key, "template".into());
    assert_eq!((draft.is_secret(value), draft.text(value)), (false, "s3cr3t-2"));
    draft.set(operation, key, "token".into());
    draft.set(operation, value, String::new());
    assert!(!draft.has_secrets());
}
