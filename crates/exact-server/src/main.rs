//! For tests: a server, or a worker, with an engine that sees what a test wrote into the bytes;
//! everything else is real, and so is the process, which a test can kill.
//!
//! `bonafide-exact-server serve KEYS OBJECTS DATABASE ROOTS ADDRESS`, or `work KEYS OBJECTS DATABASE
//! ROOTS`; keys and objects lie in a folder or in a bucket, of which the environment tells, and
//! signed roots of the audit logs go into the file ROOTS, one a second.

use std::time::Duration;

use server::Settings;
use tokio::net::TcpListener;
use tokio::sync::watch;
use vault::{Place, Vault};
use workflow::{Deliverer, Real, RootSigner, Worker};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, keys, objects, database, roots, rest @ ..] = &arguments[..] else {
        panic!("serve KEYS OBJECTS DATABASE ROOTS ADDRESS, or work KEYS OBJECTS DATABASE ROOTS")
    };
    let open = |address| Place::open(address, std::env::vars()).expect("the vault is there");
    let vault = Vault::new(open(keys), open(objects), exact_world::master());
    let bonafide = exact_world::sandbox(vault, database, Real).await;
    let worker = Worker::new(bonafide.clone(), format!("{what}-{}", std::process::id()));
    let (_never, stop) = watch::channel(false);
    let signer = RootSigner::new(bonafide.clone(), Duration::from_secs(1), Some(roots.into()));
    let stopped = stop.clone();
    tokio::spawn(async move { signer.run(stopped).await });
    if what == "work" {
        println!("works");
        return worker.run(stop).await;
    }
    let listener = TcpListener::bind(&rest[0]).await.expect("the address is free");
    let deliverer = Deliverer::new(bonafide.clone(), format!("{what}-{}", std::process::id()));
    let stopped = stop.clone();
    tokio::spawn(async move { worker.run(stop).await });
    tokio::spawn(async move { deliverer.run(stopped).await });
    println!("serves");
    axum::serve(listener, server::router(bonafide, Settings::default())).await.expect("it serves");
}
