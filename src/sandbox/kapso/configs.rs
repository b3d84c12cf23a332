//! Customers and the WhatsApp numbers that are attached to them. Tokens are taken and forgotten: no
//! answer holds an access token, and a verify token is told once, in the answer to its creation.

use super::{
    super::{ask::Ask, http::Answer, world::World},
    data, lists, not_found,
};
use crate::catalogue::time::iso;
use serde_json::{Value as Json, json};

pub(super) fn customers(world: &mut World, ask: &Ask) -> Answer {
    match ask.operation.id {
        "kapso.list-customers" => lists::answer(ask, world.kapso.customers.iter().rev().cloned().collect()),
        "kapso.get-customer" => match customer(world, &ask.text("customer_id")) {
            Some(customer) => data(ask, customer),
            None => not_found("Customer"),
        },
        _ => {
            let external = ask.at("customer.external_customer_id").clone();
            let now = world.clock.now();
            let made = new_customer(world, &ask.text("customer.name"), external, now);
            data(ask, &made)
        }
    }
}

fn customer<'w>(world: &'w World, id: &str) -> Option<&'w Json> {
    world.kapso.customers.iter().find(|customer| customer["id"] == id)
}

pub(in super::super) fn new_customer(world: &mut World, name: &str, external: Json, at: u64) -> Json {
    let customer = json!({
        "id": format!("customer-{}", world.dice().hex(12)),
        "name": name,
        "external_customer_id": external,
        "metadata": {},
        "created_at": iso(at),
        "updated_at": iso(at),
    });
    world.kapso.customers.push(customer.clone());
    customer
}

pub(super) fn carry_out(world: &mut World, ask: &Ask) -> Answer {
    let customer_id = ask.text("customer_id");
    if !customer_id.is_empty()
        && ask.operation.path.starts_with("/customers/")
        && customer(world, &customer_id).is_none()
    {
        return not_found("Customer");
    }
    let id = ask.text("config_id");
    let at = world.kapso.configs.iter().position(|config| config["id"] == id.as_str());
    match (ask.operation.id, at) {
        ("kapso.list-configs", _) => lists::answer(ask, world.kapso.configs.iter().rev().cloned().collect()),
        ("kapso.list-customer-configs", _) => {
            let of = |config: &&Json| config["customer_id"] == customer_id.as_str();
            lists::answer(ask, world.kapso.configs.iter().rev().filter(of).cloned().collect())
        }
        ("kapso.create-whatsapp-config", _) => create(world, ask, &customer_id),
        ("kapso.get-config", Some(at)) => data(ask, &world.kapso.configs[at]),
        ("kapso.update-config", Some(at)) => update(world, ask, at),
        ("kapso.delete-config", Some(at)) => {
            world.kapso.configs.remove(at);
            Answer::empty(ask.operation.success)
        }
        _ => not_found("WhatsApp config"),
    }
}

fn create(world: &mut World, ask: &Ask, customer_id: &str) -> Answer {
    let text = |name: &str| ask.text(&format!("whatsapp_config.{name}"));
    let names = [&text("name"), &text("phone_number_id"), &text("business_account_id")];
    let url = ask.at("whatsapp_config.webhook_destination_url").clone();
    let now = world.clock.now();
    let mut made = new_config(world, customer_id, names.map(String::as_str), url, now);
    made["webhook_verify_token"] = ask.at("whatsapp_config.webhook_verify_token").clone();
    data(ask, &made)
}

/// `names` are name, phone number id and business account id.
pub(in super::super) fn new_config(
    world: &mut World,
    customer_id: &str,
    [name, phone_number_id, business_account_id]: [&str; 3],
    url: Json,
    at: u64,
) -> Json {
    let config = json!({
        "id": format!("config-{}", world.dice().hex(12)),
        "name": name,
        "display_name": display_name(name, phone_number_id),
        "phone_number_id": phone_number_id,
        "business_account_id": business_account_id,
        "webhook_verify_token": null,
        "webhook_destination_url": url,
        "customer_id": customer_id,
        "kind": "production",
        "created_at": iso(at),
        "updated_at": iso(at),
    });
    world.kapso.configs.push(config.clone());
    config
}

/// The real server knows the number; here its id has to stand for it.
fn display_name(name: &str, phone_number_id: &str) -> String {
    format!("{name} (+{phone_number_id})")
}

fn update(world: &mut World, ask: &Ask, at: usize) -> Answer {
    let given = ask.given(
        "whatsapp_config",
        &["name", "phone_number_id", "business_account_id", "webhook_destination_url"],
    );
    let now = iso(world.clock.now());
    let config = &mut world.kapso.configs[at];
    for (name, value) in given {
        config[name] = value;
    }
    let text = |name: &str| config[name].as_str().unwrap_or_default().to_owned();
    config["display_name"] = display_name(&text("name"), &text("phone_number_id")).into();
    config["updated_at"] = now.into();
    data(ask, config)
}
