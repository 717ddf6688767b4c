//! What the live capture of a case is asked for: movements and light, drawn anew each time.

mod chain;
mod draw;
mod missed;

use std::time::Duration;

use domain::case::Move;
use domain::id::CaseId;
use domain::liveness::{Action, Asked};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::CaseRow;

use crate::challenge::draw::Drawn;
use crate::challenge::missed::missed_before;
use crate::hex;
use crate::installation::{Installation, act};
use crate::uploads::UploadError;

/// How long a challenge may be answered: time to read it, nine seconds, and an upload.
const CHALLENGE_TIME: Duration = Duration::from_mins(3);
/// How long what was announced in this time may be on its way.
const UPLOAD_TIME: Duration = Duration::from_hours(1);
/// The names of cameras that are programs, in lower case. Whoever deceives gives theirs another
/// one: it only helps a person who looks.
const VIRTUAL: [&str; 9] = [
    "virtual",
    "obs",
    "manycam",
    "snap camera",
    "xsplit",
    "droidcam",
    "v4l2loopback",
    "dummy",
    "fake",
];

/// A part of a challenge that a person may leave out; then a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Without {
    /// They cannot make the movements.
    Movements,
    /// Changing light makes them ill.
    Light,
}

/// What a page says of itself: a sign for a reviewer, which anybody can forge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientSign {
    /// The camera's name is that of a program.
    VirtualCamera,
    /// The browser says that a program drives it.
    Automation,
    /// The frames do not fit the running digest that the page made of them.
    FramesChanged,
}

/// What a page tells as soon as a capture is recorded: the bytes that it is going to send, and
/// how they were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// SHA-256 of the capture, hexadecimal.
    pub sha256: String,
    /// The running digest of its frames ([`Issued::nonce`]), hexadecimal, of a page that makes one.
    pub chain: Option<String>,
    /// The camera's name, as the browser has it.
    pub camera: String,
    /// Whether the browser says that a program drives it.
    pub automated: bool,
}

/// What of that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// SHA-256 of the capture, hexadecimal, lower case.
    pub sha256: String,
    /// The running digest of its frames, the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// What the page says of itself.
    pub signs: Vec<ClientSign>,
}

/// A challenge that was issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issued {
    /// What to do, and under which light.
    pub asked: Asked,
    /// How long the capture has to be, milliseconds.
    pub lasts_ms: f64,
    /// When it was issued.
    pub at: Timestamp,
    /// Until when the answer may be announced or uploaded.
    pub until: Timestamp,
    /// What a running digest of the frames begins with, 64 hexadecimal digits: nobody knows it
    /// before.
    #[serde(default)]
    pub nonce: String,
    /// The origin of the page that asked, where the request said it: the digest has it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Of its movements, those that the answer to the one before missed; none in a whole one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<Action>,
    /// The answer that was announced in this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<Announced>,
    /// SHA-256 of the capture that was taken as its answer, hexadecimal: there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The movements that its answer missed, where nothing else was wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<Action>,
    /// Whether its answer does not fit the running digest that was announced.
    #[serde(default)]
    pub frames_changed: bool,
}

impl Issued {
    /// Whether a capture of this digest, hexadecimal, is in time at `now`: the one that was
    /// announced may come later, as nothing can be made up any more, and no other one comes at
    /// all. Nor does one after an answer: each would tell how to do better.
    pub(crate) fn takes(&self, digest: &str, now: Timestamp) -> bool {
        let in_time = match &self.announced {
            Some(one) => one.sha256 == digest && now < self.until + UPLOAD_TIME,
            None => now < self.until,
        };
        in_time && self.answer.as_ref().is_none_or(|answer| answer == digest)
    }

    /// The same, with when the answer was there: when it was announced, and else at `now`.
    pub(crate) fn answered(mut self, now: Timestamp) -> Self {
        let after = (now.as_millisecond() - self.at.as_millisecond()) as f64;
        self.asked.answered_after_ms.get_or_insert(after);
        self
    }

    /// What is known of the page that answered it: for a reviewer.
    pub(crate) fn signs(self) -> Vec<ClientSign> {
        let mut signs = self.announced.map(|one| one.signs).unwrap_or_default();
        signs.extend(self.frames_changed.then_some(ClientSign::FramesChanged));
        signs
    }

    /// Writes it into the case.
    fn stand_in(&self, row: &mut CaseRow) {
        row.challenge = Some(serde_json::to_string(self).expect("a challenge serialises"));
    }
}

impl Installation {
    /// Issues a new challenge: random movements in a random order, and where the policy asks
    /// for light random colours, but for what the person is `without`. The answer to an earlier
    /// one counts no more; where it only missed a movement, this one and a new one are asked for,
    /// once. `origin` is that of the page that asks, where it is known.
    ///
    /// # Errors
    /// See [`UploadError`].
    pub async fn issue_challenge(
        &self,
        id: CaseId,
        without: &[Without],
        origin: Option<String>,
    ) -> Result<Issued, UploadError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(UploadError::NoSuchCase)?;
        row.case.state.after(Move::Fill)?;
        let tier = self.tier(&row.case.tier)?;
        let missed = missed_before(&mut tx, &row).await?;
        let Drawn { asked, lasts_ms, again } = self.draw(tier.light_challenge, without, &missed);
        let at = self.now();
        let issued = Issued {
            asked,
            lasts_ms,
            at,
            until: at + CHALLENGE_TIME,
            nonce: hex::digits(&self.parts.world.bytes::<32>()),
            origin,
            again,
            announced: None,
            answer: None,
            missed: Vec::new(),
            frames_changed: false,
        };
        issued.stand_in(&mut row);
        tx.save_case(&row).await?;
        let what = if issued.again.is_empty() {
            "issued a challenge"
        } else {
            "issued a challenge for what was missed"
        };
        tx.log(&mut row, at, &act("engine", what)).await?;
        tx.commit().await?;
        Ok(issued)
    }

    /// Keeps which capture is going to answer the challenge, so that a slow line may bring it
    /// after its time, and what the page says of itself. The first one counts; said again it is
    /// no other one, as the answer to it may have been lost.
    ///
    /// # Errors
    /// [`UploadError::NoChallenge`] when none waits for an answer, or its time is over; see there
    /// for the others.
    pub async fn announce(&self, id: CaseId, recorded: &Recorded) -> Result<(), UploadError> {
        let digests = [Some(&recorded.sha256), recorded.chain.as_ref()];
        if digests.into_iter().flatten().any(|digest| hex::bytes::<32>(digest).is_none()) {
            return Err(UploadError::NoDigest);
        }
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(UploadError::NoSuchCase)?;
        row.case.state.after(Move::Fill)?;
        let (now, sha256) = (self.now(), recorded.sha256.to_ascii_lowercase());
        let mut issued = issued(&row).ok_or(UploadError::NoChallenge)?;
        match &issued.announced {
            Some(first) if first.sha256 == sha256 => return Ok(()),
            None if now < issued.until => {}
            _ => return Err(UploadError::NoChallenge),
        }
        let chain = recorded.chain.as_ref().map(|digits| digits.to_ascii_lowercase());
        issued.announced = Some(Announced { sha256, chain, signs: signs(recorded) });
        issued = issued.answered(now);
        issued.stand_in(&mut row);
        tx.save_case(&row).await?;
        tx.log(&mut row, now, &act("applicant", "announced a capture")).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn signs(recorded: &Recorded) -> Vec<ClientSign> {
    let camera = recorded.camera.to_lowercase();
    let mut signs = Vec::new();
    if VIRTUAL.iter().any(|name| camera.contains(name)) {
        signs.push(ClientSign::VirtualCamera);
    }
    if recorded.automated {
        signs.push(ClientSign::Automation);
    }
    signs
}

/// The challenge that stands in the case.
pub(crate) fn issued(row: &CaseRow) -> Option<Issued> {
    serde_json::from_str(row.challenge.as_deref()?).ok()
}
