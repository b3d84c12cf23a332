//! Go anywhere: one field that leads to every place, number, conversation, request and action.

mod entries;

use crate::{
    browser::{leaving, locale, page},
    state::App,
    ui::parts::{Dialog, Icon},
};
use entries::{Entry, Go, Kind};
use leptos::{ev, html, prelude::*, task::spawn_local};

/// More than these of a kind are not looked through by anybody.
const MOST: usize = 8;

/// The shortcut, as the button that opens it says.
pub const KEYS: &str = "Ctrl+K";

/// Tells whether a key press is the shortcut.
pub fn is_shortcut(event: &ev::KeyboardEvent) -> bool {
    let with = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    with && event.key().eq_ignore_ascii_case("k") && !event.is_composing()
}

#[component]
pub fn Finder(open: RwSignal<bool>) -> impl IntoView {
    let shortcut = window_event_listener(ev::keydown, move |event| {
        if is_shortcut(&event) {
            event.prevent_default();
            // A question that waits for its answer is not covered by another window.
            if open.get_untracked() || !page::has_dialog() {
                open.update(|open| *open = !*open);
            }
        }
    });
    on_cleanup(move || shortcut.remove());
    view! {
        <Dialog id="finder" title="Go to" open class="finder">
            <Show when=move || open.get()><Search open/></Show>
        </Dialog>
    }
}

#[component]
fn Search(open: RwSignal<bool>) -> impl IntoView {
    let app = App::use_app();
    entries::read(app);
    let typed = RwSignal::new(String::new());
    let all = Memo::new(move |_| entries::all(app));
    let found = Memo::new(move |_| all.with(|all| typed.with(|typed| found(all, typed))));
    // The chosen one, counted through all groups.
    let at = RwSignal::new(0_usize);
    let last = move || found.with(|found| found.len().saturating_sub(1));
    let chosen = Memo::new(move |_| at.get().min(last()));
    let go = move |entry: &Entry| {
        open.set(false);
        match entry.go.clone() {
            Go::Place(place) => leaving::go(&place),
            Go::Act(act) => act.run(app),
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let to = match event.key().as_str() {
            "ArrowDown" if chosen.get_untracked() < untrack(last) => chosen.get_untracked() + 1,
            "ArrowUp" => chosen.get_untracked().saturating_sub(1),
            "ArrowDown" => chosen.get_untracked(),
            "Enter" => {
                event.prevent_default();
                let entry = found.with_untracked(|found| found.get(chosen.get_untracked()).cloned());
                return entry.iter().for_each(go);
            }
            _ => return,
        };
        event.prevent_default();
        at.set(to);
        page::reveal_soon(".finder [aria-selected='true']");
    };
    let field: NodeRef<html::Input> = NodeRef::new();
    field.on_load(|field| spawn_local(async move { drop(field.focus()) }));
    let groups = move || {
        let mut row = 0;
        found.with(|found| {
            let of_kind = |kind: Kind| {
                let rows: Vec<(usize, Entry)> = found
                    .iter()
                    .filter(|entry| entry.kind == kind)
                    .map(|entry| {
                        row += 1;
                        (row - 1, entry.clone())
                    })
                    .collect();
                (!rows.is_empty()).then(|| view! { <Group kind rows chosen go/> })
            };
            Kind::ALL.map(of_kind).into_iter().flatten().collect_view()
        })
    };
    let selected = move || found.with(|found| !found.is_empty()).then(|| option_id(chosen.get()));
    let count = move || match found.with(Vec::len) {
        0 => "Nothing fits.".to_owned(),
        count => locale::counted(count, "result", "results"),
    };
    view! {
        <div class="finder-field">
            <Icon name="search"/>
            <input
                class="input" type="text" role="combobox" autocomplete="off" spellcheck="false"
                aria-label="A place, number, contact, request or action" placeholder="Place, number, contact, request or action"
                aria-expanded="true" aria-autocomplete="list" aria-controls="finder-list" aria-activedescendant=selected
                node_ref=field
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=keys
            />
            <button type="button" class="icon-button" aria-label="Close" on:click=move |_| open.set(false)><Icon name="close"/></button>
        </div>
        <div id="finder-list" class="finder-list" role="listbox" aria-labelledby="finder">{groups}</div>
        <p class="unseen" role="status">{count}</p>
        <Show when=move || found.with(Vec::is_empty)>
            <p class="empty">"Nothing here is called “"{typed}"”. Contacts are found once their conversation was listed in the inbox."</p>
        </Show>
    }
}

#[component]
fn Group(
    kind: Kind,
    rows: Vec<(usize, Entry)>,
    chosen: Memo<usize>,
    go: impl Fn(&Entry) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let row = move |(at, entry): (usize, Entry)| {
        let selected = move || if chosen.get() == at { "true" } else { "false" };
        let (title, detail, icon) = (entry.title.clone(), entry.detail.clone(), entry.icon());
        view! {
            <div class="finder-row" role="option" id=option_id(at) aria-selected=selected on:click=move |_| go(&entry)>
                <Icon name=icon/>
                <bdi class="finder-title">{title}</bdi>
                <span class="note">{detail}</span>
            </div>
        }
    };
    let heading = format!("finder-{}", kind.id());
    view! {
        <div role="group" aria-labelledby=heading.clone()>
            <p class="finder-kind" id=heading.clone() role="presentation">{kind.label()}</p>
            {rows.into_iter().map(row).collect_view()}
        </div>
    }
}

fn option_id(at: usize) -> String {
    format!("finder-option-{at}")
}

/// What fits, in the order of the kinds and of each kind the best first.
fn found(all: &[Entry], typed: &str) -> Vec<Entry> {
    let of_kind = |kind: Kind| {
        let entries = all.iter().filter(move |entry| entry.kind == kind);
        let mut fitting: Vec<(u32, &Entry)> =
            entries.filter_map(|entry| Some((entry.fit(typed)?, entry))).collect();
        // What is as good stays in the order it came in.
        fitting.sort_by_key(|(cost, _)| *cost);
        let most = if typed.trim().is_empty() { kind.unasked() } else { MOST };
        fitting.into_iter().take(most).map(|(_, entry)| entry.clone()).collect::<Vec<_>>()
    };
    Kind::ALL.into_iter().flat_map(of_kind).collect()
}
