//! What locks the vault: a person in any tab, time in which nobody is there, sleep; and what is heard of it
//! from other tabs.

use super::{
    Keys, Place,
    vault::{CHANNEL, IDLE, LOCK, Standing, TELL_TOUCH, TOUCHED, TRIES},
};
use crate::{
    browser::{page, settings, tabs::Channel},
    domain::vault::{self, Lock},
};
use leptos::{ev, leptos_dom::helpers::window_event_listener_untyped, prelude::*, task::spawn_local};
use std::time::Duration;

impl Keys {
    /// Looks whether there is a vault, and locks it when nobody is there. Call it once.
    pub fn start(self) {
        let vault = self.vault;
        vault.channel.set_value(Channel::open(CHANNEL, move |what| self.hear(&what)));
        spawn_local(async move { self.look_up().await });
        let touched = ["pointerdown", "keydown"]
            .map(|name| window_event_listener_untyped(name, move |_: ev::Event| self.touch()));
        // A page that is frozen looks at no clock, and may be thawed days later.
        page::when_frozen(move || self.lock_by_itself(Lock::Slept));
        let chosen = window_event_listener(ev::storage, move |event| {
            if settings::is_about(&event, IDLE) {
                vault.idle.set(settings::get(IDLE).unwrap_or_default());
            }
            if settings::is_about(&event, TRIES) {
                vault.tries.set(settings::get(TRIES).unwrap_or_default());
            }
        });
        let seen = window_event_listener_untyped("visibilitychange", move |_| self.look_at_the_clock());
        let clock =
            set_interval_with_handle(move || self.look_at_the_clock(), Duration::from_millis(vault::LOOK));
        on_cleanup(move || {
            touched.into_iter().for_each(|listener| listener.remove());
            chosen.remove();
            seen.remove();
            clock.inspect(|clock| clock.clear()).ok();
        });
    }

    /// Locks the vault in every tab.
    pub fn lock(self) {
        self.vault.tell(LOCK);
        self.vault.why.set(None);
        self.shut();
    }

    /// Forgets everything that came from the vault.
    pub(super) fn shut(self) {
        self.vault.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.held.update(|all| all.retain(|_, key| key.place == Place::Tab));
        if self.vault.opened.try_update_value(Option::take).flatten().is_some() {
            self.vault.stand(Standing::Locked);
        }
    }

    fn lock_by_itself(self, why: Lock) {
        if self.vault.opened().is_some() {
            self.vault.why.set(Some(why));
            self.shut();
        }
    }

    fn look_at_the_clock(self) {
        let (vault, now) = (self.vault, page::now());
        let looked = vault.looked.get_value();
        vault.looked.set_value(now);
        if let Some(why) = vault::locks(vault.idle.get_untracked(), looked, vault.touched.get_value(), now) {
            self.lock_by_itself(why);
        }
    }

    /// Somebody is here.
    fn touch(self) {
        let (vault, now) = (self.vault, page::now());
        // The first key after a sleep does not keep it open.
        self.look_at_the_clock();
        vault.touched.set_value(now);
        if now.saturating_sub(vault.told.get_value()) >= TELL_TOUCH {
            vault.told.set_value(now);
            vault.tell(TOUCHED);
        }
    }

    fn hear(self, what: &str) {
        match what {
            LOCK => self.shut(),
            TOUCHED => self.vault.touched.set_value(page::now()),
            _ => {
                self.vault.heard.update_value(|heard| *heard = heard.wrapping_add(1));
                spawn_local(async move { self.read_again().await });
            }
        }
    }

    /// Another tab has changed, made or destroyed the vault.
    async fn read_again(self) {
        let vault = self.vault;
        loop {
            let (turn, heard) = (vault.turn(), vault.heard.get_value());
            let Some(opened) = vault.opened() else { return self.look_up().await };
            match opened.contents().await {
                Ok(contents) => drop(self.take(opened, contents, turn).await),
                Err(_) => {
                    self.shut();
                    return self.look_up().await;
                }
            }
            // What was read may be old by now.
            if vault.heard.get_value() == heard {
                return;
            }
        }
    }
}
