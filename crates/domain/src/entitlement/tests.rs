use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::account::{Freeze, Standing};
use crate::id::{AccountId, CaseId};

fn policy() -> Policy {
    Policy::parse(include_str!("../../../../policies/exchange.toml")).unwrap()
}

fn account(tier: Option<&str>) -> Account {
    let standing = tier.map_or(Standing::Registered, |tier| Standing::Verified {
        tier: tier.to_owned(),
        until: Some(date(2026, 3, 31)),
    });
    Account {
        id: AccountId::new(Timestamp::UNIX_EPOCH, [0; 10]),
        external_id: "user-1".to_owned(),
        country: None,
        language: None,
        campaign: None,
        standing,
        lapsed: None,
        closed: None,
        frozen: None,
        created_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_tier_that_ran_out_leaves_the_one_below_that_needs_no_document() {
    let policy = policy();
    let service = policy.service().unwrap();
    let left = |service: &Service, tier| service.left_of(&policy, tier).map(str::to_owned);
    assert_eq!(left(service, "L3").as_deref(), Some("L1"), "L2 ends with the document as well");
    assert_eq!(left(service, "L2").as_deref(), Some("L1"));
    assert_eq!((left(service, "L1"), left(service, "L9")), (None, None));
    let mut yearly = service.clone();
    yearly.verify_again.days.insert("L1".to_owned(), 365);
    assert_eq!(left(&yearly, "L2"), None, "a term of its own, of which nothing is known");
}

#[test]
fn what_ran_out_and_what_is_under_way_is_said() {
    let policy = policy();
    let service = policy.service().unwrap();
    let now = |account: &Account, today| {
        let case = CaseId::new(Timestamp::UNIX_EPOCH, [1; 10]);
        let (tier, state, missing) = ("L2".to_owned(), CaseState::InReview, Vec::new());
        let latest = Latest::UnderWay(UnderWay { case, tier, state, missing });
        let account = (account, None, Some(latest));
        entitlements((&policy, service), account, today, &Usage::new())
    };
    let mut account = account(Some("L2"));
    let lapsed = Lapsed { tier: "L2".to_owned(), until: date(2026, 3, 31) };
    let held = now(&account, date(2026, 3, 31));
    assert_eq!((held.tier.as_deref(), held.lapsed), (Some("L2"), None));
    assert_eq!(held.under_way.unwrap().state, CaseState::InReview);
    // The day after, before and after the tier was taken away.
    let after = now(&account, date(2026, 4, 1));
    assert_eq!((after.tier.as_deref(), after.lapsed.as_ref()), (Some("L1"), Some(&lapsed)));
    let next = after.next.unwrap();
    assert_eq!((next.tier.as_str(), next.missing), ("L2", Vec::new()), "it was sent");
    account.standing = Standing::Verified { tier: "L1".to_owned(), until: None };
    account.lapsed = Some(lapsed.clone());
    let after = now(&account, date(2026, 4, 1));
    assert_eq!((after.tier.as_deref(), after.lapsed), (Some("L1"), Some(lapsed)));
}

fn ask(feature: &str, currency: &str, amount: &str) -> Ask {
    let amount = amount.parse().unwrap();
    Ask { feature: feature.to_owned(), currency: currency.to_owned(), amount }
}

fn used(day: &str, month: &str) -> Used {
    Used { day: day.parse().unwrap(), month: month.parse().unwrap() }
}

#[test]
fn an_amount_is_permitted_up_to_the_limit_and_not_beyond() {
    let (policy, today) = (policy(), date(2026, 3, 1));
    let day = |left: &str| {
        Some(Refusal::DayLimit { limit: "50000".parse().unwrap(), left: left.parse().unwrap() })
    };
    let month = Some(Refusal::MonthLimit {
        limit: "500000".parse().unwrap(),
        left: "100".parse().unwrap(),
    });
    let cases = [
        (Some("L2"), ask("withdraw", "USDT", "50000"), used("0", "0"), None),
        (Some("L2"), ask("withdraw", "USDT", "0.01"), used("50000", "50000"), day("0")),
        (Some("L2"), ask("withdraw", "USDT", "50000.01"), used("0", "0"), day("50000")),
        (Some("L2"), ask("withdraw", "USDT", "101"), used("0", "499900"), month),
        (
            Some("L2"),
            ask("withdraw", "BTC", "1"),
            used("0", "0"),
            Some(Refusal::CurrencyNotGranted),
        ),
        (Some("L2"), ask("deposit", "BTC", "9999999999"), used("0", "0"), None),
        (
            Some("L1"),
            ask("withdraw", "USDT", "1"),
            used("0", "0"),
            Some(Refusal::FeatureNotGranted),
        ),
        (None, ask("deposit", "USDT", "1"), used("0", "0"), Some(Refusal::FeatureNotGranted)),
    ];
    for (tier, ask, used, refusal) in cases {
        let policy = (&policy, policy.service().unwrap());
        assert_eq!(permit(policy, &account(tier), today, &ask, used).err(), refusal, "{ask:?}");
    }
}

#[test]
fn a_frozen_account_and_an_expired_tier_may_do_nothing() {
    let (policy, ask) = (policy(), ask("withdraw", "USDT", "1"));
    let mut account = account(Some("L2"));
    let policy = (&policy, policy.service().unwrap());
    let on = |account: &Account, today| {
        permit(policy, account, today, &ask, Used::default()).map(|_| ())
    };
    assert_eq!(on(&account, date(2026, 3, 31)), Ok(()));
    assert_eq!(on(&account, date(2026, 4, 1)), Err(Refusal::FeatureNotGranted));
    let deposit = Ask { feature: "deposit".to_owned(), ..ask.clone() };
    let left = permit(policy, &account, date(2026, 4, 1), &deposit, Used::default());
    assert!(left.is_ok(), "what L1 grants is left");
    account.frozen = Some(Freeze { since: Timestamp::UNIX_EPOCH, ground: "asked".to_owned() });
    assert_eq!(on(&account, date(2026, 3, 31)), Err(Refusal::AccountFrozen));
}

#[test]
fn why_a_limit_is_low_is_answered_at_once() {
    let policy = policy();
    let service = policy.service().unwrap();
    let usage = [(("deposit".to_owned(), "USDT".to_owned()), used("400", "400"))].into();
    let account = account(Some("L1"));
    let now = entitlements((&policy, service), (&account, None, None), date(2026, 3, 1), &usage);
    assert_eq!(now.tier.as_deref(), Some("L1"));
    let deposit = now.features.iter().find(|e| e.feature == "deposit").unwrap();
    assert_eq!(deposit.day.left, Some("600".parse().unwrap()));
    let next = now.next.unwrap();
    assert_eq!(next.tier, "L2");
    assert_eq!(next.missing, [Need::Document, Need::Face, Need::Liveness]);
    assert!(next.grants.iter().any(|grant| grant.feature == "withdraw"));
}

#[test]
fn a_tier_that_ran_out_asks_for_what_was_lost_again() {
    let policy = policy();
    let account = account(Some("L2"));
    let today = date(2026, 4, 1);
    let service = policy.service().unwrap();
    let now = entitlements((&policy, service), (&account, None, None), today, &Usage::new());
    assert_eq!((now.tier.as_deref(), now.until), (Some("L1"), None));
    assert_eq!(now.next.unwrap().missing, [Need::Document, Need::Face, Need::Liveness]);
}
