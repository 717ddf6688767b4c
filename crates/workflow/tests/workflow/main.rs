//! The use cases, through the public interface.

mod appeals;
mod cases;
mod erasure;
mod races;
mod replay;
mod roots;
mod spending;
mod uniqueness;
mod webhooks;
