//! Problem details (RFC 9457): every error of a use case to its status and stable code, in
//! this one place. Codes are stable; sentences are for people and are not.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tracing::error;
use utoipa::ToSchema;
use workflow::{
    AppealError, BlockError, Breakage, CampaignError, CaseError, EndpointError, EraseError,
    FreezeError, HandoffError, HoldError, MessageError, OpenError, ProfileError, ReferralError,
    RegisterError, RuleError, SpendError, TierGone, TransferError, UploadError, WithdrawError,
};

use crate::limits::TooMany;

/// What went wrong, and what to do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// The code as a name that no other service uses.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: &'static str,
    /// One sentence with what to do.
    pub detail: String,
    /// After how many seconds to try again; told in the header `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

impl Problem {
    /// A problem of this status and code.
    #[expect(clippy::needless_pass_by_value, reason = "an error is handed over and done with")]
    pub fn new(status: StatusCode, code: &'static str, detail: impl ToString) -> Self {
        let kind = format!("urn:bonafide:problem:{code}");
        Self { kind, status: status.as_u16(), code, detail: detail.to_string(), retry_after: None }
    }

    /// Something of ours broke: it is logged with its causes, and the sender learns no more
    /// than that it may be tried again.
    pub fn internal(broken: &(dyn std::error::Error + 'static)) -> Self {
        let mut causes = broken.to_string();
        let mut cause = broken.source();
        while let Some(error) = cause {
            causes = format!("{causes}: {error}");
            cause = error.source();
        }
        error!(error = %causes, "request failed");
        let detail = "Something of ours broke; try again in a moment.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// No such thing, or none that this key may see: the two are not told apart.
    pub fn not_found(code: &'static str, detail: impl ToString) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, detail)
    }

    fn conflict(code: &'static str, detail: impl ToString) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    pub(crate) fn invalid(code: &'static str, detail: impl ToString) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).expect("it was made of one");
        let retry_after = self.retry_after.map(HeaderValue::from);
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().extend(retry_after.map(|value| (header::RETRY_AFTER, value)));
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

impl From<Breakage> for Problem {
    fn from(error: Breakage) -> Self {
        Self::internal(&error)
    }
}

impl From<TooMany> for Problem {
    fn from(error: TooMany) -> Self {
        let seconds = error.wait.as_secs();
        let detail = format!("These are too many requests: try again in {seconds} seconds.");
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail);
        Self { retry_after: Some(seconds), ..problem }
    }
}

impl From<EndpointError> for Problem {
    fn from(error: EndpointError) -> Self {
        match error {
            EndpointError::NoSuchEndpoint => Self::not_found("webhook-not-found", error),
            EndpointError::Refused { code, sentence } => Self::invalid(code, sentence),
            EndpointError::LongUrl => Self::invalid("url-too-long", error),
            EndpointError::BadDescription => Self::invalid("description-invalid", error),
            EndpointError::UnknownKind => Self::invalid("kind-unknown", error),
            EndpointError::TooMany => Self::conflict("webhooks-too-many", error),
            EndpointError::LongOverlap => Self::invalid("overlap-too-long", error),
            EndpointError::Broken(error) => error.into(),
        }
    }
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::BadExternalId => Self::invalid("external-id-invalid", error),
            RegisterError::Exists(_) => Self::conflict("account-exists", error),
            RegisterError::Referral(error) => error.into(),
            RegisterError::Once(_) => Self::invalid("idempotency-key-reused", error),
            RegisterError::Broken(error) => error.into(),
        }
    }
}

impl From<ReferralError> for Problem {
    fn from(error: ReferralError) -> Self {
        match error {
            ReferralError::NoSuchAccount => Self::not_found("account-not-found", error),
            ReferralError::Gone => Self::conflict("account-gone", error),
            ReferralError::NotValid => Self::invalid("referral-code-invalid", error),
            ReferralError::HasOne => Self::conflict("referral-code-taken", error),
            ReferralError::Broken(error) => error.into(),
        }
    }
}

impl From<CampaignError> for Problem {
    fn from(error: CampaignError) -> Self {
        match error {
            CampaignError::BadTerms(_) => Self::invalid("campaign-invalid", error),
            CampaignError::Exists => Self::conflict("campaign-exists", error),
            CampaignError::NoSuchCampaign => Self::not_found("campaign-not-found", error),
            CampaignError::Broken(error) => error.into(),
        }
    }
}

impl From<ProfileError> for Problem {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::NoSuchAccount => Self::not_found("account-not-found", error),
            ProfileError::BadPhrase => Self::invalid("phrase-invalid", error),
            ProfileError::Erased => Self::new(StatusCode::GONE, "erased", error),
            ProfileError::Broken(error) => error.into(),
        }
    }
}

impl From<FreezeError> for Problem {
    fn from(error: FreezeError) -> Self {
        match error {
            FreezeError::NoSuchAccount => Self::not_found("account-not-found", error),
            FreezeError::BadGround => Self::invalid("ground-invalid", error),
            FreezeError::Erased => Self::conflict("account-erased", error),
            FreezeError::Broken(error) => error.into(),
        }
    }
}

impl From<EraseError> for Problem {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::NoSuchAccount => Self::not_found("account-not-found", error),
            EraseError::Assessing => Self::conflict("case-assessing", error),
            EraseError::NothingToWithdraw => Self::conflict("erasure-not-waiting", error),
            EraseError::Broken(error) => error.into(),
        }
    }
}

impl From<HoldError> for Problem {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::NoSuchAccount => Self::not_found("account-not-found", error),
            HoldError::NoSuchHold => Self::not_found("hold-not-found", error),
            HoldError::BadGround => Self::invalid("ground-invalid", error),
            HoldError::Past => Self::invalid("until-invalid", error),
            HoldError::Erased => Self::conflict("account-erased", error),
            HoldError::Once(_) => Self::invalid("idempotency-key-reused", error),
            HoldError::Broken(error) => error.into(),
        }
    }
}

impl From<SpendError> for Problem {
    fn from(error: SpendError) -> Self {
        match error {
            SpendError::NoSuchAccount => Self::not_found("account-not-found", error),
            SpendError::NoSuchReservation => Self::not_found("reservation-not-found", error),
            SpendError::BadReference => Self::invalid("reference-invalid", error),
            SpendError::Nothing => Self::invalid("amount-zero", error),
            SpendError::Refused(refusal) => {
                Self::new(StatusCode::FORBIDDEN, refusal.as_str(), "The limits do not permit it.")
            }
            SpendError::ReferenceUsed => Self::conflict("reference-used", error),
            SpendError::Settled(_) => Self::conflict("reservation-settled", error),
            SpendError::Broken(error) => error.into(),
        }
    }
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NoSuchAccount => Self::not_found("account-not-found", error),
            OpenError::NoSuchTier(_) => Self::invalid("tier-unknown", error),
            OpenError::Reached => Self::conflict("tier-reached", error),
            OpenError::CaseOpen(_) => Self::conflict("case-open", error),
            OpenError::Erased => Self::conflict("account-erased", error),
            OpenError::Closed => Self::conflict("account-closed", error),
            OpenError::Once(_) => Self::invalid("idempotency-key-reused", error),
            OpenError::Broken(error) => error.into(),
        }
    }
}

impl From<CaseError> for Problem {
    fn from(error: CaseError) -> Self {
        match error {
            CaseError::NoSuchCase => Self::not_found("case-not-found", error),
            CaseError::Impossible(_) => Self::conflict("case-state", error),
            CaseError::TierGone(_) => Self::conflict("tier-gone", error),
            CaseError::BadDetail { .. } => Self::invalid("detail-invalid", error),
            CaseError::Unfinished(_) => Self::conflict("case-unfinished", error),
            CaseError::Erased => Self::new(StatusCode::GONE, "erased", error),
            CaseError::WorkersLost => Self::internal(&error),
            CaseError::Broken(error) => error.into(),
        }
    }
}

impl From<TierGone> for Problem {
    fn from(error: TierGone) -> Self {
        Self::conflict("tier-gone", error)
    }
}

impl From<UploadError> for Problem {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::NoSuchCase => Self::not_found("case-not-found", error),
            UploadError::Impossible(_) => Self::conflict("case-state", error),
            UploadError::TierGone(_) => Self::conflict("tier-gone", error),
            UploadError::TooMany => Self::conflict("uploads-too-many", error),
            UploadError::NotAsked { .. } => Self::conflict("upload-not-asked", error),
            UploadError::TooLarge { .. } => too_large(&error),
            UploadError::Refused { .. } => Self::invalid("upload-unreadable", error),
            UploadError::SpecimensOnly => Self::invalid("specimens-only", error),
            UploadError::NoDigest => Self::invalid("digest-invalid", error),
            UploadError::Superseded => Self::conflict("upload-superseded", error),
            UploadError::NoChallenge => Self::conflict("challenge-expired", error),
            UploadError::Erased => Self::new(StatusCode::GONE, "erased", error),
            UploadError::Broken(error) => error.into(),
        }
    }
}

impl From<HandoffError> for Problem {
    fn from(error: HandoffError) -> Self {
        match error {
            HandoffError::UnknownCode => Self::not_found("handoff-code-unknown", error),
            HandoffError::NothingWaits => Self::conflict("handoff-not-waiting", error),
            HandoffError::Case(error) => error.into(),
        }
    }
}

impl From<MessageError> for Problem {
    fn from(error: MessageError) -> Self {
        match error {
            MessageError::BadText => Self::invalid("message-invalid", error),
            MessageError::TooMany => Self::conflict("messages-too-many", error),
            MessageError::Case(error) => error.into(),
        }
    }
}

impl From<TransferError> for Problem {
    fn from(error: TransferError) -> Self {
        match error {
            TransferError::NoSuchTransfer => Self::not_found("transfer-not-found", error),
            TransferError::WrongOffset { .. } => Self::conflict("offset-wrong", error),
            TransferError::ShortPart => Self::invalid("part-too-short", error),
            TransferError::TooLong { .. } => Self::invalid("part-too-long", error),
            TransferError::Empty => Self::invalid("upload-empty", error),
            TransferError::Upload(error) => error.into(),
        }
    }
}

impl From<AppealError> for Problem {
    fn from(error: AppealError) -> Self {
        match error {
            AppealError::BadStatement => Self::invalid("statement-invalid", error),
            AppealError::AppealedBefore => Self::conflict("appealed-before", error),
            AppealError::TooLate(_) => Self::conflict("appeal-too-late", error),
            AppealError::CaseOpen(_) => Self::conflict("case-open", error),
            AppealError::Case(error) => error.into(),
        }
    }
}

/// More bytes than are taken.
pub(crate) fn too_large(detail: &impl ToString) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail.to_string())
}

impl From<RuleError> for Problem {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::Leased { .. } => Self::conflict("case-leased", error),
            RuleError::NotClaimed => Self::conflict("case-not-claimed", error),
            RuleError::DecidedBefore => Self::conflict("reviewer-decided-before", error),
            RuleError::FoundSince => Self::conflict("found-since", error),
            RuleError::Gone(_) => Self::conflict("other-account-closed", error),
            RuleError::Closed | RuleError::ClosedElsewhere => {
                Self::conflict("account-closed", error)
            }
            RuleError::HasDocuments => Self::conflict("account-has-documents", error),
            RuleError::Unnamed => Self::invalid("recovers-missing", error),
            RuleError::Specimen => Self::invalid("specimen", error),
            RuleError::Unresolved(_) => Self::invalid("others-unresolved", error),
            RuleError::NotAmongOthers => Self::invalid("not-among-others", error),
            RuleError::NoReason => Self::invalid("reason-missing", error),
            RuleError::Untold => Self::invalid("reason-untold", error),
            RuleError::NothingToRedo => Self::invalid("nothing-to-redo", error),
            RuleError::NoTerm => Self::invalid("valid-until-missing", error),
            RuleError::Ended(_) => Self::invalid("valid-until-over", error),
            RuleError::LongNote => Self::invalid("note-too-long", error),
            RuleError::Case(error) => error.into(),
        }
    }
}

impl From<WithdrawError> for Problem {
    fn from(error: WithdrawError) -> Self {
        match error {
            WithdrawError::NoSuchAccount => Self::not_found("account-not-found", error),
            WithdrawError::Broken(error) => error.into(),
        }
    }
}

impl From<BlockError> for Problem {
    fn from(error: BlockError) -> Self {
        match error {
            BlockError::BadGround => Self::invalid("ground-invalid", error),
            BlockError::BadNumber => Self::invalid("number-invalid", error),
            BlockError::Over => Self::invalid("until-over", error),
            BlockError::NotDecided => Self::conflict("case-not-decided", error),
            BlockError::NothingKnown => Self::conflict("nothing-to-block", error),
            BlockError::NoSuchEntry => Self::not_found("entry-not-found", error),
            BlockError::Once(_) => Self::invalid("idempotency-key-reused", error),
            BlockError::Case(error) => error.into(),
        }
    }
}
