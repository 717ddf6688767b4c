//! The use cases, through the public interface.

mod appeals;
mod backup;
mod cases;
mod chores;
mod erasure;
mod races;
mod replay;
mod rewrap;
mod roots;
mod spending;
mod uniqueness;
mod webhooks;
