//! The use cases, through the public interface.

mod cases;
mod spending;
mod webhooks;
