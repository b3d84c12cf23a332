//! What is asked of the provider where the conversations that are known here are not enough: those with
//! a number. Its list has no search by name, which is said.

use super::filter::{Filter, Which};
use crate::{
    catalogue::failure::Failure,
    domain::{connection::Connection, phone},
    state::App,
    ui::parts::{Icon, Trouble},
};
use leptos::{prelude::*, task::spawn_local};

/// How asking for a number went.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    Pending,
    Found { all: usize, ended: usize },
    Failed(Failure),
}

#[derive(Clone, Copy)]
struct Question {
    app: App,
    filter: Filter,
    connection: StoredValue<Connection>,
    /// The number that is looked for, where the search is one.
    sought: Memo<Option<String>>,
    asked: RwSignal<Option<(String, Asked)>>,
}

impl Question {
    /// How it went for the number that is looked for now.
    fn how(self) -> Option<Asked> {
        let sought = self.sought.get()?;
        self.asked
            .with(|asked| asked.as_ref().filter(|(number, _)| *number == sought).map(|(_, how)| how.clone()))
    }

    fn ask(self) {
        let Some(number) = self.sought.get_untracked() else { return };
        if untrack(|| self.how()) == Some(Asked::Pending) {
            return;
        }
        self.asked.set(Some((number.clone(), Asked::Pending)));
        spawn_local(async move {
            let Some(connection) = self.connection.try_get_value() else { return };
            let how = match self.app.inbox.with_number(self.app, &connection, &number).await {
                Ok(rows) => {
                    let which = self.filter.which.try_get_untracked().unwrap_or(Which::All);
                    // What was asked for is shown, whatever its status.
                    if rows.iter().any(|row| !which.shows(row)) {
                        self.filter.which.try_set(Which::All);
                    }
                    let ended = rows.iter().filter(|row| row.is_ended()).count();
                    Asked::Found { all: rows.len(), ended }
                }
                Err(failure) => Asked::Failed(failure),
            };
            // Another number may have been asked for meanwhile.
            self.asked.try_update(|asked| {
                if let Some((_, known)) = asked.as_mut().filter(|(other, _)| *other == number) {
                    *known = how;
                }
            });
        });
    }

    fn shown(self) -> String {
        self.sought.with(|number| number.as_deref().map(phone::shown)).unwrap_or_default()
    }

    fn sentence(self) -> String {
        match self.how() {
            None | Some(Asked::Pending) => String::new(),
            Some(Asked::Failed(_)) => "Kapso could not be asked.".to_owned(),
            Some(Asked::Found { all: 0, .. }) => {
                format!("Kapso names no conversation with {}.", self.shown())
            }
            Some(Asked::Found { all: 1, ended: 0 }) => "Kapso has one, and it is active.".to_owned(),
            Some(Asked::Found { all: 1, .. }) => "Kapso has one, and it has ended.".to_owned(),
            Some(Asked::Found { all, ended }) => format!("Kapso has {all}, of which {ended} have ended."),
        }
    }
}

#[component]
pub fn AskKapso(filter: Filter, connection: Connection) -> impl IntoView {
    let connection = StoredValue::new(connection);
    let sought = Memo::new(move |_| filter.search.with(|text| phone::sought(text)));
    let question = Question { app: App::use_app(), filter, connection, sought, asked: RwSignal::new(None) };
    let scope = move || {
        let (known, complete) = filter.listing.with(|listing| (listing.rows.len(), listing.complete));
        let by_name = filter.search.with(|text| !text.trim().is_empty()) && sought.with(Option::is_none);
        (by_name && !complete).then(|| format!("Names are looked for among the {known} conversations that are known here. Kapso has no search for them."))
    };
    let trouble = move || match question.how() {
        Some(Asked::Failed(failure)) => {
            view! { <Trouble failure connection=connection.get_value() again=move |()| question.ask()/> }
                .into_any()
        }
        _ => ().into_any(),
    };
    let pending = move || question.how() == Some(Asked::Pending);
    view! {
        <div class="ask-kapso">
            {move || scope().map(|sentence| view! { <p class="note">{sentence}</p> })}
            <Show when=move || sought.with(Option::is_some)>
                <button type="button" aria-disabled=move || pending().then_some("true") on:click=move |_| question.ask()>
                    <Icon name="globe"/>
                    <span>{move || if pending() { "Asking Kapso for " } else { "Ask Kapso for " }}<bdi class="figures">{move || question.shown()}</bdi></span>
                </button>
            </Show>
            <p class="note" role="status">{move || question.sentence()}</p>
            {trouble}
        </div>
    }
}
