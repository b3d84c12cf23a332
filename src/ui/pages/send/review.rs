//! The last look before it leaves: through which connection, to how many people, in how many requests and
//! how long that takes; what stands in the way; and the one button that sends.

use super::{elsewhere::ELSEWHERE, grouped, message, people::PEOPLE_ID, persons, place_of, requests};
use crate::{
    browser::{focus, leaving, locale},
    domain::{
        bulk::{Batch, pace, request::TEXT},
        connection::{Connection, Credential},
        duration,
    },
    state::{
        App,
        bulk::{Composing, Unmade},
        drafts::Kept,
    },
    ui::{
        form::{self, Form, SENDING, element_id, once_a_click, to_fix},
        parts::{KeyEntry, World},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};

const SUMMARY: &str = "send-problems";

/// Where the composing stands.
#[derive(Clone, Copy)]
pub struct Stands {
    composing: Composing,
    form: Form,
    /// Whether sending was tried: then every problem shows.
    pub attempted: RwSignal<bool>,
    sending: RwSignal<bool>,
    /// Why nothing was sent, in sentences.
    failed: RwSignal<Option<String>>,
}

/// One thing to fix: what it is, and the element that takes the focus.
type Fix = (String, String);

impl Stands {
    pub fn new(composing: Composing, form: Form) -> Stands {
        let attempted = RwSignal::new(false);
        Effect::new(move |_| {
            // What another tab has emptied is not what was tried.
            if composing.elsewhere.with(Option::is_some) {
                attempted.set(false);
                form.calm();
            }
        });
        Stands { composing, form, attempted, sending: RwSignal::new(false), failed: RwSignal::new(None) }
    }

    /// Whether there is nobody to send to.
    pub fn lacks_people(self) -> bool {
        let doubtful = self.composing.doubtful.get();
        self.composing
            .checked
            .with(|found| found.as_ref().is_some_and(|found| found.people(doubtful).next().is_none()))
    }

    fn fixes(self) -> Vec<Fix> {
        let mut fixes: Vec<Fix> = vec![];
        let unclosed = self.composing.sheet.with(|sheet| sheet.as_ref().and_then(|sheet| sheet.unclosed));
        if let Some(line) = unclosed {
            fixes.push((format!("People: a quote on line {line} is never closed."), "people-column".into()));
        } else if self.lacks_people() {
            let target = match self.composing.source.get() {
                crate::state::bulk::Source::Typed => PEOPLE_ID.to_owned(),
                crate::state::bulk::Source::File => "people-file".to_owned(),
            };
            fixes.push(("People: add at least one person who can be written to.".into(), target));
        }
        if let Some((sentence, true)) = message::trouble(self.composing) {
            fixes.push((format!("Message: {sentence}"), element_id(TEXT)));
        }
        let form = self.form;
        form.reading.with(|reading| {
            let blocking = reading.problems.iter().filter(|problem| problem.blocks);
            fixes.extend(blocking.map(|problem| {
                let label = form::label(form, &problem.path);
                (format!("{label}: {}", problem.sentence()), element_id(&problem.path))
            }));
        });
        fixes
    }

    /// Sends it off, if nothing stands in the way.
    pub fn send(self, app: App, connection: Connection) {
        if self.sending.get_untracked() {
            return;
        }
        self.attempted.set(true);
        self.form.attempt();
        self.failed.set(None);
        if !untrack(|| self.fixes()).is_empty() {
            return focus::soon(format!("#{SUMMARY}"));
        }
        self.sending.set(true);
        spawn_local(async move {
            let made = app.bulk.send_off(app, connection).await;
            // The page may be gone by now; the batch is on its way either way.
            if self.sending.try_set(false).is_some() {
                return;
            }
            match made {
                Ok(id) => {
                    self.attempted.set(false);
                    self.form.calm();
                    leaving::go(&place_of(&id));
                }
                Err(Unmade::Elsewhere) => focus::soon(format!("#{ELSEWHERE}")),
                Err(Unmade::NotReady) => self.failed.set(Some(
                    "Something has changed meanwhile. Look at it again and send.".to_owned(),
                )),
                Err(Unmade::Storage(fault)) => self.failed.set(Some(format!(
                    "Nothing was sent, because the list of requests could not be stored. {} Free some space, or send to fewer people at once.",
                    storage(&fault)
                ))),
            }
        });
    }
}

#[component]
pub fn Review(stands: Stands, connection: Connection) -> impl IntoView {
    let app = App::use_app();
    let composing = stands.composing;
    let shared = StoredValue::new(connection.clone());
    let planned =
        Memo::new(move |_| shared.with_value(|connection| app.bulk.planned(connection)).map(unnamed));
    let asks = connection.credential == Credential::Ask;
    view! {
        <section class="panel send-part" aria-labelledby="review-heading">
            <h2 id="review-heading"><span class="send-step" aria-hidden="true">"3"</span>"Review and send"</h2>
            {asks.then(|| view! { <KeyEntry connection=connection.clone()/> })}
            <Fixes stands/>
            <Each composing/>
            <Rate composing sandbox=connection.is_sandbox()/>
            <dl class="send-review">
                <dt>"Through"</dt><dd><World connection=connection.clone()/></dd>
                {move || planned.get().map(|batch| lines(composing, &batch))}
            </dl>
            <p class="note">{if app.retention.keeps() {
                "Each request is noted on this device before it leaves, so that nobody gets it twice. If the page is reloaded, it goes on by itself; after more than ten minutes without a page it waits for your word."
            } else {
                "Nothing is kept on this device: keep this page open until everything has left. Who was still to come is lost with it, and so are the results."
            }}</p>
            {move || stands.failed.get().map(|why| view! { <p class="problem" role="alert">{why}</p> })}
            <Foot stands connection planned/>
        </section>
    }
}

/// Without what differs from one look to the next.
fn unnamed(batch: Batch) -> Batch {
    Batch { id: String::new(), made: 0, ..batch }
}

fn storage(fault: &crate::browser::store::StoreFault) -> &'static str {
    match fault {
        crate::browser::store::StoreFault::Full => "The browser's storage is full.",
        _ => "The browser does not let the page store anything.",
    }
}

/// What is to be fixed, after sending was tried.
#[component]
fn Fixes(stands: Stands) -> impl IntoView {
    let fixes = Memo::new(move |_| if stands.attempted.get() { stands.fixes() } else { vec![] });
    let row = |(sentence, target): Fix| {
        let href = format!("#{target}");
        let go = move |event: ev::MouseEvent| {
            event.prevent_default();
            focus::soon(format!("#{target}"));
        };
        view! { <li><a href=href on:click=go>{sentence}</a></li> }
    };
    view! {
        <Show when=move || fixes.with(|fixes| !fixes.is_empty())>
            <div class="summary" id=SUMMARY tabindex="-1" role="group" aria-labelledby="send-problems-heading">
                <h3 id="send-problems-heading">{move || to_fix(fixes.with(Vec::len), SENDING)}</h3>
                <ul>{move || fixes.get().into_iter().map(row).collect_view()}</ul>
            </div>
        </Show>
    }
}

/// One request for many or one for each, where the text leaves the choice.
#[component]
fn Each(composing: Composing) -> impl IntoView {
    let app = App::use_app();
    let own = Memo::new(move |_| composing.filler().is_ok_and(|filler| filler.has_columns()));
    let choose = move |event| {
        composing.each.set(event_target_checked(&event));
        composing.save(app);
    };
    view! {
        <Show when=move || !own.get()>
            <label class="switch">
                <input type="checkbox" name="each" prop:checked=move || composing.each.get() on:change=choose/>
                "A result for each person: one request each, which takes longer"
            </label>
        </Show>
    }
}

#[component]
fn Rate(composing: Composing, sandbox: bool) -> impl IntoView {
    let app = App::use_app();
    if sandbox {
        return ().into_any();
    }
    let choose = move |event| {
        if let Ok(rate) = event_target_value(&event).parse() {
            composing.rate.set(rate);
            composing.save(app);
        }
    };
    view! {
        <div class="field send-rate">
            <label for="send-rate">"Requests per second, at most"</label>
            <select id="send-rate" name="rate" class="input" aria-describedby="send-rate-help" on:change=choose>
                {pace::RATES.map(|rate| view! {
                    <option value=rate.to_string() prop:selected=move || composing.rate.get() == rate>{rate}</option>
                }).collect_view()}
            </select>
            <p class="help" id="send-rate-help">"Your contract with Webex Connect says how many your account may send, all its services together; there is no public number. Too many are turned away and tried again later."</p>
        </div>
    }
    .into_any()
}

fn lines(composing: Composing, batch: &Batch) -> impl IntoView + use<> {
    let (out, doubtful) = composing
        .checked
        .with(|found| found.as_ref().map_or((0, 0), |found| (found.out.len(), found.doubtful())));
    let mut to = vec![persons(batch.people)];
    if out > 0 {
        to.push(format!("{} left out", locale::counted(out, "row", "rows")));
    }
    if doubtful > 0 && !composing.doubtful.get() {
        to.push(format!("{} not written to", locale::counted(doubtful, "doubtful row", "doubtful rows")));
    }
    let results = match batch.per {
        1 => "a result for each person".to_owned(),
        per => format!("a result for each request of up to {} people", grouped(per)),
    };
    let time = match batch.interval {
        0 => "As fast as the sandbox answers".to_owned(),
        interval => match pace::duration(batch.parts(), interval) {
            0..2_000 => "A moment".to_owned(),
            least => format!("{} at least", duration::left(least)),
        },
    };
    view! {
        <dt>"To"</dt><dd>{to.join(", ")}</dd>
        <dt>"In"</dt><dd>{requests(batch.parts())}", "{results}</dd>
        <dt>"Takes"</dt><dd>{time}</dd>
    }
}

#[component]
fn Foot(stands: Stands, connection: Connection, planned: Memo<Option<Batch>>) -> impl IntoView {
    let app = App::use_app();
    let composing = stands.composing;
    let busy = move || composing.busy.with(Option::is_some) || stands.sending.get();
    let label = move || match planned.with(|batch| batch.as_ref().map(|batch| batch.people)) {
        _ if stands.sending.get() => "Writing the requests down…".to_owned(),
        Some(people) => format!("Send to {}", persons(people)),
        None => "Send".to_owned(),
    };
    let kept = Memo::new(move |before: Option<&&'static str>| match composing.kept.get() {
        Kept::Empty => "",
        Kept::Writing => before.copied().filter(|words| !words.is_empty()).unwrap_or("Keeping the draft…"),
        Kept::Yes => "Draft kept on this device",
        Kept::No => "Draft not kept: storage failed",
    });
    let to = connection.destination();
    let clear = move |_| {
        spawn_local(composing.sent(app));
        focus::soon(format!("#{PEOPLE_ID}"));
    };
    view! {
        <div class="foot">
            <button type="submit" class="primary" class:live=!connection.is_sandbox() aria-disabled=move || busy().then_some("true") on:click=once_a_click>
                {label}" "<small>{to}</small>
            </button>
            <Show when=move || !composing.is_empty()>
                <button type="button" on:click=clear>"Clear"</button>
            </Show>
            <span class="kept" data-kept=move || format!("{:?}", composing.kept.get()).to_lowercase()>{kept}</span>
        </div>
    }
}
