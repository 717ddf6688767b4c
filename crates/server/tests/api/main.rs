//! The interface, request by request, on a real database.

mod blocklist;
mod client;
mod operator;
mod refusals;
mod way;
