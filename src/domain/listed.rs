//! What a provider's list comes to while its pages are read: which rows, whether there are more, and
//! whether a record whose creation lost its answer is among them. Who reads it is not known here.

use super::profile;
use crate::catalogue::{draft::Draft, operation::Operation, reply::text};
use serde_json::{Value as Json, json};
use std::collections::HashSet;

/// Rows that are asked for at once.
pub const PAGE: usize = 50;

/// The fields by which an operation takes a page and its size, as the providers name them.
fn paging(operation: &Operation) -> Option<(&'static str, &'static str)> {
    let sizes = ["per_page", "pageSize"].into_iter();
    let size = sizes.into_iter().find(|name| operation.field(name).is_some())?;
    Some(("page", size))
}

/// The request for a page, counted from 1, of the list of one subject; empty where it has none.
pub fn request(operation: &Operation, subject: (&str, &str), page: usize) -> Json {
    let mut request = json!({});
    let (name, id) = subject;
    if !name.is_empty() {
        request[name] = id.into();
    }
    if let Some((number, size)) = paging(operation) {
        request[number] = page.to_string().into();
        request[size] = PAGE.to_string().into();
    }
    request
}

/// Whether an answer holds one record that can be named.
pub fn is_record(answer: &Json) -> bool {
    is_named(&answer["data"])
}

fn is_named(row: &Json) -> bool {
    !text(&row["id"]).is_empty()
}

/// The rows of an answer, which is a list where pages are asked for and one record or none elsewhere. `None`
/// where it cannot be read as that: no list is another thing than an empty one.
fn rows(operation: &Operation, answer: &Json) -> Option<Vec<Json>> {
    let is_list = paging(operation).is_some();
    match &answer["data"] {
        Json::Array(rows) if is_list => {
            let found: Vec<Json> = rows.iter().filter(|row| row.is_object()).cloned().collect();
            (rows.is_empty() || !found.is_empty()).then_some(found)
        }
        row @ Json::Object(_) if is_named(row) => Some(vec![row.clone()]),
        // Rapida leaves out what is empty, and says that it went well.
        Json::Null if answer["success"] == true => Some(vec![]),
        _ => None,
    }
}

/// The rows of an answer, and whether there are more behind them; `None` where it cannot be read.
pub fn page(operation: &Operation, answer: &Json, page: usize) -> Option<(Vec<Json>, bool)> {
    let rows = rows(operation, answer)?;
    let total = |pages: &Json, rows: &Json| match (pages.as_u64(), rows.as_u64()) {
        (Some(pages), _) => Some(page as u64 >= pages),
        (None, Some(rows)) => Some((page * PAGE) as u64 >= rows),
        (None, None) => None,
    };
    let ended = total(&answer["meta"]["total_pages"], &answer["meta"]["total_count"])
        .or_else(|| total(&Json::Null, &answer["paginated"]["totalItem"]));
    // A list that says nothing ends with a page that is not full; an empty one ends every list.
    let more = match (paging(operation), ended) {
        (None, _) => false,
        _ if rows.is_empty() => false,
        (_, Some(ended)) => !ended,
        (_, None) => rows.len() >= PAGE,
    };
    Some((rows, more))
}

/// Rows that arrive while a list is read shift its pages: the same record stands in it once.
pub fn joined(known: &[Json], page: Vec<Json>) -> Vec<Json> {
    let mut rows = known.to_vec();
    let mut ids: HashSet<String> = rows.iter().map(|row| text(&row["id"])).collect();
    for row in page {
        let id = text(&row["id"]);
        if id.is_empty() || ids.insert(id) {
            rows.push(row);
        }
    }
    rows
}

/// Whether any of some members of a record contains a text, however it is written.
pub fn fits(row: &Json, members: &[&str], search: &str) -> bool {
    let search = search.trim().to_lowercase();
    search.is_empty() || members.iter().any(|member| text(&row[*member]).to_lowercase().contains(&search))
}

/// What a list tells of a record whose creation lost its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appeared {
    /// This one is new and has everything that was asked for.
    Made(String),
    /// None has.
    NotMade,
    /// This one has it, but may be older.
    Perhaps(String),
    /// None has so far; the list is longer than what was read.
    Untold,
}

/// What was asked for, and what was there before it left, as far as that was known.
pub struct Asked<'a> {
    pub operation: &'a Operation,
    pub draft: &'a Draft,
    pub before: Option<&'a [String]>,
}

/// Looks for it. `shape` makes a row what the request calls it; `complete` where the list was read to its end.
pub fn appeared(asked: &Asked, rows: &[Json], complete: bool, shape: fn(&Json) -> Json) -> Appeared {
    let same = |row: &&Json| {
        let found = Draft::from_json(asked.operation, &shape(row));
        profile::took_effect(asked.operation, asked.draft, &found) == Some(true)
    };
    let mut alike = rows.iter().filter(same).map(|row| text(&row["id"]));
    let Some(before) = asked.before else {
        return match (alike.next(), complete) {
            (Some(id), _) => Appeared::Perhaps(id),
            (None, true) => Appeared::NotMade,
            (None, false) => Appeared::Untold,
        };
    };
    match (alike.find(|id| !before.contains(id)), complete) {
        (Some(id), _) => Appeared::Made(id),
        (None, true) => Appeared::NotMade,
        (None, false) => Appeared::Untold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{
        kapso::{CREATE_WHATSAPP_CONFIG, GET_CONFIG, LIST_CUSTOMER_CONFIGS, LIST_CUSTOMERS},
        rapida::{GET_WHATSAPP_DEPLOYMENT, LIST_WHATSAPP_DEPLOYMENTS},
        read,
    };
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn full() -> Vec<Json> {
        (0..PAGE).map(|row| json!({"id": row.to_string()})).collect()
    }

    #[test]
    fn every_request_for_a_page_is_one_that_may_be_sent() {
        for (operation, subject) in [
            (&LIST_CUSTOMERS, ("", "")),
            (&LIST_CUSTOMER_CONFIGS, ("customer_id", "c")),
            (&GET_CONFIG, ("config_id", "c")),
            (&GET_WHATSAPP_DEPLOYMENT, ("assistantId", "12")),
            (&LIST_WHATSAPP_DEPLOYMENTS, ("assistantId", "12")),
        ] {
            let draft = Draft::from_json(operation, &request(operation, subject, 2));
            let call = read::draft(operation, &draft).ready().unwrap();
            assert_eq!(call.query().contains("page=2"), paging(operation).is_some(), "{}", operation.id);
        }
    }

    #[test]
    fn a_list_ends_where_its_counts_say_so_and_else_with_a_page_that_is_not_full() {
        let more = |operation, answer: Json, at| page(operation, &answer, at).unwrap().1;
        let counted = |pages| json!({"data": full(), "meta": {"total_pages": pages}});
        assert!(more(&LIST_CUSTOMERS, counted(2), 1) && !more(&LIST_CUSTOMERS, counted(2), 2));
        assert!(more(&LIST_CUSTOMERS, json!({"data": full(), "meta": "any"}), 1));
        assert!(!more(&LIST_CUSTOMERS, json!({"data": [{"id": "1"}]}), 1));
        // Counts are hints: what is empty is the end.
        assert!(!more(&LIST_CUSTOMERS, json!({"data": [], "meta": {"total_pages": 9}}), 3));
        let total = |rows| json!({"data": full(), "paginated": {"currentPage": 1, "totalItem": rows}});
        assert!(more(&LIST_WHATSAPP_DEPLOYMENTS, total(51), 1));
        assert!(!more(&LIST_WHATSAPP_DEPLOYMENTS, total(50), 1));
    }

    #[test]
    fn one_record_is_a_list_of_one_and_no_data_is_none() {
        let one = Some((vec![json!({"id": "1"})], false));
        assert_eq!(page(&GET_CONFIG, &json!({"data": {"id": "1"}}), 1), one);
        let none = json!({"code": 200, "success": true});
        assert_eq!(page(&GET_WHATSAPP_DEPLOYMENT, &none, 1), Some((vec![], false)));
        assert_eq!(page(&LIST_WHATSAPP_DEPLOYMENTS, &none, 1), Some((vec![], false)));
    }

    #[test]
    fn what_is_no_list_and_no_record_is_not_taken_for_an_empty_one() {
        for answer in [
            json!({}),
            json!({"meta": {}}),
            json!([1, 2]),
            json!(null),
            json!("<html>"),
            json!({"data": null}),
            json!({"data": "none"}),
            json!({"data": [1, "two", null]}),
            json!({"data": {"name": "no id"}}),
            json!({"success": false}),
        ] {
            for operation in [&LIST_CUSTOMERS, &LIST_CUSTOMER_CONFIGS, &GET_CONFIG, &GET_WHATSAPP_DEPLOYMENT]
            {
                assert_eq!(page(operation, &answer, 1), None, "{} {answer}", operation.id);
            }
            assert!(!is_record(&answer), "{answer}");
        }
        // A list is no record.
        assert_eq!(page(&GET_CONFIG, &json!({"data": [{"id": "1"}]}), 1), None);
        assert!(is_record(&json!({"data": {"id": 7}})));
    }

    #[test]
    fn rows_that_are_no_records_are_left_out_of_a_list() {
        let answer = json!({"data": [1, {"id": "a"}, null, [], {"id": "b"}], "meta": {"total_pages": 1}});
        let rows = vec![json!({"id": "a"}), json!({"id": "b"})];
        assert_eq!(page(&LIST_CUSTOMERS, &answer, 1), Some((rows, false)));
    }

    #[test]
    fn a_record_that_was_shifted_to_the_next_page_stands_there_once() {
        let known = [json!({"id": "b"}), json!({"id": "a"})];
        let joined = joined(&known, vec![json!({"id": "a"}), json!({"id": 7}), json!({"name": "no id"})]);
        let ids: Vec<String> = joined.iter().map(|row| text(&row["id"])).collect();
        assert_eq!(ids, ["b", "a", "7", ""]);
    }

    #[test]
    fn a_very_long_list_is_joined_at_once() {
        let row = |id: usize| json!({ "id": id });
        let known: Vec<Json> = (0..100_000).map(row).collect();
        // Each of them compared with each other would take minutes.
        assert_eq!(joined(&known, (50_000..150_000).map(row).collect()).len(), 150_000);
    }

    #[test]
    fn a_search_finds_parts_of_names_and_ids() {
        let row = json!({"name": "Hotel Mirante", "id": "customer-9", "external_customer_id": null});
        let fits = |search| fits(&row, &["name", "id", "external_customer_id"], search);
        assert!(fits(" mirANTE ") && fits("R-9") && fits("  "));
        assert!(!fits("null") && !fits("north"));
    }

    fn config(id: &str, name: &str) -> Json {
        json!({"id": id, "name": name, "phone_number_id": "1", "business_account_id": "2", "webhook_verify_token": null})
    }

    #[test]
    fn a_creation_without_an_answer_is_found_by_what_was_asked_for() {
        let draft = Draft::from_json(
            &CREATE_WHATSAPP_CONFIG,
            &json!({"customer_id": "c", "whatsapp_config": {
                "name": "Desk ", "phone_number_id": "1", "business_account_id": "2", "access_token": "never told",
            }}),
        );
        let look = |before: Option<&[String]>, rows: &[Json], complete| {
            let asked = Asked { operation: &CREATE_WHATSAPP_CONFIG, draft: &draft, before };
            appeared(&asked, rows, complete, |row| json!({"whatsapp_config": row}))
        };
        let (old, none) = (["old".to_owned()], vec![]);
        let rows = [config("other", "Shop"), config("old", "Desk"), config("new", "Desk")];
        assert_eq!(look(Some(&old), &rows, true), Appeared::Made("new".into()));
        assert_eq!(look(Some(&old), &rows[..2], true), Appeared::NotMade);
        assert_eq!(look(Some(&old), &rows[..2], false), Appeared::Untold);
        assert_eq!(look(None, &rows, true), Appeared::Perhaps("old".into()));
        assert_eq!(look(None, &rows[..1], true), Appeared::NotMade);
        assert_eq!(look(None, &none, false), Appeared::Untold);
    }
}
