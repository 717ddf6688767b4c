//! From a target to an open connection, and over it one exchange.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::time::Duration;

use http::Request;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::client::Answer;

/// A name with more addresses than this would let one request knock at as many
/// doors as its owner likes.
const MOST_TRIED: usize = 8;

/// Bytes of an answer's status line and headers; a receiver of web hooks has
/// little to say.
const HEADERS_LIMIT: usize = 16 * 1024;

/// Connects to the first of `addresses` that answers. Those not tried yet share
/// the time that is left of `within`, so one that is silent does not use it up.
pub(crate) async fn open(
    addresses: &[IpAddr],
    port: u16,
    within: Duration,
) -> io::Result<TcpStream> {
    let end = Instant::now() + within;
    let tried = &addresses[..addresses.len().min(MOST_TRIED)];
    let mut failed = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for (address, waiting) in tried.iter().zip((1..=tried.len() as u32).rev()) {
        let share = end.saturating_duration_since(Instant::now()) / waiting;
        let to = SocketAddr::new(*address, port);
        match timeout(share, TcpStream::connect(to)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => failed = error,
            Err(_) => failed = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(failed)
}

/// Sends `request` over `stream` and reads the answer, of its body at most
/// `limit` bytes. The connection ends with it.
pub(crate) async fn exchange<S>(
    stream: S,
    request: Request<Full<Bytes>>,
    limit: usize,
) -> hyper::Result<Answer>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HEADERS_LIMIT)
        .handshake::<_, Full<Bytes>>(TokioIo::new(stream))
        .await?;
    let mut answer = pin!(async {
        let (head, body) = sender.send_request(request).await?.into_parts();
        let (body, cut) = read(body, limit).await?;
        Ok(Answer { status: head.status, headers: head.headers, body, cut })
    });
    // The connection does the reading and writing. When it ends first, what it
    // read lies ready; an error of it reaches the answer too.
    tokio::select! {
        biased;
        answered = &mut answer => answered,
        _ = connection => answer.await,
    }
}

/// The first `limit` bytes of `body`, and whether there were more.
async fn read(mut body: Incoming, limit: usize) -> hyper::Result<(Vec<u8>, bool)> {
    let mut kept = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        let room = limit - kept.len();
        kept.extend_from_slice(&data[..data.len().min(room)]);
        if data.len() > room {
            return Ok((kept, true));
        }
    }
    Ok((kept, false))
}
