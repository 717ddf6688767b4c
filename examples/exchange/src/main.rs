//! `example-exchange`: an exchange so small that it fits on a page, on Bonafide's API.

use example_exchange::{Exchange, router};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let named = |name: &str, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let key = std::env::var("BONAFIDE_KEY").map_err(|_| {
        "set BONAFIDE_KEY: bonafide key --data data --name exchange --scope accounts,spend,admin"
    })?;
    let bonafide = named("BONAFIDE_URL", "http://127.0.0.1:8080");
    let listener = TcpListener::bind(named("LISTEN", "127.0.0.1:8090")).await?;
    println!("http://{}", listener.local_addr()?);
    let secret = std::env::var("BONAFIDE_WEBHOOK_SECRET").ok();
    axum::serve(listener, router(Exchange::new(&bonafide, &key, secret.as_deref())?)).await?;
    Ok(())
}
