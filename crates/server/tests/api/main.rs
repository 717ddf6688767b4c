//! The interface, request by request, on a real database.

mod client;
mod operator;
mod refusals;
mod way;
