//! Faults with proof of what did and did not happen, commands that are carried out whole or not at
//! all, and the log.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn fault(world: &mut World, fault: Json) {
    control(world, &json!({"faults": [fault]}), NOW).expect("a fault");
}

fn create(world: &mut World) -> Outcome {
    let body = json!({"customer": {"name": "New"}});
    answer(world, &request(Provider::Kapso, "POST", "/customers", Some(&body)), NOW)
}

fn customers(world: &mut World) -> u64 {
    let (_, body) = call(world, Provider::Kapso, ("GET", "/customers", None), NOW);
    body["meta"]["total_count"].as_u64().expect("a count")
}

#[test]
fn faults_before_leave_no_trace_and_faults_after_do() {
    let answers =
        [json!("drop"), json!("hang"), json!("garbage"), json!("truncated"), json!({"status": 503})];
    for spoilt in answers {
        for (when, made) in [("before", 0), ("after", 1)] {
            let mut world = World::new(1, NOW);
            fault(&mut world, json!({"operation": "kapso.create-customer", "when": when, "answer": spoilt}));
            let outcome = create(&mut world);
            assert_eq!(customers(&mut world), 2 + made, "{when} {spoilt}");
            match (spoilt.as_str(), outcome) {
                (Some("drop"), Outcome::Drop) | (Some("hang"), Outcome::Hang) => {
                    assert_eq!(log(&world, 0)[0]["status"], Json::Null);
                }
                (Some("garbage"), Outcome::Answer(answer)) => {
                    assert_eq!(answer.status, 200);
                    assert!(serde_json::from_str::<Json>(&answer.body).is_err());
                }
                (Some("truncated"), Outcome::Answer(answer)) => {
                    assert_eq!(answer.status, 201);
                    assert!(answer.body.starts_with("{\"data\""));
                    assert!(serde_json::from_str::<Json>(&answer.body).is_err());
                }
                (None, Outcome::Answer(answer)) => {
                    assert_eq!(answer.status, 503);
                    assert!(answer.body.contains("\"error\""));
                }
                (_, other) => panic!("{spoilt} {other:?}"),
            }
            // Once is once.
            assert!(matches!(create(&mut world), Outcome::Answer(answer) if answer.status == 201));
        }
    }
}

#[test]
fn a_fault_counts_down_and_meets_only_its_operation() {
    let mut world = World::new(1, NOW);
    let answer = json!({"status": 429, "headers": {"Retry-After": 7}, "body": {"error": "Slow"}});
    fault(&mut world, json!({"operation": "kapso.create-customer", "times": 2, "answer": answer}));
    assert_eq!(customers(&mut world), 2);
    for _ in 0..2 {
        let Outcome::Answer(answer) = create(&mut world) else { panic!() };
        assert_eq!((answer.status, answer.body.as_str()), (429, "{\"error\":\"Slow\"}"));
        assert_eq!(header(&answer, "Retry-After"), Some("7"));
        assert_eq!(header(&answer, "Content-Type"), Some("application/json"));
    }
    assert_eq!(control(&mut world, &json!({}), NOW).expect("state")["faults"], json!([]));
    assert!(matches!(create(&mut world), Outcome::Answer(answer) if answer.status == 201));
}

#[test]
fn commands_are_whole_or_nothing() {
    let mut world = World::new(1, NOW);
    for wrong in [
        json!([]),
        json!({"sped": 2}),
        json!({"speed": 2, "code": "12"}),
        json!({"speed": -1}),
        json!({"advance": -1}),
        json!({"advance": u64::MAX}),
        json!({"faults": [{"operation": "kapso.nothing"}]}),
        json!({"faults": [{"operation": "kapso.list-customers", "answer": "explode"}]}),
        json!({"faults": [{"operation": "kapso.list-customers", "wen": "after"}]}),
        json!({"conversation": {"messages": 1_000_001}}),
        json!({"receive": {"conversation_id": "x", "content": "y"}}),
        json!({"cors": "no"}),
        json!({"list_shape": "tree"}),
    ] {
        assert!(control(&mut world, &wrong, NOW).is_err(), "{wrong}");
    }
    let state = control(&mut world, &json!({}), NOW).expect("state");
    assert_eq!(
        state,
        json!({"seed": 1, "speed": 1.0, "code": "674639", "cors": true, "rate_limit": false, "list_shape": "array", "faults": []})
    );
    let state = control(
        &mut world,
        &json!({"speed": 50, "code": "000111", "cors": false, "list_shape": "single"}),
        NOW,
    );
    assert_eq!(state.expect("state")["code"], "000111");
    assert!(!cors(&world));
    create(&mut world);
    assert_eq!(log(&world, 0).as_array().map(Vec::len), Some(1));
    let state = control(&mut world, &json!({"reset": true, "speed": 3}), NOW).expect("state");
    assert_eq!((&state["speed"], &state["cors"], &state["seed"]), (&json!(3.0), &json!(true), &json!(1)));
    assert_eq!(log(&world, 0), json!([]));
    assert_eq!(customers(&mut world), 2);
    let other = control(&mut world, &json!({"seed": 2}), NOW).expect("state");
    assert_eq!(other["seed"], 2);
}

#[test]
fn the_log_keeps_calls_and_no_keys() {
    let mut world = World::new(1, NOW);
    let mut first = request(Provider::Kapso, "GET", "/customers/a%2Fb", None);
    first.query = "x=1".into();
    first.headers.push(("X-Other".into(), "plain".into()));
    answer(&mut world, &first, NOW);
    create(&mut world);
    let mut text = request(Provider::Kapso, "POST", "/customers", Some(&json!({})));
    text.body = "not json".into();
    answer(&mut world, &text, NOW);
    let entries = log(&world, 0);
    assert_eq!(
        entries[0],
        json!({
            "n": 1, "operation": "kapso.get-customer", "method": "GET", "path": "/customers/a%2Fb", "query": "x=1",
            "headers": {"x-api-key": "1234", "x-other": "plain"}, "body": null, "status": 404,
        })
    );
    assert_eq!(entries[1]["body"], json!({"customer": {"name": "New"}}));
    assert_eq!((&entries[2]["body"], &entries[2]["status"]), (&json!("not json"), &json!(400)));
    assert_eq!(log(&world, 2).as_array().map(Vec::len), Some(1));
    assert_eq!(log(&world, 99), json!([]));
    for _ in 0..10_050 {
        answer(&mut world, &first, NOW);
    }
    let entries = log(&world, 0);
    assert_eq!(entries.as_array().map(Vec::len), Some(10_000));
    assert_eq!(entries[0]["n"], 54);
    assert_eq!(log(&world, 10_052)[0]["n"], 10_053);
    assert!(!entries.to_string().contains("secret"));
}
