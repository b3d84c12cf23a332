//! Files of a message that somebody else hosts: shown, played or linked, by what may be loaded, and what is
//! said where one does not come. Addresses of files expire, so another try reads the message anew.

use super::{
    body::{Out, Text},
    wanted::Wanted,
};
use crate::{
    browser::{focus, locale, page},
    catalogue::failure::Failure,
    domain::thread::{
        body::{Body, Media, MediaKind},
        entry::Place,
        signed,
    },
    state::inbox::Thread,
    ui::parts::Icon,
};
use leptos::{prelude::*, task::spawn_local};

/// The stored message that a file is of: its next answer may have another address for it.
#[derive(Clone, Copy)]
pub struct Origin {
    thread: Thread,
    place: StoredValue<Place>,
}

impl Origin {
    pub fn new(thread: Thread, place: Place) -> Origin {
        Origin { thread, place: StoredValue::new(place) }
    }

    /// The newest address of the file, after the message was read anew.
    async fn read_again(self) -> Result<Option<String>, Failure> {
        let Some(place) = self.place.try_get_value() else { return Ok(None) };
        self.thread.read_again(&place).await?;
        let entry = self.thread.row_of(&place).and_then(|row| self.thread.entry(row));
        let message = entry.and_then(|entry| entry.message());
        Ok(match message.map(|message| Body::of_message(&message)) {
            Some(Body::Media(media)) if page::is_shown(&media.url) => Some(media.url),
            _ => None,
        })
    }
}

/// Whether both look the same although the address of a file has changed: what is shown of it, or plays, stays.
pub fn looks_same(one: &Body, other: &Body) -> bool {
    match (one, other) {
        (Body::Media(one), Body::Media(other)) if page::is_shown(&one.url) && page::is_shown(&other.url) => {
            Media { url: String::new(), ..one.clone() } == Media { url: String::new(), ..other.clone() }
        }
        _ => one == other,
    }
}

fn is_web(url: &str) -> bool {
    page::is_shown(url) || url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"))
}

#[component]
pub fn File(media: Media, origin: Option<Origin>) -> impl IntoView {
    let Media { kind, url, id, caption, filename } = media;
    let name = if filename.is_empty() { kind.label().to_owned() } else { filename };
    let file = match kind {
        _ if url.is_empty() && id.is_empty() => {
            view! { <p class="note">{format!("{} without an address: it cannot be shown.", kind.label())}</p> }.into_any()
        }
        _ if url.is_empty() => view! { <p class="note">{kind.label()}" with the media ID "<code>{id}</code></p> }.into_any(),
        _ if !is_web(&url) => view! { <p class="note">{format!("{} at an address that is not opened here: ", kind.label())}<code>{url}</code></p> }.into_any(),
        _ if !page::is_shown(&url) || kind == MediaKind::Document => view! { <p><Icon name="file"/>" "<Out href=url text=name/></p> }.into_any(),
        _ => {
            let address = url.clone();
            let media = move || view! { <Loaded kind url=url.clone() name=name.clone() origin/> };
            view! { <Wanted url=address kind media/> }.into_any()
        }
    };
    view! {
        {file}
        {(!caption.is_empty()).then(|| view! { <Text text=caption/> })}
    }
}

/// Why a file did not come, as far as a page can know.
#[derive(Clone, Copy, PartialEq)]
enum Lost {
    Offline,
    /// Its address was good until then, in Unix milliseconds.
    Expired(u64),
    NotLoaded,
}

impl Lost {
    fn of(address: &str) -> Lost {
        match signed::good_until(address) {
            _ if !page::is_online() => Lost::Offline,
            Some(until) if until <= page::now() => Lost::Expired(until),
            _ => Lost::NotLoaded,
        }
    }

    fn sentence(self, kind: MediaKind, address: &str) -> String {
        let file = kind.label().to_lowercase();
        match self {
            Lost::Offline => format!("There is no network, so the {file} could not be loaded."),
            Lost::Expired(until) => {
                format!(
                    "The address of the {file} has expired: it was good until {}.",
                    locale::moment(until, false)
                )
            }
            Lost::NotLoaded => {
                let host = page::absolute(address).map(|url| url.host()).unwrap_or_default();
                format!("The {file} could not be loaded from {host}.")
            }
        }
    }
}

/// What reading the message anew has brought.
#[derive(Clone, PartialEq)]
enum Answered {
    SameAddress,
    NotFound,
    Refused(Failure),
}

impl Answered {
    fn sentence(&self) -> String {
        match self {
            Answered::SameAddress => {
                "Kapso has no other address for it: the file has to be sent again.".to_owned()
            }
            Answered::NotFound => {
                "The message was not found at Kapso again, so there is no other address.".to_owned()
            }
            Answered::Refused(failure) => {
                format!(
                    "The message could not be read anew. {} {}",
                    failure.sentence(),
                    failure.next_for_read()
                )
            }
        }
    }
}

/// A file that loads when it is seen, or, where it plays, when somebody wants it: nothing plays by itself.
#[component]
fn Loaded(kind: MediaKind, url: String, name: String, origin: Option<Origin>) -> impl IntoView {
    let address = RwSignal::new(url);
    let name = StoredValue::new(name);
    let lost = RwSignal::new(None::<Lost>);
    let answered = RwSignal::new(None::<Answered>);
    let reading = RwSignal::new(false);
    // A player says itself that it loads.
    let comes = RwSignal::new(true);
    let on_error = move |_| lost.set(Some(address.with_untracked(|address| Lost::of(address))));
    let again = move |_| {
        if reading.get_untracked() {
            return;
        }
        reading.set(true);
        spawn_local(async move {
            let origin = origin.filter(|_| page::is_online());
            let Some(before) = address.try_get_untracked() else { return };
            let (now, said) = match origin {
                None => (before, None),
                Some(origin) => match origin.read_again().await {
                    Ok(Some(now)) if now != before => (now, None),
                    Ok(Some(_)) => (before, Some(Answered::SameAddress)),
                    Ok(None) => (before, Some(Answered::NotFound)),
                    Err(failure) => (before, Some(Answered::Refused(failure))),
                },
            };
            reading.try_set(false);
            answered.try_set(said);
            address.try_set(now);
            comes.try_set(true);
            lost.try_set(None);
            // The button goes; keys go on among the messages.
            focus::if_lost(".thread-scroll".into());
        });
    };
    let gone = move |lost: Lost| {
        let url = address.get();
        view! {
            <p class="lost"><Icon name="alert"/><span>{lost.sentence(kind, &url)}" "{move || answered.get().map(|answered| answered.sentence())}</span></p>
            <p class="foot">
                <button type="button" aria-disabled=move || reading.get().then_some("true") on:click=again>
                    {move || if reading.get() { "Reading the message…" } else { "Try again" }}
                </button>
                " "<Out href=url text="Open the address".to_owned()/>
            </p>
        }
    };
    move || match lost.get() {
        Some(lost) => gone(lost).into_any(),
        None => {
            let (src, name) = (address.get(), name.get_value());
            match kind {
                MediaKind::Video => view! { <video class="player" controls preload="none" src=src aria-label=name on:error=on_error></video> }.into_any(),
                MediaKind::Audio => view! { <audio class="player" controls preload="none" src=src aria-label=name on:error=on_error></audio> }.into_any(),
                _ => view! {
                    <img class="picture" class:sticker=(kind == MediaKind::Sticker) class:comes=comes aria-busy=move || comes.get().then_some("true") alt=name loading="lazy" referrerpolicy="no-referrer" src=src on:error=on_error on:load=move |_| comes.set(false)/>
                }
                .into_any(),
            }
        }
    }
}
