//! Cases: opened by the operator, filled by the applicant.

use std::time::Duration;

use domain::case::{Case, CaseState, Impossible, Move};
use domain::claims::Claims;
use domain::entitlement::Need;
use domain::id::{AccountId, CaseId};
use jiff::Timestamp;
use serde_json::json;
use store::{CaseRow, Consent, StoreError, Tx};
use thiserror::Error;
use vault::{PersonKey, VaultError};

use crate::device::DeviceName;
use crate::errors::{Breakage, Once, OnceError, TierGone};
use crate::handoff::Access;
use crate::installation::{Installation, act};
use crate::steps::{Step, StepState};
use crate::token::Token;
use crate::uploads::Place;

/// The version of a text is at most so long, bytes.
const LONGEST_VERSION: usize = 40;
/// What a person types of themselves is at most so long, characters.
const LONGEST_DETAIL: usize = 120;

/// A case that is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRequest {
    /// For which tier.
    pub tier: String,
    /// From which device.
    pub device: Option<DeviceName>,
}

impl From<&str> for CaseRequest {
    /// For `tier`, from a device of which nothing is known.
    fn from(tier: &str) -> Self {
        Self { tier: tier.to_owned(), device: None }
    }
}

/// A case that was opened, with the applicant's token, which is shown this once.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The case.
    pub case: Case,
    /// The applicant's token: it opens this case alone, for `token_hours` of the policy.
    pub token: Token,
}

/// What a person agrees to or declares, each apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentKind {
    /// That portrait and face are compared.
    FaceMatch,
    /// That the face is searched among other accounts.
    FaceSearch,
    /// That the face helps to normalise other people's scores.
    Cohort,
    /// Declared, not asked for by the policy: that the account is for oneself only.
    OwnBehalf,
}

impl ConsentKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::FaceMatch, Self::FaceSearch, Self::Cohort, Self::OwnBehalf];

    /// Whether a face is kept, to be searched for, by this consent: who declines it has none.
    pub(crate) fn keeps_faces(self) -> bool {
        matches!(self, Self::FaceMatch | Self::FaceSearch)
    }

    /// Whether it was given in `consents`, and not taken back.
    pub(crate) fn is_given_in(self, consents: &[Consent]) -> bool {
        consents.iter().any(|one| one.kind == self.as_str() && one.withdrawn_at.is_none())
    }

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FaceMatch => "face_match",
            Self::FaceSearch => "face_search",
            Self::Cohort => "cohort",
            Self::OwnBehalf => "own_behalf",
        }
    }
}

/// Why no case was opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no such account.
    #[error("there is no such account")]
    NoSuchAccount,
    /// The policy has no such tier.
    #[error("the policy has no tier {0} on its ladder")]
    NoSuchTier(String),
    /// The account has the tier.
    #[error("the account has this tier already")]
    Reached,
    /// Another case is open.
    #[error("the account has an open case already: {0}")]
    CaseOpen(CaseId),
    /// The person was erased, or asked to be.
    #[error("the person of this account was erased, or is to be: register another account")]
    Erased,
    /// A reviewer closed the account.
    #[error("this account was closed, as its person has another one: open the case there")]
    Closed,
    /// The idempotency key is another request's.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

/// Why something could not be done in a case.
#[derive(Debug, Error)]
pub enum CaseError {
    /// There is no such case.
    #[error("there is no such case")]
    NoSuchCase,
    /// It does not go from where it stands.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// Its tier is gone.
    #[error(transparent)]
    TierGone(#[from] TierGone),
    /// What was typed cannot be right.
    #[error("{field}: {problem}")]
    BadDetail {
        /// The name of the detail.
        field: &'static str,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// Something is missing before the case can be submitted.
    #[error("the case cannot be submitted yet: {} to be done", .0.join(", "))]
    Unfinished(Vec<String>),
    /// The person was erased, or asked to be.
    #[error("the data of this account was erased, or is to be")]
    Erased,
    /// Every worker that had the job was lost before it was done.
    #[error("every worker that had this job was lost before it was done")]
    WorkersLost,
    /// Our own side.
    #[error(transparent)]
    Broken(Breakage),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<StoreError> for CaseError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<VaultError> for CaseError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Erased(_) | VaultError::Restricted { .. } => Self::Erased,
            error => Self::Broken(error.into()),
        }
    }
}

impl From<Breakage> for CaseError {
    fn from(error: Breakage) -> Self {
        match error {
            Breakage::Vault(error) => error.into(),
            error => Self::Broken(error),
        }
    }
}

impl Installation {
    /// Opens a case of `account` for `tier`. An account has one open case at a time. The same
    /// request again gives the same case a new token; the one before opens nothing then.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(
        &self,
        account: AccountId,
        request: impl Into<CaseRequest>,
        once: Option<&Once>,
    ) -> Result<Opened, OpenError> {
        let request = request.into();
        let opened = self.try_open(account, &request, once).await;
        // It may be this very request, sent twice at one moment, that was there first.
        let again = match &opened {
            Err(OpenError::CaseOpen(_)) => once.is_some(),
            Err(OpenError::Broken(error)) => error.lost_a_race(),
            _ => false,
        };
        if again { self.try_open(account, &request, once).await } else { opened }
    }

    async fn try_open(
        &self,
        account: AccountId,
        CaseRequest { tier, device }: &CaseRequest,
        once: Option<&Once>,
    ) -> Result<Opened, OpenError> {
        if !self.service().ladder.iter().any(|name| name == tier) {
            return Err(OpenError::NoSuchTier(tier.clone()));
        }
        let token = Token::new("bf_case", &*self.parts.world);
        let mut tx = self.parts.store.begin().await?;
        if let Some(id) = self.came_to(once, &mut tx).await?? {
            let lost = || OpenError::Broken(Breakage::Unreadable { what: "an earlier request" });
            let id: CaseId = id.parse().map_err(|_| lost())?;
            let case = tx.lock_case(id).await?.ok_or_else(lost)?.case;
            tx.set_token(id, &token.hash(), self.token_end()).await?;
            tx.commit().await?;
            return Ok(Opened { case, token });
        }
        let holder = tx.lock_account(account).await?.ok_or(OpenError::NoSuchAccount)?;
        if tx.erasure(account).await?.is_some() {
            return Err(OpenError::Erased);
        }
        if holder.closed.is_some() {
            return Err(OpenError::Closed);
        }
        let now = self.now();
        if self.has_reached(&holder, tier) {
            return Err(OpenError::Reached);
        }
        let open = tx.cases_of(account).await?.into_iter().find(|row| !row.case.state.is_over());
        if let Some(row) = open {
            return Err(OpenError::CaseOpen(row.case.id));
        }
        let case = Case {
            id: CaseId::new(now, self.dice()),
            account,
            tier: tier.clone(),
            policy: self.parts.policy.id().digest.clone(),
            state: CaseState::Collecting,
            attempts: 0,
            created_at: now,
            expires_at: self.case_end(),
        };
        let mut row = tx.add_case(&case, &token.hash()).await?;
        tx.set_token(case.id, &token.hash(), self.token_end()).await?;
        self.keep_device(&mut tx, &mut row, device.as_ref()).await?;
        tx.log(&mut row, now, &act("operator", format!("opened {tier}"))).await?;
        self.remember(once, &mut tx, case.id.to_string()).await?;
        self.tell(&mut tx, "case.opened", (account, Some(case.id)), json!({ "tier": tier }))
            .await?;
        tx.commit().await?;
        Ok(Opened { case, token })
    }

    /// The case that an applicant's token opens; `None` for one that opens none, or none any
    /// more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_of(&self, token: &Token) -> Result<Option<Case>, Breakage> {
        Ok(match self.access(token).await? {
            Some(Access::Open(case)) => Some(case),
            Some(Access::Unconfirmed) | None => None,
        })
    }

    /// Keeps what the person typed, sealed. Pictures of a document of another type are set
    /// aside: they are of what the person no longer means to show.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn type_details(&self, id: CaseId, claims: &Claims) -> Result<(), CaseError> {
        plausible(claims, self.today())?;
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        row.case.state.after(Move::Fill)?;
        let key = self.parts.vault.person(row.case.account).await?;
        let before = self::claims(&row, &key)?.and_then(|before| before.document_type);
        let other =
            before.is_some_and(|before| claims.document_type.is_some_and(|now| now != before));
        for place in [Place::Front, Place::Back, Place::Held].into_iter().filter(|_| other) {
            tx.set_aside(id, place.as_str(), self.now()).await?;
        }
        let text = serde_json::to_vec(claims).expect("claims serialise");
        (row.claims, row.claims_at) =
            (Some(key.seal(&claims_context(id), &text)), Some(self.now()));
        tx.save_case(&row).await?;
        tx.log(&mut row, self.now(), &act("applicant", "details")).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What the person typed, while a decision asks for it once more: whoever corrects one name
    /// does not type the rest again (WCAG 2.2, 3.3.7). At any other time nobody has a use for it,
    /// and it is `None`.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn typed_details(&self, id: CaseId) -> Result<Option<Claims>, CaseError> {
        let mut tx = self.parts.store.read().await?;
        let row = tx.case(id).await?.ok_or(CaseError::NoSuchCase)?;
        let key = self.parts.vault.person(row.case.account).await?;
        let steps = self.given(&mut tx, &row, &key).await?.steps;
        let again =
            |step: &Step| step.need == Need::Details && matches!(step.state, StepState::Again(_));
        let asked = row.case.state.after(Move::Fill).is_ok() && steps.iter().any(again);
        Ok(if asked { claims(&row, &key)? } else { None })
    }

    /// Records that the person agreed to the text of that version, or did not.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn consent(
        &self,
        id: CaseId,
        kind: ConsentKind,
        text_version: &str,
        agreed: bool,
    ) -> Result<(), CaseError> {
        // It stands in the log, which no erasure reaches: no place for what a person may write.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        let fits = (1..=LONGEST_VERSION).contains(&text_version.len());
        if !fits || !text_version.bytes().all(plain) {
            let problem = format!("is 1 to {LONGEST_VERSION} letters, digits, dots and dashes");
            return Err(CaseError::BadDetail { field: "text_version", problem });
        }
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        let now = self.now();
        let consent = Consent {
            kind: kind.as_str().to_owned(),
            text_version: text_version.to_owned(),
            given_at: now,
            withdrawn_at: (!agreed).then_some(now),
        };
        tx.save_consent(id, &consent).await?;
        if kind.keeps_faces() && !agreed {
            tx.forget_face(id).await?;
        }
        let word = if agreed { "agreed" } else { "refused" };
        let what = format!("{word} {} {text_version}", kind.as_str());
        tx.log(&mut row, now, &act("applicant", what)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// When a case ends that is begun now.
    fn case_end(&self) -> Timestamp {
        self.now() + Duration::from_hours(u64::from(self.service().case_hours))
    }

    /// When a token opens nothing any more that is made now.
    fn token_end(&self) -> Timestamp {
        self.now() + Duration::from_hours(u64::from(self.service().token_hours.get()))
    }

    /// A new token for the applicant of a case, such as for an appeal; the one before opens
    /// nothing any more.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn renew_token(&self, id: CaseId, actor: &str) -> Result<Opened, CaseError> {
        let token = Token::new("bf_case", &*self.parts.world);
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        tx.set_token(id, &token.hash(), self.token_end()).await?;
        tx.log(&mut row, self.now(), &act(actor, "new token")).await?;
        tx.commit().await?;
        Ok(Opened { case: row.case, token })
    }

    /// Ends a case without a decision.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn cancel(&self, id: CaseId, actor: &str) -> Result<Case, CaseError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        self.step(&mut tx, &mut row, Move::Cancel, actor).await?;
        tx.commit().await?;
        Ok(row.case)
    }

    /// Lets cases expire that nobody submitted in time. How many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn expire(&self) -> Result<usize, CaseError> {
        let run_out = self.parts.store.read().await?.cases_run_out(self.now(), 100).await?;
        let mut expired = 0;
        for id in run_out {
            let mut tx = self.parts.store.begin().await?;
            let Some(mut row) = tx.lock_case(id).await? else { continue };
            // Submitted between our look and now: then it did not run out.
            if self.step(&mut tx, &mut row, Move::Expire, "clock").await.is_ok() {
                tx.commit().await?;
                expired += 1;
            }
        }
        Ok(expired)
    }

    /// Takes a step: writes where the case stands, logs it and tells of it.
    pub(crate) async fn step(
        &self,
        tx: &mut Tx,
        row: &mut CaseRow,
        step: Move,
        actor: &str,
    ) -> Result<(), CaseError> {
        let was = row.case.state;
        row.case.state = was.after(step)?;
        if row.case.state == CaseState::Collecting && was != CaseState::Collecting {
            // Whoever has to mend something has as long for it as for the first time.
            row.case.expires_at = row.case.expires_at.max(self.case_end());
        }
        if row.case.state != CaseState::InReview {
            row.due_at = None;
            row.lease = None;
        }
        tx.save_case(row).await?;
        self.retain(tx, row).await?;
        let state = row.case.state.as_str();
        tx.log(row, self.now(), &act(actor, state)).await?;
        let (account, case) = (row.case.account, row.case.id);
        let data = json!({ "tier": row.case.tier });
        self.tell(tx, &format!("case.{state}"), (account, Some(case)), data).await?;
        Ok(())
    }
}

/// What the person typed, opened.
pub(crate) fn claims(row: &CaseRow, key: &PersonKey) -> Result<Option<Claims>, Breakage> {
    let Some(sealed) = &row.claims else { return Ok(None) };
    let text = key.open(&claims_context(row.case.id), sealed)?;
    let claims = serde_json::from_slice(&text);
    claims.map(Some).map_err(|_| Breakage::Unreadable { what: "the details" })
}

fn claims_context(id: CaseId) -> String {
    format!("claims {id}")
}

/// What cannot be right, whoever types it.
fn plausible(claims: &Claims, today: jiff::civil::Date) -> Result<(), CaseError> {
    let bad =
        |field, problem: &str| Err(CaseError::BadDetail { field, problem: problem.to_owned() });
    let texts = [
        ("surname", &claims.surname),
        ("given_names", &claims.given_names),
        ("full_name_native", &claims.full_name_native),
        ("document_number", &claims.document_number),
    ];
    for (field, text) in texts {
        let Some(text) = text else { continue };
        if text.trim().is_empty() || text.chars().count() > LONGEST_DETAIL {
            return bad(field, "write it as it is printed, in at most 120 characters");
        }
        if text.chars().any(char::is_control) {
            return bad(field, "write it without line breaks and other control characters");
        }
    }
    if claims.surname.is_none() && claims.full_name_native.is_none() {
        return bad("surname", "write the name as it is printed on the document");
    }
    let Some(born) = claims.birth_date else {
        return bad("birth_date", "write the date of birth as YYYY-MM-DD");
    };
    if born.year() < 1900 || born > today {
        return bad("birth_date", "this is no date of birth of anyone alive: write YYYY-MM-DD");
    }
    if claims.document_number.is_none() {
        return bad("document_number", "write the number as it is printed on the document");
    }
    if claims.document_type.is_none() {
        return bad("document_type", "say which document you have");
    }
    Ok(())
}
