//! `bonafide serve` and `bonafide worker`: the long-running side.

use std::future::Future;
use std::io::Write;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use workflow::{Installation, Worker};

use crate::exit::Exit;
use crate::installation::{self, InstallationArgs};

/// Serve the interface and do the jobs.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    installation: InstallationArgs,
}

/// Do the jobs beside another process that serves.
#[derive(Debug, Args)]
pub struct WorkerArgs {
    #[command(flatten)]
    installation: InstallationArgs,
}

/// Runs `bonafide serve` until SIGTERM or SIGINT; then requests and jobs under way are
/// finished first.
///
/// # Errors
/// As [`InstallationArgs::open`], or when the address is taken.
#[tokio::main]
pub async fn run(args: &ServeArgs) -> anyhow::Result<Exit> {
    log_to_stderr();
    let configuration = args.installation.configuration()?;
    let bonafide = args.installation.open(&configuration, installation::reader()?).await?;
    let listen = &configuration.server.listen;
    let listener = TcpListener::bind(listen).await;
    let listener = listener.with_context(|| format!("listening on {listen}"))?;
    println!("{} on http://{}", bonafide.kind().as_str(), listener.local_addr()?);
    std::io::stdout().flush()?;
    let (stop, stopped) = watch::channel(false);
    let workers = workers(&bonafide, configuration.server.workers, &stopped);
    let ended = ended()?;
    let app = server::router(bonafide.clone());
    axum::serve(listener, app).with_graceful_shutdown(ended).await.context("serving")?;
    stop.send_replace(true);
    workers.join_all().await;
    bonafide.store().close().await;
    Ok(Exit::Approved)
}

/// Runs `bonafide worker` until SIGTERM or SIGINT.
///
/// # Errors
/// As [`InstallationArgs::open`].
#[tokio::main]
pub async fn work(args: &WorkerArgs) -> anyhow::Result<Exit> {
    log_to_stderr();
    let configuration = args.installation.configuration()?;
    let bonafide = args.installation.open(&configuration, installation::reader()?).await?;
    println!("{} worker", bonafide.kind().as_str());
    std::io::stdout().flush()?;
    let (stop, stopped) = watch::channel(false);
    let workers = workers(&bonafide, configuration.server.workers.max(1), &stopped);
    ended()?.await;
    stop.send_replace(true);
    workers.join_all().await;
    bonafide.store().close().await;
    Ok(Exit::Approved)
}

/// So many workers, each under a name that no other process has.
fn workers(bonafide: &Installation, many: usize, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    let process = std::process::id();
    let began = bonafide.now().as_millisecond();
    for number in 0..many {
        let worker = Worker::new(bonafide.clone(), format!("{process}-{began}-{number}"));
        let stop = stop.clone();
        workers.spawn(async move { worker.run(stop).await });
    }
    workers
}

/// Ends when the process is asked to.
fn ended() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminated = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("listening for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}

/// One line of JSON for each event. Nothing personal is ever in one.
fn log_to_stderr() {
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
}
