//! What the console knows while it runs: one struct of signals per concern, in one context.
//! Every request goes through [`send`], so pending, failure and history are written once.

pub mod activity;
pub mod announced;
pub mod attempts;
pub mod checks;
pub mod clocks;
pub mod connections;
pub mod drafts;
pub mod inbox;
pub mod keys;
pub mod media;
pub mod notices;
pub mod numbers;
pub mod outbox;
pub mod record;
pub mod replies;
pub mod retention;
pub mod send;
pub mod templates;
pub mod theme;
pub mod writing;

use leptos::prelude::*;

/// What the frame around every page needs; all that the start module has. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Frame {
    pub connections: connections::Connections,
    pub notices: notices::Notices,
    pub theme: theme::Appearance,
    /// Numbers that wait for a person, as far as the console module knows them.
    pub hands: RwSignal<usize>,
}

impl Frame {
    /// Makes the state and puts it into the context. Call it once, at the root.
    pub fn provide() -> Frame {
        let notices = notices::Notices::start();
        let frame = Frame {
            connections: connections::Connections::new(notices),
            notices,
            theme: theme::Appearance::restore(),
            hands: RwSignal::new(0),
        };
        provide_context(frame);
        frame
    }

    pub fn use_frame() -> Frame {
        expect_context()
    }
}

/// The frame, and everything a page of the console can ask for besides; cheap to copy.
#[derive(Clone, Copy)]
pub struct App {
    pub frame: Frame,
    pub keys: keys::Keys,
    pub checks: checks::Checks,
    pub activity: activity::Activity,
    pub drafts: drafts::Drafts,
    pub attempts: attempts::Attempts,
    pub numbers: numbers::Numbers,
    pub inbox: inbox::Inbox,
    pub clocks: clocks::Clocks,
    pub outbox: outbox::Outbox,
    pub writing: writing::Writings,
    pub templates: templates::Templates,
    pub replies: replies::Replies,
    pub retention: retention::Retention,
    pub media: media::Loading,
}

impl App {
    /// Makes the state and puts it into the context, with its frame. Call it once, at the root.
    pub fn provide() -> App {
        let frame = Frame::provide();
        let retention = retention::Retention::restore(frame.connections, frame.notices);
        let app = App {
            frame,
            keys: keys::Keys::default(),
            checks: checks::Checks::default(),
            activity: activity::Activity::new(frame.notices),
            drafts: drafts::Drafts::new(retention, frame.notices),
            attempts: attempts::Attempts::new(frame.notices),
            numbers: numbers::Numbers::new(frame.notices),
            inbox: inbox::Inbox::new(frame.notices),
            clocks: clocks::Clocks::default(),
            outbox: outbox::Outbox::new(frame.notices),
            writing: writing::Writings::new(frame.notices),
            templates: templates::Templates::default(),
            replies: replies::Replies::new(frame.notices),
            retention,
            media: media::Loading::restore(),
        };
        provide_context(app);
        app
    }

    pub fn use_app() -> App {
        expect_context()
    }
}
