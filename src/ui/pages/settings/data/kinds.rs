//! What there is of each kind: how many entries, about how much room they take, how long they stay; and erasing
//! just that.

use crate::{
    browser::{
        focus,
        inventory::{self, Amount},
        locale,
    },
    domain::{
        activity::{KEEP, keeping::Stay},
        holding::Kind,
        retention::Retention,
    },
    state::{App, Frame},
    ui::parts::Sure,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// What was counted of a kind; `None` where it could not be read.
type Counted = Option<Amount>;

#[component]
pub fn Kinds() -> impl IntoView {
    let offers_sandbox = move || Frame::use_frame().connections.offers_sandbox();
    let amounts = Kind::ALL.map(|kind| (kind, RwSignal::new(None::<Counted>)));
    count_when_chosen(App::use_app(), amounts);
    let rows = amounts.map(|(kind, amount)| {
        let shown = move || kind != Kind::Sandbox || offers_sandbox();
        view! { <Show when=shown><Row kind amount/></Show> }
    });
    view! {
        <table class="kinds">
            <caption class="unseen">"What is kept on this device"</caption>
            <thead>
                <tr>
                    <th scope="col">"What"</th>
                    <th scope="col">"How much"</th>
                    <th scope="col">"Takes about"</th>
                    <th scope="col">"Stays"</th>
                    <th scope="col"><span class="unseen">"Erase"</span></th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
    }
}

type Amounts = [(Kind, RwSignal<Option<Counted>>); Kind::ALL.len()];

/// Milliseconds after which what was chosen to be removed is gone.
const SETTLED: u32 = 4_000;

/// Counts now, and again when another time was chosen for messages to stay.
fn count_when_chosen(app: App, amounts: Amounts) {
    Effect::new(move |before: Option<(bool, Retention, Stay)>| {
        let now = (app.frame.connections.loaded(), app.retention.get(), app.activity.keeping().stay);
        if before != Some(now) {
            spawn_local(async move {
                if before.is_some() {
                    TimeoutFuture::new(SETTLED).await;
                }
                count(amounts).await;
            });
        }
        now
    });
}

async fn count(amounts: Amounts) {
    // What takes longest comes last.
    let mut order = amounts;
    order.sort_by_key(|(kind, _)| *kind == Kind::Conversations);
    for (kind, amount) in order {
        let counted = inventory::amount(kind).await.ok();
        // The page may be gone by now.
        if amount.try_set(Some(counted)).is_some() {
            return;
        }
    }
}

#[component]
fn Row(kind: Kind, amount: RwSignal<Option<Counted>>) -> impl IntoView {
    let app = App::use_app();
    let asking = RwSignal::new(false);
    let much = move || match amount.get() {
        None => view! { <span class="skeleton line" role="img" aria-label="Counting"></span> }.into_any(),
        Some(None) => view! { <span class="problem">"Could not be read"</span> }.into_any(),
        Some(Some(amount)) => how_much(app, kind, &amount).into_any(),
    };
    let size = move || {
        amount
            .get()
            .flatten()
            .map(|amount| if amount.is_empty() { "–".to_owned() } else { locale::size(amount.size) })
    };
    let empty = move || amount.get().flatten().is_some_and(|amount| amount.is_empty());
    let button = format!("erase-{}", kind.id());
    let selector = format!("#{button}");
    let keep = Callback::new(move |()| {
        asking.set(false);
        focus::soon(selector.clone());
    });
    view! {
        <tr data-kind=kind.id()>
            <th scope="row">{kind.label()}</th>
            <td data-label="How much">{much}</td>
            <td data-label="Takes about" class="figures">{size}</td>
            <td data-label="Stays">{move || stays(app, kind)}</td>
            <td class="act">
                <button type="button" id=button aria-label=format!("Erase: {}", kind.label()) disabled=empty on:click=move |_| asking.set(true)>"Erase"</button>
            </td>
        </tr>
        {move || asking.get().then(|| view! { <Question kind amount keep/> })}
    }
}

/// Asks once what erasing a kind means.
#[component]
fn Question(
    kind: Kind,
    amount: RwSignal<Option<Counted>>,
    #[prop(into)] keep: Callback<()>,
) -> impl IntoView {
    let app = App::use_app();
    let means = move || match (kind, amount.get().flatten()) {
        (Kind::Leaving, Some(Amount { unsent: 1, .. })) => "1 message that was not sent is lost.".to_owned(),
        (Kind::Leaving, Some(Amount { unsent, .. })) if unsent > 1 => {
            format!("{} messages that were not sent are lost.", locale::number(unsent))
        }
        _ => kind.erased().to_owned(),
    };
    let erase = move |()| {
        spawn_local(async move {
            app.device.erase(app, &[kind], &format!("{}: erased.", kind.label())).await;
        });
    };
    view! {
        <tr class="erasing" data-kind=kind.id()>
            <td colspan="5">
                <Sure does="Erase it" on_yes=erase on_no=keep>"Erase “"{kind.label()}"” from this device? "{means}</Sure>
            </td>
        </tr>
    }
}

fn how_much(app: App, kind: Kind, amount: &Amount) -> String {
    match kind {
        _ if amount.is_empty() => "None".to_owned(),
        Kind::Conversations => {
            let conversations = locale::counted(amount.entries, "conversation", "conversations");
            format!("{conversations}, {}", locale::counted(amount.messages, "message", "messages"))
        }
        Kind::Settings => {
            let own = app.frame.connections.own().len();
            match own {
                0 => "Settings".to_owned(),
                own => format!("{}, settings", locale::counted(own, "connection", "connections")),
            }
        }
        Kind::Vault if amount.entries > 0 => "Sealed with your passphrase".to_owned(),
        Kind::Vault => "Its settings".to_owned(),
        Kind::Sandbox => "Its world".to_owned(),
        _ => locale::counted(amount.entries, "entry", "entries"),
    }
}

/// How long it stays, as it was chosen or is declared.
fn stays(app: App, kind: Kind) -> String {
    match kind {
        // The site's own word comes later than the page.
        Kind::Conversations if app.frame.connections.loaded() && app.retention.is_forbidden() => {
            "Not on this site".to_owned()
        }
        Kind::Conversations => match app.retention.get() {
            one @ (Retention::Always | Retention::Nothing) => one.label().to_owned(),
            one => format!("{}, by their age", one.label()),
        },
        // They are messages of customers as well.
        Kind::Sendings => match app.retention.get() {
            Retention::Always | Retention::Nothing => kind.stays().to_owned(),
            one => format!("{}, once nobody of it waits any more", one.label()),
        },
        Kind::Calls => {
            let most = locale::number(KEEP as usize);
            let room = format!("The newest {most} that change something, and as many reads");
            match app.activity.keeping().stay {
                Stay::Room => room,
                stay => format!("{}. {room}", stay.label()),
            }
        }
        _ => kind.stays().to_owned(),
    }
}
