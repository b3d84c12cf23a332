//! Light or dark, and how dates and numbers are written.

use super::section::Section;
use crate::{
    browser::{locale, page},
    domain::language::{LANGUAGES, known},
    state::{Frame, theme::Theme},
};
use leptos::{ev, prelude::*};

#[component]
pub fn Appearance() -> impl IntoView {
    let theme = Frame::use_frame().theme;
    view! {
        <Section id="appearance" title="Appearance">
            <fieldset class="choices">
                <legend class="unseen">"Colours"</legend>
                {Theme::ALL.map(|one| view! {
                    <label class="switch">
                        <input type="radio" name="theme" value=one.id() prop:checked=move || theme.get() == one on:change=move |_| theme.choose(one)/>
                        {one.label()}
                    </label>
                }).collect_view()}
            </fieldset>
        </Section>
    }
}

/// A number that shows how thousands and fractions are parted.
const EXAMPLE: usize = 1_234_567;

#[component]
pub fn Language() -> impl IntoView {
    let frame = Frame::use_frame();
    let language = frame.language;
    let choose = move |event: ev::Event| {
        if !language.choose(known(&event_target_value(&event))) {
            frame
                .notices
                .tell("This browser does not let the page store anything, so it cannot keep this choice.");
        }
    };
    let options = LANGUAGES.iter().map(move |tag| {
        view! {
            <option value=*tag lang=*tag prop:selected=move || language.get() == Some(*tag)>
                {locale::language_name(tag)}" ("{*tag}")"
            </option>
        }
    });
    let example = move || {
        let now = page::now();
        let words = format!("{} · {}", locale::moment(now, true), locale::number(EXAMPLE));
        view! { <p class="example" lang=locale::language_tag() dir="auto"><bdi>{words}</bdi></p> }
    };
    view! {
        <Section id="language" title="Language of dates and numbers">
            <div class="field">
                <label for="language-choice">"Write dates, times and numbers as in"</label>
                <select id="language-choice" class="input" aria-describedby="language-note" on:change=choose>
                    <option value="" prop:selected=move || language.get().is_none()>"The language of this browser"</option>
                    {options.collect_view()}
                </select>
            </div>
            <p class="note">"For example:"</p>
            {example}
            <p class="note" id="language-note">"It holds for dates, times, numbers and the names of countries on every page. The words of this page are English."</p>
        </Section>
    }
}
