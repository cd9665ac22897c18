//! Pages from a small server on this machine, and every way they can fail.

use std::cell::Cell;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::formats::unwatched;

/// Answers every connection with what `answer` makes of the request; gives `127.0.0.1:PORT`.
fn serve(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let request = request(&mut stream);
            answer(&request, &mut stream);
        }
    });
    host
}

/// Reads a request up to its empty line.
fn request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        bytes.push(byte[0]);
        // The first byte of a greeting in TLS, which has no lines.
        if bytes == [0x16] {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).to_lowercase()
}

fn say(stream: &mut TcpStream, head: &str, body: &str) {
    let length = body.len();
    let answer =
        format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    // Who asked may have gone.
    let _ = stream.write_all(answer.as_bytes());
}

fn manner(folder: &std::path::Path) -> Manner {
    Manner {
        cache: Cache::at(&folder.join("briefing")),
        patience: Duration::from_secs(5),
        proxy: None,
    }
}

fn fetched(address: &str) -> Result<Page, Refusal> {
    let folder = tempfile::tempdir().expect("a folder");
    fetch_with(address, &unwatched, &manner(folder.path()))
}

#[test]
fn a_page_comes_with_its_kind_and_its_last_address() {
    let host = serve(|request, stream| match request.split(' ').nth(1) {
        Some("/old") => say(stream, "301 Moved\r\nLocation: new/page?x=1#part", ""),
        Some("/new/page?x=1") => say(
            stream,
            "200 OK\r\nContent-Type: text/html; charset=koi8-r",
            "<p>x",
        ),
        _ => say(stream, "404 Not Found", ""),
    });
    let page = fetched(&format!("http://{host}/old#top")).expect("a page");
    assert_eq!(page.address, format!("http://{host}/new/page?x=1"));
    assert_eq!(
        (page.kind.as_str(), page.bytes.as_slice()),
        ("text/html; charset=koi8-r", &b"<p>x"[..])
    );
    assert_eq!(page.notice, None);
}

#[test]
fn what_cannot_be_fetched_is_said() {
    let host = serve(|request, stream| match request.split(' ').nth(1) {
        Some("/gone") => say(stream, "404 Not Found", "nothing"),
        Some("/locked") => say(stream, "403 Forbidden", ""),
        Some("/failed") => say(stream, "503 Busy", ""),
        Some("/round") => say(stream, "302 Found\r\nLocation: /round", ""),
        Some("/file") => say(stream, "302 Found\r\nLocation: file:///etc/passwd", ""),
        Some("/huge") => {
            let _ =
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\nbegins");
        }
        Some("/short") => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\nbegins");
        }
        Some("/endless") => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 1 << 12]).is_ok() {}
        }
        _ => {
            let _ = stream.write_all(b"SSH-2.0-none of this is HTTP\r\n\r\n");
        }
    });
    let nobody = TcpListener::bind("127.0.0.1:0")
        .and_then(|it| it.local_addr())
        .expect("a port");
    for (address, words) in [
        (
            format!("http://{host}/gone"),
            "the server has no such page (404); check the address",
        ),
        (format!("http://{host}/locked"), "log in (403)"),
        (
            format!("http://{host}/failed"),
            "the server failed (503); try again later",
        ),
        (format!("http://{host}/round"), "more than 5 times"),
        (
            format!("http://{host}/file"),
            "only addresses that begin with http:// or https://",
        ),
        (format!("http://{host}/huge"), "larger than 50 MB"),
        (format!("http://{host}/endless"), "larger than 50 MB"),
        (format!("http://{host}/short"), "broke off"),
        (format!("http://{host}/other"), "broke off"),
        (format!("https://{host}/"), "the connection is not safe"),
        (
            format!("http://{nobody}/"),
            "there is no way to its host (Connection refused)",
        ),
        ("http://nobody.invalid/".into(), "its host is not known"),
        ("ftp://a.example/".into(), "only addresses that begin with"),
        (
            "http://user:word@a.example/".into(),
            "password in it is not opened",
        ),
        ("http:///x".into(), "no sound address"),
        ("http://exämple/".into(), "xn--"),
    ] {
        let why = fetched(&address).expect_err(&address).to_string();
        assert!(why.contains(words), "{address}: {why}");
    }
}

#[test]
fn a_server_that_takes_its_time_is_given_up() {
    let host = serve(|request, stream| {
        if request.contains("/drip") {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
        }
        while stream
            .write_all(if request.contains("/drip") { b"x" } else { b"" })
            .is_ok()
        {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let folder = tempfile::tempdir().expect("a folder");
    for path in ["drip", "silent"] {
        let patience = Duration::from_millis(300);
        let manner = Manner {
            patience,
            ..manner(folder.path())
        };
        let begun = std::time::Instant::now();
        let why = fetch_with(&format!("http://{host}/{path}"), &unwatched, &manner);
        assert_eq!(why, Err(Refusal::Slow), "{path}");
        assert!(begun.elapsed() < Duration::from_secs(3));
    }
}

#[test]
fn a_copy_is_kept_and_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let manner = manner(folder.path());
    let (ask, asked) = std::sync::mpsc::channel();
    let host = serve(move |request, stream| {
        ask.send(request.to_owned()).expect("the test listens");
        if request.contains("if-none-match: \"one\"") {
            return say(stream, "304 Not Modified", "");
        }
        say(
            stream,
            "200 OK\r\nETag: \"one\"\r\nLast-Modified: Sun, 22 Nov 2026 09:00:00 GMT",
            "words",
        );
    });
    let address = format!("http://{host}/page");
    let first = fetch_with(&address, &unwatched, &manner).expect("a page");
    let second = fetch_with(&address, &unwatched, &manner).expect("the same page");
    assert_eq!(first, second);
    assert!(!asked.recv().expect("asked").contains("if-none-match"));
    assert!(
        asked
            .recv()
            .expect("asked again")
            .contains("if-modified-since: sun, 22 nov 2026 09:00:00 gmt")
    );
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path).expect("there").permissions().mode() & 0o777
    };
    let kept = folder.path().join("briefing");
    assert_eq!(mode(&kept), 0o700);
    for file in std::fs::read_dir(&kept).expect("a folder") {
        assert_eq!(mode(&file.expect("a file").path()), 0o600);
    }
}

#[test]
fn a_copy_is_shown_when_the_server_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let manner = manner(folder.path());
    let host = serve(|_, stream| say(stream, "500 Broken", ""));
    let away = format!("http://{host}/away");
    let hours = Duration::from_secs(3 * 3600 + 5);
    let copy = Copy {
        page: Page {
            address: away.clone(),
            bytes: b"old".to_vec(),
            ..Page::default()
        },
        tag: String::new(),
        modified: String::new(),
        fetched: SystemTime::now() - hours,
        kept: true,
    };
    manner.cache.keep(&away, &copy);
    let offline = fetch_with(&away, &unwatched, &manner).expect("the copy");
    assert_eq!(offline.bytes, b"old");
    assert_eq!(
        offline.notice.as_deref(),
        Some("the server failed: this is a copy from 3 hours ago")
    );
    manner.cache.keep(
        &away,
        &Copy {
            kept: false,
            ..copy
        },
    );
    assert_eq!(
        fetch_with(&away, &unwatched, &manner),
        Err(Refusal::Status(500))
    );
}

#[test]
fn a_page_that_says_so_is_not_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = serve(|_, stream| {
        say(
            stream,
            "200 OK\r\nCache-Control: private, no-store",
            "secret",
        );
    });
    let address = format!("http://{host}/");
    let manner = manner(folder.path());
    assert!(fetch_with(&address, &unwatched, &manner).is_ok());
    assert_eq!(manner.cache.find(&address), None);
}

#[test]
fn fetching_is_told_and_can_be_stopped() {
    let host = serve(|_, stream| say(stream, "200 OK", &"x".repeat(300_000)));
    let folder = tempfile::tempdir().expect("a folder");
    let told = Cell::new(0);
    let watch = |step: Step| {
        let Step::Progress(progress) = step else {
            panic!("{step:?}")
        };
        assert_eq!(progress.of, Some(300_000));
        told.set(progress.done);
        told.get() < 200_000
    };
    let stopped = fetch_with(&format!("http://{host}/"), &watch, &manner(folder.path()));
    assert_eq!(stopped, Err(Refusal::Stopped));
    assert!((200_000..300_000).contains(&told.get()));
}

#[test]
fn no_redirect_leads_from_outside_to_inside() {
    // A proxy, so that a public name can be answered for here.
    let host = serve(|request, stream| {
        let mut asked = request.to_owned();
        if request.starts_with("connect") {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            asked = self::request(stream);
        }
        assert!(asked.contains("news.example"), "{asked}");
        say(
            stream,
            "302 Found\r\nLocation: http://192.168.0.1/setup",
            "",
        );
    });
    let folder = tempfile::tempdir().expect("a folder");
    let proxy = Proxy::new(&format!("http://{host}")).ok();
    let manner = Manner {
        proxy,
        ..manner(folder.path())
    };
    let why = fetch_with("http://news.example/", &unwatched, &manner);
    assert_eq!(why, Err(Refusal::Private("192.168.0.1".into())));
}

#[test]
fn addresses_are_made_sound() {
    for (written, expected) in [
        ("HTTPS://A.example", "https://A.example/"),
        (
            "http://a.example/ä b?x=ü#part",
            "http://a.example/%C3%A4%20b?x=%C3%BC",
        ),
        ("http://a.example?x", "http://a.example/?x"),
        (" http://[::1]:8080/x%20y ", "http://[::1]:8080/x%20y"),
    ] {
        assert_eq!(sound(written).as_deref(), Ok(expected), "{written}");
    }
}
