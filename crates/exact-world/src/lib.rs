//! A world in which everything is known: a clock that stands, an engine that sees what a test
//! wrote into the bytes, a real database and a real vault.

mod receiver;

pub use receiver::{Received, Receiver};

use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use domain::check;
use domain::claims::Claims;
use domain::evidence::{Evidence, PictureEvidence, Slot, SpecimenSign};
use domain::field::Field;
use domain::id::{AccountId, CaseId};
use domain::liveness::{Asked, LivenessEvidence, SeenAction, Signal, SignalKind};
use domain::policy::{Policy, TierPolicy};
use jiff::Timestamp;
use jiff::civil::Date;
use store::Store;
use tempfile::TempDir;
use tokio::sync::oneshot;
use vault::{LookupKeys, MasterKeys, SigningKey, Vault};
use workflow::{
    ConsentKind, Deliverer, Engine, EngineError, Face, Frame, Hint, Installation, Keep, Kind,
    Material, Metrics, Opened, Outcome, Parts, Place, RegisterRequest, Sight, Worker, World,
};

/// The policy of a sandbox.
pub const SANDBOX: &str = include_str!("../../../policies/sandbox.toml");
/// The policy of a live installation.
pub const EXCHANGE: &str = include_str!("../../../policies/exchange.toml");
/// 2026-03-02, a Monday, at noon UTC, in seconds since 1970.
pub const START: i64 = 1_772_452_800;

/// A number that every face has, so that a test knows one where it should not be.
pub const MARK: f32 = 7919.0;

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
/// `answer` does what was asked, `unlit` does so and takes on no colour, `unfinished` leaves out
/// the last movement, `begun` all but the first, and anything else does nothing. The face of a selfie is where it
/// lies in the picture: as far apart as two of them lie, so unlike they are.
#[derive(Debug, Clone, Default)]
pub struct Exact {
    /// How often it breaks before it works.
    pub breaks: Arc<Mutex<u32>>,
    /// Another one for each embedder.
    pub embedder: u32,
    /// Where it stops in the middle of the next capture.
    pub pause: Arc<Mutex<Option<Pause>>>,
    /// How often it was told to forget what is old.
    pub forgot: Arc<AtomicU64>,
}

/// A stop of the engine: it says that it is there, and waits until it may go on.
#[derive(Debug)]
pub struct Pause {
    /// Where it says so.
    pub here: oneshot::Sender<()>,
    /// What it waits for.
    pub go_on: oneshot::Receiver<()>,
}

impl Engine for Exact {
    fn look(
        &self,
        _: AccountId,
        _: Slot,
        bytes: &[u8],
        _: Date,
    ) -> Result<PictureEvidence, EngineError> {
        parsed(bytes)
    }

    fn watch(
        &self,
        _: AccountId,
        bytes: &[u8],
        asked: &Asked,
    ) -> Result<LivenessEvidence, EngineError> {
        const LASTS_MS: f64 = 9000.0;
        let pause = self.pause.lock().unwrap().take();
        if let Some(Pause { here, go_on }) = pause {
            here.send(()).unwrap();
            go_on.blocking_recv().unwrap();
        }
        let seen = asked.challenge.steps().iter().map(|step| SeenAction {
            action: step.action,
            from_ms: step.from_ms + 500.0,
            to_ms: step.from_ms + 900.0,
            extent: 1.0,
        });
        let signal = |kind, value| Signal { kind, value, at_ms: None };
        let all = asked.challenge.steps().len();
        let (moves, lit) = match bytes {
            b"answer" | b"timed" => (all, true),
            b"unlit" => (all, false),
            b"unfinished" => (all.saturating_sub(1), true),
            b"unfinished, unlit" => (all.saturating_sub(1), false),
            b"begun" => (1, true),
            _ => (0, false),
        };
        let ahead = asked.answered_after_ms.filter(|_| bytes == b"timed");
        let ahead = ahead.map(|after| signal(SignalKind::Ahead, LASTS_MS - after));
        let mut signals = vec![
            signal(SignalKind::FrameRate, 20.0),
            signal(SignalKind::FaceMissing, 0.0),
            signal(SignalKind::TurnSpeed, 60.0),
            signal(SignalKind::Jump, 0.02),
            signal(SignalKind::FaceDistance, 0.2),
            signal(SignalKind::Flatness, 0.8),
            signal(SignalKind::RepeatedFrames, 0.0),
            signal(SignalKind::Light, 120.0),
            signal(SignalKind::LightFollowing, if lit { 0.9 } else { 0.0 }),
            signal(SignalKind::LightEvenness, 0.3),
        ];
        signals.extend(ahead);
        Ok(LivenessEvidence {
            challenge: asked.challenge.clone(),
            light: asked.light.clone(),
            frames: 180,
            duration_ms: LASTS_MS,
            seen: seen.take(moves).collect(),
            signals,
        })
    }

    fn see(
        &self,
        whose: AccountId,
        material: &Material,
        as_of: Date,
    ) -> Result<Sight, EngineError> {
        let mut breaks = self.breaks.lock().unwrap();
        if *breaks > 0 {
            *breaks -= 1;
            return Err(EngineError::Broken("the model cannot run".into()));
        }
        let mut evidence = Evidence::default();
        for (slot, bytes) in &material.pictures {
            evidence.pictures.insert(*slot, self.look(whose, *slot, bytes, as_of)?);
        }
        let both = [Slot::Front, Slot::Selfie].iter().all(|s| evidence.pictures.contains_key(s));
        evidence.face_match = base().face_match.filter(|_| both);
        if let Some((bytes, asked)) = &material.capture {
            evidence.liveness = Some(self.watch(whose, bytes, asked)?);
        }
        let face = evidence.pictures.get(&Slot::Selfie).and_then(|selfie| selfie.faces.first());
        let face = face.map(|face| Face::new([&face.bounds[..], &[MARK]].concat()));
        Ok(Sight { evidence, face })
    }

    fn forget_old(&self) {
        self.forgot.fetch_add(1, Ordering::Relaxed);
    }

    fn embedder(&self) -> String {
        format!("exact-{}", self.embedder)
    }

    /// At the shipped promise of 0.05 five among one, two and a half among two, and so on.
    fn distance_at(&self, rate: f64) -> f64 {
        100.0 * rate
    }

    /// Whatever is no PDF.
    fn page(&self, bytes: &[u8]) -> Result<(), EngineError> {
        let refused = || EngineError::Refused {
            code: "file-unknown".to_owned(),
            sentence: "This is no picture.".to_owned(),
        };
        if bytes.starts_with(b"%PDF") { Err(refused()) } else { Ok(()) }
    }

    fn preview(&self, frame: &Frame, tier: &TierPolicy) -> Result<Hint, EngineError> {
        let picture: PictureEvidence = parsed(&frame.bytes)?;
        let findings = match frame.of {
            Slot::Front | Slot::Back => check::of_picture(&picture, tier),
            Slot::Selfie | Slot::Held => check::of_selfie(&picture, tier),
        };
        let mut reasons = findings.iter().filter_map(|(_, finding)| finding.outcome.reason());
        Ok(Hint { outline: None, reason: reasons.next().cloned() })
    }
}

fn parsed(bytes: &[u8]) -> Result<PictureEvidence, EngineError> {
    serde_json::from_slice(bytes).map_err(|_| EngineError::Refused {
        code: "file-unknown".to_owned(),
        sentence: "This is no picture.".to_owned(),
    })
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

/// The passport of somebody else, as real as can be: no specimen, of this number.
pub fn real_passport(number: &str) -> Vec<u8> {
    passport(|front| {
        let document = front.document.as_mut().unwrap();
        document.specimen = None;
        let zone = document.mrz.as_mut().unwrap();
        let reading = zone.fields.0.get_mut(&Field::DocumentNumber).unwrap();
        number.clone_into(&mut reading.value);
    })
}

/// The selfie of somebody whose face lies `apart` from that of the examples.
pub fn selfie_of(apart: f32) -> Vec<u8> {
    let mut selfie = base().pictures.remove(&Slot::Selfie).unwrap();
    selfie.faces[0].bounds[0] += apart;
    serde_json::to_vec(&selfie).unwrap()
}

/// The selfie of the examples.
pub fn selfie() -> Vec<u8> {
    serde_json::to_vec(&base().pictures[&Slot::Selfie]).unwrap()
}

/// The master key of every vault here.
pub fn master() -> MasterKeys {
    MasterKeys::new(1, [1; 32])
}

/// The keys of the lookups of every installation here.
fn lookup() -> LookupKeys {
    LookupKeys::new(1, [2; 32])
}

/// A sandbox with `vault` and on the database at `url`, whose time and chance are those of
/// `world`.
pub async fn sandbox(vault: Vault, url: &str, world: impl World + 'static) -> Installation {
    let engine = Box::new(Exact::default());
    build((Kind::Sandbox, SANDBOX), (vault, url), engine, Box::new(world), lookup()).await
}

async fn build(
    (kind, policy): (Kind, &str),
    (vault, url): (Vault, &str),
    engine: Box<dyn Engine>,
    world: Box<dyn World>,
    lookup: LookupKeys,
) -> Installation {
    let parts = Parts {
        kind,
        store: Store::open(url).await.unwrap(),
        vault,
        lookup,
        signing: SigningKey::new(&[3; 32]),
        policy: Policy::parse(policy).unwrap(),
        engine,
        world,
        keep: Keep::default(),
        outgoing: receiver::client(),
        metrics: Metrics::default(),
    };
    Installation::new(parts).await.unwrap()
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
    folder: TempDir,
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
        let policy = match kind {
            Kind::Sandbox => SANDBOX,
            Kind::Live => EXCHANGE,
        };
        Self::of(kind, policy, folder, url).await
    }

    /// A new sandbox that decides by `policy`.
    pub async fn under(policy: &str) -> Self {
        Self::ruled_by(Kind::Sandbox, policy).await
    }

    /// A new one that decides by `policy`.
    pub async fn ruled_by(kind: Kind, policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("bonafide.db").display());
        Self::of(kind, policy, folder, url).await
    }

    async fn of(kind: Kind, policy: &str, folder: TempDir, url: String) -> Self {
        let (clock, engine) = (Arc::new(Clock::default()), Exact::default());
        let world = Box::new(Held(Arc::clone(&clock)));
        let engine_of = Box::new(engine.clone());
        let vault = Vault::local(folder.path(), master()).unwrap();
        let installation = build((kind, policy), (vault, &url), engine_of, world, lookup()).await;
        Self { installation, clock, engine, url, folder }
    }

    /// The same installation on another machine, whose engine is `engine`.
    pub async fn machine(&self, engine: &Exact) -> Installation {
        let kind = self.installation.kind();
        let policy = if kind == Kind::Sandbox { SANDBOX } else { EXCHANGE };
        let vault = Vault::local(self.folder.path(), master()).unwrap();
        let world = Box::new(Held(Arc::clone(&self.clock)));
        build((kind, policy), (vault, &self.url), Box::new(engine.clone()), world, lookup()).await
    }

    /// The same installation, restarted under another policy.
    pub async fn restarted_under(&mut self, policy: &str) {
        let vault = Vault::local(self.folder.path(), master()).unwrap();
        let world = Box::new(Held(Arc::clone(&self.clock)));
        let (kind, parts) = (self.installation.kind(), (vault, &self.url[..]));
        let engine = Box::new(self.engine.clone());
        self.installation = build((kind, policy), parts, engine, world, lookup()).await;
    }

    /// The same installation, restarted with these keys of the lookups.
    pub async fn restarted_with(&mut self, lookup: LookupKeys) {
        let kind = self.installation.kind();
        let policy = if kind == Kind::Sandbox { SANDBOX } else { EXCHANGE };
        let vault = Vault::local(self.folder.path(), master()).unwrap();
        let world = Box::new(Held(Arc::clone(&self.clock)));
        let parts = (vault, &self.url[..]);
        let engine = Box::new(self.engine.clone());
        self.installation = build((kind, policy), parts, engine, world, lookup).await;
    }

    /// Where its vault and its database are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Registers an account.
    pub async fn account(&self, name: &str) -> AccountId {
        let request = RegisterRequest::of(name);
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
        for kind in [ConsentKind::FaceMatch, ConsentKind::FaceSearch] {
            house.consent(case, kind, "1", true).await.unwrap();
        }
        house.upload(case, Place::Front, passport).await.unwrap();
        house.upload(case, Place::Selfie, selfie()).await.unwrap();
        house.issue_challenge(case, &[], None).await.unwrap();
        house.upload(case, Place::Capture, b"answer".to_vec()).await.unwrap();
    }

    /// Everything that L2 asks for, of somebody with this passport number and this face.
    pub async fn fill_as(&self, case: CaseId, number: &str, apart: f32) {
        self.fill(case, real_passport(number)).await;
        let house = &self.installation;
        let details = Claims { document_number: Some(number.to_owned()), ..typed() };
        house.type_details(case, &details).await.unwrap();
        house.upload(case, Place::Selfie, selfie_of(apart)).await.unwrap();
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
