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
mod campaigns;
mod cases;
mod challenge;
mod chores;
mod dead_jobs;
mod decisions;
mod deliver;
mod deliveries;
mod device;
mod elsewhere;
mod endpoints;
mod engine;
mod erase;
mod erase_again;
mod errors;
mod estimate;
mod faces;
mod forget;
mod handoff;
mod hex;
mod holds;
mod housekeeper;
mod identities;
mod installation;
mod keys;
mod kinds;
mod latest;
mod messages;
mod metrics;
mod one_account;
mod profile;
mod prose;
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
mod transfers;
mod uploads;
mod view;
mod withdraw;
mod worker;
mod world;

pub use accounts::{FreezeError, RegisterError, RegisterRequest};
pub use appeal::{AppealError, Objection};
pub use audit::AuditReport;
pub use blocklist::{BlockError, NewBlock, ToBlock};
pub use campaigns::{CampaignError, ReferralError};
pub use cases::{CaseError, CaseRequest, ConsentKind, OpenError, Opened};
pub use challenge::{Announced, ClientSign, Issued, Recorded, Without};
pub use chores::Keep;
pub use decisions::Decided;
pub use deliver::{Deliverer, LONGEST_TIMEOUT};
pub use deliveries::Replayed;
pub use device::{DeviceName, NotADevice};
pub use elsewhere::{Kept, Other, Others, Sign};
pub use endpoints::{EndpointError, EndpointRequest, LONGEST_OVERLAP, NewEndpoint};
pub use engine::{Engine, EngineError, Face, Frame, Hint, Material, ReaderEngine, Sight};
pub use erase::EraseError;
pub use errors::{Breakage, Once, OnceError, TierGone};
pub use estimate::Estimate;
pub use handoff::{Access, HandoffError, HandoffState, Offered, Taken};
pub use holds::HoldError;
pub use housekeeper::Housekeeper;
pub use installation::{Installation, Kind, Parts, Unfit};
pub use keys::{NewKey, Scope};
pub use kinds::KINDS;
pub use messages::{Letter, MessageError};
pub use metrics::Metrics;
pub use profile::{Change, Greeting, ProfileChange, ProfileError};
pub use replay::{LeftOut, Outcome as ReplayOutcome, Redecided, Replay};
pub use report::{ByEye, Report, Term, Told};
pub use review::{Approval, Claimed, RuleError, Ruling};
pub use rewrap::Rewrapped;
pub use roots::{BrokenRoot, RootSigner, RootsCheck, RootsError, RootsReport};
pub use spend::{SpendError, Spent};
pub use steps::{Step, StepState};
pub use store::{
    ApiKey, AuditEntry, Block, Blocked, Consent, DeadJob, DecidedBy, Delivery, DeliveryState,
    Endpoint, Erasure, Event, Hold, InReview, Marker, Queue, Reservation, ReservationState,
    Transfer,
};
pub use token::Token;
pub use transfers::{Progress, TransferError};
pub use uploads::{Accepted, Place, UploadError};
pub use view::CaseView;
pub use withdraw::WithdrawError;
pub use worker::{Outcome, Worker};
pub use world::{Real, World};
