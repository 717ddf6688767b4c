//! One suite for both databases: every story runs against a fresh SQLite file and against a
//! fresh database of a real PostgreSQL.

mod stories;

use bonafide_store::{Database, Store};
use postgres_fixture::Cluster;

macro_rules! stories {
    ($($story:path),* $(,)?) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn sqlite_conforms() {
            $({
                println!("{}", stringify!($story));
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("bonafide.db");
                let store = Store::open(&format!("sqlite://{}", file.display())).await.unwrap();
                assert_eq!(store.database(), Database::Sqlite);
                $story(&store).await;
                store.close().await;
            })*
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn postgresql_conforms() {
            let cluster = Cluster::start();
            $({
                println!("{}", stringify!($story));
                let store = Store::open(&cluster.database()).await.unwrap();
                assert_eq!(store.database(), Database::Postgres);
                $story(&store).await;
                store.close().await;
            })*
        }
    };
}

stories![
    stories::keeping::what_is_kept_of_a_case_has_its_time,
    stories::keeping::a_hold_keeps_until_it_ends_or_is_released,
    stories::keeping::a_marker_speaks_from_its_beginning_to_its_end,
    stories::keeping::a_database_belongs_to_one_kind_of_installation,
    stories::accounts::an_account_is_found_as_it_was_written,
    stories::accounts::an_external_id_is_taken_once,
    stories::accounts::what_is_not_committed_never_happened,
    stories::campaigns::a_campaign_is_found_as_it_was_written,
    stories::campaigns::an_account_keeps_its_campaign_language_and_phrase,
    stories::limits::a_reservation_counts_until_it_is_released,
    stories::limits::what_is_used_grows_beyond_what_one_may_ask_for,
    stories::limits::what_a_closed_account_used_counts_where_its_person_goes_on,
    stories::limits::concurrent_reservations_never_exceed_a_limit,
    stories::cases::a_case_is_found_as_it_was_written,
    stories::cases::a_token_opens_its_case_until_it_ends,
    stories::cases::the_last_upload_of_a_slot_counts,
    stories::cases::cases_in_review_are_listed_by_when_they_are_due,
    stories::cases::decisions_and_consents_are_kept,
    stories::handoffs::a_case_has_one_handoff_at_a_time,
    stories::handoffs::messages_are_kept_with_their_case,
    stories::transfers::a_transfer_grows_by_parts_until_it_is_an_upload,
    stories::transfers::what_nobody_ended_in_time_is_found,
    stories::audit::a_chain_holds_and_shows_every_change,
    stories::jobs::a_job_is_done_by_one_worker,
    stories::jobs::a_job_of_a_lost_worker_is_done_by_another,
    stories::jobs::a_job_that_fails_waits_or_is_given_up,
    stories::jobs::a_job_of_a_change_that_did_not_happen_is_never_seen,
    stories::hooks::whoever_follows_the_numbers_misses_no_event,
    stories::hooks::an_endpoint_is_found_as_it_was_written_until_it_is_deleted,
    stories::hooks::an_event_is_delivered_to_those_who_want_its_kind,
    stories::hooks::an_attempt_is_made_by_one_worker,
    stories::hooks::a_delivery_waits_is_given_up_and_is_replayed,
    stories::rest::events_come_in_their_order,
    stories::rest::keys_are_found_by_hash_until_they_are_revoked,
    stories::rest::a_request_is_remembered_once,
    stories::rest::an_identity_has_its_holders,
    stories::one::every_change_of_what_is_searched_is_read_once,
    stories::one::a_face_on_the_blocklist_is_searched_until_it_is_taken_off,
    stories::one::an_entry_of_the_blocklist_meets_its_document_until_it_ends,
    stories::one::faces_of_two_people_who_are_decided_at_once_wait_for_each_other,
];
