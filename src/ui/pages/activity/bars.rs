//! Bars over time, each of three layers that differ in pattern as well as in colour. Every bar with
//! anything in it is a link to its own time; of all of them one is in the order of the Tab key, and the
//! arrow keys lead to the others.

use super::{desk::link, times};
use crate::{
    browser::{focus, locale},
    domain::activity::{
        filter::Filter,
        requests::{Requests, Step, Stretch},
        scale,
    },
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Pixels.
const HEIGHT: f64 = 140.0;
/// Words below the bars, at most.
const WORDS: usize = 6;
/// The part of its place that a bar takes, and percent of the drawing that it takes at most.
const WIDTH: f64 = 0.78;
const WIDEST: f64 = 10.0;

/// Layers from the foot of a bar, by class and by name.
const LAYERS: [(&str, &str); 3] =
    [("good", "Succeeded"), ("failed", "Refused or failed"), ("unknown", "Outcome not known")];

/// What the patterns mean.
#[component]
pub fn Key() -> impl IntoView {
    let one = |(class, name): (&'static str, &'static str)| {
        view! { <li><svg class="swatch" aria-hidden="true" focusable="false"><rect class=class width="14" height="14"></rect></svg>{name}</li> }
    };
    view! { <ul class="chart-key">{LAYERS.map(one).collect_view()}</ul> }
}

#[component]
pub fn Bars(
    requests: Memo<Requests>,
    /// What a bar narrows to its own time.
    filter: Memo<Filter>,
) -> impl IntoView {
    let ticks = Memo::new(move |_| scale::ticks(requests.with(Requests::most)));
    let top = move || ticks.with(|ticks| ticks.last().copied().unwrap_or(1));
    let up = move |count: u32| f64::from(count) / f64::from(top()) * HEIGHT;
    let figure = move |tick| view! { <span style:bottom=format!("{}px", up(tick))>{locale::number(tick as usize)}</span> };
    let line = move |tick| {
        let y = HEIGHT - up(tick);
        view! { <line class="grid" x1="0" x2="100%" y1=y y2=y></line> }
    };
    let drawn =
        move || requests.with(|requests| requests.stretches().map(|one| bar(one, top())).collect_view());
    let words = move || {
        requests.with(|requests| {
            let step = requests.buckets.step;
            requests.stretches().filter_map(|one| word(one, step)).collect_view()
        })
    };
    view! {
        <div class="bars">
            <div class="axis figures" style:height=format!("{HEIGHT}px") aria-hidden="true">{move || ticks.get().into_iter().map(figure).collect_view()}</div>
            <div class="plot" style:height=format!("{HEIGHT}px")>
                <svg class="drawing" aria-hidden="true" focusable="false">
                    <Patterns/>
                    {move || ticks.get().into_iter().map(line).collect_view()}
                    {drawn}
                </svg>
                <Links requests filter/>
            </div>
            <div class="bar-marks" aria-hidden="true">{words}</div>
        </div>
    }
}

/// The patterns of two layers; the first is plain.
#[component]
fn Patterns() -> impl IntoView {
    view! {
        <defs>
            <pattern id="chart-failed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="paper" width="6" height="6"></rect>
                <rect class="stripe" width="3" height="6"></rect>
            </pattern>
            <pattern id="chart-unknown" width="5" height="5" patternUnits="userSpaceOnUse">
                <rect class="paper" width="5" height="5"></rect>
                <circle class="dot" cx="2.5" cy="2.5" r="1.4"></circle>
            </pattern>
        </defs>
    }
}

/// How far a stretch is from the left, and how wide it is; in percent.
fn place(one: Stretch) -> (f64, f64) {
    let width = 100.0 / one.of as f64;
    (width * one.at as f64, width)
}

fn percent(of: f64) -> String {
    format!("{of:.3}%")
}

fn bar(one: Stretch, top: u32) -> impl IntoView {
    let (left, width) = place(one);
    let wide = (width * WIDTH).min(WIDEST);
    let (x, width) = (percent(left + (width - wide) / 2.0), percent(wide));
    let mut below = HEIGHT;
    let heights = scale::heights(one.tally.layers(), top, HEIGHT);
    let layers = LAYERS.into_iter().zip(heights).filter(|(_, height)| *height > 0.0);
    let layer = move |((class, _), height)| {
        below -= height;
        view! { <rect class=class x=x.clone() y=below width=width.clone() height=height></rect> }
    };
    layers.map(layer).collect_view()
}

fn word(one: Stretch, step: Step) -> Option<impl IntoView> {
    let every = scale::every(one.of, WORDS);
    let has_room = one.at == 0 || one.at.is_multiple_of(every) && one.at + every <= one.of;
    // On narrow screens every second one goes.
    let minor = (one.at / every) % 2 == 1;
    let (left, width) = place(one);
    // A few bars are narrower than their places, and stand in the middle.
    let few = one.of <= WORDS;
    let left = if few { left + width / 2.0 } else { left };
    has_room.then(|| {
        view! { <span class:minor=minor class:centred=few style:left=percent(left)>{times::mark(one.from, step)}</span> }
    })
}

/// What a bar says: its time, and what is in it.
fn said(one: Stretch) -> String {
    let [_, failed, unknown] = one.tally.layers();
    let when = times::stretch(one.from, one.until);
    let mut text = format!("{when}: {}", locale::counted(one.tally.all() as usize, "request", "requests"));
    for (count, what) in [(failed, "refused or failed"), (unknown, "not known")] {
        if count > 0 {
            text += &format!(", {} {what}", locale::number(count as usize));
        }
    }
    text
}

#[component]
fn Links(requests: Memo<Requests>, filter: Memo<Filter>) -> impl IntoView {
    let filled = Memo::new(move |_| {
        requests.with(|requests| requests.stretches().filter(|one| one.tally.all() > 0).collect::<Vec<_>>())
    });
    // The beginning of the bar that had the focus last.
    let looked = RwSignal::new(None);
    // The one that the Tab key leads to: at first the newest, for that is what most people look for.
    let stop = Memo::new(move |_| {
        filled.with(|filled| {
            let looked = filled.iter().find(|one| looked.get() == Some(one.from));
            looked.or(filled.last()).map(|one| one.from)
        })
    });
    let link = move |one: Stretch| {
        let (left, width) = place(one);
        let to = move || link(&filter.get().within(one.from, one.until));
        let tabindex = move || if stop.get() == Some(one.from) { "0" } else { "-1" };
        view! {
            <a class="bar" href=to data-noscroll="" tabindex=tabindex title=said(one) aria-label=said(one) style:left=percent(left) style:width=percent(width) on:focus=move |_| looked.set(Some(one.from))></a>
        }
    };
    // The bar goes when its time is looked at: the focus stays with the chart.
    let chosen = |_| focus::soon("#asked-heading".into());
    view! {
        <div class="bar-links" role="group" aria-label="Requests over time. Arrow keys lead from bar to bar, Enter shows only its time." on:keydown=rove on:click=chosen>
            <For each=move || filled.get() key=|one| *one children=link/>
        </div>
    }
}

/// Leads the focus to the bar before or after, or to the first or the last.
fn rove(event: ev::KeyboardEvent) {
    let Some(here) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let Some(all) = here.parent_element() else { return };
    let to = match event.key().as_str() {
        "ArrowLeft" => here.previous_element_sibling(),
        "ArrowRight" => here.next_element_sibling(),
        "Home" => all.first_element_child(),
        "End" => all.last_element_child(),
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
        // A link that is drawn takes the focus.
        drop(to.focus());
    }
}
