//! What an account may do now, what it has used, and what the next tier takes and gives.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::account::{Account, Lapsed, Standing};
use crate::amount::Amount;
use crate::campaign::{Campaign, Referral};
use crate::case::CaseState;
use crate::check::CheckKind;
use crate::id::CaseId;
use crate::policy::{Duty, Grant, Money, Policy, Service, TierPolicy};

/// What was used of a feature in one currency, reservations included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Used {
    /// Today.
    pub day: Amount,
    /// This month.
    pub month: Amount,
}

/// What accounts have used, by feature and currency.
pub type Usage = BTreeMap<(String, String), Used>;

/// Why an amount is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// The account is frozen.
    AccountFrozen,
    /// The tier does not grant the feature.
    FeatureNotGranted,
    /// The tier grants it, in other currencies.
    CurrencyNotGranted,
    /// The amount would exceed what is left today.
    DayLimit {
        /// The limit.
        limit: Amount,
        /// What is left of it.
        left: Amount,
    },
    /// The amount would exceed what is left this month.
    MonthLimit {
        /// The limit.
        limit: Amount,
        /// What is left of it.
        left: Amount,
    },
    /// What was reserved under this reference was given back.
    ReservationReleased,
    /// What was reserved under this reference ran out before it was used.
    ReservationExpired,
}

impl Refusal {
    /// The stable public name, also that of its texts.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::AccountFrozen => "account-frozen",
            Self::FeatureNotGranted => "feature-not-granted",
            Self::CurrencyNotGranted => "currency-not-granted",
            Self::DayLimit { .. } => "day-limit",
            Self::MonthLimit { .. } => "month-limit",
            Self::ReservationReleased => "reservation-released",
            Self::ReservationExpired => "reservation-expired",
        }
    }
}

/// A limit, what was used of it and what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// The limit; without one there is none.
    pub limit: Option<Amount>,
    /// Used, reservations included.
    pub used: Amount,
    /// What is left of the limit.
    pub left: Option<Amount>,
}

/// One feature in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entitlement {
    /// The feature, such as `withdraw`.
    pub feature: String,
    /// The currency; without one, every currency, without a limit.
    pub currency: Option<String>,
    /// Per calendar day of the policy's time zone.
    pub day: Limit,
    /// Per calendar month of it.
    pub month: Limit,
}

/// What a tier asks a person for, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The details that are typed.
    Details,
    /// Pictures of the document.
    Document,
    /// The picture with the document in the hand.
    Held,
    /// A picture of the face.
    Face,
    /// A live capture of the face.
    Liveness,
    /// A proof of address.
    Address,
    /// A conversation by video.
    Video,
}

impl Need {
    /// What `tier` asks for.
    pub fn of(tier: &TierPolicy) -> Vec<Self> {
        let asks = |kind: CheckKind| tier.duty(kind) == Duty::Required;
        let mut needs = vec![Self::Details];
        let rest = [
            (Self::Document, CheckKind::DocumentFound),
            (Self::Held, CheckKind::DocumentHeld),
            (Self::Face, CheckKind::FaceMatch),
            (Self::Liveness, CheckKind::Liveness),
            (Self::Address, CheckKind::AddressProof),
            (Self::Video, CheckKind::VideoInterview),
        ];
        needs.extend(rest.into_iter().filter(|(_, check)| asks(*check)).map(|(need, _)| need));
        needs
    }

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Details => "details",
            Self::Document => "document",
            Self::Held => "held",
            Self::Face => "face",
            Self::Liveness => "liveness",
            Self::Address => "address",
            Self::Video => "video",
        }
    }
}

/// The tier after the one that an account has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextTier {
    /// Its name.
    pub tier: String,
    /// What it grants, with nothing used.
    pub grants: Vec<Entitlement>,
    /// What is missing for it: what its person still has to do in the case that is open for it, or
    /// without one, what it asks for beyond the tier that the account has.
    pub missing: Vec<Need>,
}

/// What came of the newest case of an account, where that says why a limit is low.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Latest {
    /// It is not decided yet.
    UnderWay(UnderWay),
    /// It was refused.
    Declined(Declined),
}

/// A case of an account that is not decided yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnderWay {
    /// Which.
    pub case: CaseId,
    /// The tier that it is for.
    pub tier: String,
    /// Where it stands.
    pub state: CaseState,
    /// What its person still has to do in it.
    pub missing: Vec<Need>,
}

/// A case of an account that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Declined {
    /// Which.
    pub case: CaseId,
    /// The tier that it was for.
    pub tier: String,
    /// Until when the person may appeal, where they may.
    pub appeal_until: Option<Timestamp>,
}

/// Everything that an account may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entitlements {
    /// The tier that holds today; none is L0.
    pub tier: Option<String>,
    /// The last day on which it holds, where it ends.
    pub until: Option<Date>,
    /// Whether the account is frozen or closed, so that nothing of this may be used.
    pub frozen: bool,
    /// By feature and currency.
    pub features: Vec<Entitlement>,
    /// What comes next, unless this is the highest tier.
    pub next: Option<NextTier>,
    /// The tier that it had and that ran out.
    pub lapsed: Option<Lapsed>,
    /// The case that waits for its person, or for a decision.
    pub under_way: Option<UnderWay>,
    /// The newest case, where it was refused.
    pub declined: Option<Declined>,
    /// The discount on fees that it has of the campaign it came by.
    pub referral: Option<Referral>,
}

/// What `account`, which came by `campaign` and whose newest case is `latest`, may do on `today`
/// under `policy`, having used `usage`.
///
/// A tier that the policy no longer has grants nothing.
pub fn entitlements(
    (policy, service): (&Policy, &Service),
    (account, campaign, latest): (&Account, Option<&Campaign>, Option<Latest>),
    today: Date,
    usage: &Usage,
) -> Entitlements {
    let tier = tier_on((policy, service), &account.standing, today);
    let has = tier.map_or_else(Vec::new, Need::of);
    let next = service.next(tier.map(|tier| tier.name.as_str()));
    let next = next.and_then(|next| policy.tier(Some(next)).ok());
    let until = match &account.standing {
        Standing::Verified { until, .. } => *until,
        Standing::Registered => None,
    };
    let (under_way, declined) = match latest {
        Some(Latest::UnderWay(case)) => (Some(case), None),
        Some(Latest::Declined(case)) => (None, Some(case)),
        None => (None, None),
    };
    let missing = |next: &TierPolicy| match &under_way {
        Some(case) if case.tier == next.name => case.missing.clone(),
        _ => Need::of(next).into_iter().filter(|need| !has.contains(need)).collect(),
    };
    Entitlements {
        tier: tier.map(|tier| tier.name.clone()),
        until: until.filter(|until| tier.is_some() && *until >= today),
        frozen: account.is_stopped(),
        features: tier.map_or_else(Vec::new, |tier| granted(tier, usage)),
        next: next.map(|next| NextTier {
            tier: next.name.clone(),
            grants: granted(next, &Usage::new()),
            missing: missing(next),
        }),
        lapsed: account.standing.lapsed_on(today).or_else(|| account.lapsed.clone()),
        under_way,
        declined,
        referral: campaign.and_then(|campaign| Referral::on(campaign, today)),
    }
}

/// The tier that an account of this `standing` has on `today`: of one that ran out what is left of
/// it. One that the policy no longer has is none.
fn tier_on<'a>(
    (policy, service): (&'a Policy, &'a Service),
    standing: &'a Standing,
    today: Date,
) -> Option<&'a TierPolicy> {
    let name = match standing {
        Standing::Registered => None,
        Standing::Verified { tier, until: Some(until) } if *until < today => {
            service.left_of(policy, tier)
        }
        Standing::Verified { tier, .. } => Some(tier.as_str()),
    };
    policy.tier(Some(name?)).ok()
}

fn granted(tier: &TierPolicy, usage: &Usage) -> Vec<Entitlement> {
    let mut list = Vec::new();
    for (feature, grant) in &tier.grants {
        if grant.0.is_empty() {
            let none = Limit { limit: None, used: Amount::ZERO, left: None };
            let feature = feature.clone();
            list.push(Entitlement { feature, currency: None, day: none, month: none });
        }
        for (currency, money) in &grant.0 {
            let used = usage.get(&(feature.clone(), currency.clone())).copied().unwrap_or_default();
            list.push(Entitlement {
                feature: feature.clone(),
                currency: Some(currency.clone()),
                day: limit(money.per_day, used.day),
                month: limit(money.per_month, used.month),
            });
        }
    }
    list
}

fn limit(limit: Option<Amount>, used: Amount) -> Limit {
    Limit { limit, used, left: limit.map(|limit| limit.less(used)) }
}

/// An amount that an account wants to use.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ask {
    /// The feature, such as `withdraw`.
    pub feature: String,
    /// The currency, as the policy spells it.
    pub currency: String,
    /// How much.
    pub amount: Amount,
}

/// What `account` may use what it asks for by on `today`, having `used` so much of it.
///
/// # Errors
/// Why it may not.
pub fn permit<'a>(
    policy: (&'a Policy, &'a Service),
    account: &'a Account,
    today: Date,
    ask: &Ask,
    used: Used,
) -> Result<&'a Grant, Refusal> {
    if account.is_stopped() {
        return Err(Refusal::AccountFrozen);
    }
    let tier = tier_on(policy, &account.standing, today);
    let grant = tier.and_then(|tier| tier.grants.get(&ask.feature));
    let grant = grant.ok_or(Refusal::FeatureNotGranted)?;
    if !grant.is_limited() {
        return Ok(grant);
    }
    let money = grant.0.get(&ask.currency).ok_or(Refusal::CurrencyNotGranted)?;
    let Money { per_day, per_month } = money;
    // What is used is counted, also where there is no limit: no further than can be written.
    let limit = |limit: &Option<Amount>| limit.unwrap_or(Amount::MOST);
    let fits = |within: &Option<Amount>, used: Amount| {
        used.plus(ask.amount).is_some_and(|total| total <= limit(within))
    };
    let left = |of: &Option<Amount>, used: Amount| (limit(of), limit(of).less(used));
    if !fits(per_day, used.day) {
        let (limit, left) = left(per_day, used.day);
        return Err(Refusal::DayLimit { limit, left });
    }
    if !fits(per_month, used.month) {
        let (limit, left) = left(per_month, used.month);
        return Err(Refusal::MonthLimit { limit, left });
    }
    Ok(grant)
}

impl Grant {
    /// Whether amounts of it are counted at all.
    pub fn is_limited(&self) -> bool {
        !self.0.is_empty()
    }
}

#[cfg(test)]
mod tests;
