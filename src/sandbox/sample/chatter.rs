//! Sentences for conversations of any length: plain talk in several languages, with markup and emoji.

/// What nobody says again, so that the oldest message is found by its words.
pub(in super::super) const FIRST: &[&str] = &["Hello, a neighbour recommended you to me."];

pub(in super::super) const CUSTOMER: &[&str] = &[
    "Hi, is there still something free on Friday?",
    "Thanks, that helps 🙏",
    "Could you send me the invoice again?",
    "I am running about 10 minutes late, sorry",
    "Ok 👍",
    "Where exactly is the entrance?",
    "Is breakfast included?",
    "Perfeito, obrigada!",
    "Vocês abrem aos domingos?",
    "¿Puedo cambiar la fecha?",
    "Genial, muchas gracias 😊",
    "Geht es auch eine Stunde später?",
    "Alles klar, bis morgen",
    "هل يوجد موعد يوم الأحد؟",
    "תודה רבה!",
    "क्या कल का समय मिल सकता है?",
    "了解しました。ありがとうございます。",
    "Does it cost anything to cancel?",
    "My reference is *A-4471*",
    "I already paid, see https://example.com/receipt/4471",
];

pub(in super::super) const BUSINESS: &[&str] = &[
    "Of course, I have just changed it for you.",
    "You are welcome. Have a *good* day!",
    "We are open from 9 to 18, _Saturdays until 14_.",
    "I have sent it to your e-mail address.",
    "No problem at all, see you soon.",
    "Claro! Já está reservado para você.",
    "Estamos abertos todos os dias 😉",
    "Por supuesto, ya está cambiado.",
    "Sehr gern. Ihr Termin ist eingetragen.",
    "نعم، الساعة العاشرة متاحة.",
    "בשמחה, נתראה ביום ראשון",
    "जी हाँ, सुबह 11 बजे का समय खाली है।",
    "ご予約を承りました。",
    "Cancelling is free until *24 hours* before.",
    "Your booking:\n- two adults\n- one night\n- ~breakfast~ half board",
    "The code for the door is `4471#`.",
];

pub(in super::super) const LONG: &str = "Let me explain it once in full, so that you have everything in one place. \
The entrance is on the north side, next to the bakery; the lift is behind the second glass door. If you come by car, \
the garage in Market Street is the closest one, and we stamp your ticket, so that the first two hours cost nothing. \
Please bring a document with a photo and, if you have it, the letter of your insurance. The first visit takes about \
forty minutes, the following ones twenty. If anything changes, write to us here: somebody reads this from eight in the \
morning until eight in the evening, on Saturdays until two.";
