//! Words for people, in both languages.

use domain::amount::Amount;
use domain::entitlement::{Entitlement, Entitlements, Limit, Refusal};
use domain::guidance::{Language, Texts};
use domain::reason::Reason;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// A sentence in each language that there is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
}

impl Words {
    fn of(say: impl Fn(&'static Texts) -> String) -> Self {
        Self { en: say(Texts::of(Language::En)), zh_cn: say(Texts::of(Language::ZhCn)) }
    }

    /// Why the limits are as they are: what the account has, and what the next tier takes and
    /// gives; `day` is the calendar day of a time, where the policy is.
    pub fn of_entitlements(now: &Entitlements, day: impl Fn(Timestamp) -> Date) -> Self {
        Self::of(|texts| {
            let mut sentences = vec![match &now.tier {
                Some(tier) => texts.account("has").replace("{tier}", tier),
                None => texts.account("registered").to_owned(),
            }];
            sentences.extend(
                now.until
                    .map(|until| texts.account("until").replace("{until}", &until.to_string())),
            );
            sentences.extend(now.lapsed.as_ref().map(|lapsed| {
                let text = texts.account("lapsed").replace("{tier}", &lapsed.tier);
                text.replace("{until}", &lapsed.until.to_string())
            }));
            sentences.extend(
                now.under_way
                    .as_ref()
                    .map(|case| texts.account(case.state.as_str()).replace("{tier}", &case.tier)),
            );
            sentences.extend(now.declined.as_ref().map(|case| {
                let key = if case.appeal_until.is_some() { "appealable" } else { "declined" };
                let until = case.appeal_until.map(|until| day(until).to_string());
                let text = texts.account(key).replace("{tier}", &case.tier);
                text.replace("{until}", &until.unwrap_or_default())
            }));
            if now.frozen {
                sentences.push(texts.account("frozen").to_owned());
            }
            sentences.extend(now.features.iter().flat_map(|one| left(texts, one)));
            sentences.extend(now.referral.as_ref().map(|referral| {
                let text = texts.account("referral").replace("{code}", referral.code.as_str());
                let percent = referral.fee_discount_percent.to_string();
                text.replace("{percent}", &percent).replace("{until}", &referral.until.to_string())
            }));
            let Some(next) = &now.next else {
                sentences.push(texts.account("highest").to_owned());
                return sentences.concat();
            };
            let missing: Vec<_> = next.missing.iter().map(|need| texts.need(*need)).collect();
            let grants: Vec<_> = next.grants.iter().map(|one| granted(texts, one)).collect();
            let between = texts.account("between");
            let sentence = texts.account("next").replace("{tier}", &next.tier);
            sentences.push(sentence.replace("{grants}", &grants.join(between)));
            if !missing.is_empty() {
                let sentence = texts.account("missing");
                sentences.push(sentence.replace("{missing}", &missing.join(between)));
            }
            sentences.concat()
        })
    }

    /// Why an amount is refused, and what to do.
    pub fn of_refusal(refusal: &Refusal) -> Self {
        Self::of(|texts| {
            let text = texts.refusal(refusal.as_str());
            match refusal {
                Refusal::DayLimit { limit, left } | Refusal::MonthLimit { limit, left } => {
                    let text = text.replace("{limit}", &limit.to_string());
                    text.replace("{left}", &left.to_string())
                }
                _ => text.to_owned(),
            }
        })
    }
}

/// What is left of a feature, today and this month.
fn left(texts: &Texts, one: &Entitlement) -> Vec<String> {
    let feature = texts.feature(&one.feature);
    let Some(currency) = &one.currency else {
        return vec![texts.account("unlimited").replace("{feature}", feature)];
    };
    let of = |(key, limit): (&str, Limit)| {
        let (limit, left) = (limit.limit?.to_string(), limit.left?.to_string());
        let text = texts.account(key).replace("{feature}", feature);
        Some(
            text.replace("{left}", &left)
                .replace("{limit}", &limit)
                .replace("{currency}", currency),
        )
    };
    [("left", one.day), ("left_month", one.month)].into_iter().filter_map(of).collect()
}

fn granted(texts: &Texts, one: &Entitlement) -> String {
    let feature = texts.feature(&one.feature);
    let Some(currency) = &one.currency else { return feature.to_owned() };
    let said = |limit: Option<Amount>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let key = match (one.day.limit, one.month.limit) {
        (Some(_), Some(_)) => "per_day_and_month",
        (Some(_), None) => "per_day",
        (None, Some(_)) => "per_month",
        (None, None) => "in_currency",
    };
    let text = texts.account(key).replace("{feature}", feature).replace("{currency}", currency);
    text.replace("{limit}", &said(one.day.limit)).replace("{month}", &said(one.month.limit))
}

/// A reason with what is wrong and what to do, in both languages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonView {
    /// The stable code.
    pub code: &'static str,
    /// The step that it belongs to.
    #[schema(value_type = String)]
    pub step: domain::reason::Step,
    /// The picture it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub slot: Option<domain::evidence::Slot>,
    /// The field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub field: Option<domain::field::Field>,
    /// Where in the picture: a polygon in pixels, origin top left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<[f32; 2]>>)]
    pub region: Option<domain::evidence::Region>,
    /// What was measured, and its limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub measured: Option<domain::reason::Measured>,
    /// What is wrong.
    pub what: Words,
    /// What to do.
    pub fix: Words,
}

impl From<&Reason> for ReasonView {
    fn from(reason: &Reason) -> Self {
        Self {
            code: reason.code.as_str(),
            step: reason.code.step(),
            slot: reason.slot,
            field: reason.field,
            region: reason.region.clone(),
            measured: reason.measured,
            what: Words::of(|texts| texts.guidance(reason).what),
            fix: Words::of(|texts| texts.guidance(reason).fix),
        }
    }
}
