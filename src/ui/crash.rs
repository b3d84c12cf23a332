//! What is left when the console has failed: a plain panel that says what was kept and reloads. It is
//! built from the document alone, because nothing else can be trusted to work any more.

use crate::browser::page;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Element;

/// Makes a panic show the panel. The message goes to the console for whoever is asked for help.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // When even this fails there is nothing left to try.
        drop(show());
    }));
}

fn show() -> Result<(), JsValue> {
    let document = page::document();
    let part = |tag: &str, text: &str| -> Result<Element, JsValue> {
        let element = document.create_element(tag)?;
        element.set_text_content(Some(text));
        Ok(element)
    };
    let panel = part("main", "")?;
    panel.set_class_name("crash");
    panel.set_attribute("role", "alert")?;
    let button = part("button", "Reload the page")?;
    button.set_attribute("type", "button")?;
    let reload = Closure::once_into_js(page::reload);
    button.add_event_listener_with_callback("click", reload.unchecked_ref())?;
    panel.append_child(part("h1", "Switchboard has stopped")?.as_ref())?;
    panel.append_child(
        part("p", "Something went wrong in this page. What this browser could store is kept: your drafts, the history of calls and your connections. Keys and codes were only in memory and have to be entered again.")?.as_ref(),
    )?;
    panel.append_child(
        part("p", "If a request was on its way, it may have been carried out: look at Activity before you send it again.")?.as_ref(),
    )?;
    panel.append_child(button.as_ref())?;
    let Some(body) = document.body() else { return Ok(()) };
    body.replace_children_with_node_1(panel.as_ref());
    Ok(())
}
