"""What "the quarter", "the period" and "a year earlier" mean: the stretch of time that the text speaks of."""

import pytest

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate
from extractor.nlp.dates import contract_date


def read(extractor: Extractor, text: str, published: str | None = "2025-07-24") -> dict[str, str | None]:
    [document] = annotate(extractor.nlp, [Article(text=text, published=published)], piece_chars=20_000)
    found = {}
    for mention in document.times:
        date = contract_date(document, mention)
        found[document.token_span(mention.start, mention.end).text] = date.value if date else None
    return found


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("Profit fell in the second quarter, it said on Thursday. It sold 900 cars in the quarter.", "the quarter", "2025-Q2"),
        ("Second-quarter profit rose, it said on Thursday, from the same quarter last year.", "the same quarter last year", "2024-Q2"),
        ("Second-quarter profit rose to $3 million, it said on Thursday, from $2 million a year earlier.", "a year earlier", "2024-Q2"),
        ("Sales in the second quarter beat the same quarter last year and fell from a year earlier.", "a year earlier", "2024-Q2"),
        ("For the six months to May 31 it made $4 million, against $3 million a year earlier.", "a year earlier", "2023-12/2024-05"),
        ("Trade rose in the first four months of 2025. Imports fell in the period.", "the period", "2025-01/2025-04"),
        ("Inflation was 3% in June, from 2% a month earlier, the bank said on Tuesday.", "a month earlier", "2025-05"),
        ("Output grew 2% in the second quarter, from 1% a quarter earlier.", "a quarter earlier", "2025-Q1"),
        ("Sales fell in June. Prices rose 3% in the month.", "the month", "2025-06"),
        ("The mill opened in May 2019 and shut at the end of the year.", "the end of the year", "2019"),
        ("Net profit rose to Rs 500 crore in the first quarter.", "the first quarter", "2025-Q2"),
        ("Net profit rose to Rs 500 crore in Q4.", "Q4", "2025-Q1"),
        ("He was freed two days after both attended the summit.", "two days", None),
        ("He resigned three days before the vote.", "three days", None),
        ("Exports rose 3% in the first five months.", "the first five months", "2025-01/2025-05"),
        ("In the first five months, he dismissed ten men.", "the first five months", None),
    ],
)  # fmt: skip
def test_meant(extractor: Extractor, text: str, expression: str, value: str | None) -> None:
    assert read(extractor, text)[expression] == value


@pytest.mark.parametrize(
    "text", ["In 2019 they fell out. On Monday they met.", "He died on 4 March 2010. Monday is a holiday."]
)
def test_a_weekday_is_open_without_the_date_of_the_article(extractor: Extractor, text: str) -> None:
    assert read(extractor, text, None)["Monday"] is None


@pytest.mark.parametrize(
    ("country", "value"), [("India", "2025-04/2026-03"), ("Pakistan", "2025-07/2026-06"), ("Canada", "2026")]
)
def test_fiscal_years(extractor: Extractor, country: str, value: str) -> None:
    assert read(extractor, f"{country}'s exports rose by 3% in FY26.")["FY26"] == value
