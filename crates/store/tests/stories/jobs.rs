use bonafide_store::{Job, NewJob, Queue, Store};
use domain::id::JobId;

use super::at;

fn job(number: u8) -> NewJob {
    NewJob {
        id: JobId::new(at(0), [number; 10]),
        kind: "assess",
        payload: format!("case-{number}"),
        run_after: at(i64::from(number)),
    }
}

async fn enqueue(store: &Store, numbers: impl IntoIterator<Item = u8>) {
    let mut tx = store.begin().await.unwrap();
    for number in numbers {
        tx.enqueue(&job(number)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn claim(store: &Store, worker: &str, second: i64) -> Option<Job> {
    let mut tx = store.begin().await.unwrap();
    let job = tx.claim_job(worker, at(second), at(second + 60)).await.unwrap();
    tx.commit().await.unwrap();
    job
}

async fn finish(store: &Store, job: &Job, worker: &str) -> bool {
    let mut tx = store.begin().await.unwrap();
    let finished = tx.finish_job(job.id, worker, at(100)).await.unwrap();
    tx.commit().await.unwrap();
    finished
}

pub async fn a_job_is_done_by_one_worker(store: &Store) {
    enqueue(store, 0..20).await;
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..4 {
        let store = store.clone();
        tasks.spawn(async move {
            let (worker, mut done) = (format!("worker-{worker}"), Vec::new());
            while let Some(job) = claim(&store, &worker, 50).await {
                assert!(finish(&store, &job, &worker).await);
                done.push(job.payload);
            }
            done
        });
    }
    let mut done: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    done.sort();
    let mut all: Vec<_> = (0..20).map(|number| job(number).payload).collect();
    all.sort();
    assert_eq!(done, all);
}

pub async fn a_job_of_a_lost_worker_is_done_by_another(store: &Store) {
    enqueue(store, [1]).await;
    assert!(claim(store, "early", 0).await.is_none(), "its time has not come");
    let first = claim(store, "lost", 1).await.unwrap();
    assert!(claim(store, "other", 60).await.is_none(), "it is leased until 61");
    let mut tx = store.begin().await.unwrap();
    assert!(tx.renew_job((first.id, "lost"), at(80)).await.unwrap());
    assert!(!tx.renew_job((first.id, "other"), at(999)).await.unwrap());
    tx.commit().await.unwrap();
    assert!(claim(store, "other", 79).await.is_none(), "it said that it is still at it");
    let second = claim(store, "other", 80).await.unwrap();
    assert_eq!((first.id, first.attempts, second.id, second.attempts), (first.id, 1, first.id, 2));
    assert!(!finish(store, &first, "lost").await, "it is the other's now");
    assert!(finish(store, &second, "other").await);
    assert!(!finish(store, &second, "other").await);
}

pub async fn a_job_that_fails_waits_or_is_given_up(store: &Store) {
    enqueue(store, [1]).await;
    let first = claim(store, "w", 1).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(tx.fail_job((first.id, "w"), "model missing", Some(at(30))).await.unwrap());
    tx.commit().await.unwrap();
    assert!(claim(store, "w", 29).await.is_none());
    let again = claim(store, "w", 30).await.unwrap();
    assert_eq!(again.attempts, 2);
    let mut tx = store.begin().await.unwrap();
    let queue = tx.queue(at(30)).await.unwrap();
    assert_eq!(queue, Queue { waiting: 0, oldest: None, dead: 0 });
    assert!(tx.fail_job((again.id, "w"), "model missing", None).await.unwrap());
    assert!(!tx.fail_job((again.id, "w"), "model missing", None).await.unwrap());
    tx.enqueue(&job(2)).await.unwrap();
    let queue = tx.queue(at(900)).await.unwrap();
    assert_eq!(queue, Queue { waiting: 1, oldest: Some(at(2)), dead: 1 });
    let dead = tx.dead_jobs(None, 9).await.unwrap();
    assert_eq!((dead[0].id, dead[0].attempts), (again.id, 2));
    assert_eq!(dead[0].error.as_deref(), Some("model missing"));
    assert!(tx.dead_jobs(Some(again.id), 9).await.unwrap().is_empty());
    assert!(tx.dismiss_job(again.id).await.unwrap());
    assert!(!tx.dismiss_job(again.id).await.unwrap() && !tx.dismiss_job(job(2).id).await.unwrap());
}

pub async fn a_job_of_a_change_that_did_not_happen_is_never_seen(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    tx.enqueue(&job(1)).await.unwrap();
    drop(tx);
    assert!(claim(store, "w", 10).await.is_none());
}
