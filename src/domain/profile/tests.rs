use super::*;
use crate::catalogue::{read, vonage::UPDATE_PROFILE};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const OPERATION: &Operation = &UPDATE_PROFILE;

fn draft(json: &Json) -> Draft {
    Draft::from_json(OPERATION, json)
}

fn record() -> Draft {
    draft(&json!({
        "deployment_id": "d", "about": "Tea", "address": "1 Main St", "vertical": "Aviation",
        "email": "", "websites": ["https://a.example", "https://b.example"]
    }))
}

fn edited(edit: impl FnOnce(&mut Draft)) -> Draft {
    let mut now = record();
    edit(&mut now);
    now
}

fn named(changes: &[Change]) -> Vec<(&str, &str, &str)> {
    let parts = |change| {
        let Change { field, before, after }: &Change = change;
        (field.name, before.as_str(), after.as_str())
    };
    changes.iter().map(parts).collect()
}

fn body(now: &Draft) -> Json {
    let reading = read::draft(OPERATION, &asked(OPERATION, &record(), now));
    reading.ready().unwrap().body().unwrap().revealed()
}

#[test]
fn only_what_differs_is_a_change() {
    assert_eq!(changes(OPERATION, &record(), &record()), []);
    let now = edited(|now| {
        now.set(OPERATION, "about", "Coffee".into());
        now.set(OPERATION, "email", "a@b.example".into());
    });
    let changes = changes(OPERATION, &record(), &now);
    assert_eq!(named(&changes), [("about", "Tea", "Coffee"), ("email", "", "a@b.example")]);
    assert_eq!(body(&now), json!({ "about": "Coffee", "email": "a@b.example" }));
}

#[test]
fn an_unknown_sector_stands_in_nobodys_way_until_it_is_touched() {
    let now = edited(|now| now.set(OPERATION, "about", "Coffee".into()));
    assert!(read::draft(OPERATION, &asked(OPERATION, &record(), &now)).problems.is_empty());
    assert!(read::draft(OPERATION, &now).ready().is_none());
    let other = edited(|now| now.set(OPERATION, "vertical", "Shipping".into()));
    assert!(read::draft(OPERATION, &asked(OPERATION, &record(), &other)).ready().is_none());
}

#[test]
fn a_list_is_sent_whole() {
    let fewer = edited(|now| now.remove_row("websites", 0));
    assert_eq!(body(&fewer), json!({ "websites": ["https://b.example"] }));
    let turned = edited(|now| now.move_row("websites", 0, 1));
    assert_eq!(body(&turned), json!({ "websites": ["https://b.example", "https://a.example"] }));
    let blank = edited(|now| now.set(OPERATION, "websites.1", String::new()));
    let problems = read::draft(OPERATION, &asked(OPERATION, &record(), &blank)).problems;
    assert_eq!(problems[0].path, "websites.1");
}

#[test]
fn what_was_emptied_is_named_and_not_sent() {
    let names = |now: &Draft| {
        cleared(OPERATION, &record(), now).into_iter().map(|field| field.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&record()), [""; 0]);
    for blank in ["", "  \n"] {
        let now = edited(|now| {
            now.set(OPERATION, "about", blank.into());
            now.set(OPERATION, "email", blank.into());
        });
        assert_eq!(names(&now), ["about"]);
        assert_eq!(changes(OPERATION, &record(), &now), []);
    }
    let gone = edited(|now| {
        now.remove_row("websites", 0);
        now.remove_row("websites", 0);
    });
    let empty_rows = edited(|now| {
        now.remove_row("websites", 0);
        now.set(OPERATION, "websites.0", String::new());
    });
    for now in [gone, empty_rows] {
        assert_eq!(names(&now), ["websites"]);
        assert_eq!(result(OPERATION, &record(), &now), record());
    }
    // A row that was only added is no change.
    let mut none = draft(&json!({ "deployment_id": "d" }));
    let before = none.clone();
    none.add_row("websites");
    assert_eq!(changes(OPERATION, &before, &none), []);
}

#[test]
fn after_saving_the_form_follows_but_for_what_was_typed_since() {
    let sent = edited(|now| {
        now.set(OPERATION, "about", "Coffee ".into());
        now.set(OPERATION, "address", String::new());
    });
    let mut now = sent.clone();
    now.set(OPERATION, "description", "Typed since".into());
    let mut saved = result(OPERATION, &record(), &sent);
    saved.set(OPERATION, "about", "Coffee".into());
    let rebased = rebased(OPERATION, &sent, &now, &saved);
    let all = changes(OPERATION, &saved, &rebased);
    assert_eq!(named(&all), [("description", "", "Typed since")]);
    assert_eq!(rebased.text("address"), "1 Main St");
}

#[test]
fn an_answer_goes_before_what_was_asked_for() {
    let now = edited(|now| {
        now.set(OPERATION, "about", " Coffee".into());
        now.remove_row("websites", 1);
    });
    let asked = asked(OPERATION, &record(), &now);
    for (answer, about) in
        [(json!({}), " Coffee"), (json!(null), " Coffee"), (json!({ "about": "Coffee" }), "Coffee")]
    {
        let updated = updated(OPERATION, &record(), &asked, &answer);
        assert_eq!((updated.text("about"), updated.text("address")), (about, "1 Main St"));
        assert_eq!((updated.rows("websites"), updated.text("deployment_id")), (1, "d"));
    }
    let shorter = updated(OPERATION, &record(), &asked, &json!({ "websites": [] }));
    assert_eq!(shorter.rows("websites"), 0);
}

#[test]
fn reading_again_tells_whether_it_was_saved() {
    let now = edited(|now| {
        now.set(OPERATION, "about", "Coffee".into());
        now.remove_row("websites", 1);
    });
    let asked = asked(OPERATION, &record(), &now);
    assert!(!took_effect(OPERATION, &asked, &record()));
    assert!(took_effect(OPERATION, &asked, &result(OPERATION, &record(), &now)));
    let half = edited(|now| now.set(OPERATION, "about", "Coffee".into()));
    assert!(!took_effect(OPERATION, &asked, &half));
}

#[test]
fn a_photo_is_settled_by_its_address() {
    use Settled::{NotSaved, Saved, Unclear};
    for (before, now, settled) in [
        (None, Some("new"), Saved),
        (Some("old"), Some("new"), Saved),
        (None, None, NotSaved),
        (Some("old"), Some("old"), NotSaved),
        (Some("new"), Some("new"), Unclear),
        (Some("old"), Some("third"), Unclear),
        (Some("new"), None, Unclear),
    ] {
        assert_eq!(photo_settled(before, "new", now), settled, "{before:?} {now:?}");
    }
}
