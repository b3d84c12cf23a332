//! The sandbox as a module of its own, so that it does not weigh on the first load.
//! The page keeps the world and hands it in with every call.

#[cfg(target_arch = "wasm32")]
mod module {
    use serde::Deserialize;
    use serde_json::json;
    use switchboard::{
        catalogue::provider::Provider,
        sandbox::{self, Outcome, Request, World},
    };
    use wasm_bindgen::prelude::wasm_bindgen;

    #[derive(Deserialize)]
    struct Arrived {
        provider: String,
        method: String,
        path: String,
        query: String,
        headers: Vec<(String, String)>,
        body: String,
    }

    /// Answers one request. `world` is empty for a new one, which begins at `now` (Unix
    /// milliseconds) with a seed of its own time; the answer is `{world, outcome}` as JSON, or empty
    /// when the request is not one.
    #[wasm_bindgen]
    pub fn answer(world: &str, request: &str, now: f64) -> String {
        let now = now as u64;
        let mut world = World::read(world).unwrap_or_else(|| World::new(sandbox::SEED, now));
        let Ok(arrived) = serde_json::from_str::<Arrived>(request) else { return String::new() };
        let Some(provider) = Provider::from_id(&arrived.provider) else { return String::new() };
        let request = Request {
            provider,
            method: arrived.method,
            path: arrived.path,
            query: arrived.query,
            headers: arrived.headers,
            body: arrived.body,
        };
        let outcome = match sandbox::answer(&mut world, &request, now) {
            Outcome::Answer(answer) => json!({
                "answer": { "status": answer.status, "headers": answer.headers, "body": answer.body },
            }),
            Outcome::Drop => json!("drop"),
            Outcome::Hang => json!("hang"),
        };
        let world = serde_json::to_string(&world).unwrap_or_default();
        json!({ "world": world, "outcome": outcome }).to_string()
    }

    /// Carries out a command of `_control` on a world, which is empty for a new one. The answer is
    /// `{world, state, holds}` as JSON, or `{refused}` with the reason.
    #[wasm_bindgen]
    pub fn control(world: &str, command: &str, now: f64) -> String {
        let now = now as u64;
        let mut world = World::read(world).unwrap_or_else(|| World::new(sandbox::SEED, now));
        let command = serde_json::from_str(command).map_err(|_| "a command is a JSON object".to_owned());
        match command.and_then(|command| sandbox::control(&mut world, &command, now)) {
            Ok(state) => {
                let text = serde_json::to_string(&world).unwrap_or_default();
                json!({ "world": text, "state": state, "holds": sandbox::holdings(&world) })
            }
            Err(problem) => json!({ "refused": problem }),
        }
        .to_string()
    }

    /// Whether this is a world, so that it can be used as it is.
    #[wasm_bindgen]
    pub fn reads(world: &str) -> bool {
        World::read(world).is_some()
    }

    /// The typed values that reach documented errors, as a JSON list.
    #[wasm_bindgen]
    pub fn triggers() -> String {
        let rows = sandbox::TRIGGERS.iter().map(|trigger| {
            json!({
                "operation": trigger.operation, "path": trigger.path,
                "value": trigger.value, "reaches": trigger.reaches,
            })
        });
        serde_json::Value::Array(rows.collect()).to_string()
    }
}

fn main() {}
