//! The interface, request by request, on a real database.

mod client;
mod erasure;
mod operator;
mod refusals;
mod way;
