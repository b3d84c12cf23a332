//! Every documented error can be reached, every typed value reaches what it says, and every operation
//! succeeds as documented.

use super::*;
use crate::catalogue::{errors::common, operation::Explained, reply};
use std::collections::BTreeSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The code that a client reads out of an answer, by the catalogue's own judgement.
fn code(operation: &'static Operation, answer: &Answer) -> String {
    let reply =
        reply::Reply { status: answer.status, headers: vec![], body: answer.body.clone(), milliseconds: 0 };
    reply::judge(operation, &reply).err().map(|failure| failure.said.code).unwrap_or_default()
}

/// A world in which the example ids exist, so that a trigger deeper in an address is reached.
fn prepared(request: &mut Request) -> World {
    let mut world = World::new(1, NOW);
    let (_, list) = call(&mut world, Provider::Vonage, ("GET", "/deployments", None), NOW);
    let live = list[0]["deployment_id"].as_str().expect("id").to_owned();
    let (_, packs) =
        call(&mut world, Provider::Vonage, ("GET", &format!("/deployments/{live}/stickerpacks"), None), NOW);
    let (_, talks) = call(&mut world, Provider::Kapso, ("GET", "/whatsapp_conversations", None), NOW);
    let (_, customers) = call(&mut world, Provider::Kapso, ("GET", "/customers", None), NOW);
    for (example, real) in [
        ("aaaaaaaa-bbbb-cccc-dddd-0123456789ab", live.as_str()),
        ("stickerpack-id", packs["stickerpacks"][0]["id"].as_str().expect("id")),
        ("conversation-202mno", talks["data"][0]["id"].as_str().expect("id")),
        ("customer-456def", customers["data"][0]["id"].as_str().expect("id")),
    ] {
        request.path = request.path.replace(example, real);
    }
    world
}

#[test]
fn every_trigger_reaches_what_it_says() {
    for trigger in TRIGGERS {
        let operation = catalogue::find(trigger.operation).expect(trigger.operation);
        let mut request = example(operation, trigger.path, trigger.value);
        let mut world = prepared(&mut request);
        let answer = full(&mut world, &request, NOW);
        let (status, wanted) = trigger::status_and_code(trigger.reaches);
        assert_eq!(answer.status, status, "{trigger:?} {}", answer.body);
        if !trigger.reaches.contains(", then") && !wanted.is_empty() {
            assert_eq!(code(operation, &answer), wanted, "{trigger:?} {}", answer.body);
        }
    }
}

/// Errors that need no typed value: unreadable bodies, refused keys, states, values out of range.
const BY_BEHAVIOUR: &[(&str, u16)] = &[("kapso", 400), ("kapso", 401)];

fn reached(operation: &Operation, error: &Explained) -> bool {
    TRIGGERS.iter().filter(|trigger| trigger.operation == operation.id).any(|trigger| {
        let (status, code) = trigger::status_and_code(trigger.reaches);
        if error.code.is_empty() { status == error.status } else { code == error.code }
    })
}

#[test]
fn every_documented_error_can_be_reached() {
    for operation in catalogue::all() {
        // What has no field takes no typed value; there an error is a fault that was ordered.
        for error in operation.errors.iter().filter(|_| !operation.fields.is_empty()) {
            assert!(reached(operation, error), "{} {} {}", operation.id, error.status, error.code);
        }
    }
    for provider in Provider::ALL {
        for error in common(provider) {
            let by_value = catalogue::operations(provider).iter().any(|operation| reached(operation, error));
            let by_behaviour = BY_BEHAVIOUR.contains(&(provider.id(), error.status))
                || (provider == Provider::Rapida && error.status == 401);
            assert!(by_value || by_behaviour, "{} {} {}", provider.id(), error.status, error.code);
        }
    }
}

#[test]
fn every_operation_succeeds_with_its_documented_status() {
    // Those that need a state or an id of their own are tested beside their provider.
    let skipped =
        ["vonage.verify", "vonage.resend-otp", "kapso.update-assignment", "kapso.create-assignment"];
    let mut seen = BTreeSet::new();
    for operation in catalogue::all().filter(|operation| !skipped.contains(&operation.id)) {
        let mut request = example(operation, "", "");
        let mut world = prepared(&mut request);
        let (_, talks) = call(&mut world, Provider::Kapso, ("GET", "/whatsapp_conversations", None), NOW);
        let talk = &talks["data"][0];
        let at = format!("/whatsapp_conversations/{}/whatsapp_messages", talk["id"].as_str().expect("id"));
        let (_, messages) = call(&mut world, Provider::Kapso, ("GET", &at, None), NOW);
        let inbound =
            messages["data"].as_array().and_then(|rows| rows.iter().find(|m| m["direction"] == "inbound"));
        let (_, configs) = call(&mut world, Provider::Kapso, ("GET", "/whatsapp_configs", None), NOW);
        request.path = request
            .path
            .replace("config-123abc", configs["data"][0]["id"].as_str().expect("id"))
            .replace(
                "/whatsapp_messages/x/",
                &format!("/whatsapp_messages/{}/", inbound.expect("one")["id"].as_str().expect("id")),
            )
            .replace(
                "/whatsapp_contacts/x/",
                &format!(
                    "/whatsapp_contacts/{}/",
                    ids::digits_of(talk["phone_number"].as_str().expect("number"))
                ),
            );
        let answer = full(&mut world, &request, NOW);
        assert_eq!(answer.status, operation.success, "{} {} {}", operation.id, request.path, answer.body);
        assert_eq!(code(operation, &answer), "", "{}", operation.id);
        seen.insert(operation.id);
    }
    assert_eq!(seen.len() + skipped.len(), catalogue::all().count());
}

/// What Webex and Rapida say of wrong values, by their codes.
#[test]
fn refusals_name_the_first_thing_that_is_wrong() {
    let text = json!({
        "deliverychannel": "whatsapp", "appid": "a", "destination": [{"waid": ["447700900000"]}],
        "channels": {"OTT-Messaging": {"wa": {"type": "text", "text": {"body": "Hi"}}}},
    });
    let with = |path: &str, value: Json| {
        let mut body = text.clone();
        *body.pointer_mut(path).expect("a place") = value;
        body
    };
    let many = json!(vec![json!({"waid": ["447700900000"]}); 1001]);
    for (body, code) in [
        (text.clone(), "1001"),
        (with("/deliverychannel", json!("sms")), "7004"),
        (with("/channels/OTT-Messaging/wa/type", Json::Null), "7003"),
        (with("/appid", Json::Null), "7003"),
        (with("/appid", json!(7)), "7004"),
        (with("/destination/0", json!({"correlationid": "x"})), "7003"),
        (with("/destination", many), "7009"),
        (with("/channels/OTT-Messaging/wa/text/body", json!("x".repeat(4097))), "7004"),
    ] {
        let mut world = World::new(1, NOW);
        let (_, answer) = call(&mut world, Provider::Webex, ("POST", "/messaging", Some(body)), NOW);
        let row = if code == "1001" { &answer["response"][0] } else { &answer["response"] };
        assert_eq!(row["code"], code, "{answer}");
        assert!(row["transid"].is_string() && row["description"].is_string());
    }
    for (changes, code) in [
        (json!({"assistantId": 7}), "1008001"),
        (json!({"assistantId": "0", "idealTimeout": 5}), "1008004"),
        (json!({"whatsappProviderName": " ", "idealTimeout": 15}), "1008009"),
        (json!({"whatsappProviderName": null, "idealTimeout": 5}), "1008009"),
        (json!({"idealTimeout": 121, "maxSessionDuration": 1}), "1008006"),
        (json!({"idealTimeoutBackoff": 6}), "1008007"),
        (json!({"idealTimeoutBackoff": -1}), "1008001"),
        (json!({"maxSessionDuration": 601}), "1008008"),
        (json!({"maxSessionDuration": "300"}), "1008001"),
        (json!({"unclearInputTimeout": 11}), "1008010"),
    ] {
        let mut body = json!({"assistantId": "7", "whatsappProviderName": "gupshup"});
        for (name, value) in changes.as_object().expect("an object") {
            body[name] = value.clone();
        }
        let mut world = World::new(1, NOW);
        let path = "/create-whatsapp-deployment";
        let (_, answer) = call(&mut world, Provider::Rapida, ("POST", path, Some(body)), NOW);
        assert_eq!(answer["error"]["errorCode"], code, "{changes} {answer}");
    }
}

#[test]
fn rapida_reads_back_what_was_created() {
    let mut world = World::new(1, NOW);
    let mut ask =
        |method: &str, path: &str, body| call(&mut world, Provider::Rapida, (method, path, body), NOW);
    let body = json!({
        "assistantId": "77", "whatsappProviderName": "gupshup", "idealTimeout": 15,
        "whatsappOptions": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}],
    });
    let (_, none) = ask("GET", "/get-whatsapp-deployment/77", None);
    assert_eq!(none, json!({"code": 200, "success": true}));
    let (status, made) = ask("POST", "/create-whatsapp-deployment", Some(body));
    assert_eq!((status, &made["data"]["status"]), (200, &json!("active")));
    assert_eq!(made["data"]["whatsappOptions"], json!([{"key": "a", "value": "2"}]));
    assert_eq!(ask("GET", "/get-whatsapp-deployment/77", None).1, made);
    let (_, listed) = ask("GET", "/get-all-whatsapp-deployment/77?page=1", None);
    assert_eq!(
        (&listed["data"][0], &listed["paginated"]),
        (&made["data"], &json!({"currentPage": 1, "totalItem": 1}))
    );
    let path = "/get-all-whatsapp-deployment/77?criterias=nonsense";
    assert_eq!(ask("GET", path, None).1["error"]["errorCode"], "1018004");
}
