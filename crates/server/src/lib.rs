//! The HTTP interface: handlers that extract, call one use case and convert; OpenAPI 3.1 made
//! from them; problem details with stable codes.

mod accounts;
mod applicant;
mod auth;
mod blocklist;
mod cases;
mod erasure;
mod events;
mod health;
mod keys;
mod log;
mod problem;
mod request;
mod review;
mod router;
mod spend;
mod words;

pub use problem::Problem;
pub use router::{openapi, router};
