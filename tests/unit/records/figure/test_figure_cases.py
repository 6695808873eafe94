"""The sentences of tests/gold/figures.toml and figure_context.toml with the figures they must give."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.models import Figure

GOLD = Path(__file__).parents[3] / "gold"
PAGES = [tomllib.loads((GOLD / name).read_text(encoding="utf-8")) for name in ("figures.toml", "figure_context.toml")]
CASES = [case for page in PAGES for case in page["case"]]
#: Words that may stand in a measure besides those that must.
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "to",
        "for",
        "and",
        "its",
        "their",
        "from",
        "by",
        "at",
        "up",
        "down",
        "was",
        "were",
        "is",
        "are",
    ]
)


def value(figure: Figure) -> str:
    """The kind, value and unit as the page writes them."""
    low, high = (None if bound is None else Decimal(f"{bound:.3f}").normalize() for bound in (figure.low, figure.high))
    plain = {bound: "" if bound is None else f"{bound:f}" for bound in (low, high)}
    number = plain[low] if low == high else f"{plain[low]}..{plain[high]}"
    return f"{figure.kind} {'~' if figure.approx else ''}{number} {figure.unit or '-'}"


def words(text: str | None) -> set[str]:
    return set(re.findall(r"[\w'’-]+", (text or "").lower())) - STOP


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].strip()[:60])
def test_case(figures, case):
    found = figures(case["text"].strip(), published="2024-03-15")
    assert [figure.span.text for figure in found] == [wanted["span"] for wanted in case["figures"]]
    for figure, wanted in zip(found, case["figures"], strict=True):
        assert value(figure) == wanted["is"]
        if "measure" in wanted:
            assert words(figure.measure) == words(wanted["measure"])
        if "parties" in wanted:
            assert [party.code or party.name for party in figure.parties] == wanted["parties"]
        if "period" in wanted:
            assert (figure.period.value if figure.period else "-") == wanted["period"]
        if "by" in wanted:
            assert (figure.attributed_to.name if figure.attributed_to else "-") == wanted["by"]
        for field in ("status", "change"):
            if field in wanted:
                assert (getattr(figure, field) or "-") == wanted[field]
