//! The trace of whoever calls (W3C Trace Context).

use http::HeaderMap;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The headers of a request, to be read only.
struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        // Whatever else a caller says of its trace is not ours to pass on.
        let traceparent = self.0.get(name).filter(|_| name == "traceparent");
        traceparent.and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}

/// Makes `span`, which nothing has entered yet, part of the trace that the `traceparent` of a
/// request names, if it names one. Without a collector nothing happens.
pub fn continues(span: &Span, headers: &HeaderMap) {
    if headers.contains_key("traceparent") {
        let parent = TraceContextPropagator::new().extract(&Headers(headers));
        // Refused where no layer listens: then there is no trace to continue.
        let _ = span.set_parent(parent);
    }
}
