//! `bonafide serve` and `bonafide worker`: the long-running side.

use std::future::{Future, IntoFuture};
use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use traces::{TraceError, Traces};
use tracing::warn;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use workflow::{Deliverer, Housekeeper, Installation, RootSigner, Worker};

use crate::configuration::{Configuration, Workers};
use crate::exit::{Exit, Refused};
use crate::installation::{self, InstallationArgs};
use crate::settings;

/// Requests have so long once the process is asked to end; systemd and compose give it half a minute
/// more for the jobs.
const LAST_REQUESTS: Duration = Duration::from_secs(90);

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
    let many = configuration.server.workers.here();
    let mut background = background(&bonafide, (many, &configuration), &stopped).await?;
    println!("{} on http://{}", bonafide.kind().as_str(), listener.local_addr()?);
    std::io::stdout().flush()?;
    let ended = ended()?;
    let app = server::router(bonafide.clone(), settings);
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let asked = stop.clone();
    // Whoever does jobs takes no other while the last requests are answered.
    let ended = async move {
        ended.await;
        asked.send_replace(true);
    };
    let served = axum::serve(listener, app).with_graceful_shutdown(ended).into_future();
    let late = async {
        let _ = stopped.clone().wait_for(|stopped| *stopped).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        served = served => served.context("serving")?,
        () = late => warn!("requests are left that did not end in {LAST_REQUESTS:?}"),
        broken = broken(&mut background, &stopped) => return Err(broken),
    }
    finished(background).await?;
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
    let many = match configuration.server.workers.here() {
        0 => Workers::Cores.here(),
        many => many,
    };
    let mut background = background(&bonafide, (many, &configuration), &stopped).await?;
    println!("{} worker", bonafide.kind().as_str());
    std::io::stdout().flush()?;
    tokio::select! {
        () = ended()? => {}
        broken = broken(&mut background, &stopped) => return Err(broken),
    }
    stop.send_replace(true);
    finished(background).await?;
    bonafide.store().close().await;
    end(traces).await;
    Ok(Exit::Approved)
}

/// Why one of the tasks ended, though nobody asked it to: without it the process would look well
/// and leave its work undone, so it ends with an error, and whoever watches it starts another.
async fn broken(background: &mut JoinSet<()>, stopped: &watch::Receiver<bool>) -> anyhow::Error {
    loop {
        match background.join_next().await {
            Some(Ok(())) if *stopped.borrow() => {}
            Some(Ok(())) => return anyhow!("a task of this process ended before it was asked to"),
            Some(Err(panic)) => {
                return anyhow::Error::from(panic).context("a task of this process broke");
            }
            None => std::future::pending().await,
        }
    }
}

/// Waits for the tasks, which were asked to end.
async fn finished(mut background: JoinSet<()>) -> anyhow::Result<()> {
    while let Some(ended) = background.join_next().await {
        ended.context("a task of this process broke at its end")?;
    }
    Ok(())
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

/// So many workers, and where there are any what keeps house, delivers events and signs the audit
/// logs, each under a name that no other process has; what lets the engine forget; and the metrics, where
/// they are asked for.
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
    let (forgetting, stopped) = (bonafide.clone(), stop.clone());
    background.spawn(async move { forgetting.forget_in_time(stopped).await });
    let process = std::process::id();
    let began = bonafide.now().as_millisecond();
    for number in 0..workers {
        let worker = Worker::new(bonafide.clone(), format!("{process}-{began}-{number}"));
        let stop = stop.clone();
        background.spawn(async move { worker.run(stop).await });
    }
    if workers > 0 {
        let (housekeeper, stopped) = (Housekeeper::new(bonafide.clone()), stop.clone());
        background.spawn(async move { housekeeper.run(stopped).await });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_ends_or_breaks_by_itself_is_an_error_and_one_that_was_asked_to_is_none() {
        let (stop, stopped) = watch::channel(false);
        let mut background = JoinSet::new();
        background.spawn(std::future::pending());
        background.spawn(async { panic!("of a worker") });
        assert!(format!("{:#}", broken(&mut background, &stopped).await).contains("of a worker"));
        background.spawn(async {});
        let early = broken(&mut background, &stopped).await;
        assert!(early.to_string().contains("before it was asked to"));
        stop.send_replace(true);
        background.spawn(async {});
        background.spawn(async { panic!("at its end") });
        assert!(format!("{:#}", broken(&mut background, &stopped).await).contains("at its end"));

        let mut background = JoinSet::new();
        background.spawn(async {});
        assert!(finished(background).await.is_ok());
        let mut background = JoinSet::new();
        background.spawn(async { panic!("of a worker") });
        assert!(finished(background).await.is_err());
    }
}
