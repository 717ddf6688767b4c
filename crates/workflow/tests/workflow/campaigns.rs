//! Campaigns: who comes by one, how many, and until when its discount holds.

use bonafide_workflow::{CampaignError, Kind, ReferralError, RegisterError, RegisterRequest};
use domain::campaign::{CampaignCode, Terms};
use domain::entitlement::Entitlements;
use domain::id::AccountId;
use exact_world::House;
use jiff::civil::date;
use postgres_fixture::Cluster;

const DAY: i64 = 24 * 3600;

fn code(text: &str) -> CampaignCode {
    text.parse().unwrap()
}

/// From the day on which every world begins.
fn terms(name: &str, cap: Option<u32>) -> Terms {
    Terms {
        code: code(name),
        fee_discount_percent: "20".parse().unwrap(),
        from: date(2026, 3, 2),
        until: date(2026, 3, 31),
        cap,
    }
}

async fn now(house: &House, account: AccountId) -> Entitlements {
    house.installation.entitlements(account).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_account_comes_by_one_campaign_and_keeps_it() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    for name in ["SPRING26", "OTHER26"] {
        bonafide.make_campaign(terms(name, None), "the test").await.unwrap();
    }
    let again = bonafide.make_campaign(terms("SPRING26", Some(3)), "the test").await;
    assert!(matches!(again, Err(CampaignError::Exists)), "{again:?}");

    let invited = RegisterRequest { campaign: Some(code("SPRING26")), ..RegisterRequest::of("a") };
    let account = bonafide.register(&invited, None).await.unwrap();
    assert_eq!(account.campaign, Some(code("SPRING26")));
    assert_eq!(bonafide.refer(account.id, &code("spring-26")).await.unwrap(), account);
    let other = bonafide.refer(account.id, &code("OTHER26")).await;
    assert!(matches!(other, Err(ReferralError::HasOne)), "{other:?}");
    let referral = now(&house, account.id).await.referral.unwrap();
    assert_eq!(referral.fee_discount_percent, "20".parse().unwrap());
    assert_eq!(bonafide.campaigns(None, 10).await.unwrap()[1].joined, 1);

    let unknown = RegisterRequest { campaign: Some(code("NOBODY")), ..RegisterRequest::of("b") };
    let refused = bonafide.register(&unknown, None).await;
    let not_valid = matches!(&refused, Err(RegisterError::Referral(ReferralError::NotValid)));
    assert!(not_valid, "{refused:?}");
    assert_eq!(bonafide.account_called("b").await.unwrap(), None);
}

#[tokio::test]
async fn a_discount_ends_on_its_last_day_or_with_its_campaign() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    bonafide.make_campaign(terms("SPRING26", None), "the test").await.unwrap();
    bonafide.make_campaign(terms("SHORT26", None), "the test").await.unwrap();
    let (one, two) = (house.account("one").await, house.account("two").await);
    bonafide.refer(one, &code("SPRING26")).await.unwrap();
    bonafide.refer(two, &code("SHORT26")).await.unwrap();
    bonafide.end_campaign(&code("SHORT26"), "the test").await.unwrap();
    assert!(now(&house, one).await.referral.is_some());
    assert_eq!(now(&house, two).await.referral, None, "ended");
    let late = house.account("late").await;
    let refused = bonafide.refer(late, &code("SHORT26")).await;
    assert!(matches!(refused, Err(ReferralError::NotValid)), "{refused:?}");
    house.clock.go(29 * DAY);
    assert!(now(&house, one).await.referral.is_some(), "the last day");
    house.clock.go(DAY);
    assert_eq!(now(&house, one).await.referral, None);
    let refused = bonafide.refer(late, &code("SPRING26")).await;
    assert!(matches!(refused, Err(ReferralError::NotValid)), "{refused:?}");
    let ended = bonafide.end_campaign(&code("NOBODY"), "the test").await;
    assert!(matches!(ended, Err(CampaignError::NoSuchCampaign)), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_accounts_come_by_a_campaign_than_it_is_for() {
    // Where transactions do run at one moment.
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().unwrap();
    let house = House::on(Kind::Sandbox, folder, cluster.database()).await;
    house.installation.make_campaign(terms("FEW2026", Some(5)), "the test").await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..20 {
        let account = house.account(&format!("user-{number}")).await;
        let bonafide = house.installation.clone();
        tasks.spawn(async move { bonafide.refer(account, &code("FEW2026")).await.is_ok() });
    }
    let came = tasks.join_all().await.into_iter().filter(|came| *came).count();
    assert_eq!(came, 5);
    assert_eq!(house.installation.campaigns(None, 10).await.unwrap()[0].joined, 5);
}
