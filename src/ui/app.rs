//! The two modules of the site. The *start* module is small and shows the start page at once; every
//! other place is in the *console* module, which takes the page over when it is needed and stays.

use super::{
    pages::{
        activity::ActivityPage,
        connections::ConnectionsPage,
        inbox::InboxPage,
        not_found::NotFound,
        numbers::{NewNumberPage, NumberPage, NumbersPage},
        request::RequestPage,
        requests::RequestsPage,
        settings::SettingsPage,
    },
    shell::Shell,
};
use crate::{
    browser::{handover, page},
    state::{App, Frame, inbox::Inbox, numbers::Numbers, outbox::Outbox},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};

/// The frame and the start page; any other address calls for the console.
#[component]
pub fn Start() -> impl IntoView {
    let frame = Frame::provide();
    provide_context(Visited(StoredValue::new(false)));
    spawn_local(frame.connections.load());
    view! {
        <Router base=page::base_path()>
            <Shell>
                <FlatRoutes fallback=TakeOver>
                    <Route path=path!("/") view=StartPage/>
                    <Route path=path!("/requests") view=StartPage/>
                </FlatRoutes>
            </Shell>
        </Router>
    }
}

/// What is seen until the console is there.
#[component]
fn TakeOver() -> impl IntoView {
    handover::call(use_context::<Visited>().is_some_and(|visited| visited.0.get_value()));
    view! { <div class="skeleton" aria-busy="true"></div> }
}

/// Whether the start page was shown.
#[derive(Clone, Copy)]
struct Visited(StoredValue<bool>);

#[component]
fn StartPage() -> impl IntoView {
    if let Some(visited) = use_context::<Visited>() {
        visited.0.set_value(true);
    }
    view! { <RequestsPage/> }
}

/// Every place.
#[component]
pub fn Console() -> impl IntoView {
    let app = App::provide();
    spawn_local(app.frame.connections.load());
    spawn_local(Numbers::load(app));
    app.keys.start();
    Inbox::start(app);
    Outbox::start(app);
    view! {
        <Router base=page::base_path()>
            <Shell>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view=RequestsPage/>
                    <Route path=path!("/numbers") view=NumbersPage/>
                    <Route path=path!("/numbers/new") view=NewNumberPage/>
                    <Route path=path!("/numbers/:deployment_id") view=NumberPage/>
                    <Route path=path!("/inbox/:conversation_id?") view=InboxPage/>
                    <Route path=path!("/requests") view=RequestsPage/>
                    <Route path=path!("/requests/:operation") view=RequestPage/>
                    <Route path=path!("/activity") view=ActivityPage/>
                    <Route path=path!("/connections") view=ConnectionsPage/>
                    <Route path=path!("/settings") view=SettingsPage/>
                </FlatRoutes>
            </Shell>
        </Router>
    }
}
