//! The account centre: signing up, what one may do, deposit, withdraw.

use axum::extract::{Form, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::bonafide::{Answer, Trouble};
use crate::sessions::User;
use crate::{Exchange, pages};

/// The form to sign up.
#[derive(Deserialize)]
pub struct SignUp {
    name: String,
}

/// The form to verify.
#[derive(Deserialize)]
pub struct Verify {
    tier: String,
}

/// The form to deposit or withdraw.
#[derive(Deserialize)]
pub struct Move {
    amount: String,
}

/// The account, or the way in.
pub async fn show(State(exchange): State<Exchange>, headers: HeaderMap) -> Response {
    let seen = exchange.sessions.with(&headers, |user| {
        let shown = user.clone();
        user.notice = None;
        shown
    });
    let Some(user) = seen else { return Html(pages::welcome()).into_response() };
    match exchange.bonafide.entitlements(&user.account).await {
        Ok(now) => Html(pages::account(&user, &now)).into_response(),
        Err(trouble) => failed(&trouble),
    }
}

/// A new user has a new account at the verification service too.
pub async fn sign_up(State(exchange): State<Exchange>, Form(form): Form<SignUp>) -> Response {
    let name = form.name.trim().to_owned();
    // An id of ours, which tells nobody anything: a database gives one.
    match exchange.bonafide.register(&format!("user-{}", random())).await {
        Ok(account) => {
            let user = User { name, account, balance: Decimal::ZERO, notice: None };
            let cookie = exchange.sessions.begin(user);
            ([(SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Err(trouble) => failed(&trouble),
    }
}

/// Opens a case, and shows the person where it goes on.
pub async fn verify(
    State(exchange): State<Exchange>,
    headers: HeaderMap,
    Form(form): Form<Verify>,
) -> Response {
    let Some(user) = exchange.sessions.with(&headers, |user| user.clone()) else {
        return Redirect::to("/").into_response();
    };
    match exchange.bonafide.open(&user.account, &form.tier).await {
        Ok(way) => Html(pages::verification(&form.tier, &way)).into_response(),
        Err(trouble) => failed(&trouble),
    }
}

/// Money comes in.
pub async fn deposit(exchange: State<Exchange>, headers: HeaderMap, form: Form<Move>) -> Response {
    moved(&exchange, &headers, "deposit", &form.amount).await
}

/// Money goes out.
pub async fn withdraw(exchange: State<Exchange>, headers: HeaderMap, form: Form<Move>) -> Response {
    moved(&exchange, &headers, "withdraw", &form.amount).await
}

async fn moved(exchange: &Exchange, headers: &HeaderMap, feature: &str, amount: &str) -> Response {
    let Some(user) = exchange.sessions.with(headers, |user| user.clone()) else {
        return Redirect::to("/").into_response();
    };
    let notice = match amount.trim().parse::<Decimal>() {
        Ok(amount) if amount > Decimal::ZERO => {
            match attempt(exchange, headers, (&user, feature), amount).await {
                Ok(notice) => notice,
                Err(trouble) => return failed(&trouble),
            }
        }
        _ => "Write an amount such as 250 or 0.5.".to_owned(),
    };
    exchange.sessions.with(headers, |user| user.notice = Some(notice));
    Redirect::to("/").into_response()
}

/// Asks first, moves then, and says that it was moved.
async fn attempt(
    exchange: &Exchange,
    headers: &HeaderMap,
    (user, feature): (&User, &str),
    amount: Decimal,
) -> Result<String, Trouble> {
    if feature == "withdraw" && user.balance < amount {
        return Ok(format!("You have {} USDT.", user.balance));
    }
    let reference = format!("{feature}-{}", random());
    let asked = (feature, &*amount.normalize().to_string());
    let reserved = match exchange.bonafide.authorize(&user.account, asked, &reference).await? {
        Answer::Refused(words) => return Ok(words),
        Answer::Permitted(reserved) => reserved,
    };
    let enough = exchange.sessions.with(headers, |user| {
        let after =
            if feature == "deposit" { user.balance + amount } else { user.balance - amount };
        let enough = after >= Decimal::ZERO;
        user.balance = if enough { after } else { user.balance };
        enough
    });
    if enough != Some(true) {
        // What was reserved and not captured is free again by itself.
        return Ok("You have less than that by now.".to_owned());
    }
    if let Some(reservation) = reserved {
        exchange.bonafide.capture(&user.account, &reservation).await?;
    }
    Ok(format!("Done: {feature} {amount} USDT."))
}

fn random() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    u64::from_be_bytes(bytes)
}

fn failed(trouble: &Trouble) -> Response {
    let page = Html(pages::trouble(&trouble.to_string()));
    (StatusCode::BAD_GATEWAY, page).into_response()
}
