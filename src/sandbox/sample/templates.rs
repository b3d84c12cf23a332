//! Templates in every status and with every kind of header and placeholder.

use super::{super::world::World, DAY};
use crate::catalogue::time::iso;
use serde_json::{Value as Json, json};

struct Template {
    name: &'static str,
    language: &'static str,
    category: &'static str,
    status: &'static str,
    /// Format and text of the header; both empty where there is none.
    header: (&'static str, &'static str),
    body: &'static str,
    parameters: u64,
    footer: &'static str,
    /// Quick replies.
    buttons: &'static [&'static str],
    config: usize,
}

const PLAIN: Template = Template {
    name: "",
    language: "en",
    category: "UTILITY",
    status: "approved",
    header: ("", ""),
    body: "",
    parameters: 0,
    footer: "",
    buttons: &[],
    config: 0,
};

const TEMPLATES: &[Template] = &[
    Template {
        name: "spring_sale",
        category: "MARKETING",
        status: "rejected",
        body: "Everything must go, {{1}}!!!",
        parameters: 1,
        ..PLAIN
    },
    Template {
        name: "loyalty_card",
        category: "MARKETING",
        status: "draft",
        body: "Collect ten stamps.",
        ..PLAIN
    },
    Template {
        name: "new_opening_hours",
        status: "submitted",
        body: "From Monday on we are open until {{1}}.",
        parameters: 1,
        ..PLAIN
    },
    Template {
        name: "login_code",
        category: "AUTHENTICATION",
        status: "disabled",
        body: "{{1}} is your verification code.",
        parameters: 1,
        ..PLAIN
    },
    Template {
        name: "thank_you",
        body: "Thank you for your visit. How was it?",
        buttons: &["Good", "Not so good"],
        ..PLAIN
    },
    Template {
        name: "rechnung",
        language: "de",
        header: ("DOCUMENT", ""),
        body: "Guten Tag {{1}}, anbei Ihre Rechnung {{2}}.",
        parameters: 2,
        footer: "Northgate Dental",
        ..PLAIN
    },
    Template {
        name: "event_reminder",
        header: ("TEXT", "Reminder: {{1}}"),
        body: "We look forward to seeing you on {{1}} at {{2}}.",
        parameters: 2,
        config: 2,
        ..PLAIN
    },
    Template {
        name: "oferta_verano",
        language: "es",
        category: "MARKETING",
        header: ("IMAGE", ""),
        body: "Hola {{customer_name}}, este verano tiene un {{discount}} de descuento.",
        parameters: 2,
        footer: "Responda BAJA para no recibir más",
        buttons: &["Reservar"],
        config: 1,
        ..PLAIN
    },
    Template {
        name: "confirmacao_reserva",
        language: "pt_BR",
        body: "Olá {{1}}, sua reserva {{2}} está confirmada para {{3}}.",
        parameters: 3,
        config: 1,
        ..PLAIN
    },
    Template {
        name: "appointment",
        body: "Hello {{1}}, your appointment is on {{2}}.",
        parameters: 2,
        buttons: &["Confirm", "Change"],
        ..PLAIN
    },
];

pub(super) fn all(world: &mut World, configs: &[Json]) -> Vec<Json> {
    let now = world.clock.now();
    let mut days = TEMPLATES.len() as u64;
    TEMPLATES
        .iter()
        .map(|template| {
            days -= 1;
            record(
                template,
                world.dice().uuid(),
                (&configs[template.config], configs),
                &iso(now.saturating_sub((days + 20) * DAY)),
            )
        })
        .collect()
}

fn record(template: &Template, id: String, (config, all): (&Json, &[Json]), at: &str) -> Json {
    // Every number of a business account sends its templates.
    let account = &config["business_account_id"];
    let numbers = all.iter().filter(|other| other["business_account_id"] == *account);
    json!({
        "id": id,
        "name": template.name,
        "language_code": template.language,
        "category": template.category,
        "status": template.status,
        "content": template.body,
        "parameter_count": template.parameters,
        "components": components(template),
        "metadata": {},
        "customer_id": config["customer_id"],
        "business_account_id": config["business_account_id"],
        "whatsapp_config_ids": numbers.map(|number| number["id"].clone()).collect::<Vec<_>>(),
        "created_at": at,
        "updated_at": at,
    })
}

fn components(template: &Template) -> Json {
    let mut components = vec![];
    match template.header {
        ("", _) => {}
        ("TEXT", text) => components.push(json!({"type": "HEADER", "format": "TEXT", "text": text})),
        (format, _) => components.push(json!({"type": "HEADER", "format": format})),
    }
    components.push(json!({"type": "BODY", "text": template.body}));
    if !template.footer.is_empty() {
        components.push(json!({"type": "FOOTER", "text": template.footer}));
    }
    if !template.buttons.is_empty() {
        let buttons: Vec<Json> =
            template.buttons.iter().map(|text| json!({"type": "QUICK_REPLY", "text": text})).collect();
        components.push(json!({"type": "BUTTONS", "buttons": buttons}));
    }
    Json::Array(components)
}
