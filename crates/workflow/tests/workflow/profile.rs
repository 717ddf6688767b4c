//! What the operator says of an account's owner, and how they are greeted.

use bonafide_workflow::{Change, Greeting, Kind, ProfileChange, ProfileError};
use domain::guidance::Language;
use exact_world::House;

fn phrase(text: Option<&str>) -> ProfileChange {
    ProfileChange { phrase: text.map(str::to_owned).into(), ..ProfileChange::default() }
}

#[tokio::test]
async fn an_owner_is_greeted_in_their_language_with_their_own_phrase() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    let account = house.account("user-1").await;
    assert_eq!(bonafide.greeting(account).await.unwrap(), Greeting::default());
    let language = ProfileChange { language: Change::Set(Language::ZhCn), ..Default::default() };
    bonafide.change_profile(account, language, "a key").await.unwrap();
    bonafide.change_profile(account, phrase(Some(" 蓝色的鲸 ")), "a key").await.unwrap();
    let greeting = bonafide.greeting(account).await.unwrap();
    assert_eq!(greeting.phrase.as_deref(), Some("蓝色的鲸"));
    assert_eq!(greeting.language, Some(Language::ZhCn), "what is not named stays");

    for bad in ["", "  ", "two\nlines", &"x".repeat(61)] {
        let refused = bonafide.change_profile(account, phrase(Some(bad)), "a key").await;
        assert!(matches!(refused, Err(ProfileError::BadPhrase)), "{bad:?}");
    }
    assert_eq!(bonafide.greeting(account).await.unwrap(), greeting);
    bonafide.change_profile(account, phrase(None), "a key").await.unwrap();
    assert_eq!(bonafide.greeting(account).await.unwrap().phrase, None);
}

#[tokio::test]
async fn a_phrase_is_kept_sealed_and_goes_with_its_person() {
    let house = House::build(Kind::Sandbox).await;
    let bonafide = &house.installation;
    let account = house.account("user-1").await;
    bonafide.change_profile(account, phrase(Some("a blue whale")), "a key").await.unwrap();
    let sealed = bonafide.store().read().await.unwrap().phrase(account).await.unwrap().unwrap();
    assert!(!sealed.windows(4).any(|bytes| bytes == b"blue"));
    bonafide.erase(account, "key_1").await.unwrap();
    let kept = bonafide.store().read().await.unwrap().phrase(account).await.unwrap();
    assert_eq!(kept, None);
    let again = bonafide.change_profile(account, phrase(Some("a blue whale")), "a key").await;
    assert!(matches!(again, Err(ProfileError::Erased)), "{again:?}");
}
