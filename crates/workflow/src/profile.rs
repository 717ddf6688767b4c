//! What the operator says of an account's owner: country, language, and the phrase by which
//! they tell our pages from forged ones.

use domain::account::Account;
use domain::document::Country;
use domain::guidance::Language;
use domain::id::AccountId;
use serde::Deserialize;
use serde_json::json;
use store::StoreError;
use thiserror::Error;
use vault::VaultError;

use crate::errors::Breakage;
use crate::installation::Installation;

/// A phrase is at most so long, characters: one line of a phone.
const LONGEST_PHRASE: usize = 60;

/// What is to become of something that may be there or not. In JSON what is left out stays, and
/// `null` removes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Option<T>")]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is there no more.
    Remove,
    /// It is this from now on.
    Set(T),
}

impl<T> From<Option<T>> for Change<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Remove, Self::Set)
    }
}

impl<T> Change<T> {
    /// The same for what `convert` makes of the value.
    ///
    /// # Errors
    /// Those of `convert`.
    pub fn try_map<U, E>(self, convert: impl FnOnce(T) -> Result<U, E>) -> Result<Change<U>, E> {
        Ok(match self {
            Self::Keep => Change::Keep,
            Self::Remove => Change::Remove,
            Self::Set(value) => Change::Set(convert(value)?),
        })
    }

    fn apply(self, to: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Remove => *to = None,
            Self::Set(value) => *to = Some(value),
        }
    }
}

/// What is to change of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// The country whose law says how long its data is kept.
    pub country: Change<Country>,
    /// The language that its owner reads.
    pub language: Change<Language>,
    /// The phrase that its owner chose with the operator.
    pub phrase: Change<String>,
}

impl ProfileChange {
    /// The names of what is to change.
    fn fields(&self) -> Vec<&'static str> {
        let Self { country, language, phrase } = self;
        let fields = [
            ("country", *country != Change::Keep),
            ("language", *language != Change::Keep),
            ("phrase", *phrase != Change::Keep),
        ];
        fields.into_iter().filter(|(_, changes)| *changes).map(|(name, _)| name).collect()
    }
}

/// Who a page is for: shown to nobody but whoever has proven the case's token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Greeting {
    /// The language that the person reads, where it is known.
    pub language: Option<Language>,
    /// Their own phrase, where they chose one.
    pub phrase: Option<String>,
}

/// Why an account was not changed.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// There is none.
    #[error("there is no such account")]
    NoSuchAccount,
    /// The phrase is empty, too long, or no line.
    #[error("a phrase has 1 to {LONGEST_PHRASE} characters in one line")]
    BadPhrase,
    /// The person was erased, or asked to be.
    #[error("the data of this account was erased, or is to be")]
    Erased,
    /// Our own side.
    #[error(transparent)]
    Broken(Breakage),
}

impl From<StoreError> for ProfileError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<VaultError> for ProfileError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Erased(_) | VaultError::Restricted { .. } => Self::Erased,
            error => Self::Broken(error.into()),
        }
    }
}

impl Installation {
    /// Changes what the operator says of an account's owner, which the event says that `by` did: the
    /// country chooses how long what is kept of them is kept.
    ///
    /// # Errors
    /// See [`ProfileError`].
    pub async fn change_profile(
        &self,
        id: AccountId,
        change: ProfileChange,
        by: &str,
    ) -> Result<Account, ProfileError> {
        let fields = change.fields();
        let phrase = change.phrase.try_map(|phrase| one_line(&phrase))?;
        let mut tx = self.parts.store.begin().await?;
        let mut account = tx.lock_account(id).await?.ok_or(ProfileError::NoSuchAccount)?;
        if tx.erasure(id).await?.is_some() {
            return Err(ProfileError::Erased);
        }
        let before = account.country.clone();
        change.country.apply(&mut account.country);
        if account.country != before {
            self.keep_as_in(&mut tx, id, account.country.as_ref()).await?;
        }
        change.language.apply(&mut account.language);
        tx.save_account(&account).await?;
        match phrase {
            Change::Keep => {}
            Change::Remove => tx.set_phrase(id, None).await?,
            Change::Set(phrase) => {
                let key = self.parts.vault.person(id).await?;
                tx.set_phrase(id, Some(key.seal(PHRASE, phrase.as_bytes()))).await?;
            }
        }
        if !fields.is_empty() {
            let data = json!({ "fields": fields, "by": by });
            self.tell(&mut tx, "account.changed", (id, None), data).await?;
        }
        tx.commit().await?;
        Ok(account)
    }

    /// How its owner is greeted on our pages.
    ///
    /// # Errors
    /// See [`ProfileError`].
    pub async fn greeting(&self, id: AccountId) -> Result<Greeting, ProfileError> {
        let mut tx = self.parts.store.read().await?;
        let account = tx.account(id).await?.ok_or(ProfileError::NoSuchAccount)?;
        let Some(sealed) = tx.phrase(id).await? else {
            return Ok(Greeting { language: account.language, phrase: None });
        };
        let text = self.parts.vault.person(id).await?.open(PHRASE, &sealed)?;
        let phrase = String::from_utf8(text);
        let unreadable = |_| ProfileError::Broken(Breakage::Unreadable { what: "a phrase" });
        Ok(Greeting { language: account.language, phrase: Some(phrase.map_err(unreadable)?) })
    }
}

/// What a phrase is sealed as.
const PHRASE: &str = "phrase";

fn one_line(phrase: &str) -> Result<String, ProfileError> {
    let length = phrase.trim().chars().count();
    let line = (1..=LONGEST_PHRASE).contains(&length) && !phrase.chars().any(char::is_control);
    line.then(|| phrase.trim().to_owned()).ok_or(ProfileError::BadPhrase)
}
