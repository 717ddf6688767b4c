//! A throwaway S3 server for tests: a real one, over HTTP, with signatures that it checks, in
//! front of a temporary folder, and gone when dropped.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, oneshot};

const ACCESS_KEY: &str = "bonafide";
const SECRET_KEY: &str = "throwaway";

/// A running server with two buckets, `keys` and `objects`.
pub struct S3 {
    folder: TempDir,
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl S3 {
    /// Starts one on a thread of its own.
    ///
    /// # Panics
    /// When no port is free or no folder can be made: a test cannot go on without it.
    pub fn start() -> Self {
        let folder = TempDir::with_prefix("bonafide-s3-").expect("a temporary folder");
        for bucket in ["keys", "objects"] {
            std::fs::create_dir(folder.path().join(bucket)).expect("a folder");
        }
        let files = FileSystem::new(folder.path()).expect("the folder is there");
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = service.build();
        let (stop, stopped) = oneshot::channel();
        let (bound, address) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                bound.send(listener.local_addr().expect("an address")).expect("it is waited for");
                tokio::select! {
                    () = serve(listener, service) => {}
                    _ = stopped => {}
                }
            });
        });
        let address = address.recv().expect("it starts");
        Self { folder, address, _stop: stop }
    }

    /// Where it keeps what it was sent.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What a client has to be told, by the names of the environment variables for it.
    pub fn environment(&self) -> Vec<(String, String)> {
        let pairs = [
            ("AWS_ENDPOINT", format!("http://{}", self.address)),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", SECRET_KEY.to_owned()),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// Answers one request after another: whether an object is there is looked up and the object
/// written in two steps by this server, in one by those that operators have.
async fn serve(listener: TcpListener, service: S3Service) {
    let one = Arc::new(Mutex::new(()));
    let service = service_fn(move |request: Request<Incoming>| {
        let (service, one) = (service.clone(), Arc::clone(&one));
        async move {
            let _one = one.lock().await;
            Service::call(&service, request).await
        }
    });
    loop {
        let Ok((socket, _)) = listener.accept().await else { continue };
        let connection =
            http1::Builder::new().serve_connection(TokioIo::new(socket), service.clone());
        // A client that goes away is no concern of the server's.
        tokio::spawn(async move { drop(connection.await) });
    }
}
