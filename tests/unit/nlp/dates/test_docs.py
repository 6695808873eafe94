"""The table of docs/dates.md holds."""

from pathlib import Path

import pytest

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate

DOCS = Path(__file__).parents[4] / "docs" / "dates.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in DOCS.read_text(encoding="utf-8").partition("## Principles")[0].splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| Sentence"))
]


def test_the_table_is_there() -> None:
    assert len(ROWS) >= 100


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_row(extractor: Extractor, row: list[str]) -> None:
    sentence, expression, *expected = row
    [document] = annotate(extractor.nlp, [Article(text=sentence, published="2025-09-03")], piece_chars=20_000)
    found = {
        document.token_span(mention.start, mention.end).text: [
            mention.value,
            mention.date_value or "-",
            mention.first or "-",
            mention.last or "-",
        ]
        for mention in document.times
    }
    assert found.get(expression) == expected
