//! Spans of what the program does, sent to a collector of the operator's as OpenTelemetry has it:
//! OTLP over HTTP, JSON. A span holds routes, stages, ids and codes, as the code that makes it
//! says, and nothing of what is logged inside it.

mod caller;
mod export;

pub use caller::continues;
pub use export::{TraceError, Traces};
