//! The use cases, through the public interface.

mod again;
mod appeals;
mod campaigns;
mod cases;
mod devices;
mod erasure;
mod profile;
mod races;
mod replay;
mod spending;
mod transfers;
mod uniqueness;
mod webhooks;
