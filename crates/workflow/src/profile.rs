//! What the operator says of an account's owner: country, language, and the phrase by which
//! they tell our pages from forged ones.

use domain::account::Account;
use domain::document::Country;
use domain::guidance::Language;
use domain::id::AccountId;
use store::StoreError;
use thiserror::Error;
use vault::VaultError;

use crate::errors::Breakage;
use crate::installation::Installation;

/// A phrase is at most so long, characters: one line of a phone.
const LONGEST_PHRASE: usize = 60;

/// What is to change of an account; what is `None` stays as it is, and `Some(None)` removes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// The country whose law says how long its data is kept.
    pub country: Option<Option<Country>>,
    /// The language that its owner reads.
    pub language: Option<Option<Language>>,
    /// The phrase that its owner chose with the operator.
    pub phrase: Option<Option<String>>,
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
    /// Changes what the operator says of an account's owner.
    ///
    /// # Errors
    /// See [`ProfileError`].
    pub async fn change_profile(
        &self,
        id: AccountId,
        change: ProfileChange,
    ) -> Result<Account, ProfileError> {
        let phrase = change.phrase.map(|phrase| phrase.map(one_line).transpose()).transpose()?;
        let mut tx = self.parts.store.begin().await?;
        let mut account = tx.lock_account(id).await?.ok_or(ProfileError::NoSuchAccount)?;
        if let Some(country) = change.country {
            account.country = country;
        }
        if let Some(language) = change.language {
            account.language = language;
        }
        tx.save_account(&account).await?;
        if let Some(phrase) = phrase {
            let sealed = match phrase {
                Some(phrase) => {
                    let key = self.parts.vault.person(id).await?;
                    Some(key.seal(PHRASE, phrase.as_bytes()))
                }
                None => None,
            };
            tx.set_phrase(id, sealed).await?;
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

fn one_line(phrase: String) -> Result<String, ProfileError> {
    let length = phrase.trim().chars().count();
    let line = (1..=LONGEST_PHRASE).contains(&length) && !phrase.chars().any(char::is_control);
    line.then(|| phrase.trim().to_owned()).ok_or(ProfileError::BadPhrase)
}
