//! The use cases, through the public interface.

mod address;
mod again;
mod appeals;
mod backup;
mod basic_tier;
mod both_sides;
mod campaigns;
mod cases;
mod chores;
mod devices;
mod erasure;
mod held;
mod live;
mod profile;
mod races;
mod recognised;
mod replay;
mod rewrap;
mod roots;
mod spending;
mod transfers;
mod tried_again;
mod uniqueness;
mod webhooks;
