use bonafide_store::{Store, Transfer, Upload};
use domain::id::{PartId, TransferId, UploadId};

use super::{account, at, case};

async fn begun(store: &Store) -> Transfer {
    let (account, mut tx) = (account(1), store.begin().await.unwrap());
    tx.add_account(&account).await.unwrap();
    let case = case(&account, 1);
    tx.add_case(&case, &[1; 32]).await.unwrap();
    let transfer = Transfer {
        id: TransferId::new(at(0), [1; 10]),
        case: case.id,
        slot: "front".to_owned(),
        length: 50 << 20,
        received: 0,
        upload: None,
        expires_at: at(100),
    };
    tx.add_transfer(&transfer).await.unwrap();
    tx.commit().await.unwrap();
    transfer
}

pub async fn a_transfer_grows_by_parts_until_it_is_an_upload(store: &Store) {
    let mut transfer = begun(store).await;
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.transfer(transfer.id).await.unwrap(), Some(transfer.clone()));
    // The later part has the lower id: their order is that of their bytes.
    let parts = [9, 1].map(|number| PartId::new(at(0), [number; 10]));
    for part in parts {
        tx.add_part(&mut transfer, part, 25 << 20).await.unwrap();
    }
    assert_eq!(transfer.received, 50 << 20);
    assert_eq!(tx.parts(transfer.id).await.unwrap(), parts);
    assert_eq!(tx.transfers(transfer.case).await.unwrap(), [transfer.clone()]);
    let upload = Upload {
        id: UploadId::new(at(1), [1; 10]),
        slot: "front".to_owned(),
        digest: "00".to_owned(),
        bytes: 50 << 20,
        created_at: at(1),
    };
    tx.add_upload(transfer.case, &upload).await.unwrap();
    tx.finish_transfer(transfer.id, upload.id).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.read().await.unwrap();
    assert_eq!(tx.parts(transfer.id).await.unwrap(), []);
    assert_eq!(tx.transfer(transfer.id).await.unwrap().unwrap().upload, Some(upload.id));
}

pub async fn what_nobody_ended_in_time_is_found(store: &Store) {
    let mut transfer = begun(store).await;
    let mut tx = store.begin().await.unwrap();
    tx.add_part(&mut transfer, PartId::new(at(0), [2; 10]), 5).await.unwrap();
    assert_eq!(tx.transfers_run_out(at(99), 10).await.unwrap(), []);
    assert_eq!(tx.transfers_run_out(at(100), 10).await.unwrap(), [transfer.clone()]);
    tx.remove_transfer(transfer.id).await.unwrap();
    assert_eq!(tx.transfers_run_out(at(100), 10).await.unwrap(), []);
    assert_eq!(tx.transfer(transfer.id).await.unwrap(), None);
    assert_eq!(tx.parts(transfer.id).await.unwrap(), []);
}
