//! Addresses, asked by the program as it is typed: what it makes of what a server says.
//!
//! Every way in which fetching can fail is tested where it is fetched; here a sentence has to come out at the end.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

/// Answers by the path that is asked for; gives `http://127.0.0.1:PORT`.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.incoming().flatten().for_each(answer));
    address
}

fn answer(mut stream: TcpStream) {
    let mut asked = [0; 4096];
    let count = stream.read(&mut asked).unwrap_or(0);
    let asked = String::from_utf8_lossy(&asked[..count]).into_owned();
    let (head, body) = match asked.split(' ').nth(1).unwrap_or_default() {
        "/notes" => (
            "200 OK\r\nContent-Type: text/plain; charset=iso-8859-1",
            &b"THE NIGHT BOATS\n\nIn M\xfcnden <b>nobody</b> sails."[..],
        ),
        "/notes.md" => (
            "200 OK\r\nContent-Type: text/plain",
            &b"# The night boats\n\nNobody *sails*."[..],
        ),
        "/picture" => (
            "200 OK\r\nContent-Type: image/png",
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"[..],
        ),
        _ => ("404 Not Found\r\nContent-Type: text/html", &b"<p>Gone"[..]),
    };
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    let _ = stream.write_all(body);
}

/// Exit code, what was written and what was said of `address`.
fn asked(address: &str) -> (Option<i32>, String, String) {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(["--no-memory", "--to", "json", address])
        .env("XDG_CACHE_HOME", home.path())
        .env("NO_PROXY", "*")
        .output()
        .unwrap();
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        words(output.stdout),
        words(output.stderr),
    )
}

#[test]
fn a_text_is_read_as_what_its_server_or_its_name_says() {
    let server = serve();
    for (path, format, words) in [
        ("/notes", "text", "In Münden <b>nobody</b> sails."),
        ("/notes.md", "markdown", "Nobody sails."),
    ] {
        let (code, out, said) = asked(&format!("{server}{path}"));
        assert_eq!((code, said.as_str()), (Some(0), ""), "{path}");
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(json["document"]["format"], format, "{path}");
        assert!(
            json["text"].as_str().unwrap().contains(words),
            "{path}: {out}"
        );
    }
}

#[test]
fn what_is_no_document_ends_in_one_sentence() {
    let server = serve();
    for (path, words) in [
        ("/gone", "the server has no such page (404)"),
        ("/picture", "/picture"),
    ] {
        let (code, out, said) = asked(&format!("{server}{path}"));
        assert_eq!((code, out.as_str()), (Some(1), ""), "{path}: {said}");
        assert!(said.contains(words), "{path}: {said}");
        assert_eq!(said.lines().count(), 1, "{path}: {said}");
    }
}
