//! The use cases: register, open, upload, submit, assess, review, spend, erase.
//!
//! Each is one function that owns its transaction: a change, the job that follows from it, the
//! event that tells of it and the entry of the audit log are there together or not at all.
//! Time, randomness and the engine are given ([`World`], [`Engine`]).

mod accounts;
mod assess;
mod cases;
mod deliver;
mod deliveries;
mod endpoints;
mod engine;
mod erase;
mod errors;
mod hex;
mod installation;
mod keys;
mod kinds;
mod metrics;
mod report;
mod review;
mod spend;
mod steps;
mod submit;
mod token;
mod uploads;
mod worker;
mod world;

pub use accounts::{FreezeError, RegisterError, RegisterRequest};
pub use cases::{CaseError, CaseView, ConsentKind, OpenError, Opened};
pub use deliver::{Deliverer, LONGEST_TIMEOUT};
pub use deliveries::Replayed;
pub use endpoints::{EndpointError, EndpointRequest, LONGEST_OVERLAP, NewEndpoint};
pub use engine::{Engine, EngineError, Hint, Material, ReaderEngine};
pub use erase::EraseError;
pub use errors::{Breakage, Once, OnceError};
pub use installation::{Installation, Kind, NoService, Parts};
pub use keys::{NewKey, Scope};
pub use kinds::KINDS;
pub use metrics::Metrics;
pub use report::{Report, Told};
pub use review::{RuleError, Ruling};
pub use spend::{SpendError, Spent};
pub use steps::{Step, StepState};
pub use store::{
    ApiKey, Consent, Delivery, DeliveryState, Endpoint, Event, InReview, Queue, Reservation,
    ReservationState,
};
pub use token::Token;
pub use uploads::{Accepted, Issued, Place, UploadError};
pub use worker::{Outcome, Worker};
pub use world::{Real, World};
