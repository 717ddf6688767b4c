//! Who is signed in, and what they have. In memory: an exchange of yours has a database.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use http::header::COOKIE;
use rust_decimal::Decimal;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// What they call themselves.
    pub name: String,
    /// Their account at the verification service.
    pub account: String,
    /// What they have, USDT.
    pub balance: Decimal,
    /// What they are told at the top of their page, once.
    pub notice: Option<String>,
}

/// The users, by the secret in their cookie.
#[derive(Default)]
pub struct Sessions(Mutex<BTreeMap<String, User>>);

impl Sessions {
    /// Signs `user` in: the cookie to set.
    pub fn begin(&self, user: User) -> String {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system has random bytes");
        let secret = format!("{:032x}", u128::from_be_bytes(bytes));
        let cookie = format!("session={secret}; HttpOnly; SameSite=Strict; Path=/");
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(secret, user);
        cookie
    }

    /// The user of a request, changed by `change`; `None` for a stranger.
    pub fn with<T>(&self, headers: &HeaderMap, change: impl FnOnce(&mut User) -> T) -> Option<T> {
        let cookies = headers.get(COOKIE)?.to_str().ok()?;
        let secret = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("session="))?;
        let mut users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        users.get_mut(secret).map(change)
    }

    /// Tells the user of `account` something.
    pub fn tell(&self, account: &str, notice: &str) {
        let mut users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for user in users.values_mut().filter(|user| user.account == account) {
            user.notice = Some(notice.to_owned());
        }
    }
}
