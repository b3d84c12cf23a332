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
        let Change { field, before, after, .. }: &Change = change;
        (field.name, before.as_str(), after.as_str())
    };
    changes.iter().map(parts).collect()
}

fn body(now: &Draft) -> Json {
    let reading = read::draft(OPERATION, &asked(OPERATION, &record(), now));
    reading.ready().unwrap().body().unwrap().revealed()
}

/// A record whose fields stand in the one object of the body, and some of which are secrets.
mod config {
    use super::*;
    use crate::catalogue::{kapso::UPDATE_CONFIG, value::MASK};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const NAME: &str = "whatsapp_config.name";
    const TOKEN: &str = "whatsapp_config.access_token";

    fn of(json: &Json) -> Draft {
        Draft::from_json(&UPDATE_CONFIG, json).without_secrets()
    }

    fn record() -> Draft {
        of(&json!({"config_id": "config-1", "whatsapp_config": {
            "name": "Reception", "phone_number_id": "1", "webhook_verify_token": "told once",
        }}))
    }

    fn typed(path: &str, text: &str) -> Draft {
        let mut now = record();
        now.set(&UPDATE_CONFIG, path, text.to_owned());
        now
    }

    fn body(now: &Draft) -> Json {
        let asked = asked(&UPDATE_CONFIG, &record(), now);
        read::draft(&UPDATE_CONFIG, &asked).ready().unwrap().body().unwrap().revealed()
    }

    #[test]
    fn only_the_member_that_differs_is_sent() {
        assert_eq!(body(&typed(NAME, "Front desk")), json!({"whatsapp_config": {"name": "Front desk"}}));
        assert_eq!(body(&typed(TOKEN, "EAAG-new")), json!({"whatsapp_config": {"access_token": "EAAG-new"}}));
        assert_eq!(changes(&UPDATE_CONFIG, &record(), &record()), []);
    }

    #[test]
    fn a_secret_is_masked_in_the_difference_and_not_in_any_record() {
        let now = typed(TOKEN, "EAAG-new");
        let change = changes(&UPDATE_CONFIG, &record(), &now).remove(0);
        assert_eq!((change.before.as_str(), change.after.as_str()), ("", MASK));
        assert!(!format!("{change:?}").contains("EAAG"));
        let asked = asked(&UPDATE_CONFIG, &record(), &now);
        let answer = json!({"whatsapp_config": {"name": "Reception", "webhook_verify_token": "told again"}});
        assert!(!updated(&UPDATE_CONFIG, &record(), &asked, &answer).has_secrets());
    }

    #[test]
    fn what_is_never_told_is_not_taken_for_saved() {
        let asked = |now: &Draft| asked(&UPDATE_CONFIG, &record(), now);
        assert_eq!(took_effect(&UPDATE_CONFIG, &asked(&typed(TOKEN, "new")), &record()), None);
        let mut both = typed(TOKEN, "new");
        both.set(&UPDATE_CONFIG, NAME, "Front desk".into());
        assert_eq!(took_effect(&UPDATE_CONFIG, &asked(&both), &record()), Some(false));
        assert_eq!(took_effect(&UPDATE_CONFIG, &asked(&both), &typed(NAME, "Front desk ")), Some(true));
    }
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
        cleared(OPERATION, &record(), now).into_iter().map(|(_, field)| field.name).collect::<Vec<_>>()
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
    assert_eq!(took_effect(OPERATION, &asked, &record()), Some(false));
    assert_eq!(took_effect(OPERATION, &asked, &result(OPERATION, &record(), &now)), Some(true));
    let half = edited(|now| now.set(OPERATION, "about", "Coffee".into()));
    assert_eq!(took_effect(OPERATION, &asked, &half), Some(false));
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
