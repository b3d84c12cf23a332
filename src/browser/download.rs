//! Files that the page makes and hands over, among them a QR code as a picture of pixels.
//! Nothing is sent anywhere here, and what is in a file is decided elsewhere.

use super::{file::FileUrl, page};
use crate::domain::share::{Qr, Run};
use js_sys::{Array, Function, Promise};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement};

/// How long the address of a download stays: some browsers read it only after the click.
const HANDED_OVER: Duration = Duration::from_secs(60);

/// A file of text, such as one of the kind `image/svg+xml`.
pub fn text_file(text: &str, kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()
}

/// Hands a file over under a name; tells whether the browser took it.
pub fn save(name: &str, file: &Blob) -> bool {
    let Some(url) = FileUrl::of(file) else { return false };
    let anchor = page::document().create_element("a").map(JsCast::dyn_into::<HtmlAnchorElement>);
    let Ok(Ok(anchor)) = anchor else { return false };
    anchor.set_href(url.text());
    anchor.set_download(name);
    anchor.click();
    leptos::prelude::set_timeout(move || drop(url), HANDED_OVER);
    true
}

/// A code as a PNG of so many pixels a side: whole pixels a module, the rest is margin.
pub async fn png(code: &Qr, pixels: u32) -> Option<Blob> {
    let canvas: HtmlCanvasElement = page::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(pixels);
    canvas.set_height(pixels);
    draw(&canvas, code, pixels)?;
    JsFuture::from(blob(&canvas)).await.ok()?.dyn_into().ok()
}

fn draw(canvas: &HtmlCanvasElement, code: &Qr, pixels: u32) -> Option<()> {
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let side = u32::try_from(code.side).ok()?;
    let module = (pixels / side).max(1);
    let margin = f64::from(pixels.saturating_sub(module * side) / 2);
    let place = |at: usize| at as f64 * f64::from(module);
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, f64::from(pixels), f64::from(pixels));
    context.set_fill_style_str("#000000");
    for Run { x, y, length } in code.runs() {
        context.fill_rect(margin + place(x), margin + place(y), place(length), f64::from(module));
    }
    Some(())
}

/// What the canvas shows as a file; null where the browser gives none.
fn blob(canvas: &HtmlCanvasElement) -> Promise {
    Promise::new(&mut |resolve: Function, _| {
        let give = {
            let resolve = resolve.clone();
            // Nobody is told whether a promise was kept.
            move |blob: JsValue| drop(resolve.call1(&JsValue::NULL, &blob))
        };
        let give = Closure::once_into_js(give);
        if canvas.to_blob(give.unchecked_ref()).is_err() {
            drop(resolve.call1(&JsValue::NULL, &JsValue::NULL));
        }
    })
}
