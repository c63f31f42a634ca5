"""Speed and memory against others, and accuracy, in one run: `python tests/benchmarks/run.py [--json FILE] [NAME ...]`.

Machines are noisy, so every figure is CPU seconds (best of several) and is read as a ratio to another figure of the
same run. U is the unit: tokenising the text once with one compiled regular expression. Imports are left out of
all but the start-up rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litany.analysis import Comparison

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from accuracy import Found, accuracy
from extremes import EXTREMES, pair
from generator import generate

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Row:
    """One figure."""

    name: str
    """What was measured."""
    value: float
    """The figure, in `unit`."""
    unit: str
    """s (CPU seconds), x (times the figure it is compared with), B/B (memory over text, in bytes), MB, or a share."""
    target: float | None = None
    """What it should be at most (`x` of speed-ups: at least); None for figures that others are compared with."""
    at_least: bool = False
    """True where more is better."""

    @property
    def verdict(self) -> str:
        """`ok`, `MISSED`, or nothing where there is no target."""
        if self.target is None:
            return ""
        return "ok" if (self.value >= self.target if self.at_least else self.value <= self.target) else "MISSED"


def cpu(work: Callable[[], object], repeat: int = 3) -> float:
    """The least CPU seconds that `work` took."""
    return _least(time.process_time, work, repeat)


def elapsed(work: Callable[[], object], repeat: int = 1) -> float:
    """The least seconds on the clock that `work` took."""
    return _least(time.perf_counter, work, repeat)


def children_cpu(work: Callable[[], object], repeat: int = 3) -> float:
    """The least CPU seconds that the processes started by `work` took."""
    return _least(_seconds_of_children, work, repeat)


def _least(clock: Callable[[], float], work: Callable[[], object], repeat: int) -> float:
    best = float("inf")
    for _ in range(repeat):
        gc.collect()
        begin = clock()
        work()
        best = min(best, clock() - begin)
    return best


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pipeline(folder: Path) -> Comparison:
    """From files to a `Comparison`."""
    from litany.analysis import compare
    from litany.corpus import read

    return compare(read(folder))


def bench_pipeline(scratch: Path) -> Iterator[Row]:
    """20 years x 50,000 words: time in U, memory in bytes of text, growth when the text doubles."""
    from litany.corpus import read

    seconds: list[float] = []
    for words in (50_000, 100_000):
        folder = scratch / str(words)
        texts = generate(20, words, seed=7)
        texts.write(folder)
        pipeline(folder)  # imports and caches are not what is measured
        unit = cpu(lambda t=texts: [WORD.findall(text) for text in t.texts])
        reading = cpu(lambda f=folder: read(f))
        seconds.append(cpu(lambda f=folder: pipeline(f)))
        yield Row(f"20 x {words:,} words: U", unit, "s")
        yield Row(f"20 x {words:,} words: read", reading / unit, "x")
        yield Row(f"20 x {words:,} words: files to Comparison", seconds[-1] / unit, "x", 8.0)
    yield Row("growth when the text doubles", seconds[1] / seconds[0], "x", 2.2)
    time_growth, text_growth = _growth_in_reports(scratch)
    yield Row("growth from 20 to 40 x 25,000 words, of time / of text", time_growth / text_growth, "x", 1.1)
    yield Row("memory above imports", _memory(scratch / "50000"), "B/B", 12.0)


def _growth_in_reports(scratch: Path) -> tuple[float, float]:
    seconds: list[float] = []
    sizes: list[int] = []
    for years in (20, 40):
        folder = scratch / f"{years}-years"
        generate(years, 25_000, seed=7).write(folder, 1961)
        sizes.append(sum(path.stat().st_size for path in folder.iterdir()))
        seconds.append(cpu(lambda f=folder: pipeline(f)))
    return seconds[1] / seconds[0], sizes[1] / sizes[0]


def _memory(folder: Path) -> float:
    """Peak memory of the pipeline above that of its imports, in a process of its own, over the bytes of the texts."""
    program = (
        "import sys, pathlib\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from run import pipeline, peak\n"
        "warm = pathlib.Path(sys.argv[3]); pipeline(warm)\n"
        "before = peak(reset=True); pipeline(pathlib.Path(sys.argv[2])); print(peak() - before)"
    )
    warm = folder.parent / "warm"
    generate(2, 300, seed=3).write(warm)
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", program, here, str(folder), str(warm)], capture_output=True, check=True
    )
    return int(done.stdout) / sum(path.stat().st_size for path in folder.iterdir())


def peak(reset: bool = False) -> int:
    """The most memory that this process has held, in bytes (Linux); with `reset` what it holds now, and start anew."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024  # pyright: ignore[reportOptionalSubscript]


def bench_diffs(scratch: Path) -> Iterator[Row]:
    """Word diffs of the 19 neighbouring pairs, and of all 190, beside git's."""
    from litany.analysis.edits import diff_ids
    from litany.analysis.vocabulary import intern_reports
    from litany.corpus import read

    folder = scratch / "diffs"
    generate(20, 50_000, seed=7).write(folder)
    _, witnesses = intern_reports(read(folder).reports)
    tokens = [witness.tokens for witness in witnesses]
    files = sorted(folder.iterdir())
    for name, pairs in (("19 neighbours", list(pairwise(range(20)))), ("all 190", list(combinations(range(20), 2)))):
        ours = cpu(lambda p=pairs: [diff_ids(tokens[i], tokens[j]) for i, j in p])
        git = children_cpu(lambda p=pairs: [_git_word_diff(files[i], files[j]) for i, j in p], repeat=1)
        yield Row(f"word diffs, {name}: git", git, "s")
        yield Row(f"word diffs, {name}: litany / git", ours / git, "x", 1.0)


def _git_word_diff(old: Path, new: Path) -> None:
    command = ["git", "diff", "--word-diff", "--no-index", str(old), str(new)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)


def bench_rivals(scratch: Path) -> Iterator[Row]:
    """The usual way: scikit-learn's TF-IDF over everything, and difflib for what changed."""
    import difflib

    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = generate(20, 50_000, seed=7).texts
    folder = scratch / "rivals"
    generate(20, 50_000, seed=7).write(folder)
    small = generate(20, 2_000, seed=7)
    little = scratch / "rivals-small"
    small.write(little)
    pipeline(little)

    def sentence_tfidf() -> None:
        sentences = [s for text in texts for s in re.split(r"(?<=[.])\s+", text) if s]
        vectors = TfidfVectorizer().fit_transform(sentences)
        for start in range(0, vectors.shape[0], 2000):
            (vectors[start : start + 2000] @ vectors.T).max(axis=1)

    def difflib_pairs() -> None:
        for old, new in pairwise(small.texts):
            difflib.SequenceMatcher(None, old.split(), new.split(), autojunk=False).get_opcodes()

    def difflib_provenance() -> None:
        years = [[" ".join(s.words) for s in small.sentences(k)] for k in range(3)]
        for sentence in years[2]:
            difflib.get_close_matches(sentence, years[0] + years[1], 1, 0.6)

    ours = cpu(lambda: pipeline(folder))
    yield Row(
        "20 x 50,000: scikit-learn TF-IDF, every sentence against all", cpu(sentence_tfidf, 1) / ours, "x", 4.0, True
    )
    ours_small = cpu(lambda: pipeline(little))
    yield Row("20 x 2,000: difflib words, neighbours only / whole pipeline", cpu(difflib_pairs, 1) / ours_small, "x")
    share = 3 / 20
    slow = cpu(difflib_provenance, 1)
    yield Row("3 x 2,000: difflib sentences / pipeline's share", slow / (ours_small * share), "x", 100.0, True)


def bench_start_up(scratch: Path) -> Iterator[Row]:
    """Whole processes, with their byte code at hand as after a first run; and small series."""
    many, versions, compiled = scratch / "sixty", scratch / "versions", scratch / "eighteen.md"
    generate(60, 500, seed=5).write(many, 1960)
    generate(19, 1_000, seed=5).write(versions)
    reports = enumerate(generate(18, 700, seed=5).texts)
    compiled.write_text("".join(f"# Report of {2001 + k}\n\n{text}\n\n" for k, text in reports), encoding="utf-8")
    litany = [sys.executable, "-c", "import sys; from litany.reports.cli import main; sys.exit(main())"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(scratch / "bytecode")

    def start(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run([*litany, *words], capture_output=True, check=True, env=environment)

    start("measure", "sample")()
    yield Row("litany --help", children_cpu(start("--help"), 5), "s", 0.08)
    yield Row("litany measure sample", children_cpu(start("measure", "sample"), 5), "s", 0.5)
    yield Row("litany measure, 18 x 700 words in one file", children_cpu(start("measure", str(compiled)), 5), "s", 0.5)
    for name, folder in (("60 x 500 words", many), ("19 x 1,000 words", versions)):
        pipeline(folder)
        yield Row(f"{name}, after start-up", cpu(lambda f=folder: pipeline(f)), "s", 1.0)


def bench_extremes(scratch: Path) -> Iterator[Row]:
    """Texts that break what is quadratic: seconds, and memory, each in a process of its own."""
    program = (
        "import sys, pathlib, time\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from run import pipeline, peak\n"
        "pipeline(pathlib.Path(sys.argv[3]))\n"
        "before, begin = peak(reset=True), time.process_time()\n"
        "comparison = pipeline(pathlib.Path(sys.argv[2])); comparison.difference(0, 1)\n"
        "print(time.process_time() - begin, peak() - before)"
    )
    warm = scratch / "extremes-warm"
    generate(2, 300, seed=3).write(warm)
    for number, name in enumerate(EXTREMES):
        folder = scratch / f"extreme-{number}"
        folder.mkdir()
        for year, text in enumerate(pair(name), start=2001):
            (folder / f"{year}.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", program, str(Path(__file__).parent), str(folder), str(warm)]
        done = subprocess.run(command, capture_output=True, check=True)
        seconds, held = map(float, done.stdout.split())
        yield Row(f"{name}: compared and diffed", seconds, "s", 10.0)
        yield Row(f"{name}: memory", held / 1e6, "MB", 1000.0)


def bench_accuracy(_: Path) -> Iterator[Row]:
    """What is found of what the generator did: no speed at all."""
    total: dict[str, Found] = {}
    for years, words, seed in ((20, 5_000, 4), (8, 20_000, 3), (30, 1_500, 9)):
        for name, row in accuracy(generate(years, words, seed=seed)).items():
            total[name] = total.get(name, Found()) + row
    for name, row in total.items():
        least = (1.0, 0.98) if name == "paragraphs moved" else (0.98, 0.98)
        yield Row(f"{name} ({row.done:,}): precision", row.precision, "", least[0], True)
        yield Row(f"{name} ({row.done:,}): recall", row.recall, "", least[1], True)


def bench_check(scratch: Path) -> Iterator[Row]:
    """A new report among 50 old ones of 5,000 words: with the cache of the run before it, and without any."""
    folder, new = scratch / "check", scratch / "2051.txt"
    generate(51, 5_000, seed=11).write(folder)
    (folder / "2051.txt").rename(new)
    check_latest(folder, scratch / "before")  # also imports, which are not what is measured
    new.rename(folder / "2051.txt")
    cold = cpu(lambda: check_latest(folder, None))

    def with_cache_of_before() -> None:
        shutil.copytree(scratch / "before", scratch / "now")
        check_latest(folder, scratch / "now")
        shutil.rmtree(scratch / "now")

    warm = cpu(with_cache_of_before)
    yield Row("check, 51 x 5,000 words, cold", cold, "s")
    yield Row("check, a new report among 50 / cold", warm / cold, "x", 0.25)
    litany = [sys.executable, "-c", "import sys; from litany.reports.cli import main; sys.exit(main())"]
    environment = {**os.environ, "LITANY_CACHE_DIR": str(scratch / "sample")}

    def sample() -> None:
        subprocess.run([*litany, "check", "sample"], capture_output=True, check=True, env=environment)

    sample()
    yield Row("litany check sample, warm, start to result", children_cpu(sample), "s", 2.0)


def bench_site(scratch: Path) -> Iterator[Row]:
    """The whole site of 20 years x 50,000 words: the time of writing it beside that of the analysis it is a view of."""
    from litany.reports import write_report
    from litany.reports.processes import at_once

    warm, folder, out = scratch / "site-warm", scratch / "site", scratch / "site-out"
    generate(4, 500, seed=3).write(warm)
    texts = generate(20, 50_000, seed=7)
    texts.write(folder)
    write_report(pipeline(warm), out)  # imports and the fonts of charts are not what is measured
    comparing, waiting = cpu(lambda: pipeline(folder)), elapsed(lambda: pipeline(folder), repeat=3)
    comparison = pipeline(folder)
    begin = time.process_time()
    write_report(comparison, out)
    writing = time.process_time() - begin
    comparison = pipeline(folder)
    shared = elapsed(lambda: write_report(comparison, out, processes=at_once()))
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    held = sum(len(text.encode()) for text in texts.texts)
    yield Row("20 x 50,000 words: comparing", comparing, "s")
    yield Row("20 x 50,000 words: writing the site / comparing, one process", writing / comparing, "x", 3.0)
    yield Row(f"the same on the clock, {at_once()} processes", shared / waiting, "x", 3.0)
    yield Row("20 x 50,000 words: bytes of the site / of the text", size / held, "B/B")


def check_latest(folder: Path, cache: Path | None) -> object:
    """From files to the findings in the latest report, as `litany check` goes about it."""
    from litany.analysis import Settings, compare
    from litany.analysis.rules import check
    from litany.corpus import read
    from litany.reports.cache import Cache
    from litany.reports.remembering import Memory, remembered_segments

    kept = Cache(cache, print)
    series = read(folder, segmenting=remembered_segments(kept))
    memory = Memory(kept, series, Settings())
    comparison = compare(series, remembered=memory, measured=False)
    found = check(comparison, [len(series) - 1])
    memory.save()
    return found


BENCHES = {
    "pipeline": bench_pipeline,
    "diffs": bench_diffs,
    "rivals": bench_rivals,
    "start-up": bench_start_up,
    "extremes": bench_extremes,
    "accuracy": bench_accuracy,
    "check": bench_check,
    "site": bench_site,
}


def main() -> int:
    """Print a table; with --json write the figures too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHES)}; default all")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    args = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in args.names or BENCHES:
            for row in BENCHES[name](Path(scratch)):
                rows.append(row)
                target = "" if row.target is None else f"{'>=' if row.at_least else '<='} {row.target:g}"
                print(  # noqa: T201 - its job
                    f"{row.name:64} {row.value:9.3f} {row.unit:4} {target:9} {row.verdict}", flush=True
                )
    if args.json:
        args.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
