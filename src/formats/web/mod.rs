//! The web: one page from its address, or from the copy that was kept of it.
//!
//! It stands apart because it is the only place of the program that asks anybody anything. It asks for the address
//! that the reader named and for nothing else: no pictures, no scripts, no icons. Limits: http and https, at most
//! [`REDIRECTS`] redirects, [`PATIENCE`] a request, [`LARGEST`] bytes, and no way from a public address to one of
//! this machine or its own network ([`reach`]).

use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ureq::http::{Response, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};

use super::{Progress, Step, Unit, Watch, address};
use crate::text::harmless;

mod cache;
mod reach;

use cache::{Cache, Copy};
use reach::{Gate, Host};

const REDIRECTS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(20);
const LARGEST: u64 = 50_000_000;
/// Bytes that are read between two words on progress.
const STRIDE: usize = 64 * 1024;

const ACCEPT: &str =
    "text/html, application/xhtml+xml, application/pdf;q=0.9, text/*;q=0.8, */*;q=0.5";

/// A page as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Where it was found in the end; harmless.
    pub(super) address: String,
    /// As the server states it: `text/html; charset=utf-8`.
    pub(super) kind: String,
    pub(super) bytes: Vec<u8>,
    /// What a reader should know of how it came.
    pub(super) notice: Option<String>,
}

/// Why there is no page: the part of the sentence after `ADDRESS could not be fetched: `.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("only addresses that begin with http:// or https:// are opened")]
    Scheme,
    #[error("it is no sound address ({0}); check its spelling")]
    Address(String),
    #[error("an address with a password in it is not opened; leave out what stands before the @")]
    Password,
    #[error(
        "its host is not known; check the spelling of the address, and whether there is a network"
    )]
    Host,
    #[error(
        "there is no way to its host ({0}); check whether there is a network, and try again later"
    )]
    Connection(String),
    #[error("there was no answer within 20 seconds; try again later")]
    Slow,
    #[error("the connection is not safe ({0}); somebody may stand in between, so nothing was read")]
    Certificate(String),
    #[error("the server has no such page ({0}); check the address")]
    Missing(u16),
    #[error(
        "the server gives it only to those who log in ({0}); save it with a browser and open the file"
    )]
    Locked(u16),
    #[error("the server failed ({0}); try again later")]
    Status(u16),
    #[error("it is larger than 50 MB; fetch it with another program and open the file")]
    TooLarge,
    #[error("it redirects more than 5 times; open the page it should lead to")]
    Redirects,
    #[error(
        "it redirects from the network to {0}, an address of this machine or its own network, which is refused"
    )]
    Private(String),
    #[error("the answer of the server broke off ({0}); try again")]
    Broken(String),
    #[error("fetching was stopped")]
    Stopped,
}

impl Refusal {
    /// Whether a copy from before may stand for the page.
    fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Host | Self::Connection(_) | Self::Slow | Self::Broken(_)
        ) || matches!(self, Self::Status(status) if *status >= 500)
    }
}

/// How pages are fetched.
struct Manner {
    cache: Cache,
    /// How long a request may take.
    patience: Duration,
    proxy: Option<Proxy>,
}

/// The page at the address that the reader `named`: anew or, when the server says it is the same or cannot be
/// reached, from the copy.
pub(super) fn fetch(named: &str, watch: Watch<'_>) -> Result<Page, Refusal> {
    let manner = Manner {
        cache: Cache::of_user(),
        patience: PATIENCE,
        proxy: Proxy::try_from_env(),
    };
    fetch_with(named, watch, &manner)
}

fn fetch_with(named: &str, watch: Watch<'_>, manner: &Manner) -> Result<Page, Refusal> {
    let cache = &manner.cache;
    let address = sound(named)?;
    let copy = cache.find(&address);
    let gate = Arc::new(Gate::default());
    let fetching = Fetching {
        agent: agent(&gate, manner),
        manner,
        gate,
        copy: copy.as_ref(),
        watch,
    };
    let fetched = fetching.follow(address.clone());
    match (fetched, copy) {
        (Ok(Fetched::New(copy)), _) => {
            cache.keep(&address, &copy);
            Ok(copy.page)
        }
        (Ok(Fetched::Same), Some(copy)) => {
            cache.keep(
                &address,
                &Copy {
                    fetched: SystemTime::now(),
                    ..copy.clone()
                },
            );
            Ok(copy.page)
        }
        (Ok(Fetched::Same), None) => Err(Refusal::Broken("it says 304 to a first question".into())),
        (Err(why), Some(copy)) if why.is_passing() => {
            let age = age(copy.fetched);
            let short = why.to_string();
            let short = short
                .split(['(', ';'])
                .next()
                .unwrap_or_default()
                .trim_end();
            let notice = Some(format!("{short}: this is a copy from {age}"));
            Ok(Page {
                notice,
                ..copy.page
            })
        }
        (Err(why), _) => Err(why),
    }
}

enum Fetched {
    New(Copy),
    /// As the copy has it.
    Same,
}

struct Fetching<'a> {
    agent: Agent,
    manner: &'a Manner,
    gate: Arc<Gate>,
    copy: Option<&'a Copy>,
    watch: Watch<'a>,
}

impl Fetching<'_> {
    /// Asks, and asks again where the answer leads.
    fn follow(&self, mut address: String) -> Result<Fetched, Refusal> {
        for _ in 0..=REDIRECTS {
            self.enter(&address)?;
            let response = self.ask(&address)?;
            let status = response.status().as_u16();
            let next = header(&response, "location");
            match status {
                301 | 302 | 303 | 307 | 308 if !next.is_empty() => {
                    let next = address::join(&address, &next).ok_or(Refusal::Address(next))?;
                    address = sound(&next)?;
                }
                304 => return Ok(Fetched::Same),
                200..=299 => return self.take(&address, response).map(Fetched::New),
                404 | 410 => return Err(Refusal::Missing(status)),
                401 | 403 | 407 => return Err(Refusal::Locked(status)),
                status => return Err(Refusal::Status(status)),
            }
        }
        Err(Refusal::Redirects)
    }

    /// Refuses a host of this machine or its own network after a public one.
    fn enter(&self, address: &str) -> Result<(), Refusal> {
        let uri: Uri = address
            .parse()
            .map_err(|why| Refusal::Address(words(&why)))?;
        let host = uri.host().unwrap_or_default();
        let proxied = self
            .manner
            .proxy
            .as_ref()
            .is_some_and(|proxy| !proxy.is_no_proxy(&uri));
        if self.gate.enter(&Host::of(host), proxied) {
            return Ok(());
        }
        Err(Refusal::Private(harmless::line(host).into_owned()))
    }

    fn ask(&self, address: &str) -> Result<Response<Body>, Refusal> {
        let mut request = self.agent.get(address).header("accept", ACCEPT);
        if let Some(copy) = self.copy {
            for (name, value) in [
                ("if-none-match", &copy.tag),
                ("if-modified-since", &copy.modified),
            ] {
                if !value.is_empty() {
                    request = request.header(name, value.as_str());
                }
            }
        }
        request.call().map_err(|why| self.refusal(why))
    }

    /// Reads the answer.
    fn take(&self, address: &str, mut response: Response<Body>) -> Result<Copy, Refusal> {
        let size: Option<u64> = header(&response, "content-length").parse().ok();
        if size.is_some_and(|size| size > LARGEST) {
            return Err(Refusal::TooLarge);
        }
        let packed = !header(&response, "content-encoding").is_empty();
        let kept = !header(&response, "cache-control")
            .to_ascii_lowercase()
            .contains("no-store");
        let (tag, modified) = (
            header(&response, "etag"),
            header(&response, "last-modified"),
        );
        let kind = header(&response, "content-type");
        let mut bytes = Vec::new();
        let mut reader = response
            .body_mut()
            .with_config()
            .limit(LARGEST + 1)
            .reader();
        loop {
            let before = bytes.len();
            let read = reader.by_ref().take(STRIDE as u64).read_to_end(&mut bytes);
            read.map_err(|why| self.refusal(ureq::Error::from(why)))?;
            if bytes.len() as u64 > LARGEST {
                return Err(Refusal::TooLarge);
            }
            if bytes.len() == before {
                break;
            }
            let done = bytes.len() as u64;
            let of = size.filter(|_| !packed);
            if !(self.watch)(Step::Progress(Progress {
                done,
                of,
                unit: Unit::Bytes,
            })) {
                return Err(Refusal::Stopped);
            }
        }
        let address = harmless::line(address).into_owned();
        let page = Page {
            address,
            kind,
            bytes,
            notice: None,
        };
        Ok(Copy {
            page,
            tag,
            modified,
            fetched: SystemTime::now(),
            kept,
        })
    }

    fn refusal(&self, why: ureq::Error) -> Refusal {
        if let Some(host) = self.gate.refused() {
            return Refusal::Private(host);
        }
        match why {
            ureq::Error::HostNotFound => Refusal::Host,
            ureq::Error::Timeout(_) => Refusal::Slow,
            ureq::Error::BodyExceedsLimit(_) => Refusal::TooLarge,
            ureq::Error::BadUri(why) => Refusal::Address(harmless::line(&why).into_owned()),
            ureq::Error::Tls(why) => Refusal::Certificate(why.into()),
            ureq::Error::Rustls(why) => Refusal::Certificate(words(&why)),
            ureq::Error::Io(why) => refusal_of(&why),
            ureq::Error::ConnectionFailed
            | ureq::Error::ConnectProxyFailed(_)
            | ureq::Error::InvalidProxyUrl => Refusal::Connection(words(&why)),
            other => Refusal::Broken(words(&other)),
        }
    }
}

fn refusal_of(why: &io::Error) -> Refusal {
    let said = words(why);
    match why.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Refusal::Slow,
        io::ErrorKind::InvalidData
            if ["certificate", "handshake", "corrupt message", "fatal alert"]
                .iter()
                .any(|sign| said.contains(sign)) =>
        {
            Refusal::Certificate(said)
        }
        _ if said.contains("failed to lookup") || said.contains("resolution") => Refusal::Host,
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::InvalidData => Refusal::Broken(said),
        _ if why
            .get_ref()
            .is_some_and(|inner| inner.to_string().contains("timeout")) =>
        {
            Refusal::Slow
        }
        _ => Refusal::Connection(said),
    }
}

/// What an error says, in one harmless line without the number of the system's error.
fn words(why: &dyn std::error::Error) -> String {
    let said = why.to_string();
    let said = said.split(" (os error").next().unwrap_or_default();
    let said = said.rsplit_once("io: ").map_or(said, |(_, said)| said);
    harmless::line(said).into_owned()
}

fn header(response: &Response<Body>, name: &str) -> String {
    let value = response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim().to_owned()
}

fn agent(gate: &Arc<Gate>, manner: &Manner) -> Agent {
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(manner.patience))
        .proxy(manner.proxy.clone())
        .user_agent(concat!("briefing/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::with_parts(
        config,
        DefaultConnector::default(),
        reach::Guarded::new(gate),
    )
}

/// `address` as it can be asked for: without its fragment, what is no ASCII in its path escaped.
fn sound(address: &str) -> Result<String, Refusal> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://").ok_or(Refusal::Scheme)?;
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(Refusal::Scheme);
    }
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (host, path) = rest
        .split_at_checked(rest.find(['/', '?']).unwrap_or(rest.len()))
        .unwrap_or((rest, ""));
    if host.contains('@') {
        return Err(Refusal::Password);
    }
    if !host.is_ascii() {
        return Err(Refusal::Address(
            "letters beyond ASCII in a host are written in its xn-- form".into(),
        ));
    }
    let mut sound = format!("{}://{host}", scheme.to_ascii_lowercase());
    if !path.starts_with('/') {
        sound.push('/');
    }
    for c in path.chars() {
        if c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c) {
            sound.push(c);
        } else {
            let mut bytes = [0; 4];
            sound.extend(
                c.encode_utf8(&mut bytes)
                    .bytes()
                    .map(|byte| format!("%{byte:02X}")),
            );
        }
    }
    let uri: Uri = sound.parse().map_err(|why| Refusal::Address(words(&why)))?;
    if uri.host().is_none_or(str::is_empty) {
        return Err(Refusal::Address("it has no host".into()));
    }
    Ok(sound)
}

/// How long ago, in words.
fn age(then: SystemTime) -> String {
    let seconds = SystemTime::now()
        .duration_since(then)
        .map_or(0, |age| age.as_secs());
    let (count, unit) = match seconds {
        ..120 => return "just now".into(),
        120..7200 => (seconds / 60, "minutes"),
        7200..172_800 => (seconds / 3600, "hours"),
        _ => (seconds / 86_400, "days"),
    };
    format!("{count} {unit} ago")
}

#[cfg(test)]
mod safety_tests;
#[cfg(test)]
mod tests;
