//! The call as it will be sent, as JSON and as a command; computed from the very value that leaves.

use crate::{
    browser::{focus, page},
    catalogue::{
        curl::{self, Shell},
        preview::{self, Line},
        problem::Problem,
    },
    domain::connection::{Connection, Credential, Home},
    ui::{form::Form, parts::Copy},
};
use leptos::{ev, prelude::*};

#[derive(Clone, Copy, PartialEq)]
enum Tab {
    Json,
    Command(Shell),
}

impl Tab {
    fn all() -> Vec<Tab> {
        std::iter::once(Tab::Json).chain(Shell::ALL.into_iter().map(Tab::Command)).collect()
    }

    fn label(self) -> &'static str {
        match self {
            Tab::Json => "JSON",
            Tab::Command(shell) => shell.label(),
        }
    }

    fn id(self) -> &'static str {
        match self {
            Tab::Json => "json",
            Tab::Command(shell) => shell.id(),
        }
    }
}

#[component]
pub fn Preview(form: Form, connection: Connection) -> impl IntoView {
    let tab = RwSignal::new(Tab::Json);
    let base = base(&connection);
    let line = {
        let base = base.clone();
        move || {
            form.reading
                .with(|reading| format!("{} {}", form.operation.method.name(), reading.sketch().url(&base)))
        }
    };
    let command = {
        let scheme = (connection.credential != Credential::Relay).then(|| connection.scheme());
        move || match tab.get() {
            Tab::Command(shell) => {
                form.reading.with(|reading| curl::command(reading.sketch(), &base, scheme, shell))
            }
            Tab::Json => json_text(form),
        }
    };
    let text = Signal::derive(command.clone());
    let body = move || match tab.get() {
        Tab::Json => view! { <Body form/> }.into_any(),
        Tab::Command(_) => {
            view! { <pre class="code" tabindex="0" aria-label="Command"><code>{command()}</code></pre> }
                .into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="preview-heading">
            <div class="panel-head">
                <h2 id="preview-heading">"Preview"</h2>
                <Tabs tab/>
                <Copy text label="Copy the preview"/>
            </div>
            <p class="line"><code>{line}</code></p>
            {(connection.home == Home::Page).then(|| view! {
                <p class="note">"The sandbox in this page has no address; the commands show the provider's."</p>
            })}
            <div id="preview-panel" role="tabpanel" aria-labelledby=move || format!("tab-{}", tab.get().id())>{body}</div>
        </section>
    }
}

/// The address shown: of the sandbox in the page, the provider's own.
fn base(connection: &Connection) -> String {
    let address = match connection.home {
        Home::Page => connection.provider.bases()[0].url,
        _ => connection.base_url.as_str(),
    };
    page::absolute(address).map_or_else(|| address.to_owned(), |url| url.href())
}

fn json_text(form: Form) -> String {
    let lines = form.reading.with(|reading| reading.sketch().body().map(|body| preview::lines(&body)));
    lines.unwrap_or_default().into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
}

/// The JSON, an element for each line: a keystroke then lays out and paints one line anew.
#[component]
fn Body(form: Form) -> impl IntoView {
    let lines = Memo::new(move |_| {
        form.reading.with(|reading| {
            let lines = preview::lines(&reading.sketch().body()?);
            let marked = lines.into_iter().map(|line| (mark(&reading.problems, &line), line.text));
            Some(marked.collect::<Vec<_>>())
        })
    });
    let draw = |(class, text): (&'static str, String)| view! { <span class=class>{text}</span> };
    move || match lines.get() {
        Some(lines) => {
            let lines = lines.into_iter().map(draw).collect_view();
            view! { <pre class="code" tabindex="0" aria-label="JSON body"><code>{lines}</code></pre> }
                .into_any()
        }
        None => view! { <p class="note">"This request has no body."</p> }.into_any(),
    }
}

/// How a line looks, by the problems of the field that it shows.
fn mark(problems: &[Problem], line: &Line) -> &'static str {
    match problems.iter().filter(|problem| problem.path == line.path).map(|problem| problem.blocks).max() {
        Some(true) => "bad",
        Some(false) => "doubtful",
        None => "",
    }
}

#[component]
fn Tabs(tab: RwSignal<Tab>) -> impl IntoView {
    let on_key = move |event: ev::KeyboardEvent| {
        let all = Tab::all();
        let at = all.iter().position(|one| *one == tab.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % all.len(),
            "ArrowLeft" => (at + all.len() - 1) % all.len(),
            "Home" => 0,
            "End" => all.len() - 1,
            _ => return,
        };
        event.prevent_default();
        tab.set(all[to]);
        focus::soon(format!("#tab-{}", all[to].id()));
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Preview as" on:keydown=on_key>
            {Tab::all().into_iter().map(|one| {
                let chosen = move || tab.get() == one;
                view! {
                    <button
                        type="button"
                        role="tab"
                        id=format!("tab-{}", one.id())
                        aria-controls="preview-panel"
                        aria-selected=move || if chosen() { "true" } else { "false" }
                        tabindex=move || if chosen() { "0" } else { "-1" }
                        on:click=move |_| tab.set(one)
                    >{one.label()}</button>
                }
            }).collect_view()}
        </div>
    }
}
