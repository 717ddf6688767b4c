//! The same request, sent several times at one moment, on the database where they do run at
//! one moment.

use bonafide_workflow::{
    Approval, CaseError, ConsentKind, Kind, Once, Place, RegisterError, RegisterRequest, RuleError,
    Ruling, Worker,
};
use domain::case::CaseState;
use domain::id::ApiKeyId;
use exact_world::House;
use postgres_fixture::Cluster;
use tokio::task::JoinSet;

/// Several clients register one user: each under a key of its own, or all under one.
async fn registered(
    house: &House,
    name: &str,
    key: impl Fn(u8) -> String,
) -> Vec<Result<String, RegisterError>> {
    let api_key = ApiKeyId::new(house.installation.now(), [7; 10]);
    let mut tasks = JoinSet::new();
    for number in 0..8 {
        let (bonafide, name) = (house.installation.clone(), name.to_owned());
        let once = Once::new(api_key, &key(number), name.as_bytes());
        tasks.spawn(async move {
            let request = RegisterRequest::of(name);
            bonafide.register(&request, Some(&once)).await.map(|account| account.id.to_string())
        });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_wins_and_the_others_are_told_so() {
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().unwrap();
    let house = House::on(Kind::Sandbox, folder, cluster.database()).await;
    for round in 0..10 {
        let name = format!("alone-{round}");
        let answers = registered(&house, &name, |number| format!("{name} {number}")).await;
        let won = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(won, 1);
        let lost = |answer: &Result<_, _>| matches!(answer, Err(RegisterError::Exists(_)) | Ok(_));
        assert!(answers.iter().all(lost), "{answers:?}");

        let name = format!("together-{round}");
        let answers = registered(&house, &name, |_| name.clone()).await;
        let ids: Vec<String> = answers.into_iter().map(|answer| answer.unwrap()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "one request, one account: {ids:?}");
    }
}

/// Two accounts of one person wait for two reviewers, and each closes the other one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_accounts_that_are_closed_crosswise_one_is_left() {
    let cluster = Cluster::start();
    for round in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let house = House::on(Kind::Live, folder, cluster.database()).await;
        let mut two = Vec::new();
        for name in ["one", "two"] {
            let account = house.account(name).await;
            let case = house.open(account).await.case.id;
            house.fill_as(case, "A1", 0.0).await;
            house.assess(case).await;
            two.push((account, case));
        }
        // The first was approved before there was another: its person comes again.
        let again = house.installation.open(two[0].0, "L3", None).await.unwrap().case.id;
        house.fill_as(again, "A1", 0.0).await;
        let letter = b"a letter".to_vec();
        house.installation.upload(again, Place::Address, letter).await.unwrap();
        house.assess(again).await;
        two[0].1 = again;
        let mut tasks = JoinSet::new();
        for (place, reviewer) in ["Mei", "Tom"].into_iter().enumerate() {
            let ((_, case), (other, _)) = (two[place], two[1 - place]);
            let bonafide = house.installation.clone();
            bonafide.claim(case, reviewer).await.unwrap();
            let ruling = Ruling::Approve(Approval { closes: Some(other), ..Approval::default() });
            tasks.spawn(async move { bonafide.rule(case, reviewer, &ruling, "").await });
        }
        let ruled = tasks.join_all().await;
        let broken = ruled.iter().filter_map(|ruled| ruled.as_ref().err());
        let broken: Vec<String> = broken.map(|error| format!("{error:?}")).collect();
        assert!(broken.iter().all(|error| !error.contains("Store")), "{round}: {broken:?}");
        let approved = ruled.iter().flatten().filter(|case| case.state == CaseState::Approved);
        assert_eq!(approved.count(), 1, "{round}: {broken:?}");
    }
}

/// A reviewer closes an account of a higher id while another one approves a case of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn closing_an_account_that_another_reviewer_is_at_waits_for_them_in_turn() {
    let cluster = Cluster::start();
    for round in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let house = House::on(Kind::Live, folder, cluster.database()).await;
        let low = house.account("one").await;
        house.clock.go(1);
        let high = house.account("two").await;
        let case = house.open(high).await.case.id;
        house.fill_as(case, "A1", 0.0).await;
        house.assess(case).await;
        let mut waiting = Vec::new();
        for (account, tier) in [(low, "L2"), (high, "L3")] {
            let case = house.installation.open(account, tier, None).await.unwrap().case.id;
            house.fill_as(case, "A1", 0.0).await;
            if tier == "L3" {
                let letter = b"a letter".to_vec();
                house.installation.upload(case, Place::Address, letter).await.unwrap();
            }
            house.assess(case).await;
            waiting.push(case);
        }
        let mut tasks = JoinSet::new();
        let rulings = [
            ("Mei", Ruling::Approve(Approval { closes: Some(high), ..Approval::default() })),
            ("Tom", Ruling::Approve(Approval::default())),
        ];
        // Both have theirs before either rules: Mei's ruling ends Tom's case.
        for (case, (reviewer, _)) in waiting.iter().zip(&rulings) {
            house.installation.claim(*case, reviewer).await.unwrap();
        }
        for (case, (reviewer, ruling)) in waiting.into_iter().zip(rulings) {
            let bonafide = house.installation.clone();
            tasks
                .spawn(async move { (reviewer, bonafide.rule(case, reviewer, &ruling, "").await) });
        }
        for (reviewer, ruled) in tasks.join_all().await {
            let over = matches!(ruled, Err(RuleError::Case(CaseError::Impossible(_))));
            assert!(ruled.is_ok() || (over && reviewer == "Tom"), "{round}: {reviewer} {ruled:?}");
        }
    }
}

/// An erasure is taken back while the person takes their consent back, a court holds the account
/// and somebody else comes with the same document: each locks accounts, cases, identities and faces.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn taking_an_erasure_back_waits_for_nobody_who_waits_for_it() {
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().unwrap();
    let house = House::on(Kind::Live, folder, cluster.database()).await;
    for round in 0_u8..10 {
        let account = house.account(&format!("one-{round}")).await;
        let (case, number) = (house.open(account).await.case.id, format!("A{round}"));
        house.fill_as(case, &number, 50.0 * f32::from(round)).await;
        house.assess(case).await;
        let another = house.account(&format!("other-{round}")).await;
        let other = house.open(another).await.case.id;
        house.fill_as(other, &number, 50.0 * f32::from(round)).await;
        house.installation.submit(other).await.unwrap();
        house.installation.erase(account, "a key").await.unwrap();
        let bonafide = || house.installation.clone();
        let (one, two, three) = (bonafide(), bonafide(), bonafide());
        let worker = Worker::new(bonafide(), format!("worker {round}"));
        let (back, withdrawn, held, decided) = tokio::join!(
            tokio::spawn(async move { one.withdraw_erasure(account, "a key").await }),
            tokio::spawn(
                async move { two.withdraw(account, ConsentKind::FaceMatch, "a key").await }
            ),
            tokio::spawn(
                async move { three.hold(account, "a court", None, ("a key", None)).await }
            ),
            tokio::spawn(async move { worker.once().await }),
        );
        back.unwrap().unwrap();
        withdrawn.unwrap().unwrap();
        held.unwrap().unwrap();
        decided.unwrap().unwrap();
        assert!(house.installation.erasure(account).await.unwrap().is_none());
        // While it was erased nobody else was known by the document.
        let mut holders = 0;
        for id in [account, another] {
            let now = house.installation.entitlements(id).await.unwrap().unwrap();
            holders += usize::from(now.tier.is_some());
        }
        assert_eq!(holders, 1, "{round}: one account has the document");
        let state = house.installation.case(other).await.unwrap().case.state;
        assert!(matches!(state, CaseState::Approved | CaseState::InReview), "{round}: {state:?}");
    }
}

/// Whoever is erased is forgotten by what they were recognised by, which all erasures share.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_are_erased_at_once() {
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().unwrap();
    let house = House::on(Kind::Live, folder, cluster.database()).await;
    let mut accounts = Vec::new();
    for number in 0_u8..12 {
        let account = house.account(&format!("user-{number}")).await;
        let case = house.open(account).await.case.id;
        house.fill_as(case, &format!("A{number}"), 50.0 * f32::from(number)).await;
        house.assess(case).await;
        accounts.push(account);
    }
    let mut tasks = JoinSet::new();
    for account in accounts {
        let bonafide = house.installation.clone();
        tasks.spawn(async move { bonafide.erase(account, "a key").await });
    }
    for erased in tasks.join_all().await {
        erased.unwrap();
    }
}
