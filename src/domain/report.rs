//! What a provider's support needs to know about a number, as one text to copy. There is nothing in it
//! that is secret: it is made of ids, states, times and what the provider said itself.

use super::{ledger::Ledger, provisioning::Track};
use crate::catalogue::{failure::Failure, vonage::State};

/// The report; `time` writes Unix milliseconds in a form that needs no time zone.
pub fn report(
    track: &Track,
    ledger: &Ledger,
    failures: &[Failure],
    now: u64,
    time: &dyn Fn(u64) -> String,
) -> String {
    let mut lines = vec![
        "Report about a WhatsApp number at Vonage (WhatsApp Manager, also called Provisioning API)".into(),
        format!("Made: {}", time(now)),
        format!("Deployment: {}", track.id),
        format!("Number: +{} {}", track.country_code, track.number),
        format!("WhatsApp Business account: {}", track.waba_id),
        format!("State: {}", track.state().map_or("not read yet", State::title)),
    ];
    if !track.detail.is_empty() {
        lines.push(format!("Detail: {}", track.detail));
    }
    lines.push(format!("Last answer: {}", track.read_at.map_or("none".into(), time)));
    lines.push("States as seen from one device:".into());
    lines.extend(track.seen.iter().map(|sight| format!("  {}  {}", time(sight.first), sight.state.title())));
    if !ledger.entries.is_empty() {
        lines.push("Requests from one device:".into());
        let row = |entry: &super::ledger::Entry| {
            format!("  {}  {}: {}", time(entry.at), entry.act.word(), entry.outcome.word())
        };
        lines.extend(ledger.entries.iter().map(row));
    }
    let said = failures.iter().map(|failure| &failure.said).filter(|said| !said.code.is_empty());
    for said in said {
        lines.push(format!("Error: {} ({}) {}", said.code, said.title, said.detail));
        if !said.trace.is_empty() {
            lines.push(format!("Trace (instance): {}", said.trace));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{
            failure::{FailureKind, Said},
            vonage::replies::Deployment,
        },
        domain::{
            ledger::{Act, Entry, Outcome},
            provisioning::Event,
        },
    };
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_names_ids_states_times_and_traces() {
        let mut track = Track::new("dep-1", "c", 1);
        let deployment = Deployment {
            id: "dep-1".into(),
            waba_id: "1048".into(),
            country_code: "44".into(),
            number: "7700900000".into(),
            state: State::Error,
            detail: "Invalid vname certificate".into(),
        };
        track.step(&Event::Read { deployment: &deployment, asked: 5 }, 5);
        let entry = Entry {
            act: Act::Create,
            at: 2,
            nonce: 0,
            method: "sms".into(),
            connection: "c".into(),
            outcome: Outcome::Unknown,
            ended: None,
        };
        let said = Said { code: "throttled".into(), trace: "bf0ca0bf927b3b52".into(), ..Said::default() };
        let failure = Failure { said: Box::new(said), ..Failure::of(FailureKind::Refused) };
        let text = report(&track, &Ledger { entries: vec![entry] }, &[failure], 9, &|at| format!("t{at}"));
        for part in [
            "dep-1",
            "1048",
            "+44 7700900000",
            "Invalid vname certificate",
            "t5  ERROR",
            "t2  Started: outcome unknown",
            "bf0ca0bf927b3b52",
            "Made: t9",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
}
