//! One change of what a number offers, and what is known of it: where no answer came the list is read
//! again first, and nothing more is offered until that has shown what happened. What is sent, and what
//! it is called, is said by whoever uses this.

use super::shelf::Shelf;
use crate::{
    catalogue::failure::{CarriedOut, Failure},
    domain::connection::Connection,
    state::send::Exchange,
    ui::{
        form::{self, Form, Sending},
        parts::Refusal,
    },
};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Change {
    pub sending: RwSignal<Sending>,
    /// Whether the list has to show first what came of a request that nobody answered.
    looking: RwSignal<bool>,
    /// Whether looking has shown that nothing came of it.
    undone: RwSignal<bool>,
    /// Whether the list could not be read.
    stuck: Signal<bool>,
    read_again: Callback<()>,
    then: Callback<Known>,
}

/// How it became known that a change took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Answered,
    Found,
}

impl Change {
    /// `read_again` brings the shelf up to date, `took_place` then tells what it shows, and `then` runs
    /// once the change is known to have taken place.
    pub fn new<T: Send + Sync + 'static>(
        shelf: Shelf<T>,
        read_again: fn(Shelf<T>),
        took_place: impl Fn() -> bool + 'static,
        then: impl Fn(Known) + Send + Sync + 'static,
    ) -> Change {
        let change = Change {
            sending: RwSignal::new(Sending::Idle),
            looking: RwSignal::new(false),
            undone: RwSignal::new(false),
            stuck: Signal::derive(move || shelf.failure.with(Option::is_some)),
            read_again: Callback::new(move |()| read_again(shelf)),
            then: Callback::new(then),
        };
        Effect::new(move |before: Option<u32>| {
            let now = shelf.complete.get();
            // A reading that began after this one is the one to wait for.
            let ended = before.is_some_and(|before| before != now) && !shelf.busy.get_untracked();
            if ended && change.looking.get_untracked() {
                change.looking.set(false);
                if took_place() {
                    change.forget();
                    change.then.run(Known::Found);
                } else {
                    change.undone.set(true);
                }
            }
            now
        });
        change
    }

    /// Whether it has to be seen first what an unanswered request did.
    pub fn is_unknown(self) -> bool {
        self.looking.get()
    }

    /// Whether nothing else may be offered now: it is under way, or not known yet.
    pub fn is_open(self) -> bool {
        self.looking.get() || self.sending.with(|sending| *sending == Sending::Pending)
    }

    /// Forgets how an earlier try ended.
    pub fn forget(self) {
        self.undone.set(false);
        self.sending.set(Sending::Idle);
    }

    /// Learns how the sending ended.
    pub fn hear(self, exchange: &Exchange) {
        self.undone.set(false);
        match &exchange.result {
            Ok(_) => {
                self.forget();
                self.read_again.run(());
                self.then.run(Known::Answered);
            }
            Err(failure) if failure.carried_out() == CarriedOut::Maybe => {
                self.looking.set(true);
                self.read_again.run(());
            }
            Err(_) => {}
        }
    }

    fn failure(self) -> Option<Failure> {
        self.sending.with(|sending| match sending {
            Sending::Ended(exchange) => exchange.result.as_ref().err().cloned(),
            _ => None,
        })
    }
}

/// What is said where no answer came.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Such as `the pack was created`.
    pub deed: String,
    /// The sentence once it is clear that it did not happen.
    pub undone: String,
}

/// Why a change was not carried out, or what is known of it so far.
#[component]
pub fn Outcome(
    change: Change,
    words: Words,
    connection: Connection,
    /// The form it was sent with, whose labels the provider's words are given.
    #[prop(optional)]
    form: Option<Form>,
) -> impl IntoView {
    let failure = Memo::new(move |_| change.failure());
    let refusal = move || {
        failure.get().map(|failure| {
            if change.undone.get() {
                view! { <p>{failure.sentence()}</p> }.into_any()
            } else {
                let said = form.map(|form| form::said(form, &failure)).unwrap_or_default();
                view! { <Refusal failure connection=connection.clone() writes=true said/> }.into_any()
            }
        })
    };
    let known = move || {
        if change.undone.get() {
            words.undone.clone()
        } else if !change.looking.get() {
            String::new()
        } else if !change.stuck.get() {
            format!("Looking whether {}…", words.deed)
        } else {
            format!(
                "It is not known yet whether {}, because the list could not be read. Choose “Try again” there; nothing can be sent again before.",
                words.deed
            )
        }
    };
    view! {
        <div class="outcome-of">
            {refusal}
            <p role="status" class="certainty">{known}</p>
        </div>
    }
}
