//! What the live capture of a case is asked for: movements and light, drawn anew each time.

use std::time::Duration;

use domain::case::Move;
use domain::id::CaseId;
use domain::liveness::{Action, Asked, Challenge, Colour, Light, LightSequence, Shine, Step};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::CaseRow;

use crate::installation::{Installation, act};
use crate::uploads::UploadError;

/// A challenge has so many movements, each with so many milliseconds: 9 seconds in all.
const MOVEMENTS: usize = 3;
const WINDOW_MS: f64 = 3000.0;
/// A capture without movements lasts so long, milliseconds.
const STILL_MS: f64 = 6000.0;
/// Each colour is shown so long, milliseconds: as in the measured captures (ACCURACY.md, Live
/// captures).
const SHINE_MS: f64 = 600.0;
/// How long a challenge may be answered: time to read it, nine seconds, and an upload.
const CHALLENGE_TIME: Duration = Duration::from_mins(3);
/// How long what was announced in this time may be on its way.
const UPLOAD_TIME: Duration = Duration::from_hours(1);
/// A digest as 64 hexadecimal digits.
const DIGITS: usize = 64;
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
}

/// What a page tells as soon as a capture is recorded: the bytes that it is going to send, and
/// how they were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// SHA-256 of the capture, hexadecimal.
    pub sha256: String,
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
    /// The answer that was announced in this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<Announced>,
}

impl Issued {
    /// Whether a capture of this digest, hexadecimal, is in time at `now`: one that was announced
    /// may come later, as nothing can be made up any more.
    pub(crate) fn takes(&self, digest: &str, now: Timestamp) -> bool {
        let announced = self.announced.as_ref().is_some_and(|one| one.sha256 == digest);
        now < self.until || (announced && now < self.until + UPLOAD_TIME)
    }
}

impl Installation {
    /// Issues a new challenge: random movements in a random order, and where the policy asks
    /// for light random colours, but for what the person is `without`. The answer to an earlier
    /// one counts no more.
    ///
    /// # Errors
    /// See [`UploadError`].
    pub async fn issue_challenge(
        &self,
        id: CaseId,
        without: &[Without],
    ) -> Result<Issued, UploadError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(UploadError::NoSuchCase)?;
        row.case.state.after(Move::Fill)?;
        let tier = self.tier(&row.case.tier)?;
        let moving = !without.contains(&Without::Movements);
        let (challenge, lasts_ms) = if moving {
            (self.movements(), WINDOW_MS * MOVEMENTS as f64)
        } else {
            (Challenge::default(), STILL_MS)
        };
        let light = match (tier.light_challenge, without.contains(&Without::Light)) {
            (false, _) => Light::NotAsked,
            (true, true) => Light::Declined,
            (true, false) => Light::Shown(self.colours(lasts_ms)),
        };
        let at = self.now();
        let asked = Asked { challenge, light };
        let issued = Issued { asked, lasts_ms, at, until: at + CHALLENGE_TIME, announced: None };
        row.challenge = Some(serde_json::to_string(&issued).expect("a challenge serialises"));
        tx.save_case(&row).await?;
        tx.log(&mut row, at, &act("engine", "issued a challenge")).await?;
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
        let digits = recorded.sha256.bytes().all(|digit| digit.is_ascii_hexdigit());
        if recorded.sha256.len() != DIGITS || !digits {
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
        issued.announced = Some(Announced { sha256, signs: signs(recorded) });
        row.challenge = Some(serde_json::to_string(&issued).expect("a challenge serialises"));
        tx.save_case(&row).await?;
        tx.log(&mut row, now, &act("applicant", "announced a capture")).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Different movements, drawn without favour, each in a window of its own.
    fn movements(&self) -> Challenge {
        let mut left = Action::ALL.to_vec();
        let steps = (0..MOVEMENTS).map(|place| {
            let action = left.swap_remove(self.one_of(left.len()));
            let from_ms = WINDOW_MS * place as f64;
            Step { action, from_ms, to_ms: Some(from_ms + WINDOW_MS) }
        });
        Challenge::new(steps.collect()).expect("windows follow one another")
    }

    /// Colours for so long, none of them like the one before it.
    fn colours(&self, lasts_ms: f64) -> LightSequence {
        let mut shines: Vec<Shine> = Vec::new();
        for place in 0..(lasts_ms / SHINE_MS) as u32 {
            let mut left = Colour::ALL.to_vec();
            left.retain(|colour| shines.last().is_none_or(|last| last.colour != *colour));
            let colour = left[self.one_of(left.len())];
            let from_ms = SHINE_MS * f64::from(place);
            shines.push(Shine { colour, from_ms, to_ms: from_ms + SHINE_MS });
        }
        LightSequence::new(shines).expect("they follow one another, and are long enough")
    }

    /// One of so many, by chance.
    fn one_of(&self, count: usize) -> usize {
        // Of 2^64 the remainder favours nothing by more than one in 10^18.
        (u64::from_be_bytes(self.parts.world.bytes()) % count as u64) as usize
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
