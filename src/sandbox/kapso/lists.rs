//! Kapso's lists: filters after the manner of Ransack, pages, and the `meta` beside them.

use super::{
    super::{ask::Ask, http::Answer, ids::digits_of},
    error,
};
use crate::catalogue::time;
use serde_json::{Value as Json, json};
use std::ops::Range;

/// The rows that the query asks for, of records in their documented order.
pub(super) fn answer(ask: &Ask, mut rows: Vec<Json>) -> Answer {
    for (name, value) in &ask.query {
        if matches!(name.as_str(), "page" | "per_page") || value.is_empty() {
            continue;
        }
        let (field, predicate) = match name.strip_prefix("q[").and_then(|rest| rest.strip_suffix(']')) {
            Some(inner) => inner.rsplit_once('_').unwrap_or((inner, "")),
            // Some lists take the plain name of a member for its value.
            None => (name.as_str(), "eq"),
        };
        let wanted = time::parse(value);
        if matches!(predicate, "gteq" | "lteq") && wanted.is_none() {
            return error(400, &format!("{name} is not a time."));
        }
        rows.retain(|row| fits(&row[field], predicate, value, field, wanted));
    }
    page(ask, rows.len(), |range| rows[range].to_vec())
}

fn fits(own: &Json, predicate: &str, value: &str, field: &str, wanted: Option<u64>) -> bool {
    let own = own.as_str().unwrap_or_default();
    let at = || time::parse(own);
    match predicate {
        // Formats of phone numbers differ between objects.
        "eq" if field == "phone_number" => digits_of(own) == digits_of(value),
        "eq" => own == value,
        "cont" => own.to_lowercase().contains(&value.to_lowercase()),
        "gteq" => at() >= wanted,
        "lteq" => at() <= wanted,
        // As Ransack does with a predicate that it does not know.
        _ => true,
    }
}

/// One page of `total` rows, of which only those are made that are on it.
pub(super) fn page(ask: &Ask, total: usize, rows: impl FnOnce(Range<usize>) -> Vec<Json>) -> Answer {
    // In 64 bits also where an index has 32: any page number may be asked for.
    let number = |name: &str, default: u64| ask.text(name).parse().unwrap_or(default).max(1);
    let (page, size) = (number("page", 1), number("per_page", 20).min(100));
    let index = |at: u64| usize::try_from(at).map_or(total, |at| at.min(total));
    let start = index((page - 1).saturating_mul(size));
    let end = index((page - 1).saturating_mul(size).saturating_add(size));
    let meta = json!({
        "page": page,
        "per_page": size,
        "total_pages": (total as u64).div_ceil(size),
        "total_count": total,
    });
    Answer::json(ask.operation.success, &json!({"data": rows(start..end), "meta": meta}))
}
