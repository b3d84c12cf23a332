//! Customers: the companies on whose behalf a project holds WhatsApp numbers.
//! Their numbers are in `configs`.

use super::{DEDUCED, PAGE_DEDUCED, PER_PAGE_DEDUCED};
use crate::catalogue::{
    evidence::Evidence::{self, Documented, Inferred},
    field::Field,
    operation::{Method, Operation},
    provider::Provider,
};

const LIST: Evidence = Inferred("Kapso's newer API, List customers");
const CREATE: Evidence = Documented("Kapso API v1, Create a new customer");
const GET: Evidence = Documented("Kapso API v1, Get customer details");

// The newer list can also filter by name and by the caller's own ID; how is not known for v1.
pub const LIST_CUSTOMERS: Operation = Operation {
    id: "kapso.list-customers",
    provider: Provider::Kapso,
    section: "Customers",
    title: "List customers",
    summary: "Every customer of the project.",
    method: Method::Get,
    path: "/customers",
    fields: &[PAGE_DEDUCED, PER_PAGE_DEDUCED],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: LIST,
    action: "List the customers",
};

pub const CREATE_CUSTOMER: Operation = Operation {
    id: "kapso.create-customer",
    provider: Provider::Kapso,
    section: "Customers",
    title: "Create a customer",
    summary: "Adds a customer, to whom WhatsApp numbers can then be attached.",
    method: Method::Post,
    path: "/customers",
    fields: &[Field::group(
        "customer",
        "Customer",
        &[
            Field::text("name", "Name", CREATE).required_by(DEDUCED),
            Field::text("external_customer_id", "Your own ID", CREATE)
                .help("The ID of this customer in your own systems."),
        ],
        CREATE,
    )
    .required()],
    rules: &[],
    success: 201,
    errors: &[],
    evidence: CREATE,
    action: "Create the customer",
};

pub const GET_CUSTOMER: Operation = Operation {
    id: "kapso.get-customer",
    provider: Provider::Kapso,
    section: "Customers",
    title: "Get a customer",
    summary: "One customer by its ID.",
    method: Method::Get,
    path: "/customers/{customer_id}",
    fields: &[Field::text("customer_id", "Customer ID", GET).in_path().example("customer-456def")],
    rules: &[],
    success: 200,
    errors: &[],
    evidence: GET,
    action: "Get the customer",
};
