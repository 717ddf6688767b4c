//! For tests: a server, or a worker, with an engine that sees what a test wrote into the bytes;
//! everything else is real, and so is the process, which a test can kill.
//!
//! `bonafide-exact-server serve KEYS OBJECTS DATABASE ROOTS ADDRESS`, or `work KEYS OBJECTS DATABASE
//! ROOTS`; keys and objects lie in a folder or in a bucket, of which the environment tells, and
//! signed roots of the audit logs go into the file ROOTS, one a second.
//!
//! `bonafide-exact-server trial DATABASE` serves a sandbox on an empty database, with people at every
//! stage, and says in one line of JSON where, with which key, and whom there is to name.

use std::time::Duration;

mod people;

use exact_world::House;
use serde_json::json;
use server::{Rate, Rates, Settings};
use tokio::net::TcpListener;
use tokio::sync::watch;
use vault::{Place, Vault};
use workflow::{Deliverer, Housekeeper, Installation, Kind, Real, RootSigner, Scope, Worker};

/// Whose key the trial has.
const OPERATOR: &str = "operator";

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve", keys, objects, database, roots, address] => {
            let bonafide = open(keys, objects, database).await;
            let listener = TcpListener::bind(address).await.expect("the address is free");
            sign(&bonafide, roots);
            work(&bonafide, "serve");
            println!("serves");
            serve(listener, bonafide, Settings::default()).await;
        }
        ["work", keys, objects, database, roots, ..] => {
            let bonafide = open(keys, objects, database).await;
            sign(&bonafide, roots);
            println!("works");
            let (_never, stop) = watch::channel(false);
            let worker = Worker::new(bonafide.clone(), name("work"));
            let housekeeper = Housekeeper::new(bonafide);
            tokio::join!(worker.run(stop.clone()), housekeeper.run(stop));
        }
        ["trial", database] => Box::pin(trial(database)).await,
        _ => panic!(
            "serve KEYS OBJECTS DATABASE ROOTS ADDRESS, work KEYS OBJECTS DATABASE ROOTS, or trial \
             DATABASE"
        ),
    }
}

async fn open(keys: &str, objects: &str, database: &str) -> Installation {
    let place = |address| Place::open(address, std::env::vars()).expect("the vault is there");
    let vault = Vault::new(place(keys), place(objects), exact_world::master());
    exact_world::sandbox(vault, database, Real).await
}

fn name(what: &str) -> String {
    format!("{what}-{}", std::process::id())
}

/// Signs the heads of the logs into the file `roots`, once a second.
fn sign(bonafide: &Installation, roots: &str) {
    let signer = RootSigner::new(bonafide.clone(), Duration::from_secs(1), Some(roots.into()));
    tokio::spawn(async move {
        let (_never, stop) = watch::channel(false);
        signer.run(stop).await;
    });
}

/// Does the jobs, keeps house and delivers, for as long as the process lives.
fn work(bonafide: &Installation, what: &str) {
    let worker = Worker::new(bonafide.clone(), name(what));
    let housekeeper = Housekeeper::new(bonafide.clone());
    let deliverer = Deliverer::new(bonafide.clone(), name(what));
    tokio::spawn(async move {
        let (_never, stop) = watch::channel(false);
        tokio::join!(worker.run(stop.clone()), housekeeper.run(stop.clone()), deliverer.run(stop))
    });
}

async fn serve(listener: TcpListener, bonafide: Installation, settings: Settings) {
    axum::serve(listener, server::router(bonafide, settings)).await.expect("it serves");
}

/// A clock that stands makes every run the same; nobody asks too often.
async fn trial(database: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = House::on(Kind::Sandbox, folder, database.to_owned()).await;
    let people = Box::pin(people::people(&house, OPERATOR)).await;
    let bonafide = house.installation.clone();
    let key = bonafide
        .make_key(OPERATOR, &Scope::ALL, "the exact server")
        .await
        .expect("the database is there");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let address = listener.local_addr().expect("it has one");
    work(&bonafide, "trial");
    let all = Rate { per_minute: 1_000_000, burst: 1_000_000 };
    let rates = Rates { key: all, applicant: all, failures: all };
    let url = format!("http://{address}");
    println!("{}", json!({ "url": url, "key": key.token.reveal(), "people": people }));
    serve(listener, bonafide, Settings { rates, ..Settings::default() }).await;
}
