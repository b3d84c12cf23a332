//! A message that has not arrived at the provider: that it waits and why, that it was refused, or that
//! nobody knows, each in words with what can be done. What may become of it is in `domain::outbox`.

use super::{
    body::Drawn,
    composer::Composing,
    rove::{SCROLLER, WRITING},
    row::named,
};
use crate::{
    browser::{focus, locale, page, threads::Key},
    catalogue::failure::FailureKind,
    domain::{
        duration,
        outbox::{Came, Event, Item, Refusal, State, is_held_back, pace::Wait},
    },
    state::{
        App,
        inbox::Thread,
        outbox::{Held, NOT_KNOWN},
    },
    ui::parts::{Icon, Refused, seconds},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn LeavingRow(
    item: Item,
    key: StoredValue<Key>,
    /// The conversation that it stands in, unless it is to begin one.
    #[prop(optional)]
    thread: Option<Thread>,
) -> impl IntoView {
    let app = App::use_app();
    let body = item.body();
    let id = item.key.clone();
    let at = StoredValue::new(id.clone());
    let position = move || thread.and_then(|thread| at.with_value(|key| thread.row_of_leaving(key)));
    let of = move || thread.map(Thread::size);
    let name = named(&format!("From you, {}. {}", locale::time(item.released), state(&item.state)), &body);
    let item = StoredValue::new(item);
    let first = Memo::new(move |_| {
        let queue = key.with_value(|key| app.outbox.queue(key));
        item.with_value(|item| !is_held_back(&queue, item))
    });
    view! {
        <article class="message ours leaving" tabindex="-1" aria-label=name data-message-id=id aria-posinset=move || position().map(|row| row + 1) aria-setsize=of>
            <div class="bubble">
                <span class="unseen">"From you: "</span>
                <Drawn body raw=String::new()/>
                <p class="message-foot figures">
                    <time>{locale::time(item.with_value(|item| item.released))}</time>
                    <span>{item.with_value(|item| state(&item.state))}</span>
                </p>
            </div>
            {match item.with_value(|item| item.state.clone()) {
                State::Waiting | State::TurnedAway(_) => view! { <Waiting item key first/> }.into_any(),
                State::Failed(refusal) => view! { <Failed item key refusal/> }.into_any(),
                State::Unknown { came, candidates, .. } => view! { <Unknown item key came candidates/> }.into_any(),
                State::Sending(_) | State::Sent { .. } => ().into_any(),
            }}
        </article>
    }
}

fn state(state: &State) -> &'static str {
    match state {
        State::Waiting | State::TurnedAway(_) => "Waiting",
        State::Sending(_) => "Sending…",
        State::Sent { .. } => "Sent",
        State::Failed(_) => "Not sent",
        State::Unknown { .. } => "Unknown",
    }
}

/// A person's word about a message, as a button.
#[component]
fn Say(
    item: StoredValue<Item>,
    key: StoredValue<Key>,
    event: Event,
    #[prop(into)] says: String,
) -> impl IntoView {
    let app = App::use_app();
    let decide = move |_| {
        if event == Event::Discard {
            write_on();
        }
        item.with_value(|item| app.outbox.decide(app, &key.get_value(), &item.key, event.clone()));
    };
    view! { <button type="button" on:click=decide>{says}</button> }
}

/// The button goes with its message: the focus is moved before that.
fn write_on() {
    focus::first(&[WRITING, ".composer :is(input, textarea, select)", SCROLLER]);
}

/// The button goes and its message stays: so does the focus.
fn stay(item: StoredValue<Item>) {
    focus::first(&[&item.with_value(|item| row(&item.key))]);
}

/// Where all rows are drawn anew, the focus goes on to the new one of its message.
pub fn keep_focus() {
    let held = focus::around("article.leaving").and_then(|row| row.get_attribute("data-message-id"));
    if let Some(key) = held {
        focus::if_lost(row(&key));
    }
}

/// A selector of a message's row.
fn row(key: &str) -> String {
    format!("article[data-message-id='{key}']")
}

#[component]
fn Edit(item: StoredValue<Item>, key: StoredValue<Key>) -> impl IntoView {
    let composing = use_context::<Composing>()?;
    let app = App::use_app();
    let edit = move |_| {
        if item.with_value(|item| composing.take_back(item)) {
            write_on();
            item.with_value(|item| app.outbox.decide(app, &key.get_value(), &item.key, Event::Discard));
        }
    };
    Some(view! {
        <button type="button" aria-disabled=move || (!composing.is_empty()).then_some("true") title=move || if composing.is_empty() { "" } else { "Send or clear what you are writing first." } on:click=edit>"Edit"</button>
    })
}

/// It has not left: because others go first, the pace does not allow it, or something has to be mended.
#[component]
fn Waiting(item: StoredValue<Item>, key: StoredValue<Key>, first: Memo<bool>) -> impl IntoView {
    let app = App::use_app();
    let now = seconds();
    let key = StoredValue::new(key.get_value());
    let held = Memo::new(move |_| key.with_value(|key| app.outbox.held(key)));
    let connection = move || key.with_value(|key| app.frame.connections.find(&key.connection));
    let stale = item.with_value(|item| item.is_stale(page::now()));
    let go_on = move |_| {
        stay(item);
        key.with_value(|key| app.outbox.try_again(app, key));
    };
    let waits = move |until: u64, reason: &'static str| {
        let left = move || duration::words(until.saturating_sub(now.get()).max(1_000));
        view! { <p class="figures">"Goes out by itself in "{left}". "{reason}</p> }
    };
    let why = move || {
        match held.get() {
        _ if stale => view! {
            <p>{item.with_value(|item| format!("Written {}, and not sent since.", locale::moment(item.released, false)))}</p>
            <p class="leaving-tools"><Say item key event=Event::SendAgain says="Send it now"/><Edit item key/><Say item key event=Event::Discard says="Discard"/></p>
        }
        .into_any(),
        _ if !first.get() => view! { <p>"Goes out after the one above."</p> }.into_any(),
        Some(Held::Pace { until, by: Wait::Person(_) }) => {
            waits(until, "WhatsApp takes one message in six seconds for one person.").into_any()
        }
        Some(Held::Pace { until, by: Wait::Asked(_) }) => {
            waits(until, "The provider had too many requests and asked to wait.").into_any()
        }
        Some(Held::Pace { until, by: Wait::UsedUp(_) }) => {
            waits(until, "The provider takes no more requests in this minute.").into_any()
        }
        Some(Held::Pace { until, .. }) => {
            waits(until, "That leaves enough of the provider’s requests of this minute for others.").into_any()
        }
        Some(Held::Storage(_)) => view! {
            <p>"Not sent: this browser's storage does not take the note that it leaves, without which it could be sent twice. Make room, then try again."</p>
            <p class="leaving-tools"><button type="button" on:click=go_on>"Try again"</button><Edit item key/><Say item key event=Event::Discard says="Discard"/></p>
        }
        .into_any(),
        Some(Held::Failure(failure)) => view! {
            {match failure.kind {
                FailureKind::Offline => view! { <p>"This computer is offline. It goes out by itself when the network is back."</p> }.into_any(),
                _ => connection().map(|connection| view! { <Refused failure connection writes=false/> }).into_any(),
            }}
            <p class="leaving-tools"><button type="button" on:click=go_on>"Try again"</button><Edit item key/><Say item key event=Event::Discard says="Discard"/></p>
        }
        .into_any(),
        None => ().into_any(),
    }
    };
    view! { <div class="leaving-why">{why}</div> }
}

#[component]
fn Failed(item: StoredValue<Item>, key: StoredValue<Key>, refusal: Refusal) -> impl IntoView {
    let Refusal { sentence, next, said } = refusal;
    view! {
        <div class="leaving-why bad">
            <p><Icon name="alert"/><span><strong>"Not sent. "</strong>{sentence}</span></p>
            {(!said.is_empty()).then(|| view! { <p class="note" dir="auto">"Kapso says: "{said}</p> })}
            <p class="note">{next}</p>
            <p class="leaving-tools"><Edit item key/><Say item key event=Event::SendAgain says="Send again"/><Say item key event=Event::Discard says="Discard"/></p>
        </div>
    }
}

#[component]
fn Unknown(
    item: StoredValue<Item>,
    key: StoredValue<Key>,
    came: Came,
    candidates: Vec<String>,
) -> impl IntoView {
    let app = App::use_app();
    let Some(sentence) = item.with_value(|item| item.state.doubt()) else {
        let came = came.words();
        return view! {
            <div class="leaving-why doubt"><p>{came}". The conversation is being read to find out whether it was sent…"</p></div>
        }
        .into_any();
    };
    let look = move |_| item.with_value(|item| app.outbox.look_again(app, &key.get_value(), item));
    let times = RwSignal::new(vec![]);
    let (place, ids) = (key.get_value(), candidates.clone());
    spawn_local(async move {
        let found = app.outbox.times(app, &place, &ids).await;
        times.try_set(found);
    });
    // They say the same, so when each was made tells them apart, or their order where that is the same as well.
    let it_is = move || {
        let moment = |at: &Option<u64>| at.map(|at| locale::moment(at, false));
        let moments: Vec<_> = times.get().iter().map(moment).collect();
        let says = |place: usize| {
            let Some(Some(at)) = moments.get(place) else { return "It was sent".to_owned() };
            let same = |all: &[Option<String>]| all.iter().flatten().filter(|other| *other == at).count();
            let number = same(&moments[..=place]);
            let number = if same(&moments) > 1 { format!(", number {number}") } else { String::new() };
            format!("It is the one of {at}{number}")
        };
        let one = |(place, id): (usize, &String)| {
            view! { <Say item key event=Event::IsThat { id: id.clone() } says=says(place)/> }
        };
        candidates.iter().enumerate().map(one).collect_view()
    };
    view! {
        <div class="leaving-why doubt">
            <p><Icon name="alert"/><span><strong>{NOT_KNOWN}". "</strong>{sentence}</span></p>
            <p class="note">"If you send it again, the contact may get it twice."</p>
            <p class="leaving-tools">
                <button type="button" on:click=look>"Look again"</button>
                {it_is}
                <Say item key event=Event::SendAgain says="Send again"/>
                <Say item key event=Event::Discard says="Discard"/>
            </p>
        </div>
    }
    .into_any()
}
