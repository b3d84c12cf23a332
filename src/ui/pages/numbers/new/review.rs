//! The last look before an attempt is spent, and the spending: once. A start whose outcome is not known
//! is found out before another is offered.

use super::{Remembered, STEPS, account::AgeLine};
use crate::{
    browser::{focus, leaving, page},
    catalogue::{
        failure::{CarriedOut, Failure, FailureKind},
        field::{Field, Kind},
        value::MASK,
        vonage::CREATE_DEPLOYMENT,
    },
    domain::{
        connection::{Connection, Credential},
        ledger::{Act, Doubt, Ledger, Outcome, subject_of_number},
        phone,
        provisioning::Stage,
        settlement,
    },
    state::{
        App,
        numbers::{Key, Started, settle_start},
        send::Exchange,
    },
    ui::{
        form::{self, Form, SendButton, Sending, Summary, once_a_press},
        parts::{Attempts, Icon, KeyEntry, Refusal, Trouble, ledger},
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// Milliseconds after an answer in which a press still belongs to what was asked before.
const PRESSED_TWICE: f64 = 700.0;

/// Where finding out about an earlier start stands.
#[derive(Clone, Debug, PartialEq)]
enum Finding {
    Nothing,
    Looking,
    Found(Started),
    /// The list could not be read.
    Failed(Failure),
}

#[component]
pub fn Review(
    whole: Form,
    remembered: RwSignal<Remembered>,
    started: RwSignal<bool>,
    connection: Connection,
) -> impl IntoView {
    let app = App::use_app();
    let form = Form::new(app, &CREATE_DEPLOYMENT);
    let subject = Memo::new(move |_| subject_of_number(&whole.text("country_code"), &whole.text("number")));
    let sending = RwSignal::new(Sending::Idle);
    let finding = RwSignal::new(Finding::Nothing);
    let ledger = ledger(app, connection.clone(), move || subject.get());
    let shared = StoredValue::new(connection.clone());
    let navigate = use_navigate();
    let go = StoredValue::new_local(move |id: String| {
        started.set(true);
        // The next number begins with an empty form.
        form.clear();
        remembered.set(Remembered::default());
        navigate(&format!("/numbers/{}", crate::catalogue::call::encode(&id)), Default::default());
    });
    let find_out = move || {
        finding.set(Finding::Looking);
        spawn_local(async move {
            let Some(connection) = shared.try_get_value() else { return };
            let found = settle_start(app, &connection, &subject.get_untracked()).await;
            finding.try_set(found.map_or_else(Finding::Failed, Finding::Found));
        });
    };
    let unsettled =
        Memo::new(move |_| ledger.with(|ledger: &Ledger| ledger.unsettled(Act::Create).is_some()));
    Effect::new(move |_| {
        let waiting = sending.with(|sending| *sending == Sending::Pending);
        if unsettled.get() && !waiting && finding.with_untracked(|finding| *finding == Finding::Nothing) {
            find_out();
        }
    });
    // What was started goes on: another start would only be refused, and might count.
    let running = Memo::new(move |_| {
        if let Finding::Found(Started::Known(Outcome::Accepted { deployment })) = finding.get() {
            return Some(deployment);
        }
        let started = ledger.with(|ledger| ledger.newest_deployment().map(str::to_owned));
        started.filter(|id| {
            let key = shared.with_value(|connection| Key::new(connection, id));
            app.numbers.get(&key).is_some_and(|track| track.stage() != Stage::Gone)
        })
    });
    let held = StoredValue::new(f64::NEG_INFINITY);
    Effect::new(move |_| {
        // The button that had the focus may be gone with what was found out.
        if finding.with(|finding| *finding != Finding::Nothing) {
            focus::if_lost(".review-said".into());
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let off = unsettled.get_untracked() || running.with_untracked(Option::is_some);
        if off || page::ticks() < held.get_value() {
            return;
        }
        finding.set(Finding::Nothing);
        let then = move |exchange: &Exchange| {
            held.set_value(page::ticks() + wait(exchange.result.as_ref().err()));
            match &exchange.result {
                Ok(json) => match json["deployment_id"].as_str() {
                    Some(id) => go.with_value(|go| go(id.to_owned())),
                    // Accepted, but which one it is has to be looked up.
                    None => find_out(),
                },
                Err(failure)
                    if failure.kind == FailureKind::Unsettled
                        || failure.carried_out() == CarriedOut::Maybe =>
                {
                    find_out()
                }
                Err(_) => page::reveal_soon(".review-said"),
            }
        };
        // A start is never taken back: its outcome belongs into the ledger.
        drop(form::submit(app, form, sending, shared.get_value(), Doubt::FindOut, then));
    };
    let asks = connection.credential == Credential::Ask;
    let open = move |_| {
        if let Some(id) = running.get_untracked() {
            go.with_value(|go| go(id));
        }
    };
    view! {
        <section class="panel step-panel" aria-labelledby="step-heading">
            <h2 id="step-heading" tabindex="-1">"Review"</h2>
            <Values whole/>
            <Doubts whole/>
            <AgeLine remembered/>
            <p class="warning"><Icon name="alert"/><span>"Starting may count against Meta's limit of attempts, whether it succeeds or not. Check the number once more."</span></p>
            <Attempts ledger/>
            {asks.then(|| view! { <KeyEntry connection=connection.clone()/> })}
            <form novalidate on:submit=submit on:keydown=once_a_press>
                <Summary form/>
                <div class="foot">
                    <Show when=move || !unsettled.get() && running.with(Option::is_none)>
                        <SendButton operation=&CREATE_DEPLOYMENT label="Start bringing it live" sending connection=shared.get_value()/>
                    </Show>
                    <Show when=move || running.with(Option::is_some)>
                        <button type="button" class="primary" on:click=open>"Open the deployment"</button>
                    </Show>
                    <button type="button" on:click=move |_| leaving::go(&page::place("/numbers/new?step=account"))>"Back"</button>
                </div>
            </form>
            <div class="review-said" tabindex="-1">
                <Show when=move || running.with(Option::is_some) && finding.with(|finding| *finding == Finding::Nothing)>
                    <p class="certainty">"This number was started already, from here or another tab. Open the deployment to go on."</p>
                </Show>
                <Found finding subject=subject.into() connection=connection.clone() again=Callback::new(move |()| find_out())/>
                <Said form sending connection unsettled/>
            </div>
        </section>
    }
}

/// Milliseconds after an answer in which a press is not a new wish: it belongs to the one before, or the
/// provider asked to wait.
fn wait(failure: Option<&Failure>) -> f64 {
    match failure.map(|failure| failure.kind) {
        Some(FailureKind::Throttled { seconds: Some(seconds) }) => f64::from(seconds) * 1000.0,
        _ => PRESSED_TWICE,
    }
}

/// What looks wrong, once more and in one place, before an attempt is spent.
#[component]
fn Doubts(whole: Form) -> impl IntoView {
    let doubts = Memo::new(move |_| {
        let number = phone::warnings(&whole.text("country_code"), &whole.text("number"));
        let of_number = number.iter().map(|warning| ("number", warning.sentence()));
        let doubtful = whole.doubtful();
        let of_fields = doubtful.iter().map(|problem| (problem.path.as_str(), problem.sentence()));
        of_fields
            .chain(of_number)
            .map(|(path, sentence)| (path.to_owned(), format!("{}: {sentence}", form::label(whole, path))))
            .collect::<Vec<_>>()
    });
    view! {
        <ul class="doubts">
            {move || doubts.get().into_iter().map(|(path, sentence)| {
                let step = STEPS.iter().find(|step| step.fields.contains(&path.as_str())).map_or("number", |step| step.id);
                view! {
                    <li class="warning">
                        <Icon name="alert"/>
                        <span>{sentence}" "<a href=page::place(&format!("/numbers/new?step={step}"))>"Change it"</a></span>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}

/// What will be sent, by the request's own labels.
#[component]
fn Values(whole: Form) -> impl IntoView {
    let row = move |field: &'static Field| {
        let value = move || {
            let text = whole.text(field.name);
            match field.kind {
                _ if text.is_empty() && field.is_secret() => {
                    "Not set; a reload takes away what was typed".to_owned()
                }
                _ if text.is_empty() => "Not set".to_owned(),
                _ if field.is_secret() => MASK.to_owned(),
                Kind::Choice(choices) => choices
                    .iter()
                    .find(|choice| choice.value == text)
                    .map_or(text.clone(), |choice| choice.label.to_owned()),
                _ if text.chars().count() > 80 => {
                    format!(
                        "{}… ({} characters)",
                        text.chars().take(60).collect::<String>(),
                        text.chars().count()
                    )
                }
                _ => text,
            }
        };
        view! { <dt>{field.label}</dt><dd>{value}</dd> }
    };
    let name = move || phone::display(&whole.text("country_code"), &whole.text("number"));
    view! {
        <p class="big-number figures">{name}</p>
        <dl class="values">{CREATE_DEPLOYMENT.fields.iter().map(row).collect_view()}</dl>
    }
}

/// An earlier start whose answer was lost.
#[component]
fn Found(
    finding: RwSignal<Finding>,
    subject: Signal<String>,
    connection: Connection,
    again: Callback<()>,
) -> impl IntoView {
    let app = App::use_app();
    let shared = StoredValue::new(connection);
    let anyway = move |_| {
        spawn_local(async move {
            let Some(connection) = shared.try_get_value() else { return };
            let subject = subject.get_untracked();
            app.attempts.leave_open(&connection, &subject, Act::Create).await;
            finding.try_set(Finding::Nothing);
        });
    };
    let again_anyway = move || {
        view! {
            <p>"You can also start again: if the first start took effect, Vonage refuses the second and names its deployment. It may count as another attempt."</p>
            <button type="button" on:click=anyway>"Let me start again"</button>
        }
    };
    let content = move || {
        match finding.get() {
        Finding::Nothing => ().into_any(),
        Finding::Looking => view! {
            <p class="certainty">"No answer came to a start of this number, so it is not known whether Vonage began. Looking at Vonage's list of deployments…"</p>
        }
        .into_any(),
        Finding::Found(Started::Elsewhere(label)) => view! {
            <p class="certainty">{format!("No answer came to an earlier start of this number, which left by the connection “{label}”. What became of it can only be found out there: choose that connection.")}</p>
            {again_anyway()}
        }
        .into_any(),
        Finding::Found(Started::Untold) => view! {
            <p class="certainty">"No answer came to a start of this number, and Vonage's list does not tell whether it began."</p>
            <p><button type="button" on:click=move |_| again.run(())>"Look again"</button></p>
            {again_anyway()}
        }
        .into_any(),
        Finding::Found(Started::Known(outcome)) => {
            view! { <p class="certainty">{settlement::sentence(Act::Create, &outcome)}</p> }.into_any()
        }
        Finding::Failed(failure) => view! {
            <p class="certainty">"No answer came to a start of this number, and Vonage's list of deployments could not be read, so it is not known whether Vonage began."</p>
            <Trouble failure connection=shared.get_value() again/>
            {again_anyway()}
        }
        .into_any(),
    }
    };
    view! { <div role="status">{content}</div> }
}

/// What the provider said to the start.
#[component]
fn Said(
    form: Form,
    sending: RwSignal<Sending>,
    connection: Connection,
    unsettled: Memo<bool>,
) -> impl IntoView {
    let connection = StoredValue::new(connection);
    let refused = move || {
        sending.with(|sending| match sending {
            Sending::Ended(Exchange { result: Err(failure), .. }) => Some(failure.clone()),
            _ => None,
        })
    };
    let content = move || {
        refused().filter(|failure| !unsettled.get() || failure.carried_out() == CarriedOut::No).map(|failure| {
            let said = form::said(form, &failure);
            let settled = failure.carried_out() == CarriedOut::Maybe;
            let asks = failure.kind == FailureKind::RefusedKey && connection.with_value(|connection| connection.credential == Credential::Ask);
            (!settled).then(|| view! {
                <Refusal failure connection=connection.get_value() writes=true said/>
                {asks.then(|| view! { <p>"Forget the token above and enter a new one; everything you typed stays."</p> })}
            })
        })
    };
    view! { <div role="alert">{content}</div> }
}
