//! What a person sees.

use serde_json::Value;

use crate::sessions::User;

const STYLE: &str = "
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.3rem } h2 { font-size: 1.05rem; margin-top: 2rem }
form { display: flex; gap: .5rem; margin: .75rem 0 }
input { flex: 1; min-width: 0; font: inherit; padding: .6rem; border: 1px solid #8888; border-radius: .4rem }
button { font: inherit; padding: .6rem 1rem; border: 0; border-radius: .4rem; background: #0a58ca; color: #fff }
.notice { padding: .75rem 1rem; border-left: .25rem solid #0a58ca; background: #0a58ca1a }
.balance { font-size: 2rem; font-weight: 600 }
#go { display: inline-block; padding: .6rem 1rem; border-radius: .4rem; background: #0a58ca; color: #fff; text-decoration: none }
";

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport \
         content='width=device-width'><link rel=icon href='data:,'><title>{title}</title><style>{STYLE}</style><body>{body}"
    )
}

/// Nothing that a person typed is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The way in.
pub fn welcome() -> String {
    page(
        "Example exchange",
        "<h1>Example exchange</h1><p>Play money, real limits.</p>\
         <form method=post action=/sign-up><input name=name required maxlength=60 \
         aria-label='Your name' placeholder='Your name'><button>Open an account</button></form>",
    )
}

/// The account centre.
pub fn account(user: &User, now: &Value) -> String {
    let notice = user.notice.as_deref().map_or_else(String::new, |notice| {
        format!("<p class=notice role=status>{}</p>", escaped(notice))
    });
    let words = escaped(now["words"]["en"].as_str().unwrap_or_default());
    let tier = now["tier"].as_str().unwrap_or("not verified");
    let next = now["next"]["tier"].as_str().map_or_else(String::new, |next| {
        let next = escaped(next);
        format!(
            "<form method=post action=/verify><button name=tier value='{next}'>Verify for \
             {next}</button></form>"
        )
    });
    let way = |feature: &str, label: &str| {
        format!(
            "<form method=post action=/{feature}><input name=amount inputmode=decimal required \
             aria-label='Amount to {feature}, USDT' placeholder='USDT'><button>{label}</button></form>"
        )
    };
    let body = format!(
        "<h1>{}</h1>{notice}<p class=balance>{} USDT</p>{}{}\
         <h2>Verification: {}</h2><p id=words>{words}</p>{next}",
        escaped(&user.name),
        user.balance,
        way("deposit", "Deposit"),
        way("withdraw", "Withdraw"),
        escaped(tier),
    );
    page("Your account", &body)
}

/// Where the person goes on, on Bonafide's pages with their token.
pub fn verification(tier: &str, way: &str) -> String {
    let body = format!(
        "<h1>Verify for {}</h1><p>It takes a few minutes. Have your document at hand.</p>\
         <p><a id=go href='{}'>Verify now</a></p><p><a href=/>Back to your account</a></p>",
        escaped(tier),
        escaped(way)
    );
    page("Verification", &body)
}

/// Something went wrong.
pub fn trouble(sentence: &str) -> String {
    page(
        "Not now",
        &format!("<h1>Not now</h1><p>{}</p><p><a href=/>Back</a></p>", escaped(sentence)),
    )
}
