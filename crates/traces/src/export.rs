//! The way of spans to the collector, by way of `outgoing` like all else.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use http::{HeaderMap, Request, Response, header};
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use outgoing::{BuildError, Client, Config, TargetError};
use thiserror::Error;
use tokio::runtime::Handle;
use tracing::{Subscriber, warn};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

/// The crates whose spans are sent begin so: no library's spans are.
const OURS: &str = "bonafide";
/// For one request to the collector; what it does not take is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why there can be no traces.
#[derive(Debug, Error)]
pub enum TraceError {
    /// The endpoint is no address.
    #[error("traces.endpoint must be the address of a collector, such as http://127.0.0.1:4318")]
    Endpoint(#[source] TargetError),
    /// There is no way to the outside.
    #[error("the way to the collector cannot be opened")]
    Client(#[source] BuildError),
    /// The exporter refuses.
    #[error("the exporter of traces cannot be built")]
    Exporter(#[source] opentelemetry_otlp::ExporterBuildError),
}

/// Collects spans and sends them now and then.
pub struct Traces {
    provider: SdkTracerProvider,
}

impl Traces {
    /// To the collector at `endpoint`, the address without `/v1/traces`. The operator named it, so
    /// it may lie inside and be without TLS. Headers that it asks for are given in
    /// `OTEL_EXPORTER_OTLP_HEADERS`. Runs within tokio.
    ///
    /// # Errors
    /// See [`TraceError`].
    pub fn to(endpoint: &str, version: &'static str) -> Result<Self, TraceError> {
        let everywhere = ["0.0.0.0/0", "::/0"].map(|text| text.parse().expect("it is a network"));
        let config = Config {
            allow_http: true,
            allowed: everywhere.to_vec(),
            total_timeout: PATIENCE,
            ..Config::default()
        };
        let client = Client::new(config).map_err(TraceError::Client)?;
        let url = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
        client.check(&url).map_err(TraceError::Endpoint)?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpJson)
            .with_http_client(Outgoing { client, runtime: Handle::current() })
            .with_endpoint(url)
            .build()
            .map_err(TraceError::Exporter)?;
        let resource = Resource::builder_empty()
            .with_service_name("bonafide")
            .with_attribute(KeyValue::new("service.version", version))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build();
        Ok(Self { provider })
    }

    /// What listens to spans.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.provider.tracer(OURS))
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_target(false)
            // What is logged inside a span stays in the log.
            .with_filter(filter_fn(|about| about.is_span() && about.target().starts_with(OURS)))
    }

    /// Sends what is left.
    pub async fn end(self) {
        // It waits for the thread that sends, and that one for tokio.
        let ended = tokio::task::spawn_blocking(move || self.provider.shutdown()).await;
        if !matches!(ended, Ok(Ok(()))) {
            warn!("the last spans were not sent");
        }
    }
}

/// The HTTP client of the exporter, which runs on a thread of its own without tokio.
struct Outgoing {
    client: Client,
    runtime: Handle,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outgoing")
    }
}

#[async_trait]
impl HttpClient for Outgoing {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let (client, url) = (self.client.clone(), parts.uri.to_string());
        let posting = async move { client.post(&url, parts.headers, body.to_vec()).await };
        let answered = self.runtime.spawn(posting).await?;
        let answer = answered.inspect_err(|error| warn!(%error, "spans were not sent"))?;
        if !answer.status.is_success() {
            warn!(status = answer.status.as_u16(), "the collector does not take spans");
        }
        let mut response = Response::new(Bytes::from(answer.body));
        *response.status_mut() = answer.status;
        *response.headers_mut() = known(&answer.headers);
        Ok(response)
    }
}

/// The headers that the exporter asks of an answer.
fn known(headers: &HeaderMap) -> HeaderMap {
    let names = [header::CONTENT_TYPE, header::RETRY_AFTER];
    let found =
        names.into_iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone())));
    found.collect()
}
