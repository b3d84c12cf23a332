//! A file that comes from elsewhere: chosen or dropped, checked, shown with what it would do, and taken on the
//! person's word.

use super::Choice;
use crate::{
    browser::{focus, locale},
    domain::{archive::LeftOut, holding::Kind},
    state::{
        App,
        archive::{self, Review},
    },
    ui::parts::{FileDrop, Icon},
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;
use web_sys::FileList;

/// Where the import stands.
#[derive(Clone, Copy)]
struct Desk {
    /// The file that was checked.
    review: StoredValue<Option<Review>, LocalStorage>,
    /// Counts up with every file, so that one that is chosen while another is read takes its place.
    turn: RwSignal<u32>,
    /// Whether the review is that of the newest file.
    ready: RwSignal<bool>,
    /// How it goes on, in words.
    said: RwSignal<String>,
    /// Why nothing was imported.
    refused: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Desk {
    fn new() -> Desk {
        Desk {
            review: StoredValue::new_local(None),
            turn: RwSignal::new(0),
            ready: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Puts the desk in order for another file; answers its turn.
    fn clear(self) -> u32 {
        self.ready.set(false);
        self.review.set_value(None);
        self.refused.set(None);
        self.said.set(String::new());
        self.turn.update(|turn| *turn += 1);
        self.turn.get_untracked()
    }

    /// Reads and checks a file.
    fn examine(self, app: App, files: Option<FileList>) {
        if self.busy.get_untracked() {
            return;
        }
        let turn = self.clear();
        let current = move || self.turn.try_get_untracked() == Some(turn);
        let told = move |part: f64| {
            if current() {
                self.said.set(format!("Checking the file… {} %", locale::number((part * 100.0) as usize)));
            }
        };
        spawn_local(async move {
            let examined = archive::examine(app, files, told).await;
            if !current() {
                return;
            }
            self.said.set(String::new());
            match examined {
                Ok(review) => {
                    self.review.set_value(Some(review));
                    self.ready.set(true);
                    focus::soon("#import-review h4".into());
                }
                Err(why) => self.refused.set(Some(why)),
            }
        });
    }

    /// Takes the file; the page begins anew where that went well.
    fn take(self, app: App, kinds: BTreeSet<Kind>) {
        let Some(review) = self.review.get_value().filter(|_| !self.busy.get_untracked()) else { return };
        self.busy.set(true);
        self.refused.set(None);
        self.said.set("Importing… Do not close this page.".into());
        let told = move |entries: usize| {
            self.said
                .try_set(format!("Importing… {} entries. Do not close this page.", locale::number(entries)));
        };
        spawn_local(async move {
            if let Err(why) = archive::take(app, &review, &kinds, told).await {
                self.said.try_set(String::new());
                self.refused.try_set(Some(why));
                self.busy.try_set(false);
            }
        });
    }
}

#[component]
pub fn Import() -> impl IntoView {
    let app = App::use_app();
    let desk = Desk::new();
    let take = Callback::new(move |files: Option<FileList>| desk.examine(app, files));
    let invalid = Signal::derive(move || desk.refused.with(Option::is_some).then_some("true"));
    view! {
        <div class="half" id="import">
            <h3>"Import"</h3>
            <FileDrop id="import-file" label="File of an export" help="It is read and checked wholly before anything is changed." accept=".json,application/json"
                describes="import-problem" invalid take/>
            <Show when=move || desk.ready.get()><Reviewed desk/></Show>
            <p role="status" class="note">{desk.said}</p>
            <p class="problem" id="import-problem" role="alert">{move || desk.refused.get().map(|why| view! { <Icon name="cross"/>{why} })}</p>
        </div>
    }
}

/// What a file holds and would do, and the question.
#[component]
fn Reviewed(desk: Desk) -> impl IntoView {
    let app = App::use_app();
    let Some(review) = desk.review.get_value() else { return ().into_any() };
    let wanted: RwSignal<BTreeSet<Kind>> =
        RwSignal::new(review.kinds.iter().map(|(kind, _)| *kind).collect());
    let at = review.made;
    let made =
        move || at.map_or_else(|| "at a time that is not known".to_owned(), |at| locale::moment(at, true));
    let kinds = {
        let (kinds, messages) = (review.kinds.clone(), review.messages);
        Signal::derive(move || {
            kinds.iter().map(|(kind, count)| (*kind, beside(*kind, *count, messages))).collect::<Vec<_>>()
        })
    };
    let nothing = review.kinds.is_empty();
    let cancel = move |_| {
        desk.clear();
        focus::soon("#import-file".into());
    };
    let off = move || (desk.busy.get() || wanted.with(BTreeSet::is_empty)).then_some("true");
    let import = move |_| {
        if untrack(off).is_none() {
            desk.take(app, wanted.get_untracked());
        }
    };
    let action = if review.from.is_some() { "Import it all the same" } else { "Import" };
    view! {
        <div class="review" id="import-review">
            <h4 tabindex="-1">"What is in this file"</h4>
            <p class="note">"Made "{made}" by version "{review.product()}"."</p>
            <Told review=review.clone()/>
            {if nothing {
                view! { <p>"There is nothing in it that could be imported here."</p> }.into_any()
            } else {
                view! { <Choice name="import-kind" legend="What is imported" kinds wanted/> }.into_any()
            }}
            <div class="foot">
                {(!nothing).then(|| view! { <button type="button" class="primary" aria-disabled=off on:click=import>{action}</button> })}
                <button type="button" disabled=move || desk.busy.get() on:click=cancel>"Do not import"</button>
            </div>
        </div>
    }
    .into_any()
}

fn beside(kind: Kind, count: usize, messages: usize) -> String {
    let mut words = locale::number(count);
    if kind == Kind::Conversations {
        words += &format!(", with {} messages", locale::number(messages));
    }
    format!("{words} in the file. {}", kind.joins())
}

/// Connections and settings that are left out and named; a file may have any number.
const NAMED: usize = 20;

/// What else a person has to know before the file is taken.
#[component]
fn Told(review: Review) -> impl IntoView {
    let from = review.from.clone().map(|origin| {
        let warning = format!(
            "This file was made on another site, {origin}. Import it only if you know where it comes from: it brings connections, and drafts that look like your own."
        );
        view! { <p class="warning"><Icon name="alert"/><span>{warning}</span></p> }
    });
    let more = review.left_out.len().saturating_sub(NAMED);
    let left_out = review.left_out.into_iter().take(NAMED).map(|(what, why)| {
        let (what, name) = match what {
            LeftOut::Connection(label) => ("connection", label),
            LeftOut::Setting(name) => ("setting", archive::label(&name).map(str::to_owned).unwrap_or(name)),
        };
        view! { <li>"The "{what}" “"<bdi>{name}</bdi>"” is left out. "{why}</li> }
    });
    let more = (more > 0).then(|| {
        let (one, many) =
            ("more connection or setting is left out.", "more connections or settings are left out.");
        view! { <li>{move || locale::counted(more, one, many)}</li> }
    });
    let relative = review.relative.into_iter().map(|label| {
        view! { <li>"The connection “"<bdi>{label}</bdi>"” has a path as its address, which leads to this site from here on."</li> }
    });
    let changes = (!review.changes.is_empty())
        .then(|| view! { <li>{format!("These settings change: {}.", review.changes.join(", "))}</li> });
    let bare = review.bare.then(
        || view! { <li>"Messages of customers are left out, because none are kept on this device."</li> },
    );
    view! {
        {from}
        <ul class="told">{left_out.collect_view()}{more}{relative.collect_view()}{changes}{bare}</ul>
    }
}
