//! What the console knows while it runs: one struct of signals per concern, in one context.
//! Every request goes through [`send`], so pending, failure and history are written once.

pub mod activity;
pub mod announced;
pub mod archive;
pub mod attempts;
pub mod begun_connections;
pub mod bulk;
pub mod channels;
pub mod checks;
pub mod clocks;
pub mod connections;
pub mod device;
pub mod drafts;
pub mod hands;
pub mod inbox;
pub mod keys;
pub mod language;
pub mod media;
pub mod notices;
pub mod numbers;
pub mod outbox;
pub mod record;
pub mod release;
pub mod replies;
pub mod retention;
pub mod send;
pub mod steps;
pub mod templates;
pub mod theme;
pub mod training;
pub mod troubles;
pub mod writing;

use leptos::prelude::*;

/// What the frame around every page needs; all that the start module has. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Frame {
    pub connections: connections::Connections,
    pub notices: notices::Notices,
    pub theme: theme::Appearance,
    pub checks: checks::Checks,
    pub hands: hands::Hands,
    pub steps: steps::Steps,
    pub release: release::Release,
    pub language: language::Language,
}

impl Frame {
    /// Makes the state and puts it into the context. Call it once, at the root.
    pub fn provide() -> Frame {
        let notices = notices::Notices::start();
        let frame = Frame {
            connections: connections::Connections::new(notices),
            notices,
            theme: theme::Appearance::restore(),
            checks: checks::Checks::restore(),
            hands: hands::Hands::restore(),
            steps: steps::Steps::restore(),
            release: release::Release::watch(),
            language: language::Language::restore(),
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
    pub device: device::Device,
    pub keys: keys::Keys,
    pub checks: checks::Checks,
    pub troubles: troubles::Troubles,
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
    pub channels: channels::Channels,
    pub bulk: bulk::Bulk,
}

impl App {
    /// Makes the state and puts it into the context, with its frame. Call it once, at the root.
    pub fn provide() -> App {
        let frame = Frame::provide();
        let retention = retention::Retention::restore(frame.connections, frame.notices);
        let app = App {
            frame,
            device: device::Device::new(frame.notices),
            keys: keys::Keys::default(),
            checks: frame.checks,
            troubles: troubles::Troubles::restore(),
            activity: activity::Activity::restore(frame.notices),
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
            channels: channels::Channels::new(frame.notices),
            bulk: bulk::Bulk::new(frame.notices),
        };
        provide_context(app);
        app
    }

    pub fn use_app() -> App {
        expect_context()
    }
}
