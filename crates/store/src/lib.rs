//! What must not be lost, in SQLite or PostgreSQL: accounts, cases, uploads, decisions, jobs,
//! events, the audit log.
//!
//! One text of SQL serves both databases, so that they cannot come to differ; where they do
//! differ (how a row is locked, how a transaction begins), [`Database`] says so. Everything is
//! done in a transaction, [`Tx`]: a change, the job that follows from it and the entry of the
//! audit log are there together or not at all. Rows become domain types here, and no type of
//! the database leaves this crate. Whatever is personal comes in sealed.

mod accounts;
mod api_keys;
mod audit;
mod belonging;
mod blocklist;
mod campaigns;
mod cases;
mod chores;
mod consents;
mod database;
mod decisions;
mod deliveries;
mod endpoints;
mod erasures;
mod errors;
mod events;
mod faces;
mod handoffs;
mod holds;
mod idempotency;
mod identities;
mod jobs;
mod markers;
mod messages;
mod migrate;
mod reservations;
mod retention;
mod roots;
mod row;
mod transfers;
mod uploads;

pub use api_keys::ApiKey;
pub use audit::{Act, AuditEntry, Broken};
pub use blocklist::{Block, Blocked};
pub use cases::{Appeal, CaseRow, InReview, Lease, Reviews};
pub use chores::DoneThing;
pub use consents::Consent;
pub use database::{Database, Store, Tx};
pub use decisions::{DecidedBy, DecisionRow};
pub use deliveries::{Attempt, Backlog, ClaimedDelivery, Delivery, DeliveryState, Next};
pub use endpoints::{Endpoint, SealedSecrets};
pub use erasures::Erasure;
pub use errors::StoreError;
pub use events::Event;
pub use faces::{FaceChange, SealedFace, Searched};
pub use handoffs::Handoff;
pub use holds::Hold;
pub use idempotency::Earlier;
pub use identities::{Identity, IdentityKind};
pub use jobs::{DeadJob, Job, JobState, NewJob, Queue};
pub use markers::Marker;
pub use messages::Message;
pub use reservations::{Reservation, ReservationState};
pub use retention::KeptUntil;
pub use roots::{AuditRoot, SignedHead};
pub use transfers::Transfer;
pub use uploads::Upload;
