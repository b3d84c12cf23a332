//! Several tabs of one browser: locks that one of them holds, and messages that the others hear. Where
//! the browser has no locks, as on an insecure address, everybody holds them; messages still arrive.

use super::page;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, BroadcastChannel, MessageEvent};

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        callback: &JsValue,
    ) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<js_sys::Promise, JsValue>;
}

fn manager() -> Option<LockManager> {
    let locks = js_sys::Reflect::get(&page::window().navigator(), &"locks".into()).ok()?;
    (!locks.is_undefined() && !locks.is_null()).then(|| locks.unchecked_into())
}

/// Whether the browser lets tabs take turns.
pub fn has_locks() -> bool {
    manager().is_some()
}

/// A lock that is had or waited for, until this is dropped.
pub struct Claim {
    /// Lets go of a lock that is held.
    release: Rc<RefCell<Option<js_sys::Function>>>,
    /// Takes back a request that waits.
    abort: Option<AbortController>,
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(release) = self.release.borrow_mut().take() {
            // Resolving a promise cannot fail.
            drop(release.call0(&JsValue::UNDEFINED));
        }
        if let Some(abort) = &self.abort {
            abort.abort();
        }
    }
}

/// Waits for a lock; `had` runs once it is this tab's, at once where the browser has no locks.
pub fn claim(name: &str, had: impl FnOnce() + 'static) -> Claim {
    let release = Rc::new(RefCell::new(None));
    let abort = AbortController::new().ok();
    let Some(manager) = manager() else {
        had();
        return Claim { release, abort: None };
    };
    let signal = abort.as_ref().map(AbortController::signal);
    let had = Rc::new(RefCell::new(Some(had)));
    let first = had.clone();
    let run = move || {
        if let Some(had) = first.borrow_mut().take() {
            had();
        }
    };
    let refused = run.clone();
    let hold = hold(&release, move |_| run());
    match manager.request(name, &options(signal.as_ref(), false), &hold) {
        Ok(request) => wasm_bindgen_futures::spawn_local(async move {
            // It ends when the lock was let go, or with an error: taken back, or the browser denies locks
            // here, which is as if it had none.
            if let Err(error) = JsFuture::from(request).await
                && !is_abort(&error)
            {
                refused();
            }
        }),
        Err(_) => refused(),
    }
    Claim { release, abort }
}

/// A lock, once it is this tab's.
pub async fn wait(name: &str) -> Option<Claim> {
    let mut claimed = None;
    let had = js_sys::Promise::new(&mut |resolve, _| {
        claimed = Some(claim(name, move || drop(resolve.call0(&JsValue::UNDEFINED))));
    });
    // It is only ever resolved.
    drop(JsFuture::from(had).await);
    claimed
}

fn is_abort(error: &JsValue) -> bool {
    let name = js_sys::Reflect::get(error, &"name".into()).ok();
    name.and_then(|name| name.as_string()).is_some_and(|name| name == "AbortError")
}

/// Whether some tab holds a lock; `None` where the browser does not tell.
pub async fn is_held(name: &str) -> Option<bool> {
    let all = JsFuture::from(manager()?.query().ok()?).await.ok()?;
    let held: js_sys::Array = js_sys::Reflect::get(&all, &"held".into()).ok()?.dyn_into().ok()?;
    let is_it = |lock: JsValue| {
        let other = js_sys::Reflect::get(&lock, &"name".into()).ok();
        other.and_then(|other| other.as_string()).is_some_and(|other| other == name)
    };
    Some(held.iter().any(is_it))
}

/// Takes a lock if nobody has it; `None` while another tab does.
pub async fn try_claim(name: &str) -> Option<Claim> {
    let release = Rc::new(RefCell::new(None));
    let Some(manager) = manager() else { return Some(Claim { release, abort: None }) };
    let answered = js_sys::Promise::new(&mut |resolve, _| {
        let denied = resolve.clone();
        let told = move |got: bool| drop(resolve.call1(&JsValue::UNDEFINED, &got.into()));
        let hold = hold(&release, told);
        let asked = manager.request(name, &options(None, true), &hold);
        wasm_bindgen_futures::spawn_local(async move {
            // A browser that denies locks here is one without them.
            let failed = match asked {
                Ok(request) => JsFuture::from(request).await.is_err(),
                Err(_) => true,
            };
            if failed {
                drop(denied.call1(&JsValue::UNDEFINED, &true.into()));
            }
        });
    });
    let got = JsFuture::from(answered).await.is_ok_and(|got| got.is_truthy());
    got.then_some(Claim { release, abort: None })
}

/// The callback of a request: told whether the lock was had, and answering when it is let go.
fn hold(release: &Rc<RefCell<Option<js_sys::Function>>>, told: impl FnOnce(bool) + 'static) -> JsValue {
    let release = release.clone();
    let held = move |lock: JsValue| {
        let got = !lock.is_null();
        let until = js_sys::Promise::new(&mut |resolve, _| {
            release.borrow_mut().replace(resolve);
        });
        told(got);
        if got { until.into() } else { JsValue::UNDEFINED }
    };
    Closure::once_into_js(held)
}

fn options(signal: Option<&AbortSignal>, if_available: bool) -> JsValue {
    let options = js_sys::Object::new();
    // Setting a key of a plain object cannot fail.
    if let Some(signal) = signal {
        drop(js_sys::Reflect::set(&options, &"signal".into(), signal));
    }
    drop(js_sys::Reflect::set(&options, &"ifAvailable".into(), &if_available.into()));
    options.into()
}

/// What is told here is heard in the other tabs; `None` where the browser cannot.
pub struct Channel {
    channel: BroadcastChannel,
    _hear: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    pub fn open(name: &str, hear: impl Fn(String) + 'static) -> Option<Channel> {
        let channel = BroadcastChannel::new(name).ok()?;
        let hear = Closure::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Some(Channel { channel, _hear: hear })
    }

    pub fn tell(&self, text: &str) {
        // A text can always be told; a channel is closed only with its page.
        drop(self.channel.post_message(&text.into()));
    }
}
