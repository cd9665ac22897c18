//! How long each stage takes, in process: reading, names, outline, the whole analysis.
//!
//! The long documents are made here, always the same, so that figures of one machine can be compared.
//! What a terminal adds is measured elsewhere: see docs/PERFORMANCE.md.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use briefing::analysis;
use briefing::formats::{self, Options, Source, Step, unwatched};
use briefing::model::{BlockId, Document};
use briefing::names;
use briefing::sections::Splitter;
use briefing::text::TextRange;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

mod generator;
#[path = "../it/press.rs"]
mod press;

const MEGABYTE: usize = 1_000_000;

/// The documents, as files in a folder that is gone afterwards.
struct Inputs {
    folder: tempfile::TempDir,
    markdown: PathBuf,
    text: PathBuf,
    page: PathBuf,
}

impl Inputs {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, words: String| {
            let path = folder.path().join(name);
            std::fs::write(&path, words).expect("a file");
            path
        };
        Self {
            markdown: write("long.md", generator::markdown(MEGABYTE)),
            text: write("long.txt", generator::text(MEGABYTE)),
            page: write("long.html", generator::page(5 * MEGABYTE)),
            folder,
        }
    }
}

/// The whole document, head and rest.
fn read(source: &Source) -> Document {
    let read = formats::read(source, &Options::default()).expect("it can be read to the end");
    read.document().expect("it is one document")
}

fn all(document: &Document) -> std::ops::Range<BlockId> {
    0..document.blocks.len() as BlockId
}

fn reading(criterion: &mut Criterion, inputs: &Inputs) {
    let mut group = criterion.benchmark_group("read");
    for (name, path) in [
        ("markdown 1 MB", &inputs.markdown),
        ("text 1 MB", &inputs.text),
        ("html 5 MB", &inputs.page),
    ] {
        let bytes = std::fs::metadata(path).expect("the file is there").len();
        group.throughput(Throughput::Bytes(bytes));
        let source = Source::Path(path.clone());
        group.bench_function(name, |bencher| bencher.iter(|| black_box(read(&source))));
    }
    group.finish();
    first_pages(criterion, inputs);
}

/// What stands between a reader and the first page of a long document.
fn first_pages(criterion: &mut Criterion, inputs: &Inputs) {
    let page = Source::Path(inputs.page.clone());
    criterion.bench_function("html 5 MB to its first page", |bencher| {
        bencher.iter(|| {
            let opened = formats::open(&page, &Options::default(), &unwatched).expect("a file");
            // Stops the reading as soon as there is something to show.
            let stop = |step: Step| !matches!(step, Step::Head(_));
            black_box(
                opened
                    .rest
                    .expect("it is read beside the screen")
                    .read(&stop)
                    .is_err(),
            )
        });
    });
    let source = Source::Path(inputs.markdown.clone());
    criterion.bench_function("open markdown 1 MB at its head", |bencher| {
        bencher.iter(|| {
            black_box(
                formats::open(&source, &Options::default(), &unwatched).expect("it can be read"),
            )
        });
    });
}

/// A Word file of ten megabytes, packed: what a few thousand pages take.
fn office(criterion: &mut Criterion, inputs: &Inputs) {
    let path = inputs.folder.path().join("long.docx");
    let bytes = generator::word(10 * MEGABYTE);
    std::fs::write(&path, &bytes).expect("a file");
    let source = Source::Path(path);
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("docx 10 MB", |bencher| {
        bencher.iter(|| black_box(read(&source)));
    });
    group.finish();
}

/// A PDF of a hundred pages: its first pages, and all.
fn print(criterion: &mut Criterion, inputs: &Inputs) {
    let path = inputs.folder.path().join("long.pdf");
    let markdown = read(&Source::Path(inputs.markdown.clone()));
    std::fs::write(&path, press::print(&markdown, 100)).expect("a file");
    let source = Source::Path(path);
    let mut group = criterion.benchmark_group("read");
    group.sample_size(20);
    group.bench_function("pdf, 100 pages", |bencher| {
        bencher.iter(|| black_box(read(&source)));
    });
    let until_head = |step: Step| !matches!(step, Step::Head(_));
    group.bench_function("first pages of pdf, 100 pages", |bencher| {
        bencher.iter(|| {
            let opened = formats::open(&source, &Options::default(), &until_head);
            let rest = opened
                .expect("it is a file")
                .rest
                .expect("nothing is read yet");
            black_box(rest.read(&until_head).expect("it is stopped at the head"))
        });
    });
    group.finish();
}

fn analysing(criterion: &mut Criterion, inputs: &Inputs) {
    let mut group = criterion.benchmark_group("analysis");
    let documents = [
        ("sample", Source::sample()),
        (
            "harbour",
            Source::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/harbour.md")),
        ),
        ("markdown 1 MB", Source::Path(inputs.markdown.clone())),
        ("text 1 MB", Source::Path(inputs.text.clone())),
    ];
    for (name, source) in documents {
        let document = Arc::new(read(&source));
        group.throughput(Throughput::Bytes(document.text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(analysis::analyze_whole(&document)));
        });
    }
    group.finish();
}

fn stages(criterion: &mut Criterion, inputs: &Inputs) {
    let document = read(&Source::Path(inputs.markdown.clone()));
    let splitter = Splitter::standard();
    let found = names::find(&document, all(&document));
    let ranges: Vec<TextRange> = found.iter().map(|found| found.range).collect();
    let outline = splitter.outline(&document, all(&document), &ranges);
    let mut group = criterion.benchmark_group("stage, 1 MB");
    group.throughput(Throughput::Bytes(document.text.len() as u64));
    group.bench_function("find names", |bencher| {
        bencher.iter(|| black_box(names::find(&document, all(&document))));
    });
    group.bench_function("outline", |bencher| {
        bencher.iter(|| black_box(splitter.outline(&document, all(&document), &ranges)));
    });
    group.bench_function("link names", |bencher| {
        bencher.iter(|| black_box(names::link(&document, &found, &outline)));
    });
    group.finish();
}

fn pipeline(criterion: &mut Criterion) {
    let inputs = Inputs::new();
    reading(criterion, &inputs);
    office(criterion, &inputs);
    print(criterion, &inputs);
    analysing(criterion, &inputs);
    stages(criterion, &inputs);
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3)).warm_up_time(Duration::from_millis(500));
    targets = pipeline
}
criterion_main!(benches);
