//! The way of somebody who is new here.

use super::is_connected;
use crate::{
    browser::{focus, page},
    catalogue::provider::Provider,
    domain::{connection::Connection, first_steps::Step},
    state::Frame,
    ui::parts::Icon,
};
use leptos::prelude::*;

/// Nobody looks around among their customers because a live connection is in use.
fn prepare(frame: Frame, step: Step) {
    let sandbox = || frame.connections.of(Provider::Kapso).into_iter().find(Connection::is_sandbox);
    if step == Step::LookAround
        && let Some(sandbox) = sandbox()
    {
        frame.connections.choose(Provider::Kapso, &sandbox.id);
    }
}

#[component]
pub fn FirstSteps() -> impl IntoView {
    let frame = Frame::use_frame();
    // A connection that somebody made, here or for this site, is a step of its own.
    let steps = Memo::new(move |_| {
        let mut steps = frame.steps.get();
        if is_connected(frame) {
            steps.done.insert(Step::Connect);
        }
        if !frame.connections.offers_sandbox() {
            steps.done.insert(Step::LookAround);
        }
        steps
    });
    let shown = move || {
        Step::ALL
            .into_iter()
            .filter(move |step| *step != Step::LookAround || frame.connections.offers_sandbox())
    };
    let row = move |step: Step| {
        let done = move || steps.with(|steps| steps.done.contains(&step));
        let next = move || steps.with(|steps| steps.next() == Some(step));
        view! {
            <li class="step" class:done=done class:due=next>
                <span class="step-mark"><Show when=done><Icon name="check"/></Show></span>
                <div>
                    <h3>
                        <a href=page::place(step.place()) on:click=move |_| prepare(frame, step)>{step.title()}</a>
                        <Show when=done><span class="unseen">", done"</span></Show>
                    </h3>
                    <p class="note">{step.about()}</p>
                </div>
            </li>
        }
    };
    let hide = move |_| {
        frame.steps.hide();
        focus::soon("main h1".into());
    };
    view! {
        <Show when=move || steps.with(|steps| steps.are_shown())>
            <section class="panel first-steps" aria-labelledby="first-steps">
                <div class="panel-head">
                    <h2 id="first-steps">"First steps"</h2>
                    <button type="button" on:click=hide>"Hide these"</button>
                </div>
                <ol>{move || shown().map(row).collect_view()}</ol>
            </section>
        </Show>
    }
}
