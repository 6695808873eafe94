"""The table of docs/dates.md holds."""

from pathlib import Path

import pytest

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate

TABLE = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (Path(__file__).parents[4] / "docs" / "dates.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| Sentence"))
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
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
