//! The client against servers on this machine and a resolver that is made up.

mod answers;
mod refusals;
mod tls;
mod world;
