use super::*;
use crate::{
    catalogue::vonage,
    domain::outbox::{Came, Leaving, READINGS, Refusal},
};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn item(state: State, released: u64) -> Item {
    Item {
        key: format!("{released}"),
        connection: "k".into(),
        conversation: "c/1".into(),
        request: json!({}),
        to: String::new(),
        template: String::new(),
        released,
        state,
    }
}

fn unknown(readings: u8) -> State {
    State::Unknown { left: Leaving::default(), came: Came::Nothing, readings, candidates: vec![] }
}

#[test]
fn messages_that_wait_are_counted_by_what_became_of_them() {
    let items = [
        item(unknown(READINGS), 7),
        item(State::Failed(Refusal::default()), 5),
        item(State::Failed(Refusal::default()), 4),
        item(unknown(0), 3),
        item(State::Waiting, 2),
    ];
    let hands = Hand::of_queue(&items, false, Some("Ana"), 8);
    let said: Vec<String> = hands.iter().map(|hand| hand.sentence(|number| number.to_string())).collect();
    assert_eq!(
        said,
        ["It is not known whether a message to Ana was sent.", "2 messages to Ana were not sent."]
    );
    assert_eq!((hands[1].since, hands[1].place.as_str()), (Some(4), "/inbox/c%2F1"));
    assert_eq!(Hand::of_queue(&items[4..], true, Some("Ana"), 8)[0].need, Need::Held);
    assert!(Hand::of_queue(&items[3..], false, Some("Ana"), 8).is_empty());
}

#[test]
fn messages_are_told_by_whom_they_are_for() {
    let of = |conversation: &str, number: &str, to: &str| Item {
        conversation: conversation.into(),
        to: to.into(),
        request: json!({ "message": { "phone_number": number } }),
        ..item(unknown(READINGS), 3)
    };
    let said = |items: &[Item], contact| {
        let hands = Hand::of_queue(items, false, contact, 8);
        hands.iter().map(|hand| hand.sentence(|number| number.to_string())).collect::<Vec<_>>()
    };
    let many = ["+447700900000", "+5511999990000", "+447700900000"].map(|number| of("", number, ""));
    assert_eq!(
        said(&many, None),
        [
            "It is not known whether 2 messages to +44 770 090 0000 were sent.",
            "It is not known whether a message to +55 119 9999 0000 was sent.",
        ]
    );
    // The figures of its number were not known yet when the first was written.
    let one = [of("c", "", ""), of("c", "", "447700900000"), of("c", "", "447700900000")];
    assert_eq!(said(&one, None), ["It is not known whether 3 messages to +44 770 090 0000 were sent."]);
    assert_eq!(said(&one, Some("Ana")), ["It is not known whether 3 messages to Ana were sent."]);
    let unnamed = "It is not known whether a message to the conversation c was sent.";
    assert_eq!(said(&one[..1], None), [unnamed]);
}

#[test]
fn a_connection_is_said_to_be_one_thing() {
    let own = |id: &str| Connection {
        id: id.into(),
        provider: crate::catalogue::provider::Provider::Kapso,
        label: "Mine".into(),
        base_url: "/relay/kapso".into(),
        credential: crate::domain::connection::Credential::Ask,
        scheme: String::new(),
        home: crate::domain::connection::Home::Own,
    };
    let hand = Hand::of_trouble(&own("a"), "Key refused", 5);
    assert_eq!(hand.fault_of(&own("a")), Some("Key refused"));
    assert_eq!(hand.fault_of(&own("b")), None);
    assert_eq!(Hand::of_token(&own("a"), 5).fault_of(&own("a")), Some("Token ended"));
}

#[test]
fn a_number_asks_for_its_code_and_tells_its_failure() {
    let mut track = Track::new("d 1", "v", 1);
    (track.country_code, track.number) = ("44".into(), "7700900000".into());
    assert_eq!(Hand::of_number(&track), None);
    for (state, need) in [
        (vonage::State::CodeSent, Need::Code),
        (vonage::State::WrongCode, Need::OtherCode),
        (vonage::State::Error, Need::Number),
    ] {
        track.seen = vec![crate::domain::provisioning::Sight { state, first: 9, last: 9 }];
        let hand = Hand::of_number(&track).unwrap();
        assert_eq!((hand.need.clone(), hand.since, hand.place.as_str()), (need, Some(9), "/numbers/d%201"));
        assert!(hand.is_at("/numbers") && !hand.is_at("/number"));
    }
}

#[test]
fn what_is_urgent_comes_first_and_keys_stay_in_their_tab() {
    let hand = |need, since| Hand { need, about: "x".into(), place: "/".into(), since: Some(since) };
    let hands = [
        hand(Need::Number, 1),
        hand(Need::Token, 2),
        hand(Need::Refused(1), 9),
        hand(Need::Refused(1), 3),
        hand(Need::Code, 5),
    ];
    let mut waiting = Waiting { hands: hands.to_vec(), going: true };
    waiting.sort();
    let order = |waiting: &Waiting| waiting.hands.iter().map(|hand| hand.since).collect::<Vec<_>>();
    assert_eq!(order(&waiting), [5, 3, 9, 2, 1].map(Some));
    assert_eq!(order(&waiting.kept(true)), [5, 3, 9, 1].map(Some));
    assert_eq!(order(&waiting.kept(false)), [5, 1].map(Some));
    assert!(!waiting.kept(false).is_idle());
}
