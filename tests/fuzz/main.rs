//! The fuzzer: changes what readers read until one of them panics, never ends, or gives a document that is not sound.
//!
//!     cargo run --example fuzz -- [SECONDS [TARGET …]]
//!
//! Each target gets so many seconds (60). What breaks it lands in `tests/fuzz/saved/TARGET`, from where the tests read
//! it again: mend it, and keep the file. There is no coverage to steer by on a stable compiler; an input whose document
//! looks new is changed further.

#![expect(clippy::print_stdout, reason = "it is a tool that tells what it found")]

mod mutate;
mod targets;

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use mutate::Mutator;
use targets::{TARGETS, Target};

/// Nothing takes longer, even where nothing is made for speed.
const PATIENCE: Duration = Duration::from_secs(25);
/// Inputs that look new are kept up to so many.
const POOL: usize = 4000;

/// What is read just now, and since when.
type Running = Arc<Mutex<Option<(Instant, &'static Target, Vec<u8>)>>>;

fn main() -> ExitCode {
    let mut typed = std::env::args().skip(1);
    let seconds = typed.next().map_or(Ok(60), |it| it.parse());
    let Ok(seconds) = seconds else {
        println!("usage: fuzz [SECONDS [TARGET …]]");
        return ExitCode::from(2);
    };
    let wanted: Vec<String> = typed.collect();
    let running = Running::default();
    watch(Arc::clone(&running));
    let mut broken = 0;
    for target in TARGETS {
        if wanted.is_empty() || wanted.iter().any(|it| it == target.name) {
            broken += fuzz(target, Duration::from_secs(seconds), &running);
        }
    }
    ExitCode::from(u8::from(broken > 0))
}

/// Ends the program when an input never ends, and keeps that input.
fn watch(running: Running) {
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let running = running.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((since, target, input)) = &*running
                && since.elapsed() > PATIENCE
            {
                keep(target, input, "it takes too long");
                std::process::exit(1);
            }
        }
    });
}

/// How many inputs broke `target` within `time`, each in its own way.
fn fuzz(target: &'static Target, time: Duration, running: &Running) -> usize {
    let until = Instant::now() + time;
    let seed = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(1, |it| it.as_nanos() as u64);
    let mut mutator = Mutator::new(seed);
    let (mut pool, signs) = (target.seeds(), target.signs());
    let (mut looks, mut told) = (HashSet::new(), HashSet::new());
    let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
    let mut next = pool.clone().into_iter();
    while Instant::now() < until {
        let input = next.next().unwrap_or_else(|| mutator.mutant(&pool, &signs));
        let begun = Instant::now();
        *running.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((begun, target, input.clone()));
        let result = panic::catch_unwind(AssertUnwindSafe(|| target.run(&input)));
        *running.lock().unwrap_or_else(PoisonError::into_inner) = None;
        slowest = slowest.max(begun.elapsed());
        runs += 1;
        let fault = match result {
            Ok(Ok(look)) => {
                if looks.insert(look) && pool.len() < POOL {
                    pool.push(input);
                }
                continue;
            }
            Ok(Err(fault)) => fault,
            Err(panic) => words_of(&*panic),
        };
        let kind: String = fault
            .chars()
            .filter(char::is_ascii_alphabetic)
            .take(80)
            .collect();
        if told.insert(kind) {
            keep(target, &input, &fault);
        }
    }
    println!(
        "{:14} {runs:8} inputs, {:5} looks, slowest {:.2} s, {} broken",
        target.name,
        looks.len(),
        slowest.as_secs_f64(),
        told.len()
    );
    told.len()
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
    words.unwrap_or("a panic without words").to_owned()
}

fn keep(target: &Target, input: &[u8], fault: &str) {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let path = target.folder().join(format!("{:016x}", hasher.finish()));
    let kept = std::fs::create_dir_all(target.folder()).and_then(|()| std::fs::write(&path, input));
    match kept {
        Ok(()) => println!("{}: {fault}\n    {}", target.name, path.display()),
        Err(error) => println!("{}: {fault}\n    not kept: {error}", target.name),
    }
}
