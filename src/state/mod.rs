//! What the console knows while it runs: one struct of signals per concern, in one context.
//! Every request goes through [`send`], so pending, failure and history are written once.

pub mod activity;
pub mod connections;
pub mod drafts;
pub mod notices;
pub mod send;
pub mod theme;

use leptos::prelude::*;

/// Everything a page can ask for; cheap to copy.
#[derive(Clone, Copy)]
pub struct App {
    pub activity: activity::Activity,
    pub connections: connections::Connections,
    pub drafts: drafts::Drafts,
    pub notices: notices::Notices,
    pub theme: theme::Appearance,
}

impl App {
    /// Makes the state and puts it into the context. Call it once, at the root.
    pub fn provide() -> App {
        let notices = notices::Notices::start();
        let connections = connections::Connections::new(notices);
        let app = App {
            activity: activity::Activity::new(notices),
            connections,
            drafts: drafts::Drafts::new(connections, notices),
            notices,
            theme: theme::Appearance::restore(),
        };
        provide_context(app);
        app
    }

    pub fn use_app() -> App {
        expect_context()
    }
}
