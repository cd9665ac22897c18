//! The browser: whether there is a desktop to open it on, and opening it.
//!
//! Only an address that the reader was shown and said yes to comes here, and it came through `text::address`.

use std::io;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;

use crate::tui::event::Event;
use crate::tui::links::Desktop;
use crate::tui::worker::spawn;

/// Programs that open an address in what the desktop has for it; the first that there is.
const OPENERS: &[&[&str]] = if cfg!(target_os = "macos") {
    &[&["open"]]
} else {
    &[&["xdg-open"], &["gio", "open"], &["wslview"]]
};

/// Whether there is a desktop: a display, or macOS sat at.
pub fn desktop() -> Desktop {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_desktop(cfg!(target_os = "macos"), &set) {
        Desktop::Here
    } else {
        Desktop::None
    }
}

/// A display may also come through SSH; without one, a browser would open out of sight or not at all.
fn is_desktop(mac: bool, set: &dyn Fn(&str) -> bool) -> bool {
    let display = set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WSL_DISTRO_NAME");
    if mac {
        display || !(set("SSH_CONNECTION") || set("SSH_TTY"))
    } else {
        display
    }
}

/// Opens `address`, on a thread that waits for the outcome; a failure is told to the loop.
pub fn open(address: String, events: &Sender<Event>) -> io::Result<()> {
    spawn("browser", events, move |events| {
        if let Err(why) = try_open(&address) {
            // Without a loop there is nobody to tell.
            let _ = events.send(Event::NotOpened(why));
        }
    })
}

fn try_open(address: &str) -> Result<(), String> {
    for opener in OPENERS {
        let [program, arguments @ ..] = opener else {
            continue;
        };
        let status = Command::new(program)
            .args(arguments)
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        return match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{program} could not open it ({status})")),
            Err(why) if why.kind() == io::ErrorKind::NotFound => continue,
            Err(why) => Err(format!("{program} did not start: {why}")),
        };
    }
    let names: Vec<&str> = OPENERS
        .iter()
        .filter_map(|it| it.first().copied())
        .collect();
    Err(format!(
        "no program to open addresses was found ({}): L lists links, and y there copies an address",
        names.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::is_desktop;

    #[test]
    fn a_desktop_is_a_display_or_a_mac_that_is_sat_at() {
        for (mac, variables, expected) in [
            (false, &[][..], false),
            (false, &["DISPLAY"], true),
            (false, &["WAYLAND_DISPLAY"], true),
            (false, &["SSH_CONNECTION"], false),
            (false, &["SSH_CONNECTION", "DISPLAY"], true),
            (true, &[], true),
            (true, &["SSH_CONNECTION"], false),
        ] {
            let set = |name: &str| variables.contains(&name);
            assert_eq!(is_desktop(mac, &set), expected, "{mac} {variables:?}");
        }
    }
}
