//! Dates, times, numbers and regions as the reader writes them, by the browser's own tables, in the browser's
//! language or a chosen one. What is drawn with any of it is drawn anew when another language is chosen. What time it
//! is, how long something lasted, and who chooses is not told here.

use js_sys::Date;
use leptos::{
    prelude::{ArcRwSignal, Get, GetUntracked, Set},
    reactive::graph::Observer,
};
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

    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "NumberFormat")]
    fn new(locales: &JsValue, options: &JsValue) -> NumberFormat;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;
}

thread_local! {
    /// The tag of the language that was chosen; the browser's own without one.
    static CHOSEN: ArcRwSignal<Option<&'static str>> = ArcRwSignal::new(None);
}

/// Writes in a language from here on, given by a tag that every browser understands.
pub fn choose(tag: Option<&'static str>) {
    // They were made for the language before.
    FORMATS.with_borrow_mut(HashMap::clear);
    NUMBERS.with_borrow_mut(HashMap::clear);
    CHOSEN.with(|chosen| chosen.set(tag));
}

/// The tag of the language that was chosen. Every format asks for it, so whatever draws with one follows the choice.
pub fn chosen() -> Option<&'static str> {
    // Much is also written where nothing is drawn, such as the name of a file.
    let follows = Observer::get().is_some();
    CHOSEN.with(|chosen| if follows { chosen.get() } else { chosen.get_untracked() })
}

/// What the tables of the browser are asked for.
fn language() -> JsValue {
    chosen().map_or(JsValue::UNDEFINED, JsValue::from_str)
}

/// The language that is written in, chosen or not, as an attribute of the page names it.
pub fn language_tag() -> String {
    let own = || super::page::window().navigator().language().unwrap_or_default();
    chosen().map_or_else(own, str::to_owned)
}

/// A moment as the reader writes it: the time today, the date before; in full on request.
pub fn moment(at: u64, full: bool) -> String {
    let date = date(at);
    let parts: &[Part] = if full {
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

/// Milliseconds by which the reader's clock is ahead of UTC at a moment.
pub fn offset(at: u64) -> i64 {
    -(date(at).get_timezone_offset() * 60_000.0) as i64
}

/// The date of a moment in few signs, such as `17 Nov`; with its year unless that is the present one.
pub fn short_day(at: u64) -> String {
    formatted_day(&date(at), &[("day", "numeric"), ("month", "short")])
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
    formatted(&date(at), &[("timeStyle", "short")])
}

/// A moment in few signs: the time of day today, the date before.
pub fn short_moment(at: u64) -> String {
    let date = date(at);
    if is_today(&date) { time(at) } else { formatted_day(&date, &[("day", "numeric"), ("month", "short")]) }
}

fn formatted_day(date: &Date, parts: &[Part]) -> String {
    let this_year = date.get_full_year() == Date::new_0().get_full_year();
    let year = if this_year { &[][..] } else { &[("year", "numeric")] };
    formatted(date, &[parts, year].concat())
}

/// An option of a format: its name and its value.
type Part = (&'static str, &'static str);
type Formats<F> = HashMap<Vec<Part>, F>;

thread_local! {
    /// A browser takes its time to make one, and a conversation has many times.
    static FORMATS: RefCell<Formats<DateTimeFormat>> = RefCell::default();
    static NUMBERS: RefCell<Formats<NumberFormat>> = RefCell::default();
}

/// Options of a format, from names and values.
fn options(parts: &[Part]) -> js_sys::Object {
    let options = js_sys::Object::new();
    for (part, form) in parts {
        // Setting a key of a plain object cannot fail.
        drop(js_sys::Reflect::set(&options, &(*part).into(), &(*form).into()));
    }
    options
}

fn formatted(date: &Date, parts: &[Part]) -> String {
    let language = language();
    let make = || DateTimeFormat::new(&language, &options(parts));
    FORMATS.with_borrow_mut(|formats| formats.entry(parts.to_vec()).or_insert_with(make).format(date))
}

/// A number as the reader writes it, such as `12,345` or `12.345`.
pub fn number(number: usize) -> String {
    written(number as f64, &[])
}

/// A number with so many digits of its fraction, two at the most, such as `1.24` or `1,24`.
pub fn decimal(number: f64, digits: usize) -> String {
    let digits = ["0", "1", "2"][digits.min(2)];
    written(number, &[("minimumFractionDigits", digits), ("maximumFractionDigits", digits)])
}

/// So many of something: `1 person`, `1,200 people`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// A size in bytes as the reader writes it, such as `1.2 MB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["byte", "kilobyte", "megabyte", "gigabyte"];
    let (mut size, mut unit) = (bytes as f64, 0);
    while size >= 1_000.0 && unit + 1 < UNITS.len() {
        size /= 1_000.0;
        unit += 1;
    }
    let digits = if unit > 0 && size < 10.0 { "1" } else { "0" };
    let parts = [
        ("style", "unit"),
        ("unit", UNITS[unit]),
        ("unitDisplay", if unit == 0 { "long" } else { "short" }),
        ("maximumFractionDigits", digits),
    ];
    written(size, &parts)
}

fn written(number: f64, parts: &[Part]) -> String {
    let language = language();
    let make = || NumberFormat::new(&language, &options(parts));
    NUMBERS.with_borrow_mut(|numbers| numbers.entry(parts.to_vec()).or_insert_with(make).format(number))
}

/// The name of a region such as `GB` in the reader's language; the region itself where it has none.
pub fn region_name(region: &str) -> String {
    name(&language(), "region", region)
}

/// The name of a language such as `pt-BR` in that language itself.
pub fn language_name(tag: &str) -> String {
    name(&tag.into(), "language", tag)
}

fn name(language: &JsValue, kind: &'static str, code: &str) -> String {
    DisplayNames::new(language, &options(&[("type", kind)]))
        .ok()
        .and_then(|names| names.of(code).ok())
        .and_then(|name| name.as_string())
        .unwrap_or_else(|| code.to_owned())
}

/// The beginning of a day in this place, from `2026-11-20`.
pub fn day_begins(day: &str) -> Option<u64> {
    // Without a time it would be read as a day in Greenwich.
    let at = js_sys::Date::parse(&format!("{day}T00:00"));
    at.is_finite().then_some(at as u64)
}
