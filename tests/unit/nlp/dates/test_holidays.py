"""Days with a name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate
from extractor.nlp.dates.holidays import country_called, holiday_names, holiday_on, is_national
from extractor.nlp.gazetteers import rows


@pytest.mark.parametrize(
    ("name", "year", "on"),
    [
        ("memorial day", 2025, date(2025, 5, 26)),
        ("labor day", 2025, date(2025, 9, 1)),
        ("Thanksgiving", 2025, date(2025, 11, 27)),
        ("black friday", 2025, date(2025, 11, 28)),
        ("Good Friday", 2024, date(2024, 3, 29)),
        ("orthodox easter", 2024, date(2024, 5, 5)),
        ("Lunar New Year", 2025, date(2025, 1, 29)),
        ("lunar new year", 1980, None),
        ("eid al-fitr", 2025, date(2025, 3, 30)),
        ("diwali", 2024, date(2024, 10, 31)),
        ("New Year\u2019s Eve", 2024, date(2024, 12, 31)),
        ("no such day", 2024, None),
    ],
)
def test_holiday_on(name: str, year: int, on: date | None) -> None:
    assert holiday_on(name, year) == on


@given(st.sampled_from(holiday_names()), st.integers(1, 4098))
def test_any_holiday_falls_in_its_year_or_beside_it(name: str, year: int) -> None:
    on = holiday_on(name, year)
    assert on is None or abs(on.year - year) <= 1


def test_national_holidays_name_a_country() -> None:
    assert is_national("independence day")
    assert not is_national("christmas")
    codes = {row["alpha3"] for row in rows("countries")}
    assert {row["country"] for row in rows("holidays")} - {""} <= codes
    assert country_called("Ukraine\u2019s") == country_called("Ukrainian") == "UKR"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ukraine marked its Independence Day.", "2025-08-24"),
        ("Indian Independence Day was calm.", "2025-08-15"),
        ("Shops shut on Independence Day.", "2025-07-04"),
        ("Roads were full over the Labor Day weekend.", "2025-08-30/2025-09-01"),
        ("Roads will be full over the Thanksgiving weekend.", "2025-11-27/2025-11-30"),
        ("They met before Christmas.", "/2024-12-24"),
        ("They will meet after Christmas.", "2025-12-25/"),
        ("The Good Friday Agreement held.", None),
        ("They met in the New Year.", None),
    ],
)
def test_in_the_text(extractor: Extractor, text: str, value: str | None) -> None:
    [document] = annotate(extractor.nlp, [Article(text=text, published="2025-09-03")], piece_chars=20_000)
    assert [mention.date_value for mention in document.times if mention.date_value] == ([value] if value else [])
