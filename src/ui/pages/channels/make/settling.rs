//! What became of a creation that lost its answer: found out by the provider's list, before anything is
//! offered again.

use super::{Kind, desk::Desk};
use crate::{
    domain::listed::Appeared,
    state::channels::{Begun, settle},
    ui::parts::Outcome,
};
use leptos::{prelude::*, task::spawn_local};

impl Desk {
    /// Reads the list, to find out what became of the last one.
    pub fn settle(self) {
        let (Some(begun), Some(connection)) = (self.begun(), self.connection.try_get_value()) else { return };
        if self.outcome.with_untracked(|outcome| *outcome == Outcome::Looking) {
            return;
        }
        self.outcome.set(Outcome::Looking);
        let Kind { operation, list, shape, .. } = *self.kind;
        spawn_local(async move {
            let settled = settle(self.app, &connection, &begun, (operation, list), shape).await;
            // The page may be gone; what is noted stays until somebody comes again.
            if self.outcome.try_get_untracked() != Some(Outcome::Looking) {
                return;
            }
            match settled {
                Err(failure) => self.outcome.set(Outcome::Unknown(failure)),
                Ok(appeared) => self.appeared(appeared, &begun),
            }
        });
    }

    fn appeared(self, appeared: Appeared, begun: &Begun) {
        let (noun, provider) = (self.kind.noun, self.provider());
        let sentence = match appeared {
            Appeared::Made(id) => {
                self.app.channels.end(begun);
                self.outcome.set(Outcome::Nothing);
                let sentence = format!(
                    "No usable answer came. {provider}'s list was read again: the {noun} was created."
                );
                return self.made(&id, &sentence);
            }
            Appeared::NotMade => {
                self.app.channels.end(begun);
                format!(
                    "No usable answer came. {provider}'s list was read again: the {noun} was not created. What you typed is still in the form."
                )
            }
            Appeared::Perhaps(id) => {
                self.perhaps.set(Some(self.place.run(id)));
                format!(
                    "No usable answer came. {provider}'s list has a {noun} with these values, but it may be an older one: look at it before you create another."
                )
            }
            Appeared::Untold => {
                format!(
                    "No usable answer came. The {noun} is not among those of {provider}'s list that were read, and there are more: look for it before you create another."
                )
            }
        };
        self.outcome.set(Outcome::Found { saved: false, sentence });
    }

    /// A person has looked and wants to go on.
    pub fn give_up(self) {
        if let Some(begun) = self.begun() {
            self.app.channels.end(&begun);
        }
        self.outcome.set(Outcome::Nothing);
        self.perhaps.set(None);
    }
}
