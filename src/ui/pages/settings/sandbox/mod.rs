//! The controls of the sandbox in this page, for training: what is in force, how fast things go, what goes wrong,
//! what customers write, and the values that bring about each documented error.

mod faults;
mod said;
mod talks;
mod triggers;
mod world;

use super::section::Section;
use crate::{
    browser::{locale, sandbox::ControlFault},
    catalogue::provider::Provider,
    domain::connection::Home,
    state::{
        Frame,
        training::{Part, Training},
    },
    ui::parts::Icon,
};
use faults::Faults;
use leptos::prelude::*;
use said::Said;
use talks::Talks;
use triggers::Triggers;
use world::World;

#[component]
pub fn Sandbox() -> impl IntoView {
    let training = Training::new(Frame::use_frame().notices);
    training.look();
    view! {
        <Section id="sandbox" title="Sandbox">
            <p class="note wide">"The sandbox in this page stands in for the four providers. What you do there stays in this browser. With these controls a team can practise what seldom happens; every tab of this browser sees the same sandbox."</p>
            <OnServer/>
            {move || training.fault.get().map(|fault| view! { <p class="problem" role="alert"><Icon name="cross"/>{sentence(&fault)}</p> })}
            <Show when=move || training.state.with(Option::is_some) fallback=|| view! { <div class="skeleton short" aria-busy="true"></div> }>
                <Holds training/>
                <World training/>
                <Faults training/>
                <Talks training/>
            </Show>
            <div class="foot">
                <button type="button" on:click=move |_| training.reset()>"Reset the sandbox"</button>
                <span class="note">"Begins with the sample data anew, and takes every fault and setting above back."</span>
            </div>
            <Said training about=Part::All/>
            <Triggers/>
        </Section>
    }
}

fn sentence(fault: &ControlFault) -> String {
    match fault {
        ControlFault::Module(failure) => format!("{} {}", failure.sentence(), failure.next()),
        ControlFault::Refused(reason) => format!("The sandbox did not take it: {reason}."),
    }
}

/// What the connections in use have to do with these controls.
#[component]
fn OnServer() -> impl IntoView {
    let connections = Frame::use_frame().connections;
    let elsewhere = move || {
        let active = Provider::ALL.into_iter().filter_map(|provider| connections.active(provider));
        let others = active.filter(|connection| connection.home != Home::Page);
        let names = others.filter(|connection| connection.is_sandbox()).map(|one| one.provider.name());
        on_server(&names.collect::<Vec<_>>())
    };
    move || {
        elsewhere().map(|sentence| {
            view! {
                <p class="warning" role="note"><Icon name="alert"/><span>
                    {sentence}" It is controlled at "
                    <code>"/sandbox/_control"</code>
                    ". These controls are for the sandbox in this page; choose “Sandbox” among the active connections to use it."
                </span></p>
            }
        })
    }
}

/// Says for which providers a server's sandbox is in use; nothing where it is for none.
fn on_server(names: &[&str]) -> Option<String> {
    let (last, others) = names.split_last()?;
    Some(match others {
        [] => format!("The active connection of {last} uses the sandbox of a server."),
        _ => {
            format!("The active connections of {} and {last} use the sandbox of a server.", others.join(", "))
        }
    })
}

/// How much there is.
#[component]
fn Holds(training: Training) -> impl IntoView {
    let words = move || {
        training.state.with(|state| {
            let holds = &state.as_ref()?.holds;
            let messages: usize = holds.conversations.iter().map(|talk| talk.messages).sum();
            let [talks, messages, numbers, customers] =
                [holds.conversations.len(), messages, holds.numbers, holds.customers].map(locale::number);
            Some(format!(
                "It holds {talks} conversations with {messages} messages, {numbers} numbers and {customers} customers."
            ))
        })
    };
    view! { <p data-holds="">{words}</p> }
}
