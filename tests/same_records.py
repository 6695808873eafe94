"""Whether the same articles give the same records in every format.

    uv run python tests/same_records.py [FOLDER] [--limit N] [--only pdf ...] [--show]

FOLDER holds `.txt` articles with their metadata (default: data/raw). They are read as they are and as JSON lines, CSV,
Parquet, ZIP, tar, gzip and Zstandard, which must give the same records but for their source; and as web pages, a web
archive, newspapers printed to PDF, Word documents and messages made of them, for which the share of leaders and of
figures (kind, amount and unit; and all with status, change and period) that both have is shown.
"""

import argparse
import gzip
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from extractor import Article, ArticleRecord, Extractor
from extractor.readers import read
from formats import (
    DOCUMENTS,
    as_csv,
    as_html,
    as_jsonl,
    as_parquet,
    as_tar,
    as_warc,
    as_zip,
    as_zstd,
    members,
    printable,
    write_documents,
)

TABLES: dict[str, Callable[[Sequence[Article]], bytes]] = {
    "jsonl": as_jsonl,
    "csv": as_csv,
    "parquet": as_parquet,
    "zip": lambda articles: as_zip(members(articles)),
    "tar.gz": lambda articles: as_tar(members(articles)),
    "jsonl.gz": lambda articles: gzip.compress(as_jsonl(articles)),
    "csv.zst": lambda articles: as_zstd(as_csv(articles)),
}
KINDS = ("leaders", "figures", "whole figures")


def articles_of(*inputs: object) -> list[Article]:
    """The articles of inputs that all can be read."""
    found = list(read([str(item) for item in inputs]))
    return [item for item in found if isinstance(item, Article)]


def records_of(extractor: Extractor, articles: Iterable[Article]) -> list[ArticleRecord]:
    """The records of articles that all can be extracted."""
    return [item for item in extractor.run(articles) if isinstance(item, ArticleRecord)]


def table_differences(articles: Sequence[Article], folder: Path, form: str) -> int:
    """How many articles differ, but for their source, when they are read from one file of this form."""
    path = folder / f"batch.{form}"
    path.write_bytes(TABLES[form](articles))
    again = articles_of(path)
    if len(again) != len(articles):
        return abs(len(again) - len(articles))
    # The same article gives the same record, but for the source.
    return sum(a.model_copy(update={"source": b.source}) != b for a, b in zip(articles, again, strict=True))


def document_folder(articles: Sequence[Article], folder: Path, form: str) -> Path:
    """The articles as documents of this form, or as pages in one web archive."""
    if form == "warc.gz":
        path = folder / "crawl.warc.gz"
        path.write_bytes(as_warc([(a.url or f"https://news.example/{i}", as_html(a)) for i, a in enumerate(articles)]))
        return path
    write_documents(articles, folder / form, form)
    return folder / form


def found_of(record: ArticleRecord) -> dict[str, Counter[tuple[object, ...]]]:
    """What is compared of a record, of each kind."""
    figures = [(f.kind, f.low, f.high, f.unit) for f in record.figures]
    more = [(f.status, f.change, f.period.value if f.period else None) for f in record.figures]
    return {
        "leaders": Counter((leader.name, leader.country) for leader in record.leaders),
        "figures": Counter(figures),
        "whole figures": Counter((*a, *b) for a, b in zip(figures, more, strict=True)),
    }


def agreement(pairs: Iterable[tuple[ArticleRecord, ArticleRecord]], show: bool = False) -> dict[str, float]:
    """Share of what either has that both have, in the mean of both directions, of each kind."""
    both: Counter[str] = Counter()
    either: Counter[str] = Counter()
    for a, b in pairs:
        ours, theirs = found_of(a), found_of(b)
        for kind in KINDS:
            both[kind] += 2 * (ours[kind] & theirs[kind]).total()
            either[kind] += ours[kind].total() + theirs[kind].total()
            if show and ours[kind] != theirs[kind]:
                _say(b.article.source, kind, "-", *(ours[kind] - theirs[kind]), "+", *(theirs[kind] - ours[kind]))
    return {kind: both[kind] / either[kind] if either[kind] else 1.0 for kind in KINDS}


def plain(text: str) -> str:
    """The letters and digits of a text, by which two readings are compared."""
    return re.sub(r"[\W_]+", "", text)


def main() -> None:
    """Compare, and print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=str(Path(__file__).resolve().parents[1] / "data" / "raw"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--show", action="store_true", help="print what differs")
    options = parser.parse_args()
    articles = articles_of(options.folder)[: options.limit]
    extractor = Extractor()
    base = records_of(extractor, articles)
    _say(f"{len(base)} articles of {options.folder}")
    with tempfile.TemporaryDirectory() as name:
        for line in _lines(extractor, articles, base, Path(name), options):
            _say(line)


def _lines(
    extractor: Extractor, articles: list[Article], base: list[ArticleRecord], folder: Path, options: argparse.Namespace
) -> Iterator[str]:
    for form in TABLES:
        if not options.only or form in options.only:
            start = time.perf_counter()
            differ = table_differences(articles, folder, form)
            yield f"{form:10} {differ} of {len(articles)} articles differ ({time.perf_counter() - start:.1f} s)"
    for form in (*DOCUMENTS, "warc.gz"):
        if options.only and form not in options.only:
            continue
        chosen = [i for i, a in enumerate(articles) if form != "pdf" or printable(a.text + (a.title or ""))]
        path = document_folder([articles[i] for i in chosen], folder, form)
        start = time.perf_counter()
        again = articles_of(path)
        taken = time.perf_counter() - start
        if len(again) != len(chosen):
            yield f"{form:10} {len(chosen)} articles, {len(again)} read"
            continue
        pairs = list(zip((base[i] for i in chosen), records_of(extractor, again), strict=True))
        shares = agreement(pairs, options.show)
        texts = sum(plain(a.article.text) == plain(b.article.text) for a, b in pairs)
        shown = ", ".join(f"{kind} {share:.1%}" for kind, share in shares.items())
        yield f"{form:10} {len(chosen)} articles: {shown}; {texts} texts the same ({taken:.1f} s)"


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
