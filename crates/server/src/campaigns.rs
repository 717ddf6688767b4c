//! Campaigns, for the operator, and the codes by which accounts come by them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::campaign::{Campaign, CampaignCode, Terms};
use domain::id::AccountId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use workflow::{Installation, ReferralError};

use crate::accounts::AccountView;
use crate::app::App;
use crate::auth::{AccountsKey, Applicant, Stranger};
use crate::problem::Problem;
use crate::request::{Asked, Asking, Ids};

/// At most so many in one list.
const MOST: u32 = 100;

/// A new campaign.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({"code": "AUTUMN26", "fee_discount_percent": "20",
    "from": "2026-09-01", "until": "2026-11-30", "cap": 1000}))]
#[serde(deny_unknown_fields)]
pub struct NewCampaign {
    /// 6 to 20 letters and digits; capitals or not is the same.
    code: String,
    /// How much of a fee its accounts need not pay, percent, such as `"20"`.
    fee_discount_percent: String,
    /// The first day on which an account can come by it, in the policy's time zone.
    #[schema(format = "date")]
    from: String,
    /// The last day of that, and of the discount.
    #[schema(format = "date")]
    until: String,
    /// How many accounts can come by it; left out, any number.
    cap: Option<u32>,
}

/// A campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignView {
    /// Its code.
    code: String,
    /// How much of a fee its accounts need not pay, percent.
    fee_discount_percent: String,
    /// The first day on which an account can come by it.
    from: String,
    /// The last day of that, and of the discount.
    until: String,
    /// How many accounts can come by it, where that is limited.
    cap: Option<u32>,
    /// How many came.
    joined: u32,
    /// When it was made, RFC 3339.
    created_at: String,
    /// When it was ended before its last day.
    ended_at: Option<String>,
}

impl From<Campaign> for CampaignView {
    fn from(campaign: Campaign) -> Self {
        let Terms { code, fee_discount_percent, from, until, cap } = campaign.terms;
        Self {
            code: code.to_string(),
            fee_discount_percent: fee_discount_percent.to_string(),
            from: from.to_string(),
            until: until.to_string(),
            cap,
            joined: campaign.joined,
            created_at: campaign.created_at.to_string(),
            ended_at: campaign.ended_at.map(|at| at.to_string()),
        }
    }
}

/// Where a list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Behind {
    /// The last code that you have.
    after: Option<String>,
}

/// The code that somebody was given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({"code": "SPRING26"}))]
#[serde(deny_unknown_fields)]
pub struct ReferralCode {
    /// As it was given; spaces and hyphens do not count.
    code: String,
}

/// Makes a campaign.
#[utoipa::path(post, path = "/v1/campaigns", tag = "campaigns", request_body = NewCampaign,
    responses((status = 201, body = CampaignView), (status = "4XX", body = Problem)))]
pub async fn make(
    State(bonafide): State<Installation>,
    AccountsKey(by): AccountsKey,
    asked: Asked<NewCampaign>,
) -> Result<(StatusCode, Json<CampaignView>), Problem> {
    let NewCampaign { code, fee_discount_percent, from, until, cap } = &asked.value;
    let day = |text: &str| {
        let wanted = "from and until are days as YYYY-MM-DD.";
        text.parse().map_err(|_| Problem::invalid("day-invalid", wanted))
    };
    let percent = fee_discount_percent.parse();
    let terms = Terms {
        code: known(code)?,
        fee_discount_percent: percent.map_err(|e| Problem::invalid("amount-invalid", e))?,
        from: day(from)?,
        until: day(until)?,
        cap: *cap,
    };
    let campaign = bonafide.make_campaign(terms, &by.id.to_string()).await?;
    Ok((StatusCode::CREATED, Json(campaign.into())))
}

/// Campaigns by code.
#[utoipa::path(get, path = "/v1/campaigns", tag = "campaigns", params(Behind),
    responses((status = 200, body = Vec<CampaignView>), (status = "4XX", body = Problem)))]
pub async fn list(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Asking(behind): Asking<Behind>,
) -> Result<Json<Vec<CampaignView>>, Problem> {
    let after = behind.after.as_deref().map(known).transpose()?;
    let campaigns = bonafide.campaigns(after.as_ref(), MOST).await?;
    Ok(Json(campaigns.into_iter().map(CampaignView::from).collect()))
}

/// Ends a campaign: nobody comes by it any more, and its discount ends for all.
#[utoipa::path(post, path = "/v1/campaigns/{code}/end", tag = "campaigns",
    params(("code" = String, Path)),
    responses((status = 200, body = CampaignView), (status = "4XX", body = Problem)))]
pub async fn end(
    State(bonafide): State<Installation>,
    AccountsKey(by): AccountsKey,
    Ids((code,)): Ids<(CampaignCode,)>,
) -> Result<Json<CampaignView>, Problem> {
    Ok(Json(bonafide.end_campaign(&code, &by.id.to_string()).await?.into()))
}

/// Lets an account come by a campaign, once and for all.
#[utoipa::path(put, path = "/v1/accounts/{account}/referral", tag = "campaigns",
    params(("account" = String, Path)), request_body = ReferralCode,
    responses((status = 200, body = AccountView), (status = "4XX", body = Problem)))]
pub async fn refer(
    State(bonafide): State<Installation>,
    _: AccountsKey,
    Ids((id,)): Ids<(AccountId,)>,
    asked: Asked<ReferralCode>,
) -> Result<Json<AccountView>, Problem> {
    let account = bonafide.refer(id, &known(&asked.value.code)?).await?;
    Ok(Json(account.into()))
}

/// The same by the person, with the code that they were given.
#[utoipa::path(put, path = "/v1/applicant/referral", tag = "applicant",
    request_body = ReferralCode,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn come_by(
    State(app): State<App>,
    Applicant(case): Applicant,
    stranger: Stranger,
    asked: Asked<ReferralCode>,
) -> Result<StatusCode, Problem> {
    let code = known(&asked.value.code)?;
    let unknown = |error: &ReferralError| matches!(error, ReferralError::NotValid);
    stranger.guesses(&app, async || app.bonafide.refer(case.account, &code).await, unknown).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A code that is none is not valid, as an unknown one is.
pub(crate) fn known(code: &str) -> Result<CampaignCode, Problem> {
    code.parse().map_err(|_| ReferralError::NotValid.into())
}
