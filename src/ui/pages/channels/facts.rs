//! What is known of a record, name by name; ids can be copied.

use crate::{browser::locale, catalogue::time, ui::parts::Copy};
use leptos::prelude::*;
use serde_json::Value as Json;

/// An id, with the button that copies it.
pub fn id(name: &'static str, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| {
        let label = format!("Copy the {}", lower(name));
        view! { <dt>{name}</dt><dd class="channel-id"><code>{value.clone()}</code><Copy text=Signal::stored(value) label/></dd> }
            .into_any()
    })
}

/// Words, which may run in any direction.
pub fn words(name: &'static str, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd dir="auto">{value}</dd> }.into_any())
}

/// A moment, in the reader's own way.
pub fn moment(name: &'static str, value: &Json) -> Option<AnyView> {
    let at = time::parse(value.as_str()?)?;
    let (iso, full) = (locale::iso(at), locale::moment(at, true));
    Some(
        view! { <dt>{name}</dt><dd><time datetime=iso title=full.clone()>{full.clone()}</time></dd> }
            .into_any(),
    )
}

/// The first letter small, but for abbreviations.
fn lower(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(_), Some(second)) if second.is_uppercase() => name.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(chars).collect(),
        (None, _) => String::new(),
    }
}
