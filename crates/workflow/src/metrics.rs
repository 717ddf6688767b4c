//! What is counted and timed, for Prometheus. A label says which kind of thing, never which
//! one: routes, stages, checks, codes.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::check::Outcome;
use domain::decision::Decision;
use domain::reason::Reason;
use evidence::stages::Stages;
use jiff::Timestamp;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use store::{Backlog, Queue, Reviews};

use crate::errors::Breakage;
use crate::installation::Installation;
use crate::uploads::Place;

/// Seconds: a query takes milliseconds, an upload's judgement seconds, a slow line minutes.
const BUCKETS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0];

type Labels<const N: usize> = [(&'static str, Cow<'static, str>); N];

/// The metrics of one process. Clones share them.
#[derive(Clone)]
pub struct Metrics(Arc<Series>);

struct Series {
    registry: Registry,
    requests: Family<Labels<3>, Histogram>,
    stages: Family<Labels<1>, Histogram>,
    decisions: Family<Labels<1>, Counter>,
    checks: Family<Labels<2>, Counter>,
    uploads: Family<Labels<1>, Counter>,
    faults: Family<Labels<2>, Counter>,
    jobs_waiting: Gauge,
    oldest_job: Gauge,
    jobs_dead: Gauge,
    in_review: Gauge,
    overdue: Gauge,
    deliveries_waiting: Gauge,
    deliveries_dead: Gauge,
    hooks_failing: Gauge,
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut series = Series {
            registry: Registry::with_prefix("bonafide"),
            requests: Family::new_with_constructor(histogram),
            stages: Family::new_with_constructor(histogram),
            decisions: Family::default(),
            checks: Family::default(),
            uploads: Family::default(),
            faults: Family::default(),
            jobs_waiting: Gauge::default(),
            oldest_job: Gauge::default(),
            jobs_dead: Gauge::default(),
            in_review: Gauge::default(),
            overdue: Gauge::default(),
            deliveries_waiting: Gauge::default(),
            deliveries_dead: Gauge::default(),
            hooks_failing: Gauge::default(),
        };
        series.register_what_this_process_does();
        series.register_what_the_database_holds();
        Self(Arc::new(series))
    }
}

impl Series {
    fn register_what_this_process_does(&mut self) {
        let Self { registry, .. } = self;
        let help = "Requests, from the first byte to the answer";
        registry.register_with_unit("request", help, Unit::Seconds, self.requests.clone());
        let help = "Stages of looking at pictures and captures";
        registry.register_with_unit("assessment_stage", help, Unit::Seconds, self.stages.clone());
        let help = "Decisions of the engine by verdict";
        registry.register("decisions", help, self.decisions.clone());
        let help = "Outcomes of checks in decisions of the engine";
        registry.register("check_outcomes", help, self.checks.clone());
        let help = "Uploads that were kept, by place";
        registry.register("uploads", help, self.uploads.clone());
        let help = "Faults of uploads that were kept, by place and code";
        registry.register("upload_faults", help, self.faults.clone());
    }

    fn register_what_the_database_holds(&mut self) {
        let Self { registry, .. } = self;
        let help = "Jobs that could be done now";
        registry.register("jobs_waiting", help, self.jobs_waiting.clone());
        let help = "How long the oldest of them has waited";
        registry.register_with_unit("oldest_job", help, Unit::Seconds, self.oldest_job.clone());
        let help = "Jobs that were given up";
        registry.register("jobs_dead", help, self.jobs_dead.clone());
        let help = "Cases that wait for a person";
        registry.register("cases_in_review", help, self.in_review.clone());
        let help = "Of them those that should have been decided by now";
        registry.register("cases_overdue", help, self.overdue.clone());
        let help = "Deliveries of events that were not taken yet";
        registry.register("deliveries_waiting", help, self.deliveries_waiting.clone());
        let help = "Deliveries of events that were given up";
        registry.register("deliveries_dead", help, self.deliveries_dead.clone());
        let help = "Web hooks whose last attempt failed";
        registry.register("webhooks_failing", help, self.hooks_failing.clone());
    }
}

impl Metrics {
    /// A request to `route`, as the router has it and not as it was sent, was answered.
    pub fn answered(&self, (method, route): (&'static str, &str), status: u16, took: Duration) {
        let labels = [
            ("method", method.into()),
            ("route", route.to_owned().into()),
            ("status", status.to_string().into()),
        ];
        self.0.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Something was looked at in these stages.
    pub(crate) fn assessed(&self, stages: &Stages) {
        for (stage, milliseconds) in stages.milliseconds() {
            let labels = [("stage", stage.into())];
            self.0.stages.get_or_create(&labels).observe(milliseconds / 1e3);
        }
    }

    /// The engine decided.
    pub(crate) fn decided(&self, decision: &Decision) {
        let labels = [("verdict", decision.verdict.as_str().into())];
        self.0.decisions.get_or_create(&labels).inc();
        for judged in &decision.checks {
            for finding in &judged.findings {
                let outcome = match finding.outcome {
                    Outcome::Pass => "pass",
                    Outcome::Inconclusive(_) => "inconclusive",
                    Outcome::Fail(_) => "fail",
                };
                let labels = [("check", judged.check.as_str().into()), ("outcome", outcome.into())];
                self.0.checks.get_or_create(&labels).inc();
            }
        }
    }

    /// An upload was kept, with these faults.
    pub(crate) fn uploaded(&self, place: Place, faults: &[Reason]) {
        self.0.uploads.get_or_create(&[("place", place.as_str().into())]).inc();
        for fault in faults {
            let labels = [("place", place.as_str().into()), ("code", fault.code.as_str().into())];
            self.0.faults.get_or_create(&labels).inc();
        }
    }

    fn queue(&self, now: Timestamp, queue: &Queue) {
        let series = &*self.0;
        let waited = queue.oldest.map_or(0, |since| now.as_second() - since.as_second());
        series.jobs_waiting.set(queue.waiting as i64);
        series.oldest_job.set(waited.max(0));
        series.jobs_dead.set(queue.dead as i64);
    }

    fn reviews(&self, reviews: &Reviews) {
        self.0.in_review.set(reviews.waiting as i64);
        self.0.overdue.set(reviews.overdue as i64);
    }

    fn backlog(&self, backlog: &Backlog) {
        let series = &*self.0;
        series.deliveries_waiting.set(backlog.waiting as i64);
        series.deliveries_dead.set(backlog.dead as i64);
        series.hooks_failing.set(backlog.failing as i64);
    }

    fn text(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.0.registry).expect("writing to a string cannot fail");
        text
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Installation {
    /// Where this process counts and times.
    pub fn metrics(&self) -> &Metrics {
        &self.parts.metrics
    }

    /// All metrics as text, in the format of `OpenMetrics` 1.0, which Prometheus reads.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn metrics_text(&self) -> Result<String, Breakage> {
        let now = self.now();
        let mut tx = self.parts.store.read().await?;
        let queue = tx.queue(now).await?;
        self.parts.metrics.queue(now, &queue);
        self.parts.metrics.reviews(&tx.reviews(now).await?);
        self.parts.metrics.backlog(&tx.backlog().await?);
        Ok(self.parts.metrics.text())
    }
}
