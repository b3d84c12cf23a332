//! A place as people have it: coordinates or the link of a map, pasted and read. No link is opened.

use super::Composing;
use crate::{
    domain::place::{self, PlaceProblem},
    ui::parts::Icon,
};
use leptos::prelude::*;

#[component]
pub fn PlaceField(composing: Composing) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<PlaceProblem>);
    let form = composing.form;
    let take = move |text: String| {
        match place::read(&text) {
            Ok(position) => {
                problem.set(None);
                form.set("message.latitude", position.latitude.to_string());
                form.set("message.longitude", position.longitude.to_string());
                if let Some(name) = position.name.filter(|_| form.text("message.location_name").is_empty()) {
                    form.set("message.location_name", name);
                }
            }
            Err(PlaceProblem::Empty) => problem.set(None),
            Err(other) => problem.set(Some(other)),
        }
        typed.set(text);
    };
    let bad = move || problem.with(|problem| problem.is_some());
    view! {
        <div class="field" class:bad=bad>
            <div class="field-head"><label for="place">"Coordinates or a map link"</label></div>
            <div class="help" id="place-help"><p>"Paste either; the fields below are filled in from it. No link is opened."</p></div>
            <input id="place" class="input" type="text" name="place" autocomplete="off" dir="auto" aria-describedby="place-help place-problems" aria-invalid=move || bad().then_some("true") prop:value=typed on:input=move |event| take(event_target_value(&event))/>
            <div class="problems" id="place-problems">
                {move || problem.get().map(|problem| view! { <p class="problem"><Icon name="cross"/><span>{problem.sentence()}</span></p> })}
            </div>
        </div>
    }
}
