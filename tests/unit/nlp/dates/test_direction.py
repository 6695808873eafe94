"""Tense and plan words decide between the last such day and the next; read as of Wednesday, 3 September 2025."""

import pytest

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The envoys met on Friday.", "2025-08-29"),
        ("The envoys will meet on Friday.", "2025-09-05"),
        ("The envoys are to meet on Friday.", "2025-09-05"),
        ("The envoys are expected to meet on Friday.", "2025-09-05"),
        ("He said the envoys would meet on Friday.", "2025-09-05"),
        ("The envoys had planned for years and met on Friday.", "2025-08-29"),
        ("A deal signed on Friday ended the strike.", "2025-08-29"),
        ("A vote scheduled for Friday may end the strike.", "2025-09-05"),
        ("The shops are closed until Friday.", "2025-09-05"),
        ("The court adjourned the hearing to October 15.", "2025-10-15"),
        ("The pact expires on January 26.", "2026-01-26"),
        ("The pact expired on January 26.", "2025-01-26"),
        ("The minister resigned in November.", "2024-11"),
        ("The minister will resign in November.", "2025-11"),
    ],
)
def test_direction(extractor: Extractor, sentence: str, value: str) -> None:
    [document] = annotate(extractor.nlp, [Article(text=sentence, published="2025-09-03")], piece_chars=20_000)
    assert value in [mention.value for mention in document.times]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Dated 3/4/2025.", "2025-03-04"),
        ("They met on 5 May 2024 and 6 June 2024. Dated 3/4/2025.", "2025-04-03"),
        ("They paid Rs 500 crore. Dated 3/4/2025.", "2025-04-03"),
    ],
)
def test_order_of_day_and_month(extractor: Extractor, text: str, value: str) -> None:
    [document] = annotate(extractor.nlp, [Article(text=text, published="2025-09-03")], piece_chars=20_000)
    assert document.times[-1].value == value
