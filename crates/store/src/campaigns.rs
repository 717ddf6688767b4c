//! Campaigns, with how many accounts came by each.

use domain::campaign::{Campaign, CampaignCode, Terms};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::query;

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT code, fee_discount_percent, first_day, last_day, cap, joined, created_at, \
             ended_at FROM campaigns WHERE ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a campaign.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when its code is taken.
    pub async fn add_campaign(&mut self, terms: &Terms, at: Timestamp) -> Result<(), StoreError> {
        query(
            "INSERT INTO campaigns (code, fee_discount_percent, first_day, last_day, cap, joined, \
             created_at) VALUES ($1, $2, $3, $4, $5, 0, $6)",
        )
        .bind(terms.code.as_str())
        .bind(terms.fee_discount_percent.to_string())
        .bind(terms.from.to_string())
        .bind(terms.until.to_string())
        .bind(terms.cap.map(i64::from))
        .bind(at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a campaign of this code"))?;
        Ok(())
    }

    /// The campaign of that code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn campaign(&mut self, code: &CampaignCode) -> Result<Option<Campaign>, StoreError> {
        let row = query(select!("code = $1")).bind(code.as_str());
        let row = row.fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("reading a campaign"))?.as_ref().map(campaign).transpose()
    }

    /// The same, which nobody else joins or ends until this transaction ends. Whoever locks
    /// an account too locks that first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_campaign(
        &mut self,
        code: &CampaignCode,
    ) -> Result<Option<Campaign>, StoreError> {
        let select = self.locking(select!("code = $1"), select!("code = $1 FOR NO KEY UPDATE"));
        let row = query(select).bind(code.as_str()).fetch_optional(&mut *self.inner).await;
        row.map_err(StoreError::failed("locking a campaign"))?.as_ref().map(campaign).transpose()
    }

    /// Up to `most` campaigns behind `after`, by code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn campaigns(
        &mut self,
        after: Option<&CampaignCode>,
        most: u32,
    ) -> Result<Vec<Campaign>, StoreError> {
        let rows = query(select!("code > $1 ORDER BY code LIMIT $2"))
            .bind(after.map_or("", CampaignCode::as_str))
            .bind(i64::from(most))
            .fetch_all(&mut *self.inner)
            .await
            .map_err(StoreError::failed("listing campaigns"))?;
        rows.iter().map(campaign).collect()
    }

    /// Writes how many accounts came by a campaign and whether it was ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_campaign(&mut self, campaign: &Campaign) -> Result<(), StoreError> {
        query("UPDATE campaigns SET joined = $2, ended_at = $3 WHERE code = $1")
            .bind(campaign.terms.code.as_str())
            .bind(i64::from(campaign.joined))
            .bind(campaign.ended_at.map(Timestamp::as_millisecond))
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("writing a campaign"))?;
        Ok(())
    }
}

fn campaign(row: &AnyRow) -> Result<Campaign, StoreError> {
    let at = |column| At("campaigns", column);
    let text = |column| at(column).of::<String>(row);
    let cap: Option<i64> = at("cap").of(row)?;
    let ended: Option<i64> = at("ended_at").of(row)?;
    Ok(Campaign {
        terms: Terms {
            code: at("code").parse(&text("code")?)?,
            fee_discount_percent: at("fee_discount_percent")
                .parse(&text("fee_discount_percent")?)?,
            from: at("first_day").parse(&text("first_day")?)?,
            until: at("last_day").parse(&text("last_day")?)?,
            cap: cap.map(|cap| at("cap").count(cap)).transpose()?,
        },
        joined: at("joined").count(at("joined").of(row)?)?,
        created_at: at("created_at").time(at("created_at").of(row)?)?,
        ended_at: ended.map(|ended| at("ended_at").time(ended)).transpose()?,
    })
}
