//! Dates, times and regions as the reader writes them, by the browser's own tables. What time it is, and
//! how long something lasted, is not told here.

use js_sys::Date;
use std::{cell::RefCell, collections::HashMap};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type DisplayNames;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "DisplayNames")]
    fn new(locales: &JsValue, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;

    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locales: &JsValue, options: &JsValue) -> DateTimeFormat;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, date: &Date) -> String;
}

/// A moment as the reader writes it: the time today, the date before; in full on request.
pub fn moment(at: u64, full: bool) -> String {
    let date = date(at);
    let parts: &[(&'static str, &'static str)] = if full {
        &[("dateStyle", "full"), ("timeStyle", "medium")]
    } else if is_today(&date) {
        &[("timeStyle", "medium")]
    } else {
        &[("dateStyle", "medium"), ("timeStyle", "short")]
    };
    formatted(&date, parts)
}

fn date(at: u64) -> Date {
    Date::new(&JsValue::from_f64(at as f64))
}

fn is_today(date: &Date) -> bool {
    is_same_day(date, &Date::new_0())
}

fn is_same_day(a: &Date, b: &Date) -> bool {
    a.get_date() == b.get_date() && a.get_month() == b.get_month() && a.get_full_year() == b.get_full_year()
}

/// Whether two moments are on one day where the reader is.
pub fn same_day(a: u64, b: u64) -> bool {
    is_same_day(&date(a), &date(b))
}

/// Unix milliseconds as ISO 8601 in UTC.
pub fn iso(at: u64) -> String {
    Date::new(&JsValue::from_f64(at as f64)).to_iso_string().into()
}

/// The day of a moment as the reader writes it, such as `Tuesday, 17 November`; with its year unless
/// that is the present one.
pub fn day(at: u64) -> String {
    formatted_day(&date(at), &[("weekday", "long"), ("day", "numeric"), ("month", "long")])
}

/// The time of day of a moment as the reader writes it.
pub fn time(at: u64) -> String {
    formatted(&date(at), &[("hour", "numeric"), ("minute", "2-digit")])
}

/// A moment in few signs: the time of day today, the date before.
pub fn short_moment(at: u64) -> String {
    let date = date(at);
    if is_today(&date) { time(at) } else { formatted_day(&date, &[("day", "numeric"), ("month", "short")]) }
}

fn formatted_day(date: &Date, parts: &[(&'static str, &'static str)]) -> String {
    let this_year = date.get_full_year() == Date::new_0().get_full_year();
    let year = if this_year { &[][..] } else { &[("year", "numeric")] };
    formatted(date, &[parts, year].concat())
}

type Formats = HashMap<Vec<(&'static str, &'static str)>, DateTimeFormat>;

thread_local! {
    /// A browser takes its time to make one, and a conversation has many times.
    static FORMATS: RefCell<Formats> = RefCell::default();
}

fn formatted(date: &Date, parts: &[(&'static str, &'static str)]) -> String {
    let make = || {
        let options = js_sys::Object::new();
        for (part, form) in parts {
            // Setting a key of a plain object cannot fail.
            drop(js_sys::Reflect::set(&options, &(*part).into(), &(*form).into()));
        }
        DateTimeFormat::new(&JsValue::UNDEFINED, &options)
    };
    FORMATS.with_borrow_mut(|formats| formats.entry(parts.to_vec()).or_insert_with(make).format(date))
}

/// The name of a region such as `GB` in the reader's language; the region itself where it has none.
pub fn region_name(region: &str) -> String {
    let options = js_sys::Object::new();
    // Setting a key of a plain object cannot fail.
    drop(js_sys::Reflect::set(&options, &"type".into(), &"region".into()));
    DisplayNames::new(&JsValue::UNDEFINED, &options)
        .ok()
        .and_then(|names| names.of(region).ok())
        .and_then(|name| name.as_string())
        .unwrap_or_else(|| region.to_owned())
}

/// The beginning of a day in this place, from `2026-11-20`.
pub fn day_begins(day: &str) -> Option<u64> {
    // Without a time it would be read as a day in Greenwich.
    let at = js_sys::Date::parse(&format!("{day}T00:00"));
    at.is_finite().then_some(at as u64)
}
