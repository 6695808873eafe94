"""The table of docs/figures.md, row by row."""

from decimal import Decimal
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[4] / "docs" / "figures.md"


def rows() -> list[list[str]]:
    table = PAGE.read_text(encoding="utf-8").partition("| sentence |")[2].partition("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_shows_many_forms():
    assert len(rows()) >= 60


def bound(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[1])
def test_the_page_shows_how_it_is_read(annotated, row):
    sentence, span, kind, low, high, approx, unit = row
    document = annotated(sentence)
    found = [q for q in document.quantities if document.view.text[q.start_char : q.end_char] == span]
    assert len(found) == 1, [document.view.text[q.start_char : q.end_char] for q in document.quantities]
    [quantity] = found
    assert (quantity.kind, quantity.low, quantity.high) == (kind, bound(low), bound(high))
    assert (quantity.approx, quantity.unit) == (approx == "~", unit or None)
