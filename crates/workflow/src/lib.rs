//! The use cases: register, open, upload, submit, assess, review, spend, erase.
//!
//! Each is one function that owns its transaction: a change, the job that follows from it, the
//! event that tells of it and the entry of the audit log are there together or not at all.
//! Time, randomness and the engine are given ([`World`], [`Engine`]).

mod accounts;
mod appeal;
mod assess;
mod audit;
mod blocklist;
mod cases;
mod chores;
mod deliver;
mod deliveries;
mod elsewhere;
mod endpoints;
mod engine;
mod erase;
mod erase_again;
mod errors;
mod faces;
mod hex;
mod holds;
mod identities;
mod installation;
mod keys;
mod kinds;
mod metrics;
mod one_account;
mod replay;
mod report;
mod retention;
mod review;
mod rewrap;
mod roots;
mod spend;
mod steps;
mod submit;
mod token;
mod uploads;
mod withdraw;
mod worker;
mod world;

pub use accounts::{FreezeError, RegisterError, RegisterRequest};
pub use appeal::{AppealError, Objection};
pub use audit::AuditReport;
pub use blocklist::{BlockError, NewBlock, ToBlock};
pub use cases::{CaseError, CaseView, ConsentKind, OpenError, Opened};
pub use chores::Keep;
pub use deliver::{Deliverer, LONGEST_TIMEOUT};
pub use deliveries::Replayed;
pub use elsewhere::{Other, Others, Sign};
pub use endpoints::{EndpointError, EndpointRequest, LONGEST_OVERLAP, NewEndpoint};
pub use engine::{Engine, EngineError, Face, Hint, Material, ReaderEngine, Sight};
pub use erase::EraseError;
pub use errors::{Breakage, Once, OnceError};
pub use holds::HoldError;
pub use installation::{Installation, Kind, NoService, Parts};
pub use keys::{NewKey, Scope};
pub use kinds::KINDS;
pub use metrics::Metrics;
pub use replay::{LeftOut, Outcome as ReplayOutcome, Redecided, Replay};
pub use report::{Report, Told};
pub use review::{Claimed, RuleError, Ruling};
pub use rewrap::Rewrapped;
pub use roots::{BrokenRoot, RootSigner, RootsCheck, RootsError, RootsReport};
pub use spend::{SpendError, Spent};
pub use steps::{Step, StepState};
pub use store::{
    ApiKey, AuditEntry, Block, Blocked, Consent, Delivery, DeliveryState, Endpoint, Erasure, Event,
    Hold, InReview, Queue, Reservation, ReservationState,
};
pub use token::Token;
pub use uploads::{Accepted, Issued, Place, UploadError};
pub use withdraw::WithdrawError;
pub use worker::{Outcome, Worker};
pub use world::{Real, World};
