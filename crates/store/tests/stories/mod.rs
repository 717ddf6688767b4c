pub mod accounts;
pub mod audit;
pub mod campaigns;
pub mod cases;
pub mod handoffs;
pub mod hooks;
pub mod jobs;
pub mod keeping;
pub mod limits;
pub mod one;
pub mod rest;
pub mod transfers;

use domain::account::{Account, Standing};
use domain::case::{Case, CaseState};
use domain::id::{AccountId, CaseId};
use jiff::Timestamp;

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_772_000_000 + second).unwrap()
}

pub fn account(number: u8) -> Account {
    Account {
        id: AccountId::new(at(0), [number; 10]),
        external_id: format!("user-{number}"),
        country: None,
        language: None,
        campaign: None,
        standing: Standing::Registered,
        lapsed: None,
        closed: None,
        frozen: None,
        created_at: at(0),
    }
}

pub fn case(account: &Account, number: u8) -> Case {
    Case {
        id: CaseId::new(at(0), [number; 10]),
        account: account.id,
        tier: "L2".to_owned(),
        policy: "0123".to_owned(),
        state: CaseState::Collecting,
        attempts: 0,
        created_at: at(0),
        expires_at: at(3600),
    }
}
