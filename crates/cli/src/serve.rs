//! `bonafide serve` and `bonafide worker`: the long-running side.

use std::future::Future;
use std::io::Write;
use std::net::SocketAddr;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use traces::{TraceError, Traces};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use workflow::{Deliverer, Installation, RootSigner, Worker};

use crate::configuration::Configuration;
use crate::exit::{Exit, Refused};
use crate::installation::{self, InstallationArgs};
use crate::settings;

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

/// Runs `bonafide serve` until SIGTERM or SIGINT; then requests, jobs and deliveries under way
/// are finished first.
///
/// # Errors
/// As [`InstallationArgs::open`], or when an address is taken.
#[tokio::main]
pub async fn run(args: &ServeArgs) -> anyhow::Result<Exit> {
    let configuration = args.installation.configuration()?;
    let traces = listen(&configuration)?;
    let settings = settings::server(&configuration)?;
    let bonafide = open(&args.installation, &configuration).await?;
    let listener = bound(&configuration.server.listen).await?;
    let (stop, stopped) = watch::channel(false);
    let many = configuration.server.workers;
    let background = background(&bonafide, (many, &configuration), &stopped).await?;
    println!("{} on http://{}", bonafide.kind().as_str(), listener.local_addr()?);
    std::io::stdout().flush()?;
    let ended = ended()?;
    let app = server::router(bonafide.clone(), settings);
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(ended).await.context("serving")?;
    stop.send_replace(true);
    background.join_all().await;
    bonafide.store().close().await;
    end(traces).await;
    Ok(Exit::Approved)
}

/// Runs `bonafide worker` until SIGTERM or SIGINT.
///
/// # Errors
/// As [`InstallationArgs::open`].
#[tokio::main]
pub async fn work(args: &WorkerArgs) -> anyhow::Result<Exit> {
    let configuration = args.installation.configuration()?;
    let traces = listen(&configuration)?;
    let bonafide = open(&args.installation, &configuration).await?;
    let (stop, stopped) = watch::channel(false);
    let many = configuration.server.workers.max(1);
    let background = background(&bonafide, (many, &configuration), &stopped).await?;
    println!("{} worker", bonafide.kind().as_str());
    std::io::stdout().flush()?;
    ended()?.await;
    stop.send_replace(true);
    background.join_all().await;
    bonafide.store().close().await;
    end(traces).await;
    Ok(Exit::Approved)
}

/// The installation with the real engine.
async fn open(
    args: &InstallationArgs,
    configuration: &Configuration,
) -> anyhow::Result<Installation> {
    let metrics = workflow::Metrics::default();
    args.open(configuration, installation::reader(metrics.clone())?, metrics).await
}

async fn bound(listen: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))
}

/// So many workers, and where there are any what delivers events and signs the audit logs, each
/// under a name that no other process has; and the metrics, where they are asked for.
async fn background(
    bonafide: &Installation,
    (workers, configuration): (usize, &Configuration),
    stop: &watch::Receiver<bool>,
) -> anyhow::Result<JoinSet<()>> {
    let mut background = JoinSet::new();
    let Configuration { metrics, audit, .. } = configuration;
    let every = settings::roots_every(audit)?;
    if !metrics.listen.is_empty() {
        let served =
            axum::serve(bound(&metrics.listen).await?, server::metrics_router(bonafide.clone()));
        let mut stop = stop.clone();
        let stopped = async move {
            // An error says that whoever stops is gone: that is a stop too.
            let _ = stop.changed().await;
        };
        background.spawn(async move {
            let served = served.with_graceful_shutdown(stopped).await;
            served.expect("axum's server ends when it is asked to, and only then");
        });
    }
    let process = std::process::id();
    let began = bonafide.now().as_millisecond();
    for number in 0..workers {
        let worker = Worker::new(bonafide.clone(), format!("{process}-{began}-{number}"));
        let stop = stop.clone();
        background.spawn(async move { worker.run(stop).await });
    }
    if workers > 0 {
        let deliverer = Deliverer::new(bonafide.clone(), format!("{process}-{began}-deliverer"));
        let stopped = stop.clone();
        background.spawn(async move { deliverer.run(stopped).await });
        let roots = Some(audit.roots.clone()).filter(|file| !file.as_os_str().is_empty());
        let signer = RootSigner::new(bonafide.clone(), every, roots);
        let stop = stop.clone();
        background.spawn(async move { signer.run(stop).await });
    }
    Ok(background)
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

/// One line of JSON on stderr for each event, and spans to the collector, where there is one.
/// Nothing personal is ever in one.
fn listen(configuration: &Configuration) -> anyhow::Result<Option<Traces>> {
    let endpoint = &configuration.traces.endpoint;
    let version = env!("CARGO_PKG_VERSION");
    let traces = (!endpoint.is_empty()).then(|| Traces::to(endpoint, version)).transpose();
    let traces = traces.map_err(|error| match error {
        TraceError::Endpoint(_) => Refused(error.to_string()).into(),
        error => anyhow::Error::from(error),
    })?;
    let log = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr);
    let log = log.with_current_span(false).with_span_list(false);
    let log = log.with_filter(LevelFilter::INFO);
    tracing_subscriber::registry().with(log).with(traces.as_ref().map(Traces::layer)).init();
    Ok(traces)
}

/// Sends the spans that are left.
async fn end(traces: Option<Traces>) {
    if let Some(traces) = traces {
        traces.end().await;
    }
}
