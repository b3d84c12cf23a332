//! The 24 hours after a message of the contact in which the business may write freely. Computed from
//! what is stored, so it may be unknown; WhatsApp has the last word.

/// Milliseconds that the window stays open after the contact last wrote.
pub const LENGTH: u64 = 24 * 60 * 60 * 1000;
/// From here on the end is near enough to say so.
pub const WARNING: u64 = 2 * 60 * 60 * 1000;
/// How far two clocks may differ where nobody knows by how much. So close to the end the window counts as
/// open,
const TOLERANCE: u64 = 5 * 60 * 1000;
/// and within this time nobody knows whether it is: a clock that was set wrong closes no window.
const WRONG: u64 = 24 * 60 * 60 * 1000;

/// What is known of a conversation's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Nothing that is stored shows a message of the contact, and older ones may.
    Unknown,
    /// The contact never wrote: everything there is, is stored.
    NeverOpened,
    Open {
        /// Milliseconds left.
        left: u64,
    },
    /// The contact last wrote so many milliseconds ago.
    Closed { since: u64 },
}

/// What a window is computed from. Times are Unix milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// The newest message of the contact that is stored, by the provider's clock.
    pub last_inbound: Option<u64>,
    /// Whether no older message can exist than those that are stored.
    pub complete: bool,
    /// Whether everything newer than the newest that is stored has been read lately.
    pub current: bool,
    /// How far the provider's clock is ahead of this device's, in milliseconds, where it is known.
    pub ahead: Option<i64>,
}

impl Window {
    pub fn of(evidence: Evidence, now: u64) -> Window {
        let Some(last) = evidence.last_inbound else {
            return if evidence.complete && evidence.current { Window::NeverOpened } else { Window::Unknown };
        };
        let (theirs, tolerance, wrong) = match evidence.ahead {
            Some(ahead) => (now.saturating_add_signed(ahead), 0, 0),
            None => (now, TOLERANCE, WRONG),
        };
        // A message from the future shows that this clock is behind: it has just been written.
        let passed = theirs.saturating_sub(last);
        if passed < LENGTH + tolerance {
            return Window::Open { left: LENGTH.saturating_sub(passed) };
        }
        // Without the newest messages nobody knows whether the contact wrote again.
        if evidence.current && passed >= LENGTH + wrong {
            Window::Closed { since: passed }
        } else {
            Window::Unknown
        }
    }

    /// Whether only a template can be sent, as far as is known.
    pub const fn is_closed(self) -> bool {
        matches!(self, Window::NeverOpened | Window::Closed { .. })
    }

    /// Whether it ends soon.
    pub const fn is_closing(self) -> bool {
        matches!(self, Window::Open { left } if left < WARNING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const NOW: u64 = 1_700_000_000_000;
    const HOUR: u64 = 60 * 60 * 1000;

    fn at(last_inbound: Option<u64>) -> Evidence {
        Evidence { last_inbound, complete: true, current: true, ahead: Some(0) }
    }

    #[test]
    fn it_counts_from_the_contacts_last_message() {
        assert_eq!(Window::of(at(Some(NOW - HOUR)), NOW), Window::Open { left: 23 * HOUR });
        assert_eq!(Window::of(at(Some(NOW - LENGTH + 1)), NOW), Window::Open { left: 1 });
        assert_eq!(Window::of(at(Some(NOW - LENGTH)), NOW), Window::Closed { since: LENGTH });
        assert!(Window::of(at(Some(NOW - 23 * HOUR)), NOW).is_closing());
        assert!(!Window::of(at(Some(NOW - HOUR)), NOW).is_closing());
    }

    #[test]
    fn what_nothing_proves_is_unknown() {
        assert_eq!(Window::of(Evidence { complete: false, ..at(None) }, NOW), Window::Unknown);
        assert_eq!(Window::of(Evidence { current: false, ..at(None) }, NOW), Window::Unknown);
        assert_eq!(Window::of(at(None), NOW), Window::NeverOpened);
        // The contact may have written since the last reading.
        let stale = Evidence { current: false, ..at(Some(NOW - 2 * LENGTH)) };
        assert_eq!(Window::of(stale, NOW), Window::Unknown);
        // An open one is open whatever came since.
        let stale = Evidence { current: false, ..at(Some(NOW - HOUR)) };
        assert_eq!(Window::of(stale, NOW), Window::Open { left: 23 * HOUR });
    }

    #[test]
    fn a_wrong_clock_does_not_close_it() {
        // This device is an hour ahead of the provider, which is known.
        let known = Evidence { ahead: Some(-(HOUR as i64)), ..at(Some(NOW - LENGTH)) };
        assert_eq!(Window::of(known, NOW), Window::Open { left: HOUR });
        // Nothing is known of the provider's clock: minutes do not decide.
        let unknown = Evidence { ahead: None, ..at(Some(NOW - LENGTH - 60_000)) };
        assert_eq!(Window::of(unknown, NOW), Window::Open { left: 0 });
        let unknown = Evidence { ahead: None, ..at(Some(NOW - LENGTH - HOUR)) };
        assert_eq!(Window::of(unknown, NOW), Window::Unknown);
        let unknown = Evidence { ahead: None, ..at(Some(NOW - LENGTH - 24 * HOUR)) };
        assert!(Window::of(unknown, NOW).is_closed());
        // A message from the future.
        assert_eq!(Window::of(at(Some(NOW + HOUR)), NOW), Window::Open { left: LENGTH });
        assert_eq!(
            Window::of(Evidence { ahead: Some(i64::MIN), ..at(Some(NOW)) }, NOW),
            Window::Open { left: LENGTH }
        );
    }
}
