//! Decisions made again under another policy, and the log looked over.

use bonafide_workflow::{Kind, LeftOut, Redecided};
use domain::decision::Verdict;
use domain::policy::Policy;
use exact_world::{House, SANDBOX, passport};

/// Two people, of whom the first was approved and then the second sent to a person.
async fn two_cases(house: &House) {
    for name in ["user-1", "user-2"] {
        let case = house.open(house.account(name).await).await.case.id;
        house.fill(case, passport(|_| {})).await;
        house.assess(case).await;
        house.clock.go(60);
    }
}

#[tokio::test]
async fn under_the_same_policy_nothing_comes_out_otherwise() {
    let house = House::build(Kind::Sandbox).await;
    two_cases(&house).await;
    let replay = house.installation.replay(house.installation.policy(), 10).await.unwrap();
    assert_eq!((replay.replayed.len(), replay.left_out.len()), (2, 0));
    for replayed in &replay.replayed {
        assert_eq!(replayed.was, replayed.now);
    }
    let last = house.installation.replay(house.installation.policy(), 1).await.unwrap();
    assert_eq!(last.replayed, replay.replayed[..1]);
}

#[tokio::test]
async fn another_policy_shows_what_it_would_have_changed() {
    let house = House::build(Kind::Sandbox).await;
    two_cases(&house).await;
    let older = SANDBOX.replace("minimum_age = 18", "minimum_age = 99");
    assert_ne!(older, SANDBOX);
    let replay = house.installation.replay(&Policy::parse(&older).unwrap(), 10).await.unwrap();
    assert!(replay.replayed.iter().all(Redecided::differs));
    assert!(replay.replayed.iter().all(|replayed| replayed.now.verdict == Verdict::Decline));

    let account = house.installation.account_called("user-1").await.unwrap().unwrap().id;
    house.installation.erase(account, "key_1").await.unwrap();
    let replay = house.installation.replay(&Policy::parse(&older).unwrap(), 10).await.unwrap();
    assert_eq!(replay.replayed.len(), 1);
    assert_eq!(replay.left_out.into_iter().collect::<Vec<_>>(), [(LeftOut::Removed, 1)]);
}

#[tokio::test]
async fn every_log_is_looked_over() {
    let house = House::build(Kind::Sandbox).await;
    two_cases(&house).await;
    let report = house.installation.verify_audit().await.unwrap();
    assert_eq!((report.cases, report.broken.len()), (2, 0));
    assert!(report.entries > 10);
}
