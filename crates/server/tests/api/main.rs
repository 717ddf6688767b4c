//! The interface, request by request, on a real database.

mod client;
mod limits;
mod metrics;
mod operator;
mod refusals;
mod way;
mod webhooks;
