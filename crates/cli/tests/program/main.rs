//! The program as a user runs it: arguments and files in, text, JSON and exit
//! code out.

mod bad_input;
mod ending;
mod faces;
mod hostile;
mod liveness;
mod policy;
mod preview;
mod program;
mod read;
mod secrets;
mod serve;
mod traces;
mod verify;
