//! The look at a picture at an address before it is sent: what this page can see of it, and what it
//! cannot. It never sends anything to the provider.

use super::shown::{Findings, Pair};
use crate::{
    browser::{image, page},
    domain::picture::{self, Finding},
};
use leptos::{prelude::*, task::spawn_local};

/// What was seen of the picture at one address.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    Loading,
    /// The page may not load it.
    Insecure,
    /// It could not be loaded from here.
    Nothing,
    Sides(u32, u32),
}

/// The check of the address that is in the form; of any other one it says nothing.
#[derive(Clone, Copy)]
pub struct Check {
    address: Signal<String>,
    seen: RwSignal<Option<(String, Seen)>>,
}

impl Check {
    pub fn of(address: Signal<String>) -> Check {
        Check { address, seen: RwSignal::new(None) }
    }

    pub fn begin(self) {
        let address = self.address.get_untracked();
        if !page::is_shown(&address) {
            self.seen.set(Some((address, Seen::Insecure)));
            return;
        }
        self.seen.set(Some((address.clone(), Seen::Loading)));
        spawn_local(async move {
            let seen = match image::sides(&address).await {
                Some((width, height)) => Seen::Sides(width, height),
                None => Seen::Nothing,
            };
            // The page may be gone, or another address may be looked at by now.
            let waiting = self.seen.try_with_untracked(|now| *now == Some((address.clone(), Seen::Loading)));
            if waiting == Some(true) {
                self.seen.try_set(Some((address, seen)));
            }
        });
    }

    fn now(self) -> Option<(String, Seen)> {
        let address = self.address.get();
        self.seen.get().filter(|(seen, _)| *seen == address)
    }

    /// Whether the picture was seen to be one that is not taken.
    pub fn blocks(self) -> bool {
        findings(&self.now()).iter().any(|finding| finding.blocks)
    }
}

fn findings(seen: &Option<(String, Seen)>) -> Vec<Finding> {
    match seen {
        Some((_, Seen::Sides(width, height))) => picture::photo_side_findings(*width, *height),
        _ => vec![],
    }
}

/// Id of what was seen, which takes the focus when it stands in the way.
pub const CHECKED: &str = "photo-checked";

#[component]
pub fn Checked(check: Check) -> impl IntoView {
    let seen = Memo::new(move |_| check.now());
    let words = |sentence: &'static str| view! { <p class="note">{sentence}</p> }.into_any();
    let drawn = move || match seen.get() {
        None => ().into_any(),
        Some((_, Seen::Loading)) => words("Loading the picture…"),
        Some((_, Seen::Insecure)) => words(
            "Not checked: this page loads pictures from https addresses only. Vonage may still be able to fetch it.",
        ),
        Some((_, Seen::Nothing)) => {
            words("Not checked: the picture could not be loaded here. Vonage may still be able to fetch it.")
        }
        Some((url, Seen::Sides(width, height))) => {
            let findings = findings(&Some((String::new(), Seen::Sides(width, height))));
            let fits = findings.is_empty();
            let blocks = findings.iter().any(|finding| finding.blocks);
            view! {
                <Pair url/>
                <p>{format!("Checked: width and height, {width} × {height} pixels.")}{fits.then_some(" They fit.")}</p>
                <Findings findings/>
                {blocks.then(|| view! { <p>"It is not sent from here. Enter the address of another picture."</p> })}
                <p class="note">
                    "Not checked: whether the file is a PNG or JPEG, and how many bytes it has. A page cannot see that of a file at another host."
                </p>
            }
            .into_any()
        }
    };
    view! { <div class="checked" id=CHECKED tabindex="-1" role="status">{drawn}</div> }
}
