//! The ways out of a page that can be stopped: links to other places of the site, the browser's history,
//! and the tab's end. Whether anybody has to be asked is not decided here.

use super::page;
use js_sys::Function;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlAnchorElement, MouseEvent, Url};

/// A way out that was stopped.
pub enum Way {
    Link(HtmlAnchorElement),
    /// Back or forward in the browser's history.
    History,
}

/// Tells whether it stops the browser's step through the history, which has just been made.
type Traveller = Rc<dyn Fn() -> bool>;

thread_local! {
    /// One of each watch, in the order of their beginning.
    static TRAVELLERS: RefCell<Vec<Traveller>> = const { RefCell::new(Vec::new()) };
    /// Whether the next way out is let through: whoever was asked once is not asked by another watch.
    static PASSING: Cell<bool> = const { Cell::new(false) };
}

/// Listens to the browser's history for every watch. A window tells its listeners in the order in which
/// they came, so this has to run before the router starts to listen.
pub fn listen() {
    let travel = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let travellers = TRAVELLERS.with_borrow(Clone::clone);
        if !PASSING.take() && travellers.iter().any(|stops| stops()) {
            event.stop_immediate_propagation();
        }
    });
    // A window takes any listener. This one stays as long as the page does.
    drop(page::window().add_event_listener_with_callback("popstate", travel.as_ref().unchecked_ref()));
    travel.forget();
}

/// Stops them for as long as it is kept.
pub struct Watch {
    click: Closure<dyn Fn(MouseEvent)>,
    travel: Traveller,
    unload: Closure<dyn Fn(Event)>,
}

impl Watch {
    /// `stopped` learns which way was tried, `here` tells the path and query that are shown, and `asking`
    /// whether the person is being asked already. Where `steps`, another query is a step of the same page.
    /// The end of the tab is asked about by the browser itself.
    pub fn start(
        steps: bool,
        here: impl Fn() -> String + 'static,
        asking: impl Fn() -> bool + 'static,
        stopped: impl Fn(Way) + Clone + 'static,
    ) -> Watch {
        let click = Closure::<dyn Fn(MouseEvent)>::new({
            let stopped = stopped.clone();
            move |event: MouseEvent| {
                if let Some(link) = leads_away(&event, steps)
                    && !PASSING.get()
                {
                    event.prevent_default();
                    event.stop_immediate_propagation();
                    stopped(Way::Link(link));
                }
            }
        });
        let travel: Traveller = Rc::new(move || {
            let here = here();
            // What is behind a question does not move, not even from step to step.
            let stops =
                asking() || if steps { page::path() != path_of(&here) } else { page::place_shown() != here };
            if stops {
                // This page becomes the entry after the one that was reached, so that one step back leads
                // to where the person wanted to go, whichever direction that was.
                page::push(&here);
                page::keep_scrolled();
                stopped(Way::History);
            }
            stops
        });
        TRAVELLERS.with_borrow_mut(|travellers| travellers.push(travel.clone()));
        let unload = Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default());
        let watch = Watch { click, travel, unload };
        // Windows and documents take any listener, and let go of any.
        for (target, event, listener) in watch.listeners() {
            drop(target.add_event_listener_with_callback_and_bool(event, listener, CAPTURING));
        }
        watch
    }

    /// Whether anything else on the page is watched as well.
    pub fn is_one_of_several(&self) -> bool {
        TRAVELLERS.with_borrow(|travellers| travellers.len() > 1)
    }

    fn listeners(&self) -> [(EventTarget, &'static str, &Function); 2] {
        [
            (page::document().into(), "click", self.click.as_ref().unchecked_ref()),
            (page::window().into(), "beforeunload", self.unload.as_ref().unchecked_ref()),
        ]
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        TRAVELLERS.with_borrow_mut(|travellers| travellers.retain(|one| !Rc::ptr_eq(one, &self.travel)));
        for (target, event, listener) in self.listeners() {
            drop(target.remove_event_listener_with_callback_and_bool(event, listener, CAPTURING));
        }
    }
}

/// Goes a way that was stopped.
pub fn leave(way: Way) {
    PASSING.set(true);
    match way {
        Way::Link(link) => {
            link.click();
            PASSING.set(false);
        }
        // It fails for a page that is no longer shown. Where it led is told later, and let through.
        Way::History => drop(page::window().history().and_then(|history| history.back())),
    }
}

/// So that a click comes here before the router.
const CAPTURING: bool = true;

fn path_of(place: &str) -> &str {
    place.split(['?', '#']).next().unwrap_or_default()
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

/// The link of a click that would show a place of this site in this tab, and where it leads.
pub fn link_within(event: &MouseEvent) -> Option<(HtmlAnchorElement, Url)> {
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
    (url.origin() == page::origin()).then_some((link, url))
}

/// The link of a click that would show another place of this site in this tab.
fn leads_away(event: &MouseEvent, steps: bool) -> Option<HtmlAnchorElement> {
    let (link, url) = link_within(event)?;
    let away = if steps {
        url.pathname() != page::path()
    } else {
        url.pathname() + &url.search() != page::place_shown()
    };
    away.then_some(link)
}
