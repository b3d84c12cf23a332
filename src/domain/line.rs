//! What kind of line a number is, and what follows for the code: asked before an attempt is spent.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    Mobile,
    Landline,
    Menu,
    Virtual,
}

impl Line {
    pub const ALL: [Line; 4] = [Line::Mobile, Line::Landline, Line::Menu, Line::Virtual];

    pub const fn id(self) -> &'static str {
        match self {
            Line::Mobile => "mobile",
            Line::Landline => "landline",
            Line::Menu => "menu",
            Line::Virtual => "virtual",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Line::Mobile => "A mobile number with its SIM card at hand",
            Line::Landline => "A landline or office phone that a person answers",
            Line::Menu => "A number that a recorded menu or a queue answers",
            Line::Virtual => "A virtual number of a phone provider",
        }
    }

    /// How the code is best sent: the value of the field `method`.
    pub const fn method(self) -> &'static str {
        match self {
            Line::Mobile | Line::Virtual => "sms",
            Line::Landline | Line::Menu => "voice",
        }
    }

    /// Why a code that is sent by this method does not arrive; `None` where it may.
    pub fn against(self, method: &str) -> Option<&'static str> {
        let silent = matches!(self, Line::Landline | Line::Menu);
        (silent && method == "sms").then_some(
            "This line receives no text messages, so the code would not arrive. Choose the voice call.",
        )
    }

    pub const fn advice(self) -> &'static str {
        match self {
            Line::Mobile => "A text message is surest. Keep the phone on, with reception.",
            Line::Landline => {
                "Landlines receive no text messages, so let Vonage call. Somebody has to answer and write down six digits; the call comes within a minute or two after you start."
            }
            Line::Menu => {
                "The call with the code does not press any key, so a menu swallows it. Before you start, let calls to this number ring at a person, without menu or greeting."
            }
            Line::Virtual => {
                "Make sure that the number receives text messages from abroad and from short codes, or calls; many virtual numbers do not. Ask its provider before you spend an attempt."
            }
        }
    }
}
