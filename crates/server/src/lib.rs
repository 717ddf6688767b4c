//! The HTTP interface: handlers that extract, call one use case and convert; OpenAPI 3.1 made
//! from them; problem details with stable codes.

mod accounts;
mod address;
mod app;
mod applicant;
mod auth;
mod blocklist;
mod campaigns;
mod cases;
mod decisions;
mod deliveries;
mod described;
mod erasure;
mod events;
mod flow;
mod handoff;
mod health;
mod jobs;
mod keys;
mod limits;
mod log;
mod messages;
mod metrics;
mod pages;
mod patience;
mod problem;
mod request;
mod review;
mod room;
mod router;
mod spend;
mod transfers;
mod webhooks;
mod words;

pub use app::Settings;
pub use limits::{Rate, Rates};
pub use metrics::metrics_router;
pub use pages::{Colour, Logo, NotAColour, NotAnOrigin, Origin, Pages};
pub use problem::Problem;
pub use router::{openapi, router};
