//! The two modules of the site. The *start* module is small and shows the start page at once; every
//! other place is in the *console* module, which takes the page over when it is needed and stays.

use super::{
    finder::{self, Finder},
    pages::{
        activity::ActivityPage,
        channels::ChannelsPage,
        connections::ConnectionsPage,
        home::{HomePage, LiveHomePage},
        inbox::InboxPage,
        not_found::NotFound,
        numbers::{NewNumberPage, NumberPage, NumbersPage},
        request::RequestPage,
        requests::RequestsPage,
        send::SendPage,
        settings::SettingsPage,
    },
    places::Coming,
    shell::Shell,
};
use crate::{
    browser::{
        focus,
        handover::{self, Left, Why},
        leaving, page,
    },
    state::{
        App, Frame, bulk::Bulk, connections::Connections, hands::Hands, inbox::Inbox, numbers::Numbers,
        outbox::Outbox,
    },
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

/// The frame and the start page; any other address calls for the console. It has no router: there is one
/// place, and who leaves it needs the console.
#[component]
pub fn Start() -> impl IntoView {
    let frame = Frame::provide();
    spawn_local(frame.connections.load());
    let path = RwSignal::new(page::path());
    let here = Memo::new(move |_| path.with(|path| path.trim_end_matches('/') == page::base_path()));
    if !here.get_untracked() {
        handover::call(Why::Opened);
    } else if !frame.hands.is_idle() {
        // What was under way goes on, though nobody goes to another place.
        request_animation_frame(|| handover::call(Why::Unnoticed));
    }
    let find = |()| handover::call(Why::Wherever);
    let shortcut = window_event_listener(ev::keydown, move |event| {
        if finder::is_shortcut(&event) {
            event.prevent_default();
            find(());
        }
    });
    let click = window_event_listener(ev::click, move |event| {
        let link =
            leaving::link_within(&event).filter(|(_, url)| url.pathname().starts_with(&page::place("/")));
        let Some((_, url)) = link else { return };
        event.prevent_default();
        if url.pathname() != path.get_untracked() {
            page::push(&url.href());
            path.set(page::path());
            handover::call(Why::Went);
        }
    });
    let travel = window_event_listener(ev::popstate, move |_| path.set(page::path()));
    on_cleanup(move || {
        shortcut.remove();
        click.remove();
        travel.remove();
    });
    view! {
        <Shell path find>
            <Show when=move || here.get() fallback=move || view! { <Coming path/> }>
                <HomePage/>
            </Show>
        </Shell>
    }
}

/// Every place, for a person who was left by the start module.
pub fn console(left: Left) -> impl IntoView {
    view! { <Console left/> }
}

#[component]
fn Console(left: Left) -> impl IntoView {
    let app = App::provide();
    let Left { why, focused, open } = left;
    let finding = RwSignal::new(why == Why::Wherever);
    go_on_at(why, focused, app.frame.connections);
    spawn_local(app.frame.connections.load());
    spawn_local(Numbers::load(app));
    app.device.start();
    app.keys.start();
    Inbox::start(app);
    Outbox::start(app);
    Hands::watch(app);
    Bulk::start(app);
    view! {
        <Router base=page::base_path()>
            <Finder open=finding/>
            <Framed open find=move |()| finding.set(true)>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view=LiveHomePage/>
                    <Route path=path!("/numbers") view=NumbersPage/>
                    <Route path=path!("/numbers/new") view=NewNumberPage/>
                    <Route path=path!("/numbers/:deployment_id") view=NumberPage/>
                    <Route path=path!("/inbox/:conversation_id?") view=InboxPage/>
                    <Route path=path!("/channels") view=ChannelsPage/>
                    <Route path=path!("/send") view=SendPage/>
                    <Route path=path!("/requests") view=RequestsPage/>
                    <Route path=path!("/requests/:operation") view=RequestPage/>
                    <Route path=path!("/activity") view=ActivityPage/>
                    <Route path=path!("/connections") view=ConnectionsPage/>
                    <Route path=path!("/settings") view=SettingsPage/>
                </FlatRoutes>
            </Framed>
        </Router>
    }
}

/// Whoever came here from the start page begins at this page's title; whoever has gone on from there already,
/// opened this address, or is only joined by the console, goes on where they were.
fn go_on_at(why: Why, focused: Option<String>, connections: Connections) {
    let title = || "main h1".to_owned();
    let pressed = format!("a[href='{}']", page::place_shown());
    let at = match (why, focused) {
        (Why::Went, Some(focused)) if focused != pressed => vec![focused, title()],
        (Why::Went, _) => vec![title()],
        (Why::Opened | Why::Unnoticed, Some(focused)) => vec![focused],
        _ => return,
    };
    focus::first_if_lost(at.clone());
    Effect::new(move || {
        // All of the frame is drawn once they are there, and some titles are drawn again.
        if connections.loaded() {
            focus::first_if_lost(at.clone());
        }
    });
}

/// The frame, around whatever place the router shows.
#[component]
fn Framed(open: Vec<String>, #[prop(into)] find: Callback<()>, children: Children) -> impl IntoView {
    let path = use_location().pathname;
    view! { <Shell path find open>{children()}</Shell> }
}
