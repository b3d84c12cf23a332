//! The sides of a picture at an address, as the browser sees them when it shows it. Whether they are
//! what a provider takes is not known here.

use leptos::prelude::set_timeout;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

/// How long a picture may take to load.
const PATIENCE: Duration = Duration::from_secs(15);

/// Width and height in pixels; `None` where the browser could not load it, for whatever reason.
pub async fn sides(url: &str) -> Option<(u32, u32)> {
    let image = HtmlImageElement::new().ok()?;
    image.set_referrer_policy("no-referrer");
    image.set_src(url);
    let bell = js_sys::Promise::new(&mut |_, reject| {
        let ring = move || drop(reject.call0(&JsValue::UNDEFINED));
        set_timeout(ring, PATIENCE);
    });
    let first = js_sys::Promise::race(&js_sys::Array::of2(&image.decode(), &bell));
    JsFuture::from(first).await.ok()?;
    let sides = (image.natural_width(), image.natural_height());
    (sides.0 > 0 && sides.1 > 0).then_some(sides)
}
