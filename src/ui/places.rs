//! The places of the console: what leads to each, and what it says of itself before anything else of it
//! is there.

use super::parts::{PageHead, RequestHead};
use crate::{
    browser::{focus, page},
    catalogue::{self, operation::Heading, provider::Provider},
};
use leptos::prelude::*;

#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// Below the site's base.
    pub path: &'static str,
    pub name: &'static str,
    pub icon: &'static str,
    /// What is done there; empty where the place shows it at once.
    pub about: &'static str,
}

const fn place(path: &'static str, name: &'static str, icon: &'static str, about: &'static str) -> Place {
    Place { path, name, icon, about }
}

pub static HOME: Place = place("/", "Home", "home", "");
pub static NUMBERS: Place = place(
    "/numbers",
    "Numbers",
    "phone",
    "Your WhatsApp numbers at Vonage. Each is brought live step by step, its one-time code is entered here, and its profile and sticker packs are kept here afterwards.",
);
pub static INBOX: Place = place("/inbox", "Inbox", "inbox", "Choose a conversation to read it.");
/// What the provider's list of conversations does not tell.
pub const READ_HERE: &str =
    "What was said last, what is unread and the time left come from the messages that were read here.";
pub static CHANNELS: Place = place(
    "/channels",
    "Channels",
    "channels",
    "The WhatsApp numbers of your customers at Kapso, and the AI assistants that Rapida puts on a number.",
);
pub static SEND: Place = place(
    "/send",
    "Send",
    "send",
    "A WhatsApp text to one person or to many who wrote to you within the last 24 hours, through Webex Connect.",
);
pub static REQUESTS: Place = place(
    "/requests",
    "Requests",
    "form",
    "Every documented request of the four providers, as a form. Its limits are shown before you send.",
);
pub static ACTIVITY: Place = place(
    "/activity",
    "Activity",
    "history",
    "Calls that left this device: those that could change something, and reads folded by address and minute. Keys, codes and other secrets are never kept.",
);
pub static CONNECTIONS: Place = place(
    "/connections",
    "Connections",
    "plug",
    "Where requests go, and with which key. A key stays in this tab's memory, and is gone with it unless you keep it in the vault on this device.",
);
pub static SETTINGS: Place = place(
    "/settings",
    "Settings",
    "settings",
    "How the console looks and speaks, what it tells you, and what it keeps on this device. A change holds from the moment it is made, and in this browser alone. Nothing here changes anything at a provider.",
);

/// In the order of the frame.
pub static PLACES: [&Place; 9] =
    [&HOME, &NUMBERS, &INBOX, &CHANNELS, &SEND, &REQUESTS, &ACTIVITY, &CONNECTIONS, &SETTINGS];

impl Place {
    /// Whether a path of the site is this place's own, or below it; all are below the start page.
    pub fn holds(&self, path: &str) -> bool {
        let rest = self.rest(path);
        rest.is_some_and(|rest| matches!(rest, "" | "/") || self.path != "/" && rest.starts_with('/'))
    }

    /// What follows the place in a path that begins with it.
    fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        let base = page::base_path();
        path.strip_prefix(base.as_str()).unwrap_or(path).strip_prefix(self.path.trim_end_matches('/'))
    }
}

/// For a page that shows one of several places by the query of its address: another begins at its title, as
/// another page does. What else stands in a query, such as a filter or a step, moves no focus.
pub fn begins_anew<T: PartialEq + Clone + Send + Sync + 'static>(place: Memo<T>) {
    Effect::new(move |before: Option<T>| {
        let now = place.get();
        if before.is_some_and(|before| before != now) {
            focus::soon("main h1".into());
        }
        now
    });
}

/// The head of a place, and what is done there.
#[component]
pub fn PlaceHead(
    place: &'static Place,
    /// What stands beside the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <PageHead title=place.name>{children.map(|children| children())}</PageHead>
        {(!place.about.is_empty()).then(|| view! { <p class="lead">{place.about}</p> })}
    }
}

/// Where a path leads, as far as the frame knows.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Place(&'static Place),
    Inbox { reading: bool },
    Request(Provider, Heading),
    Elsewhere,
}

fn at(path: &str) -> At {
    let Some(place) = PLACES.into_iter().find(|place| place.holds(path)) else { return At::Elsewhere };
    let rest = place.rest(path).unwrap_or_default().trim_matches('/');
    if *place == INBOX {
        return At::Inbox { reading: !rest.is_empty() };
    }
    if rest.is_empty() {
        return At::Place(place);
    }
    let mut requests = Provider::ALL.into_iter().flat_map(|provider| {
        catalogue::headings(provider).iter().map(move |heading| At::Request(provider, *heading))
    });
    let is = |at: &At| *place == REQUESTS && matches!(at, At::Request(_, heading) if heading.id == rest);
    requests.find(is).unwrap_or(At::Elsewhere)
}

/// What is shown of a page that is still being loaded.
#[component]
pub fn Coming(#[prop(into)] path: Signal<String>) -> impl IntoView {
    let at = Memo::new(move |_| path.with(|path| at(path)));
    move || match at.get() {
        At::Place(place) => view! { <PlaceHead place/><Skeleton/> }.into_any(),
        At::Inbox { reading } => view! { <InboxComing reading/> }.into_any(),
        At::Request(provider, heading) => view! { <RequestHead provider heading/><Skeleton/> }.into_any(),
        At::Elsewhere => view! { <Skeleton/> }.into_any(),
    }
}

#[component]
fn Skeleton() -> impl IntoView {
    view! { <div class="skeleton" aria-busy="true"></div> }
}

/// The list of conversations, beside one of them.
#[component]
pub fn InboxComing(reading: bool) -> impl IntoView {
    view! {
        <div class="inbox" class:reading=reading aria-busy="true">
            <h1 class="unseen" tabindex="-1">{INBOX.name}</h1>
            <div class="conversations">
                <div class="conversations-head"><p class="conversations-title" aria-hidden="true">{INBOX.name}</p></div>
                <div class="skeleton conversations-skeleton"></div>
            </div>
            <div class="thread-side">
                {if reading { view! { <Skeleton/> }.into_any() } else { view! { <p class="empty thread-empty">{INBOX.about}" "{READ_HERE}</p> }.into_any() }}
            </div>
        </div>
    }
}
