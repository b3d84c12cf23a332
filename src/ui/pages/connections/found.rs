//! What calls have found wrong with a connection: since when, and what to do about it.

use crate::{
    browser::locale,
    domain::{connection::Connection, connection_check::Mark, trouble::Trouble},
    state::App,
    ui::parts::Icon,
};
use leptos::prelude::*;

#[component]
pub fn Found(connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let shared = StoredValue::new(connection);
    let found = Memo::new(move |before: Option<&Option<Trouble>>| {
        shared.with_value(|connection| {
            // A check is made of calls; what it finds is told once it has ended.
            if app.checks.is_running(connection) {
                return before.cloned().flatten();
            }
            let trouble = app.troubles.of(app, connection)?;
            let told = app
                .checks
                .of(connection)
                .is_some_and(|check| check.word().0 == Mark::Bad && check.at >= trouble.since);
            (!told).then_some(trouble)
        })
    });
    let shown = move |trouble: Trouble| {
        let next = shared.with_value(|connection| trouble.next(connection));
        let since = trouble.since;
        view! {
            <div class="refusal marked">
                <Icon name="alert"/>
                <p>{trouble.sentence()}</p>
                <p class="next">{next}</p>
                <p class="note">"Since "<time datetime=locale::iso(since) title=locale::moment(since, true)>{locale::moment(since, false)}</time>"."</p>
            </div>
        }
    };
    view! { <div role="status">{move || found.get().map(shown)}</div> }
}
