//! From pictures to [`domain`] evidence: runs the stages in order, reads the
//! machine-readable zone and the printed fields, and merges what was seen.

pub mod aamva;
pub mod authenticity;
pub mod capture;
pub mod chinese_id;
pub mod kind;
pub mod mrz;
pub mod page;
pub mod preview;
pub mod printed;
pub mod quality;
pub mod reader;
pub mod selfie;
pub mod stages;
pub mod takes;
