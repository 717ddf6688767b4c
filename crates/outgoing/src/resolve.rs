//! From names to addresses.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;

/// What a [`Resolve`] will answer: every address of the name.
pub type Resolving<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Who tells the addresses of a host name.
///
/// The client asks once for each request and judges every address itself, so
/// an answer needs no trust.
pub trait Resolve: Send + Sync {
    /// All addresses of `host`, which is never an address itself. The order is
    /// the order in which they are tried.
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a>;
}

/// The system's resolver, with its hosts file and its order of addresses.
#[derive(Debug, Clone, Copy)]
pub struct System;

impl Resolve for System {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|socket| socket.ip()).collect())
        })
    }
}
