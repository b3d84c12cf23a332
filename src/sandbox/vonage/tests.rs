//! A number's way to WhatsApp, minute by minute, and the envelopes of every refusal on it.

use super::super::{
    World, control,
    http::Answer,
    tests::{NOW, call, full, header, request},
};
use super::deployment::STEP;
use crate::catalogue::provider::Provider;
use serde_json::{Value as Json, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

struct Desk {
    world: World,
    now: u64,
}

impl Desk {
    fn new() -> Desk {
        Desk { world: World::new(1, NOW), now: NOW }
    }

    fn ask(&mut self, method: &str, path: &str, body: Option<Json>) -> (u16, Json) {
        call(&mut self.world, Provider::Vonage, (method, path, body), self.now)
    }

    fn raw(&mut self, method: &str, path: &str, body: Option<Json>) -> Answer {
        full(&mut self.world, &request(Provider::Vonage, method, path, body.as_ref()), self.now)
    }

    fn create(&mut self, number: &str, certificate: &str) -> String {
        let (status, body) = self.ask("POST", "/deployments", Some(deployment(number, certificate)));
        assert_eq!(status, 202, "{body}");
        assert_eq!(
            body["current_state"],
            json!({"title": "INITIALIZING", "detail": "Initializing deployment"})
        );
        body["deployment_id"].as_str().expect("an id").to_owned()
    }

    fn state(&mut self, id: &str) -> String {
        let (_, body) = self.ask("GET", &format!("/deployments/{id}"), None);
        body["current_state"]["title"].as_str().expect("a state").to_owned()
    }

    fn post(&mut self, id: &str, what: &str, body: Json) -> (u16, Json) {
        self.ask("POST", &format!("/deployments/{id}/{what}"), Some(body))
    }

    fn delete(&mut self, id: &str) -> (u16, Json) {
        self.ask("DELETE", &format!("/deployments/{id}"), None)
    }

    fn steps(&mut self, steps: u64) {
        self.now += steps * STEP;
    }

    /// A deployment that waits for its code.
    fn waiting(&mut self, number: &str) -> String {
        let id = self.create(number, "cert");
        self.steps(3);
        id
    }

    /// The sample number that is live.
    fn live(&mut self) -> String {
        let (_, all) = self.ask("GET", "/deployments", None);
        all[0]["deployment_id"].as_str().expect("an id").to_owned()
    }
}

fn deployment(number: &str, certificate: &str) -> Json {
    json!({
        "country_code": "44", "number": number, "vname_certificate": certificate, "method": "sms",
        "waba_id": "123456789123",
    })
}

fn fragment(body: &Json) -> &str {
    body["type"].as_str().and_then(|kind| kind.split('#').nth(1)).unwrap_or_default()
}

#[test]
fn standing_still_it_goes_step_by_step_on_command() {
    let mut desk = Desk::new();
    control(&mut desk.world, &json!({"speed": 0}), desk.now).expect("state");
    let id = desk.create("7700900001", "certificate");
    for state in ["CREATING_CLUSTER", "CLUSTER_CREATED", "CODE_SENT"] {
        desk.steps(10);
        control(&mut desk.world, &json!({"advance": STEP}), desk.now).expect("state");
        assert_eq!(desk.state(&id), state);
    }
}

#[test]
fn a_number_comes_live_step_by_step() {
    let mut desk = Desk::new();
    let id = desk.create("7700900123", "AbCdEFGHiJK123456");
    for state in ["INITIALIZING", "CREATING_CLUSTER", "CLUSTER_CREATED", "CODE_SENT", "CODE_SENT"] {
        assert_eq!(desk.state(&id), state);
        desk.steps(1);
    }
    desk.steps(10_000);
    assert_eq!(desk.state(&id), "CODE_SENT");
    let (status, body) = desk.post(&id, "verify", json!({"code": "111111"}));
    assert_eq!((status, fragment(&body)), (422, "verification-failed"));
    assert_eq!(body["invalid_parameters"][0], json!({"name": "code", "reason": "Invalid code provided."}));
    assert_eq!(desk.state(&id), "WRONG_CODE");
    let (status, body) = desk.post(&id, "resend-otp", json!({"method": "voice"}));
    assert_eq!(
        (status, body),
        (202, json!({"message": "Code sent", "vname": "Sandbox Business", "method": "voice"}))
    );
    assert_eq!(desk.state(&id), "CODE_SENT");
    let (status, body) = desk.post(&id, "verify", json!({"code": "674639"}));
    assert_eq!((status, body), (201, json!({"deployment_id": id, "status": "Deployment was Created"})));
    for state in ["CODE_VERIFIED", "FINALIZING", "READY"] {
        assert_eq!(desk.state(&id), state);
        desk.steps(1);
    }
    assert_eq!(desk.delete(&id), (204, Json::Null));
    assert_eq!(desk.state(&id), "DELETING");
    let (status, body) = desk.delete(&id);
    assert_eq!((status, fragment(&body)), (409, "conflict-deployment-state"));
    assert_eq!(body["detail"], "Deployment cannot be deleted because it is in the DELETING state.");
    desk.steps(1);
    assert_eq!(desk.state(&id), "DELETED");
    assert_eq!(desk.delete(&id).0, 404);
    desk.create("7700900123", "again");
}

#[test]
fn an_invalid_certificate_ends_in_error_and_frees_the_number() {
    let mut desk = Desk::new();
    let id = desk.create("7700900124", "INVALID-certificate");
    desk.steps(1);
    assert_eq!(desk.state(&id), "CREATING_CLUSTER");
    desk.steps(1);
    let (_, body) = desk.ask("GET", &format!("/deployments/{id}"), None);
    assert_eq!(body["current_state"], json!({"title": "ERROR", "detail": "Invalid vname certificate"}));
    let (status, body) = desk.post(&id, "resend-otp", json!({"method": "sms"}));
    assert_eq!((status, fragment(&body)), (409, "conflict-resend-otp"));
    desk.create("7700900124", "fine");
    assert_eq!(desk.delete(&id).0, 204);
}

#[test]
fn speed_never_makes_a_state_jump_back() {
    let mut desk = Desk::new();
    let id = desk.create("7700900125", "cert");
    desk.now += STEP / 10;
    assert_eq!(desk.state(&id), "INITIALIZING");
    control(&mut desk.world, &json!({"speed": 20}), desk.now).expect("state");
    assert_eq!(desk.state(&id), "INITIALIZING");
    desk.now += STEP / 10;
    assert_eq!(desk.state(&id), "CLUSTER_CREATED");
    control(&mut desk.world, &json!({"speed": 0.5}), desk.now).expect("state");
    assert_eq!(desk.state(&id), "CLUSTER_CREATED");
    desk.steps(1);
    assert_eq!(desk.state(&id), "CLUSTER_CREATED");
    desk.steps(1);
    assert_eq!(desk.state(&id), "CODE_SENT");
    // A clock that is set back does not turn time back.
    desk.now -= 20 * STEP;
    assert_eq!(desk.state(&id), "CODE_SENT");
}

#[test]
fn attempts_end_until_another_code_is_sent() {
    let mut desk = Desk::new();
    let id = desk.waiting("7700900126");
    for _ in 0..5 {
        assert_eq!(desk.post(&id, "verify", json!({"code": "000000"})).0, 422);
    }
    let (status, body) = desk.post(&id, "verify", json!({"code": "674639"}));
    assert_eq!((status, fragment(&body)), (422, "verification-failed"));
    assert!(body["detail"].as_str().expect("a detail").contains("too many attempts"));
    desk.post(&id, "resend-otp", json!({"method": "sms"}));
    control(&mut desk.world, &json!({"code": "111222"}), desk.now).expect("state");
    assert_eq!(desk.post(&id, "verify", json!({"code": "674639"})).0, 422);
    assert_eq!(desk.post(&id, "verify", json!({"code": "111222"})).0, 201);
}

#[test]
fn too_many_calls_are_throttled_for_a_while() {
    let mut desk = Desk::new();
    let id = desk.waiting("7700900127");
    for _ in 0..5 {
        assert_eq!(desk.post(&id, "resend-otp", json!({"method": "sms"})).0, 202);
        desk.now += 1000;
    }
    let answer = desk.raw("POST", &format!("/deployments/{id}/resend-otp"), Some(json!({"method": "sms"})));
    assert_eq!(answer.status, 429);
    assert!(answer.body.contains("#throttled"));
    assert_eq!(header(&answer, "Retry-After"), Some("595"));
    desk.now += 595_000;
    assert_eq!(desk.post(&id, "resend-otp", json!({"method": "sms"})).0, 202);
    let mut last = 0;
    for _ in 0..11 {
        last = desk.post(&id, "verify", json!({"code": "000000"})).0;
    }
    assert_eq!(last, 429);
}

#[test]
fn a_number_is_used_once() {
    let mut desk = Desk::new();
    let id = desk.create("7700900128", "cert");
    let mut wanted = deployment("07700900128", "cert");
    wanted["country_code"] = "44".into();
    let (status, body) = desk.ask("POST", "/deployments", Some(wanted));
    assert_eq!((status, fragment(&body)), (409, "number-in-use"));
    assert!(body["detail"].as_str().expect("a detail").ends_with(&id));
    assert_eq!(body["instance"].as_str().map(str::len), Some(32));
    assert_eq!(body["type"], "https://developer.vonage.com/api-errors/whatsapp-provisioning#number-in-use");
}

#[test]
fn what_is_not_waiting_cannot_be_verified_or_deleted() {
    let mut desk = Desk::new();
    let id = desk.create("7700900129", "cert");
    let (status, body) = desk.post(&id, "verify", json!({"code": "674639"}));
    assert_eq!((status, fragment(&body)), (422, "verification-failed"));
    let (status, body) = desk.delete(&id);
    assert_eq!((status, fragment(&body)), (409, "conflict-deployment-state"));
    let (status, body) = desk.post(&id, "resend-otp", json!({}));
    assert_eq!((status, fragment(&body)), (409, "conflict-resend-otp"));
    assert_eq!(desk.ask("GET", &format!("/deployments/{id}/profile"), None).0, 404);
    desk.steps(3);
    assert_eq!(desk.delete(&id).0, 204);
}

#[test]
fn values_are_refused_with_their_names() {
    let mut desk = Desk::new();
    let (status, body) =
        desk.ask("POST", "/deployments", Some(json!({"country_code": "44", "method": "fax"})));
    assert_eq!((status, fragment(&body)), (422, "unprocessable"));
    let names: Vec<_> =
        body["invalid_parameters"].as_array().expect("rows").iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["number", "vname_certificate", "method", "waba_id"]);
    let live = desk.live();
    let path = format!("/deployments/{live}/profile");
    let (status, body) = desk.ask("PATCH", &path, Some(json!({"email": "nobody"})));
    assert_eq!((status, fragment(&body)), (422, "unprocessable-profile-update"));
    assert_eq!(body["invalid_parameters"][0]["name"], "email");
    let mut request = request(Provider::Vonage, "PATCH", &path, Some(&json!({})));
    request.body = "{\"about\" \"x\"}".into();
    let answer = full(&mut desk.world, &request, NOW);
    assert_eq!(answer.status, 400);
    assert_eq!(header(&answer, "Content-Type"), Some("application/problem+json"));
    request.body = "{\"about\": \"x\"}".into();
    request.headers[1].1 = "text/plain".into();
    let answer = full(&mut desk.world, &request, NOW);
    assert!(answer.body.contains("#invalid-json"), "{}", answer.body);
}

#[test]
fn the_list_has_two_shapes() {
    let mut desk = Desk::new();
    let (_, all) = desk.ask("GET", "/deployments", None);
    let states: Vec<_> =
        all.as_array().expect("rows").iter().map(|row| row["current_state"]["title"].clone()).collect();
    assert_eq!(states, ["READY", "CODE_SENT", "ERROR"]);
    control(&mut desk.world, &json!({"list_shape": "single"}), NOW).expect("state");
    let (_, one) = desk.ask("GET", "/deployments", None);
    assert_eq!(one["current_state"]["title"], "ERROR");
}

#[test]
fn profile_and_photo_are_kept() {
    let mut desk = Desk::new();
    let live = desk.live();
    let path = format!("/deployments/{live}/profile");
    let (status, body) =
        desk.ask("PATCH", &path, Some(json!({"about": "New", "websites": ["https://a.example"]})));
    assert_eq!(
        (status, &body["about"], &body["vertical"]),
        (200, &json!("New"), &json!("Medical and Health"))
    );
    assert_eq!(desk.ask("GET", &path, None).1, body);
    let photo = format!("{path}/photo");
    let url = json!({"image_url": "https://a.example/b.png"});
    assert_eq!(desk.ask("POST", &photo, Some(url.clone())), (200, url.clone()));
    assert_eq!(desk.ask("GET", &photo, None), (200, url));
}

#[test]
fn stickers_are_written_and_read() {
    let mut desk = Desk::new();
    let live = desk.live();
    let base = format!("/deployments/{live}/stickerpacks");
    let pack = json!({"publisher": "p", "name": "n"});
    let (status, made) = desk.ask("POST", &base, Some(pack.clone()));
    assert_eq!(status, 200);
    let id = made["stickerpacks"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(desk.ask("GET", &base, None).1["stickerpacks"][1]["id"], id.as_str());
    let got = desk.ask("GET", &format!("{base}/{id}"), None).1;
    assert_eq!(
        (&got["stickerpacks"][0]["name"], &got["stickerpacks"][0]["publisher"]),
        (&json!("n"), &json!("p"))
    );
    let stickers = format!("{base}/{id}/stickers");
    for index in ["0", "1"] {
        let (_, made) = desk.ask("POST", &stickers, Some(json!({"image_data_id": "m", "emojis": ["🐥"]})));
        assert_eq!(made["stickers"], json!([{"index": index}]));
    }
    let (_, one) = desk.ask("GET", &format!("{stickers}/0"), None);
    assert_eq!(
        (&one["stickers"][0]["image_data_id"], &one["stickers"][0]["emojis"]),
        (&json!("m"), &json!(["🐥"]))
    );
    assert_eq!(desk.ask("DELETE", &format!("{stickers}/0"), None).0, 200);
    assert_eq!(desk.ask("GET", &stickers, None).1["stickers"], json!([{"index": "1"}]));
    assert_eq!(desk.ask("GET", &format!("{stickers}/0"), None).0, 404);
    let (_, first) = desk.ask("GET", &format!("{base}?namespace=whatsapp"), None);
    let own = first["stickerpacks"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(desk.ask("GET", &format!("{base}/{own}"), None).0, 404);
    let (_, listed) = desk.ask("GET", &format!("{base}/{own}/stickers?namespace=whatsapp"), None);
    assert_eq!(listed["stickers"][0], json!({"index": "0"}));
    let (_, one) = desk.ask("GET", &format!("{base}/{own}/stickers/0?namespace=whatsapp"), None);
    assert_eq!(one["stickers"][0]["emojis"], json!(["😀"]));
    let new = json!({"image_data_id": "m"});
    assert_eq!(desk.ask("POST", &format!("{base}/{own}/stickers"), Some(new)).0, 404);
}
