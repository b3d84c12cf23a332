//! Conversations in English, Portuguese, Spanish and German. Between them they hold every kind of
//! message that a thread has to show, and every state of the 24-hour window.

use super::talk::{Talk, them, us};

pub(super) const TALKS: &[Talk] = &[AMELIA, ANA, JAVIER, JONAS, BEN, SILENT];

/// Open; markup, buttons and their reply, a reaction, a picture, a template, a long text.
const AMELIA: Talk = Talk {
    name: "Amelia Clarke",
    phone: "+447700900123",
    config: 0,
    ended: false,
    lines: &[
        us(2950, "Hello Amelia, your appointment is on Monday at 10:30.").kind(
            "template",
            r#"{"name":"appointment","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"Amelia"},{"type":"text","text":"Monday at 10:30"}]}]}"#,
        ),
        them(2893, "Hi! Monday is difficult, can we move it to Tuesday?"),
        us(2880, "Of course. Which time suits you better?").kind(
            "interactive",
            r#"{"type":"button","header":{"type":"text","text":"Tuesday"},"body":{"text":"Of course. Which time suits you better?"},"footer":{"text":"Northgate Dental"},"action":{"buttons":[{"type":"reply","reply":{"id":"t-0900","title":"9:00"}},{"type":"reply","reply":{"id":"t-1130","title":"11:30"}},{"type":"reply","reply":{"id":"t-1600","title":"16:00"}}]}}"#,
        ),
        them(2871, "11:30").kind(
            "interactive",
            r#"{"type":"button_reply","button_reply":{"id":"t-1130","title":"11:30"}}"#,
        ),
        us(2870, "Done: *Tuesday, 11:30* with Dr. Patel. See you then!"),
        them(2868, "👍").kind("reaction", r#"{"message_id":"@4","emoji":"👍"}"#),
        them(190, "This is the tooth, upper left. It hurts when I drink something cold").kind(
            "image",
            r#"{"caption":"This is the tooth, upper left. It hurts when I drink something cold"}"#,
        ).media("https://example.com/media/amelia-tooth.jpg"),
        us(184, "Thank you, I have shown it to Dr. Patel. Until Tuesday:\n\n- avoid *very* cold drinks\n- brush _gently_ there\n- ibuprofen is fine, ~aspirin is not~\n\n> If it gets worse, call us at any time.\n\nYour file number is `ND-2041`."),
        them(171, "Great, thank you 😊 One more question, because my sister asks as well: she has just moved here from Leeds, she has not seen a dentist for about three years, and she is quite afraid of it since a bad experience as a child. Do you have somebody who is used to patients like her, and would it be possible that she comes along on Tuesday, just to see the place and to talk to somebody, without any treatment? She would be happy to pay for the time, of course. And if that does not work, could you tell me whom else to ask? She will not say it herself, but it would mean a lot to her, and to me too."),
        us(165, "She is very welcome. Dr. Okafor takes her time with anxious patients, and a first talk costs nothing. Shall I note 11:50 for her?"),
        them(23, "Yes please! Her name is Ruby Clarke"),
        us(21, "Noted. See you both on Tuesday 🦷").status("delivered"),
    ],
};

/// Open; voice message, place, document, a link.
const ANA: Talk = Talk {
    name: "Ana Souza",
    phone: "+5511987650021",
    config: 1,
    ended: false,
    lines: &[
        them(1490, "Oi! Tenho uma reserva para sexta-feira, dá para chegar mais cedo?"),
        us(1482, "Olá, Ana! Claro. O quarto fica pronto a partir das 13h; antes disso guardamos as malas. 😊"),
        them(1475, "Audio attached").kind("audio", r#"{"voice":true,"mime_type":"audio/ogg; codecs=opus"}"#)
            .media("https://example.com/media/ana-voz.ogg"),
        us(1460, "Sem problema, o transfer custa R$ 90 e sai do portão 4."),
        us(1459, "Location: Hotel Mirante, Rua da Aurora, 120 (-23.5631, -46.6544)").kind(
            "location",
            r#"{"latitude":-23.5631,"longitude":-46.6544,"name":"Hotel Mirante","address":"Rua da Aurora, 120"}"#,
        ),
        us(1458, "Voucher do transfer").kind(
            "document",
            r#"{"caption":"Voucher do transfer","filename":"voucher-ana-souza.pdf"}"#,
        ).media("https://example.com/media/voucher-ana-souza.pdf"),
        them(310, "Perfeito, obrigada! Dá para mudar para as 15h? O voo atrasou ✈️"),
        us(302, "Já mudei. *15h no portão 4*. Mais informações: https://example.com/transfer"),
        them(12, "Vocês são ótimos 💚"),
    ],
};

/// Two hours of the window left; list, its reply, named template.
const JAVIER: Talk = Talk {
    name: "Javier Morales",
    phone: "+34611550142",
    config: 2,
    ended: false,
    lines: &[
        them(1402, "Buenas, ¿qué salas tienen para una boda de 80 personas?"),
        us(1395, "¡Enhorabuena! Elija una para ver los detalles:").kind(
            "interactive",
            r#"{"type":"list","body":{"text":"¡Enhorabuena! Elija una para ver los detalles:"},"footer":{"text":"Precios sin IVA"},"action":{"button":"Ver salas","sections":[{"title":"Interior","rows":[{"id":"oro","title":"Salón Oro","description":"hasta 120 personas"},{"id":"azul","title":"Salón Azul","description":"hasta 60 personas"}]},{"title":"Exterior","rows":[{"id":"jardin","title":"Jardín","description":"hasta 200 personas"}]}]}}"#,
        ),
        them(1388, "Jardín").kind(
            "interactive",
            r#"{"type":"list_reply","list_reply":{"id":"jardin","title":"Jardín","description":"hasta 200 personas"}}"#,
        ),
        us(1380, "El jardín está libre el *14 y el 21 de junio*. ¿Le reservo una visita?"),
        them(1322, "Sí, el sábado por la mañana. Les paso el contacto de mi prometida:"),
        them(1321, "Contact: Lucía Ferrer").kind(
            "contacts",
            r#"{"contacts":[{"name":{"formatted_name":"Lucía Ferrer","first_name":"Lucía","last_name":"Ferrer"},"phones":[{"phone":"+34 611 55 01 43","type":"CELL"}],"emails":[{"email":"lucia@example.com","type":"HOME"}]}]}"#,
        ),
        us(1300, "Perfecto, sábado a las 11:00. ¡Les esperamos!").status("sent"),
    ],
};

/// Closed: the contact wrote three days ago, and a text of today failed.
const JONAS: Talk = Talk {
    name: "Jonas Becker",
    phone: "+4915155501342",
    config: 0,
    ended: false,
    lines: &[
        them(4480, "Guten Tag, bekomme ich die Rechnung vom 3. noch einmal als PDF?"),
        us(4471, "Natürlich, hier ist sie.")
            .kind("document", r#"{"caption":"Natürlich, hier ist sie.","filename":"Rechnung-2041.pdf"}"#)
            .media("https://example.com/media/rechnung-2041.pdf"),
        them(4465, "Danke! Die Versicherung möchte außerdem den _Behandlungsplan_."),
        us(4440, "Den schickt Ihnen Frau Öztürk morgen früh. Schönen Feierabend!"),
        us(95, "Guten Morgen Herr Becker, der Behandlungsplan ist fertig.").status("failed:131047"),
    ],
};

/// Open; kinds that this page was not made for, a video, a sticker.
const BEN: Talk = Talk {
    name: "Ben O’Connor 🚴",
    phone: "+353861550199",
    config: 1,
    ended: false,
    lines: &[
        them(640, "Hiya, do you lend bikes?"),
        us(633, "We do! Here is how the lock works:").kind("video", r#"{"caption":"We do! Here is how the lock works:"}"#)
            .media("https://example.com/media/bike-lock.mp4"),
        them(629, "Sticker").kind("sticker", r#"{"mime_type":"image/webp","animated":false}"#)
            .media("https://example.com/media/thumbs-up.webp"),
        them(60, "Order: 2 products").kind(
            "order",
            r#"{"catalog_id":"194836987003835","text":"For Saturday","product_items":[{"product_retailer_id":"bike-m","quantity":2,"item_price":15,"currency":"EUR"}]}"#,
        ),
        us(48, "Got it: 2 bikes for Saturday, 30 EUR. Pay when you pick them up."),
        them(47, "❤️").kind("reaction", r#"{"message_id":"@4","emoji":"❤️"}"#),
        them(33, "<b>Sound</b> & thanks! <script>alert('x')</script> *not _closed"),
    ],
};

/// Never answered: the window never opened, and there is no name.
const SILENT: Talk = Talk {
    name: "",
    phone: "+14155550132",
    config: 0,
    ended: false,
    lines: &[us(7300, "Hello there, your appointment is on Friday at 9:00.").status("delivered").kind(
        "template",
        r#"{"name":"appointment","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"there"},{"type":"text","text":"Friday at 9:00"}]}]}"#,
    )],
};
