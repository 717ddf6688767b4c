//! The interface, request by request, on a real database.

mod blocklist;
mod client;
mod erasure;
mod operator;
mod refusals;
mod way;
