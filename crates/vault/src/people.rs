//! Who has a key, had one, or has one that was set aside, as the store of keys lists them.

use domain::id::AccountId;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use object_store::ObjectMeta;

use crate::errors::VaultError;
use crate::keys::Vault;

/// People, in no order; somebody may come twice.
pub struct People {
    listed: BoxStream<'static, object_store::Result<ObjectMeta>>,
    kinds: &'static [&'static str],
}

impl People {
    /// The next one, `None` at the end.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn next(&mut self) -> Result<Option<AccountId>, VaultError> {
        let kinds = self.kinds;
        let account = |object: ObjectMeta| {
            let (account, kind) = object.location.filename()?.split_once('.')?;
            account.parse().ok().filter(|_| kinds.contains(&kind))
        };
        let listed = &mut self.listed;
        let mut people = listed.try_filter_map(|object| std::future::ready(Ok(account(object))));
        people.try_next().await.map_err(VaultError::store("listing the keys"))
    }
}

impl Vault {
    /// Everyone who has a key here, also one that was set aside.
    pub fn people(&self) -> People {
        self.listed(&["key", "restricted"])
    }

    /// Everyone who was erased.
    pub fn erased(&self) -> People {
        self.listed(&["erased"])
    }

    /// Everyone whose key was [set aside](Vault::restrict).
    pub fn restricted(&self) -> People {
        self.listed(&["restricted"])
    }

    fn listed(&self, kinds: &'static [&'static str]) -> People {
        People { listed: self.keys.list(None), kinds }
    }
}
