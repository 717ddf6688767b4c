//! The use cases, through the public interface.

mod appeals;
mod cases;
mod races;
mod spending;
