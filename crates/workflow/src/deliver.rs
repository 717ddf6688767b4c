//! Delivering events to endpoints, on a loop of its own: what an endpoint takes long for holds
//! up neither assessments nor other endpoints.

use std::time::Duration;

use domain::id::EventId;
use outgoing::http::{HeaderMap, HeaderValue, StatusCode, header};
use outgoing::{Answer, SendError, delay, sign};
use serde_json::{Value, json};
use store::{Attempt, ClaimedDelivery, Event, Next};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tracing::{error, info, warn};

use crate::errors::Breakage;
use crate::installation::Installation;
use crate::worker::chain;

/// An attempt that says nothing for so long is lost, and another is made. The client gives up
/// far earlier.
const LEASE: Duration = Duration::from_mins(2);
/// The longest that a client of this loop may wait for an answer.
pub const LONGEST_TIMEOUT: Duration = Duration::from_mins(1);
/// Attempts under way to one endpoint, in all processes together.
const UNDER_WAY: u32 = 4;
/// How often an idle loop looks.
const PAUSE: Duration = Duration::from_millis(200);
/// How often failing endpoints are looked for.
const HOUSEKEEPING: Duration = Duration::from_secs(30);
/// An endpoint at which every attempt of so long failed is told of.
const FAILING_LONG: Duration = Duration::from_hours(24);
/// The longest wait that an endpoint may ask for.
const LONGEST_WAIT: Duration = Duration::from_hours(10);

/// What delivers, under a name that no other one has. Clones are the same one.
#[derive(Clone)]
pub struct Deliverer {
    installation: Installation,
    name: String,
}

impl Deliverer {
    /// One of `installation`, called `name`.
    pub fn new(installation: Installation, name: impl Into<String>) -> Self {
        Self { installation, name: name.into() }
    }

    /// Delivers until `stop` says so; attempts under way are finished.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut under_way = JoinSet::new();
        let mut cleaned: Option<Instant> = None;
        while !*stop.borrow() {
            if cleaned.is_none_or(|at| at.elapsed() >= HOUSEKEEPING) {
                self.log(self.tell_of_failing().await);
                cleaned = Some(Instant::now());
            }
            let claimed = self.log(self.claim().await).unwrap_or_default();
            let idle = claimed.is_empty();
            for delivery in claimed {
                let this = self.clone();
                under_way.spawn(async move { this.log(this.attempt(delivery).await) });
            }
            while under_way.try_join_next().is_some() {}
            if idle {
                tokio::select! {
                    () = tokio::time::sleep(PAUSE) => {}
                    _ = stop.changed() => {}
                }
            }
        }
        under_way.join_all().await;
    }

    /// Makes every attempt that is due now, and waits for them. How many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn once(&self) -> Result<usize, Breakage> {
        self.tell_of_failing().await?;
        let mut made = 0;
        loop {
            let claimed = self.claim().await?;
            if claimed.is_empty() {
                return Ok(made);
            }
            made += claimed.len();
            for delivery in claimed {
                self.attempt(delivery).await?;
            }
        }
    }

    fn log<T>(&self, done: Result<T, Breakage>) -> Option<T> {
        done.inspect_err(
            |error| error!(error = %chain(error), worker = %self.name, "delivering failed"),
        )
        .ok()
    }

    /// One delivery to each endpoint to which one is due.
    async fn claim(&self) -> Result<Vec<ClaimedDelivery>, Breakage> {
        let (store, now) = (self.installation.store(), self.installation.now());
        let due = store.read().await?.due_endpoints(now, UNDER_WAY).await?;
        let mut claimed = Vec::new();
        for endpoint in due {
            let mut tx = store.begin().await?;
            claimed.extend(tx.claim_delivery(endpoint, &self.name, (now, now + LEASE)).await?);
            tx.commit().await?;
        }
        Ok(claimed)
    }

    async fn attempt(&self, claimed: ClaimedDelivery) -> Result<(), Breakage> {
        let begun = Instant::now();
        let Some(attempt) = self.made(claimed).await? else { return Ok(()) };
        let mut tx = self.installation.store().begin().await?;
        if tx.end_attempt(&claimed, &self.name, &attempt).await? {
            tx.commit().await?;
        }
        let (endpoint, gone) = (claimed.endpoint, attempt.answer == Some(GONE));
        info!(webhook.id = %endpoint, event.number = claimed.number, claimed.attempts,
              http.status = attempt.answer, problem = attempt.problem,
              duration_ms = begun.elapsed().as_millis() as u64, "delivery attempted");
        if gone {
            warn!(webhook.id = %endpoint, "a web hook says that it is gone, and is disabled");
            let mut tx = self.installation.store().begin().await?;
            tx.disable_endpoint(endpoint, Some(attempt.at)).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// What comes of one attempt; `None` when the endpoint was deleted.
    async fn made(&self, claimed: ClaimedDelivery) -> Result<Option<Attempt>, Breakage> {
        let house = &self.installation;
        let mut tx = house.store().read().await?;
        let endpoint = tx.endpoint(claimed.endpoint).await?;
        let secrets = tx.secrets(claimed.endpoint).await?;
        let event = tx.event(claimed.number).await?;
        drop(tx);
        let Some(((endpoint, secrets), event)) = endpoint.zip(secrets).zip(event) else {
            return Ok(None);
        };
        let former = secrets.former.filter(|(_, until)| house.now() < *until);
        let sealed = std::iter::once(secrets.secret).chain(former.map(|(sealed, _)| sealed));
        let opened: Result<Vec<_>, _> =
            sealed.map(|sealed| house.opened(endpoint.id, &sealed)).collect();
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => {
                error!(webhook.id = %endpoint.id, error = %chain(&error), "nothing can be signed");
                return Ok(Some(self.failed(claimed, None, "secret-unreadable")));
            }
        };
        let body = body(claimed.number, &event, house.kind().as_str());
        let seconds = house.now().as_second().unsigned_abs();
        let mut headers = sign(&opened, &event.id.to_string(), seconds, &body)
            .expect("an id of an event can be signed with a secret");
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let kind = HeaderValue::from_static(house.kind().as_str());
        headers.insert("bonafide-installation", kind);
        let answered = house.parts.outgoing.post(&endpoint.url, headers, body).await;
        Ok(Some(self.judged(claimed, answered)))
    }

    fn judged(&self, claimed: ClaimedDelivery, answered: Result<Answer, SendError>) -> Attempt {
        match answered {
            Ok(answer) if answer.status.is_success() => Attempt {
                next: Next::Delivered,
                answer: Some(answer.status.as_u16()),
                problem: None,
                at: self.installation.now(),
            },
            Ok(answer) => {
                let problem = match answer.status {
                    StatusCode::GONE => "gone",
                    status if status.is_redirection() => "redirected",
                    _ => "not-taken",
                };
                let attempt = self.failed(claimed, Some(&answer), problem);
                let gone = answer.status == StatusCode::GONE;
                if gone { Attempt { next: Next::Dead, ..attempt } } else { attempt }
            }
            Err(error) => {
                let attempt = self.failed(claimed, None, error.code());
                let ever = !error.is_permanent();
                if ever { attempt } else { Attempt { next: Next::Dead, ..attempt } }
            }
        }
    }

    /// A failed attempt: it is made again by the schedule, or when the endpoint asks for it
    /// where that is later.
    fn failed(
        &self,
        claimed: ClaimedDelivery,
        answer: Option<&Answer>,
        problem: &'static str,
    ) -> Attempt {
        let at = self.installation.now();
        let dice = u64::from_be_bytes(self.installation.parts.world.bytes());
        let asked = answer.and_then(|answer| retry_after(&answer.headers)).unwrap_or_default();
        let next = match delay(claimed.attempts, dice as f64 / u64::MAX as f64) {
            Some(delay) => Next::Again(at + delay.max(asked.min(LONGEST_WAIT))),
            None => Next::Dead,
        };
        let answer = answer.map(|answer| answer.status.as_u16());
        Attempt { next, answer, problem: Some(problem), at }
    }

    /// Tells of endpoints that have been failing for long, each once until it works again.
    async fn tell_of_failing(&self) -> Result<(), Breakage> {
        let now = self.installation.now();
        let mut tx = self.installation.store().begin().await?;
        let failing = tx.newly_failing(now - FAILING_LONG, now).await?;
        if failing.is_empty() {
            return Ok(());
        }
        for (endpoint, since) in failing {
            warn!(webhook.id = %endpoint, since = %since, "a web hook has been failing for long");
            let data = json!({ "webhook": endpoint, "since": since.to_string() }).to_string();
            let (id, kind) = (EventId::new(now, self.installation.dice()), FAILING.to_owned());
            tx.add_event(Event { id, kind, account: None, case: None, data, at: now });
        }
        Ok(tx.commit().await?)
    }
}

/// The event that tells of them, one of the [`KINDS`](crate::KINDS).
const FAILING: &str = "webhook.failing";
const GONE: u16 = StatusCode::GONE.as_u16();

/// The seconds that an answer asks to wait.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The event as `/v1/events` lists it, with the kind of the installation.
fn body(number: i64, event: &Event, installation: &str) -> Vec<u8> {
    let data: Value = serde_json::from_str(&event.data).unwrap_or_default();
    let told = json!({
        "number": number,
        "id": event.id,
        "kind": event.kind,
        "account": event.account,
        "case": event.case,
        "data": data,
        "at": event.at.to_string(),
        "installation": installation,
    });
    told.to_string().into_bytes()
}
