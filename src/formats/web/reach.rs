//! Which hosts may be reached: no way leads from a public one to this machine or its own network.
//!
//! It stands apart because a page that redirects inwards, by its address or by the answer of its name server, could
//! have the reader's machine ask what only the reader's machine may ask. What the reader names is asked always.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::text::harmless;

/// A host as an address writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Host {
    Number(IpAddr),
    Name(String),
}

/// Where one fetching has been, and may go.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// A public host was reached.
    outside: AtomicBool,
    /// The next host must be public, by what the name server answers too.
    shut: AtomicBool,
    refused: Mutex<Option<String>>,
}

/// The system's resolver, with the gate before it.
#[derive(Debug)]
pub(super) struct Guarded {
    gate: Arc<Gate>,
    resolver: DefaultResolver,
}

impl Host {
    pub(super) fn of(host: &str) -> Self {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare.parse().map_or_else(
            |_| Self::Name(bare.trim_end_matches('.').to_ascii_lowercase()),
            Self::Number,
        )
    }

    /// Whether its writing alone says that it is of this machine or its own network.
    fn is_private(&self) -> bool {
        match self {
            Self::Number(number) => is_private(*number),
            Self::Name(name) => {
                name == "localhost"
                    || [".localhost", ".local", ".internal"]
                        .iter()
                        .any(|end| name.ends_with(end))
            }
        }
    }
}

impl Gate {
    /// Goes on to `host`; whether it may be reached. Behind a proxy the name is resolved elsewhere.
    pub(super) fn enter(&self, host: &Host, proxied: bool) -> bool {
        let outside = self.outside.load(Ordering::Relaxed);
        if outside && host.is_private() {
            return false;
        }
        self.shut.store(outside && !proxied, Ordering::Relaxed);
        if proxied && !host.is_private() {
            self.outside.store(true, Ordering::Relaxed);
        }
        true
    }

    /// The host that was refused after its name was resolved.
    pub(super) fn refused(&self) -> Option<String> {
        self.refused
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn resolved(&self, host: &str, numbers: &[IpAddr]) -> bool {
        let inside = numbers.iter().any(|number| is_private(*number));
        if inside && self.shut.load(Ordering::Relaxed) {
            let host = harmless::line(host).into_owned();
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(host);
            return false;
        }
        if !inside {
            self.outside.store(true, Ordering::Relaxed);
        }
        true
    }
}

impl Guarded {
    pub(super) fn new(gate: &Arc<Gate>) -> Self {
        Self {
            gate: Arc::clone(gate),
            resolver: DefaultResolver::default(),
        }
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        let numbers: Vec<IpAddr> = found.iter().map(std::net::SocketAddr::ip).collect();
        if self.gate.resolved(uri.host().unwrap_or_default(), &numbers) {
            return Ok(found);
        }
        Err(ureq::Error::HostNotFound)
    }
}

/// Whether a number is of this machine, of its own network, or of nobody.
fn is_private(number: IpAddr) -> bool {
    match number {
        IpAddr::V4(number) => is_private_v4(number),
        IpAddr::V6(number) => is_private_v6(number),
    }
}

fn is_private_v4(number: Ipv4Addr) -> bool {
    let [a, b, c, _] = number.octets();
    number.is_private()
        || number.is_loopback()
        || number.is_link_local()
        || number.is_documentation()
        || a == 0
        || a >= 224
        || (a, b) == (100, 64 | b & 0x3F)
        || (a, b, c) == (192, 0, 0)
        || (a, b & 0xFE) == (198, 18)
}

fn is_private_v6(number: Ipv6Addr) -> bool {
    let segments = number.segments();
    let embedded = match segments {
        [0, 0, 0, 0, 0, 0xFFFF | 0, a, b]
        | [0x64, 0xFF9B, 0, 0, 0, 0, a, b]
        | [0x2002, a, b, ..] => Some((a, b)),
        _ => None,
    };
    let inside =
        |(a, b): (u16, u16)| is_private_v4(Ipv4Addr::from((u32::from(a) << 16) | u32::from(b)));
    number.is_loopback()
        || number.is_unspecified()
        || number.is_multicast()
        || segments[0] & 0xFE00 == 0xFC00
        || segments[0] & 0xFFC0 == 0xFE80
        || embedded.is_some_and(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_this_machine_and_its_network_are_private() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "100.127.255.255",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::127.0.0.1",
            "ff02::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "192.1.1.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn the_way_from_outside_to_inside_is_shut() {
        let public: &[IpAddr] = &["1.1.1.1".parse().unwrap()];
        let private: &[IpAddr] = &["10.0.0.1".parse().unwrap()];
        let gate = Gate::default();
        // Inside the network one may go about, and leave it.
        assert!(gate.enter(&Host::of("intranet"), false) && gate.resolved("intranet", private));
        assert!(gate.enter(&Host::of("127.0.0.1"), false) && gate.resolved("127.0.0.1", private));
        assert!(
            gate.enter(&Host::of("news.example"), false) && gate.resolved("news.example", public)
        );
        for inside in [
            "127.0.0.1",
            "[::1]",
            "localhost",
            "LOCALHOST.",
            "printer.local",
            "192.168.0.1",
        ] {
            assert!(!gate.enter(&Host::of(inside), false), "{inside}");
            assert!(!gate.enter(&Host::of(inside), true), "{inside}");
        }
        // A name that looks public and is not: the name server tells.
        assert!(gate.enter(&Host::of("rebound.example"), false));
        assert!(!gate.resolved("rebound.example", private));
        assert_eq!(gate.refused().as_deref(), Some("rebound.example"));
        // Behind a proxy what is resolved is the proxy.
        let gate = Gate::default();
        assert!(gate.enter(&Host::of("news.example"), true) && gate.resolved("proxy", private));
        assert!(gate.enter(&Host::of("other.example"), true) && gate.resolved("proxy", private));
        assert!(!gate.enter(&Host::of("10.0.0.1"), true));
    }
}
