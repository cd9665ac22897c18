//! A server of this machine that speaks TLS soundly and vouches for itself: its page must not be opened.
//!
//! Apart from the other tests, because it takes a server that can do more than they need. Certificate and key were made
//! for this test (`openssl req -x509 -newkey ec …`, for `localhost` and 127.0.0.1, until 2126) and protect nothing.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{Manner, Refusal, fetch_with};
use crate::formats::unwatched;
use crate::formats::web::cache::Cache;

const CERTIFICATE: &[u8] = include_bytes!("../../../tests/data/self-signed.der");
const KEY: &[u8] = include_bytes!("../../../tests/data/self-signed.key.der");

/// Gives the port of a server that answers everybody who trusts it.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has them")
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(CERTIFICATE)],
            PrivateKeyDer::try_from(KEY).expect("it is a key"),
        )
        .expect("the key is that of the certificate");
    let config = Arc::new(config);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(Arc::clone(&config)).expect("a sound config");
            let mut stream = StreamOwned::new(connection, stream);
            // Who does not trust it goes in the middle of its greeting.
            let mut asked = [0; 1024];
            if stream.read(&mut asked).is_ok() {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nread");
            }
        }
    });
    port
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let port = serve();
    let folder = tempfile::tempdir().expect("a folder");
    for host in ["localhost", "127.0.0.1"] {
        let manner = Manner {
            cache: Cache::at(&folder.path().join("briefing")),
            patience: Duration::from_secs(10),
            proxy: None,
        };
        let why = fetch_with(&format!("https://{host}:{port}/page"), &unwatched, &manner);
        let why = why.expect_err("nobody vouches for it");
        assert!(matches!(why, Refusal::Certificate(_)), "{host}: {why:?}");
        let sentence = why.to_string();
        assert!(
            sentence.contains("the connection is not safe") && sentence.contains("certificate"),
            "{host}: {sentence}"
        );
    }
}
