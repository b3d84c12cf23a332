//! The places within `/channels`, as they stand in the address: ids alone, so that a reload and the way
//! back find them again. What is shown there is not this module's matter.

use crate::catalogue::{
    call::encode,
    kapso::{CREATE_CUSTOMER, CREATE_WHATSAPP_CONFIG},
    rapida::CREATE_WHATSAPP_DEPLOYMENT,
};

/// One place. A number is the id of a deployment at Vonage whose values are carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Overview { number: Option<String> },
    NewCustomer { number: Option<String> },
    Customer { id: String },
    NewConfig { customer: String, number: Option<String> },
    Config { id: String },
    Assistant { id: String },
    NewDeployment { assistant: String },
}

const NEW: &str = "new";
const NUMBER: &str = "number";
const ASSISTANT: &str = "assistant";
/// What can be created, as people call it and as addresses have it.
pub const CUSTOMER: &str = "customer";
pub const CONFIG: &str = "config";
pub const DEPLOYMENT: &str = "deployment";

impl Place {
    /// The place that a query names; `get` answers a parameter. One that makes no sense is the overview.
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Place {
        let get = |name| get(name).map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
        let (number, new) = (get(NUMBER), get(NEW));
        let new = new.as_deref();
        if let Some(id) = get(CONFIG) {
            return Place::Config { id };
        }
        match (get(CUSTOMER), get(ASSISTANT)) {
            (Some(customer), _) if new == Some(CONFIG) => Place::NewConfig { customer, number },
            (Some(id), _) => Place::Customer { id },
            (None, Some(assistant)) if new == Some(DEPLOYMENT) => Place::NewDeployment { assistant },
            (None, Some(id)) => Place::Assistant { id },
            (None, None) if new == Some(CUSTOMER) => Place::NewCustomer { number },
            (None, None) => Place::Overview { number },
        }
    }

    /// Its address, below the site's own.
    pub fn address(&self) -> String {
        let parts: Vec<(&str, &str)> = match self {
            Place::Overview { .. } => vec![],
            Place::NewCustomer { .. } => vec![(NEW, CUSTOMER)],
            Place::Customer { id } => vec![(CUSTOMER, id)],
            Place::NewConfig { customer, .. } => vec![(CUSTOMER, customer), (NEW, CONFIG)],
            Place::Config { id } => vec![(CONFIG, id)],
            Place::Assistant { id } => vec![(ASSISTANT, id)],
            Place::NewDeployment { assistant } => vec![(ASSISTANT, assistant), (NEW, DEPLOYMENT)],
        };
        let number = self.number().map(|number| (NUMBER, number));
        let parts = parts.into_iter().chain(number);
        let query: Vec<String> = parts.map(|(name, id)| format!("{name}={}", encode(id))).collect();
        if query.is_empty() { "/channels".to_owned() } else { format!("/channels?{}", query.join("&")) }
    }

    /// Where a request creates something, among the records of a subject, and what that is.
    pub fn of_creation(operation: &str, subject: &str) -> Option<(Place, &'static str)> {
        let subject = subject.to_owned();
        if operation == CREATE_CUSTOMER.id {
            Some((Place::NewCustomer { number: None }, CUSTOMER))
        } else if operation == CREATE_WHATSAPP_CONFIG.id {
            Some((Place::NewConfig { customer: subject, number: None }, CONFIG))
        } else if operation == CREATE_WHATSAPP_DEPLOYMENT.id {
            Some((Place::NewDeployment { assistant: subject }, DEPLOYMENT))
        } else {
            None
        }
    }

    /// The number whose values are carried over.
    pub fn number(&self) -> Option<&str> {
        match self {
            Place::Overview { number } | Place::NewCustomer { number } | Place::NewConfig { number, .. } => {
                number.as_deref()
            }
            _ => None,
        }
    }

    /// Where a customer is chosen: for a number that is carried along, the form of its config.
    pub fn of_customer(id: &str, number: Option<&str>) -> Place {
        match number {
            Some(number) => Place::NewConfig { customer: id.to_owned(), number: Some(number.to_owned()) },
            None => Place::Customer { id: id.to_owned() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::call::decode;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// What the router makes of an address.
    fn read(address: &str) -> Place {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        Place::of(|name| pairs.iter().find(|(other, _)| *other == name).and_then(|(_, value)| decode(value)))
    }

    #[test]
    fn every_place_is_found_again_by_its_address() {
        let number = || Some("de ploy/ment&1".to_owned());
        let id = || "customer-4=56&new=config#x?ü".to_owned();
        for place in [
            Place::Overview { number: None },
            Place::Overview { number: number() },
            Place::NewCustomer { number: None },
            Place::NewCustomer { number: number() },
            Place::Customer { id: id() },
            Place::NewConfig { customer: id(), number: None },
            Place::NewConfig { customer: id(), number: number() },
            Place::Config { id: id() },
            Place::Assistant { id: "2227823180112723968".into() },
            Place::NewDeployment { assistant: "2227823180112723968".into() },
        ] {
            assert_eq!(read(&place.address()), place, "{}", place.address());
        }
    }

    #[test]
    fn what_creates_something_has_its_place_and_every_creation_of_the_channels_is_known() {
        let place =
            |operation: &str| Place::of_creation(operation, "s").map(|(place, noun)| (place.address(), noun));
        assert_eq!(place("kapso.create-customer"), Some(("/channels?new=customer".into(), CUSTOMER)));
        let config = Some(("/channels?customer=s&new=config".into(), CONFIG));
        assert_eq!(place("kapso.create-whatsapp-config"), config);
        let deployment = Some(("/channels?assistant=s&new=deployment".into(), DEPLOYMENT));
        assert_eq!(place("rapida.create-whatsapp-deployment"), deployment);
        assert_eq!(place("kapso.send-message"), None);
    }

    #[test]
    fn an_address_that_makes_no_sense_leads_somewhere() {
        assert_eq!(read("/channels?config=%20"), Place::Overview { number: None });
        assert_eq!(read("/channels?new=nothing"), Place::Overview { number: None });
        assert_eq!(read("/channels?customer=c&new=deployment"), Place::Customer { id: "c".into() });
        assert_eq!(
            read("/channels?customer=c&config=d&assistant=1&new=config"),
            Place::Config { id: "d".into() }
        );
    }
}
