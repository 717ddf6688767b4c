//! A world in which everything is known: a clock that stands, an engine that sees what a test
//! wrote into the bytes, a real database and a real vault.

mod receiver;

pub use receiver::{Received, Receiver};

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use domain::claims::Claims;
use domain::evidence::{Evidence, PictureEvidence, Slot, SpecimenSign};
use domain::id::{AccountId, CaseId};
use domain::liveness::{Challenge, Light, LivenessEvidence, SeenAction, Signal, SignalKind};
use domain::policy::{Policy, TierPolicy};
use jiff::Timestamp;
use jiff::civil::Date;
use store::Store;
use tempfile::TempDir;
use vault::{LookupKey, MasterKeys, Vault};
use workflow::{
    ConsentKind, Deliverer, Engine, EngineError, Hint, Installation, Kind, Material, Metrics,
    Opened, Outcome, Parts, Place, RegisterRequest, Worker, World,
};

/// 2026-03-02, a Monday, at noon UTC, in seconds since 1970.
pub const START: i64 = 1_772_452_800;

/// A clock that stands until it is told to go on.
#[derive(Debug, Default)]
pub struct Clock {
    seconds: AtomicI64,
    dice: AtomicU64,
}

impl Clock {
    /// Goes on by `seconds`.
    pub fn go(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }
}

struct Held(Arc<Clock>);

impl World for Held {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(START + self.0.seconds.load(Ordering::Relaxed)).unwrap()
    }

    fn random(&self, bytes: &mut [u8]) {
        let number = self.0.dice.fetch_add(1, Ordering::Relaxed);
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = (number >> (8 * (place % 8))) as u8;
        }
        bytes[0] ^= 0x5a;
    }
}

/// Sees in the bytes of a picture the evidence that a test wrote there as JSON; of a capture
/// `answer` does what was asked, and anything else nothing.
#[derive(Debug, Clone, Default)]
pub struct Exact {
    /// How often it breaks before it works.
    pub breaks: Arc<Mutex<u32>>,
}

impl Engine for Exact {
    fn look(&self, _: Slot, bytes: &[u8], _: Date) -> Result<PictureEvidence, EngineError> {
        serde_json::from_slice(bytes).map_err(|_| EngineError::Refused {
            code: "file-unknown".to_owned(),
            sentence: "This is no picture.".to_owned(),
        })
    }

    fn watch(&self, bytes: &[u8], challenge: &Challenge) -> Result<LivenessEvidence, EngineError> {
        let seen = challenge.steps().iter().map(|step| SeenAction {
            action: step.action,
            from_ms: step.from_ms + 500.0,
            to_ms: step.from_ms + 900.0,
            extent: 1.0,
        });
        let signal = |kind, value| Signal { kind, value, at_ms: None };
        Ok(LivenessEvidence {
            challenge: challenge.clone(),
            light: Light::NotAsked,
            frames: 180,
            duration_ms: 9000.0,
            seen: if bytes == b"answer" { seen.collect() } else { Vec::new() },
            signals: vec![
                signal(SignalKind::FrameRate, 20.0),
                signal(SignalKind::FaceMissing, 0.0),
                signal(SignalKind::TurnSpeed, 60.0),
                signal(SignalKind::Jump, 0.02),
                signal(SignalKind::FaceDistance, 0.2),
                signal(SignalKind::Flatness, 0.8),
                signal(SignalKind::RepeatedFrames, 0.0),
                signal(SignalKind::Light, 120.0),
            ],
        })
    }

    fn see(&self, material: &Material, as_of: Date) -> Result<Evidence, EngineError> {
        let mut breaks = self.breaks.lock().unwrap();
        if *breaks > 0 {
            *breaks -= 1;
            return Err(EngineError::Broken("the model cannot run".into()));
        }
        let mut evidence = Evidence::default();
        for (slot, bytes) in &material.pictures {
            evidence.pictures.insert(*slot, self.look(*slot, bytes, as_of)?);
        }
        let both = [Slot::Front, Slot::Selfie].iter().all(|s| evidence.pictures.contains_key(s));
        evidence.face_match = base().face_match.filter(|_| both);
        if let Some((bytes, challenge)) = &material.capture {
            evidence.liveness = Some(self.watch(bytes, challenge)?);
        }
        Ok(evidence)
    }

    fn preview(&self, _: &[u8], _: &TierPolicy) -> Result<Hint, EngineError> {
        Ok(Hint { outline: None, reason: None })
    }
}

fn examples() -> toml::Value {
    toml::from_str(include_str!("../../../policies/exchange.examples.toml")).unwrap()
}

/// The evidence of the examples' passport.
pub fn base() -> Evidence {
    examples()["bases"]["passport"]["evidence"].clone().try_into().unwrap()
}

/// What the person of the examples' passport types.
pub fn typed() -> Claims {
    examples()["bases"]["passport"]["claims"].clone().try_into().unwrap()
}

/// The passport as a specimen, changed by `change`.
pub fn passport(change: impl FnOnce(&mut PictureEvidence)) -> Vec<u8> {
    let mut front = base().pictures.remove(&Slot::Front).unwrap();
    front.document.as_mut().unwrap().specimen = Some(SpecimenSign::Marked);
    change(&mut front);
    serde_json::to_vec(&front).unwrap()
}

/// The selfie of the examples.
pub fn selfie() -> Vec<u8> {
    serde_json::to_vec(&base().pictures[&Slot::Selfie]).unwrap()
}

/// A whole installation in a temporary folder.
pub struct House {
    /// The installation.
    pub installation: Installation,
    /// Its clock.
    pub clock: Arc<Clock>,
    /// Its engine.
    pub engine: Exact,
    /// The address of its database.
    pub url: String,
    _folder: TempDir,
}

impl House {
    /// A new one on a file of SQLite.
    pub async fn build(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("bonafide.db").display());
        Self::on(kind, folder, url).await
    }

    /// A new one on the database at `url`, with its vault in `folder`.
    pub async fn on(kind: Kind, folder: TempDir, url: String) -> Self {
        let text = match kind {
            Kind::Sandbox => include_str!("../../../policies/sandbox.toml"),
            Kind::Live => include_str!("../../../policies/exchange.toml"),
        };
        let (clock, engine) = (Arc::new(Clock::default()), Exact::default());
        let installation = Installation::new(Parts {
            kind,
            store: Store::open(&url).await.unwrap(),
            vault: Vault::local(folder.path(), MasterKeys::new(1, [1; 32])).unwrap(),
            lookup: LookupKey::new(1, [2; 32]),
            policy: Policy::parse(text).unwrap(),
            engine: Box::new(engine.clone()),
            world: Box::new(Held(Arc::clone(&clock))),
            outgoing: receiver::client(),
            metrics: Metrics::default(),
        });
        let installation = installation.unwrap();
        Self { installation, clock, engine, url, _folder: folder }
    }

    /// Registers an account.
    pub async fn account(&self, name: &str) -> AccountId {
        let request = RegisterRequest { external_id: name.to_owned() };
        self.installation.register(&request, None).await.unwrap().id
    }

    /// Opens a case for L2.
    pub async fn open(&self, account: AccountId) -> Opened {
        self.installation.open(account, "L2", None).await.unwrap()
    }

    /// Everything that L2 asks for, with this passport.
    pub async fn fill(&self, case: CaseId, passport: Vec<u8>) {
        let house = &self.installation;
        house.type_details(case, &typed()).await.unwrap();
        house.consent(case, ConsentKind::FaceMatch, "1", true).await.unwrap();
        house.upload(case, Place::Front, passport).await.unwrap();
        house.upload(case, Place::Selfie, selfie()).await.unwrap();
        house.issue_challenge(case).await.unwrap();
        house.upload(case, Place::Capture, b"answer".to_vec()).await.unwrap();
    }

    /// Submits and lets a worker do what is to be done.
    pub async fn assess(&self, case: CaseId) {
        self.installation.submit(case).await.unwrap();
        assert_eq!(self.work().await, Outcome::Done, "a job is done");
    }

    /// Makes every attempt to deliver that is due. How many.
    pub async fn deliver(&self) -> usize {
        Deliverer::new(self.installation.clone(), "deliverer-1").once().await.unwrap()
    }

    /// Lets a worker do the next job.
    pub async fn work(&self) -> Outcome {
        Worker::new(self.installation.clone(), "worker-1").once().await.unwrap()
    }
}
