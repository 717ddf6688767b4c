//! The interface, request by request, on a real database.

mod applicant;
mod blocklist;
mod client;
mod decisions;
mod erasure;
mod handoff;
mod limits;
mod metrics;
mod operator;
mod pages;
mod problems;
mod profile;
mod refusals;
mod running;
mod slow;
mod transfers;
mod way;
mod webhooks;
