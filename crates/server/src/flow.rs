//! What the applicant's pages need and cannot know.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::document::{Country, DocumentType};
use domain::entitlement::Need;
use domain::policy::{Duty, FaceScore, Policy, TierPolicy};
use serde::Serialize;
use utoipa::ToSchema;
use workflow::{ConsentKind, Installation};

use crate::auth::Applicant;
use crate::pages::{LOGO, Pages};
use crate::problem::Problem;

/// The version of the texts of consents and declaration in `locales/pages`: a new one for another meaning.
const CONSENT_TEXTS: &str = "1";

/// What the pages stand on.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowView {
    /// `live` or `sandbox`.
    installation: &'static str,
    /// The operator's name; may be empty.
    operator: String,
    /// The operator's colour, `#rrggbb`.
    colour: String,
    /// Where the operator's logo lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'static str>,
    /// The tier that the case is for.
    tier: String,
    /// The tiers from the lowest to the highest.
    tiers: Vec<TierView>,
    /// Which documents are accepted for the tier.
    accepts: AcceptsView,
    /// Years of age that the person must have reached.
    minimum_age: u8,
    /// The calendar day, where the policy is.
    #[schema(format = "date")]
    today: String,
    /// Business days in which a person decides.
    review_days: u32,
    /// Business days in which an appeal is decided.
    appeal_review_days: u32,
    /// What is asked for agreement, in its order.
    consents: Vec<AskedConsent>,
    /// The version of the text by which one declares to act for oneself only.
    declaration: &'static str,
    /// Whether the account can still come by a campaign.
    referral: bool,
    /// Whether the live capture shows colours.
    light_challenge: bool,
}

/// A tier: what it grants and what it takes.
#[derive(Debug, Serialize, ToSchema)]
pub struct TierView {
    name: String,
    grants: Vec<GrantView>,
    /// `details`, `document`, `held`, `face`, `liveness`, `address`, `video`.
    #[schema(value_type = Vec<String>)]
    needs: Vec<Need>,
}

/// A feature in one currency; without a currency in every one, without an amount unlimited.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantView {
    feature: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_month: Option<String>,
}

/// Which documents are accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptsView {
    /// Types, such as `passport`.
    #[schema(value_type = Vec<String>)]
    document_types: Vec<DocumentType>,
    /// Countries (ICAO 9303-3); none means every one.
    #[schema(value_type = Vec<String>)]
    countries: Vec<Country>,
    /// Countries that are not accepted all the same.
    #[schema(value_type = Vec<String>)]
    countries_refused: Vec<Country>,
    /// Types of which both sides are needed.
    #[schema(value_type = Vec<String>)]
    two_sided: Vec<DocumentType>,
}

/// A consent that is asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedConsent {
    /// `face_match`, `face_search` or `cohort`.
    kind: &'static str,
    /// The version of the text that the pages show.
    text_version: &'static str,
    /// Whether the case waits for an answer.
    required: bool,
}

/// What the pages need beside the case: the operator, the tiers, what is accepted and asked.
#[utoipa::path(get, path = "/v1/applicant/flow", tag = "applicant",
    responses((status = 200, body = FlowView), (status = "4XX", body = Problem)))]
pub async fn flow(
    State(bonafide): State<Installation>,
    State(pages): State<Arc<Pages>>,
    Applicant(case): Applicant,
) -> Result<Json<FlowView>, Problem> {
    let account = bonafide.account(case.account).await?;
    let policy = bonafide.policy();
    // Who looks at a case of a tier that is gone is shown what came of it, and asked for nothing.
    let tier = bonafide.tier(&case.tier);
    let tier = tier.or_else(|gone| policy.tier(None).cloned().map_err(|_| gone))?;
    let service = bonafide.service();
    Ok(Json(FlowView {
        installation: bonafide.kind().as_str(),
        operator: pages.operator.clone(),
        colour: pages.colour.as_str().to_owned(),
        logo: pages.logo.as_ref().map(|_| LOGO),
        tier: case.tier,
        tiers: service.ladder.iter().filter_map(|name| tier_view(policy, name)).collect(),
        accepts: accepts(&tier),
        minimum_age: tier.minimum_age,
        today: bonafide.today().to_string(),
        review_days: service.review_days,
        appeal_review_days: service.appeal_review_days,
        consents: consents(&tier),
        declaration: CONSENT_TEXTS,
        referral: account.is_some_and(|account| account.campaign.is_none()),
        light_challenge: tier.light_challenge,
    }))
}

fn tier_view(policy: &Policy, name: &str) -> Option<TierView> {
    let tier = policy.tier(Some(name)).ok()?;
    let mut grants = Vec::new();
    for (feature, grant) in &tier.grants {
        let everywhere = grant.0.is_empty().then(|| GrantView {
            feature: feature.clone(),
            currency: None,
            per_day: None,
            per_month: None,
        });
        grants.extend(everywhere);
        grants.extend(grant.0.iter().map(|(currency, money)| GrantView {
            feature: feature.clone(),
            currency: Some(currency.clone()),
            per_day: money.per_day.map(|amount| amount.to_string()),
            per_month: money.per_month.map(|amount| amount.to_string()),
        }));
    }
    Some(TierView { name: name.to_owned(), grants, needs: Need::of(tier) })
}

fn accepts(tier: &TierPolicy) -> AcceptsView {
    let accepts = &tier.accepts;
    AcceptsView {
        document_types: accepts.document_types.iter().copied().collect(),
        countries: accepts.countries.iter().cloned().collect(),
        countries_refused: accepts.countries_refused.iter().cloned().collect(),
        two_sided: accepts.two_sided.iter().copied().collect(),
    }
}

/// A face is asked about where the tier looks at one.
fn consents(tier: &TierPolicy) -> Vec<AskedConsent> {
    let needs = Need::of(tier);
    let faces = [Need::Face, Need::Held, Need::Liveness].iter().any(|need| needs.contains(need));
    let searched = tier.duty(domain::check::CheckKind::FaceUnique) != Duty::Off;
    let normalised = tier.limits.face_score == FaceScore::Normalised;
    let asked = [
        (ConsentKind::FaceMatch, faces, true),
        (ConsentKind::FaceSearch, faces && searched, true),
        (ConsentKind::Cohort, faces && normalised, false),
    ];
    let asked = asked.into_iter().filter(|(_, asked, _)| *asked);
    let view = |(kind, _, required): (ConsentKind, bool, bool)| AskedConsent {
        kind: kind.as_str(),
        text_version: CONSENT_TEXTS,
        required,
    };
    asked.map(view).collect()
}
