"""Memory and speed of `extractor run` on many articles.

    uv run python benchmarks/batch.py [FOLDER] [--articles 1000 5000] [--chars 600] [--jobs N] [--output records.db]

The articles are made from the `.txt` files of FOLDER (default: data/raw): paragraphs drawn at random, by a seed, until
a text has `--chars` characters, with a number of its own in it, so that no two are the same. Each run is a process of
its own into an empty output; `run MB` is the most memory that process held, `worker MB` the most that a worker did.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: The command line, and the peak memory of this process and of its largest child in kilobytes.
RUN = """
import resource, sys
from extractor.cli import app
try:
    app(sys.argv[1:], standalone_mode=False)
finally:
    print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def texts(folder: Path, count: int, chars: int) -> Iterator[str]:
    """`count` texts of about `chars` characters."""
    paragraphs = [
        part
        for path in sorted(folder.glob("*.txt"))
        for part in path.read_text(encoding="utf-8", errors="replace").split("\n\n")
        if len(part) > 60
    ]
    chance = random.Random(1)
    for number in range(count):
        parts = [f"Report {number} of the day."]
        while sum(map(len, parts)) < chars:
            parts.append(chance.choice(paragraphs))
        yield "\n\n".join(parts)


def measure(folder: Path, count: int, chars: int, jobs: int, output: str) -> tuple[float, ...]:
    """Seconds, megabytes of the run and of a worker, megabytes written, and issues."""
    with tempfile.TemporaryDirectory() as work:
        batch = Path(work, "articles.jsonl")
        with batch.open("w", encoding="utf-8") as lines:
            for number, text in enumerate(texts(folder, count, chars)):
                lines.write(json.dumps({"id": str(number), "text": text}) + "\n")
        target = Path(work, "out", output)
        command = [sys.executable, "-c", RUN, "run", str(batch), "-o", str(target), "-q", "-j", str(jobs)]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
        run, worker = (int(kilobytes) / 1000 for kilobytes in done.stdout.split()[-2:])
        written = sum(path.stat().st_size for path in target.parent.rglob("*") if path.is_file()) / 1e6
        return seconds, run, worker, written, len(done.stderr.splitlines())


def main() -> None:
    """Run the measurements and print their table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data" / "raw")
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 5_000])
    parser.add_argument("--chars", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--output", default="records.db")
    options = parser.parse_args()

    print(f"{options.jobs} workers, {options.output}, about {options.chars} characters an article\n")
    print("| articles | seconds | articles/s | run MB | worker MB | output MB | issues |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in options.articles:
        seconds, run, worker, written, issues = measure(
            options.folder, count, options.chars, options.jobs, options.output
        )
        print(
            f"| {count:,} | {seconds:,.0f} | {count / seconds:.1f} | {run:,.0f} | {worker:,.0f} | {written:,.0f} | {issues:,} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
