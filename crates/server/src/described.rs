//! What the domain says in its own types, as the description of the interface shows it: nothing
//! is ever made of these, and schemathesis holds the answers to them.

#![expect(dead_code, reason = "they are described and never made")]

use utoipa::ToSchema;

/// What a person types of themselves and their document; what the tier does not ask for may be
/// left out.
#[derive(ToSchema)]
#[schema(example = json!({
    "surname": "ERIKSSON", "given_names": "ANNA MARIA", "birth_date": "1974-08-12",
    "document_type": "passport", "document_number": "L898902C3", "nationality": "UTO"
}))]
pub struct Details {
    /// Family name in Latin letters.
    surname: Option<String>,
    /// Given names in Latin letters.
    given_names: Option<String>,
    /// The whole name in the document's own script.
    full_name_native: Option<String>,
    /// YYYY-MM-DD.
    birth_date: Option<String>,
    /// `passport`, `id_card` and so on.
    document_type: Option<String>,
    /// The number of the document, or the national number on a card that has only that.
    document_number: Option<String>,
    /// Three letters as in a machine-readable zone.
    nationality: Option<String>,
}

/// What an account may do.
#[derive(ToSchema)]
pub struct EntitlementFacts {
    /// The tier that holds today; none is not verified.
    #[schema(required)]
    tier: Option<String>,
    /// The last day on which it holds, where it ends.
    #[schema(required)]
    until: Option<String>,
    /// Whether the account is frozen, so that nothing of this may be used.
    frozen: bool,
    /// By feature and currency.
    features: Vec<Entitlement>,
    /// What comes next, unless this is the highest tier.
    #[schema(required)]
    next: Option<NextTier>,
    /// The tier that it had and that ran out.
    #[schema(required)]
    lapsed: Option<LapsedTier>,
    /// The case that waits for its person, or for a decision.
    #[schema(required)]
    under_way: Option<CaseUnderWay>,
    /// The newest case, where it was refused.
    #[schema(required)]
    declined: Option<CaseDeclined>,
    /// The discount on fees that it has of the campaign it came by.
    #[schema(required)]
    referral: Option<ReferralDiscount>,
}

/// A tier that an account had.
#[derive(ToSchema)]
pub struct LapsedTier {
    /// Its name.
    tier: String,
    /// The last day on which it held.
    until: String,
}

/// A case that was refused.
#[derive(ToSchema)]
pub struct CaseDeclined {
    /// Which.
    case: String,
    /// The tier that it was for.
    tier: String,
    /// Until when the person may appeal, RFC 3339, where they may.
    #[schema(required)]
    appeal_until: Option<String>,
}

/// A case that is not decided yet.
#[derive(ToSchema)]
pub struct CaseUnderWay {
    /// Which.
    case: String,
    /// The tier that it is for.
    tier: String,
    /// `collecting` while it waits for its person, `assessing` or `in_review`.
    state: String,
    /// What its person still has to do in it: `details`, `document` and so on.
    missing: Vec<String>,
}

/// What an account has of the campaign that it came by.
#[derive(ToSchema)]
pub struct ReferralDiscount {
    /// The campaign's code.
    code: String,
    /// How much of a fee it need not pay, percent.
    fee_discount_percent: String,
    /// The last day of the discount.
    until: String,
}

/// How long the engine's decision takes.
#[derive(ToSchema)]
pub struct DecisionEstimate {
    /// Nine of ten of the last cases were decided in so many seconds from when they were
    /// submitted.
    usual_seconds: u64,
    /// So many are left for this case, where it is being decided.
    #[schema(required)]
    left_seconds: Option<u64>,
}

/// One feature in one currency.
#[derive(ToSchema)]
pub struct Entitlement {
    /// The feature, such as `withdraw`.
    feature: String,
    /// The currency; without one, every currency, without a limit.
    #[schema(required)]
    currency: Option<String>,
    /// Per calendar day of the policy's time zone.
    day: Limit,
    /// Per calendar month of it.
    month: Limit,
}

/// A limit, what was used of it and what is left; decimal strings.
#[derive(ToSchema)]
#[expect(clippy::struct_field_names, reason = "the domain names it so")]
pub struct Limit {
    /// The limit; without one there is none.
    #[schema(required)]
    limit: Option<String>,
    /// Used, reservations included.
    used: String,
    /// What is left of the limit.
    #[schema(required)]
    left: Option<String>,
}

/// The tier after the one that an account has.
#[derive(ToSchema)]
pub struct NextTier {
    /// Its name.
    tier: String,
    /// What it grants, with nothing used.
    grants: Vec<Entitlement>,
    /// What is missing for it: what its person still has to do in the case that is open for it, or
    /// without one, what it asks for beyond the tier that the account has: `details` and so on.
    missing: Vec<String>,
}

/// One step of a case.
#[derive(ToSchema)]
pub struct CaseStep {
    /// `details`, `document`, `held`, `face`, `liveness`, `address` or `video`.
    need: String,
    /// The uploads that it takes, as their addresses call them; none for what is typed.
    places: Vec<String>,
    /// Whether it is done.
    state: CaseStepState,
}

/// Whether a step is done.
#[derive(ToSchema)]
pub struct CaseStepState {
    /// `todo`, `done`, `again` or `by_person`.
    state: String,
    /// Why it is to be done again.
    #[schema(value_type = Vec<Value>, required = false)]
    reasons: (),
}

/// What a live capture can do without.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ChallengePart {
    /// Movements.
    Movements,
    /// Light that changes.
    Light,
}

/// One movement of a challenge.
#[derive(ToSchema)]
pub struct ChallengeStep {
    /// `blink`, `turn-left`, `turn-right`, `nod`, `look-up` or `open-mouth`.
    action: String,
    /// Milliseconds from the start of the capture at which it is asked for.
    from_ms: f64,
    /// By when it must have begun; without an end the capture's.
    #[schema(nullable = false)]
    to_ms: Option<f64>,
}

/// One colour of a challenge.
#[derive(ToSchema)]
pub struct ChallengeLight {
    /// `red`, `green`, `blue`, `yellow`, `cyan`, `magenta` or `white`, each with all the light
    /// that the screen has.
    colour: String,
    /// Milliseconds from the start of the capture to its first moment.
    from_ms: f64,
    /// To its last.
    to_ms: f64,
}
