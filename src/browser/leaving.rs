//! The ways out of a page that can be stopped: links to other places of the site, and the tab's end.
//! Whether anybody has to be asked is not decided here.

use super::page;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent, Url};

/// Stops them for as long as it is kept.
pub struct Watch {
    click: Closure<dyn Fn(MouseEvent)>,
    unload: Closure<dyn Fn(Event)>,
}

impl Watch {
    /// `stopped` learns which link was pressed. The end of the tab is asked about by the browser itself.
    pub fn start(stopped: impl Fn(HtmlAnchorElement) + 'static) -> Watch {
        let click = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
            if let Some(link) = leads_away(&event) {
                event.prevent_default();
                event.stop_immediate_propagation();
                stopped(link);
            }
        });
        let unload = Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default());
        // Capturing, so that it comes before the router. Documents and windows take any listener.
        drop(page::document().add_event_listener_with_callback_and_bool(
            "click",
            click.as_ref().unchecked_ref(),
            true,
        ));
        drop(
            page::window().add_event_listener_with_callback("beforeunload", unload.as_ref().unchecked_ref()),
        );
        Watch { click, unload }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(page::document().remove_event_listener_with_callback_and_bool(
            "click",
            self.click.as_ref().unchecked_ref(),
            true,
        ));
        drop(
            page::window()
                .remove_event_listener_with_callback("beforeunload", self.unload.as_ref().unchecked_ref()),
        );
    }
}

/// Goes to a place as a link would, so that whoever asks before a page is left is asked.
pub fn go(place: &str) {
    const WAY: &str = "way-of-a-button";
    let existing = page::document().get_element_by_id(WAY).and_then(|link| link.dyn_into().ok());
    let made = || page::document().create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok();
    let Some(link) = existing.or_else(made) else { return };
    link.set_id(WAY);
    link.set_hidden(true);
    link.set_href(place);
    // A body takes any element; the link stays there, for it may be pressed again after the question.
    drop(page::body().append_child(&link));
    link.click();
}

/// The link of a click that would show another place of this site in this tab.
fn leads_away(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let elsewhere = !matches!(link.target().as_str(), "" | "_self") || link.has_attribute("download");
    // An anchor in the page resolves against the site's base address, which is another path.
    let in_page = link.get_attribute("href").is_none_or(|href| href.starts_with('#'));
    if elsewhere || in_page {
        return None;
    }
    let url = Url::new(&link.href()).ok()?;
    let here = page::window().location().pathname().ok()?;
    (url.origin() == page::origin() && url.pathname() != here).then_some(link)
}
