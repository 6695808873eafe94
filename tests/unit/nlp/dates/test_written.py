"""One day in every way of writing it is one day."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate

DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
WAYS = [
    "{on:%Y-%m-%d}",
    "{on:%Y%m%d}",
    "{on.day} {on:%B} {on.year}",
    "{on:%B} {on.day}, {on.year}",
    "{on:%b} {on.day}, {on.year}",
    "{on:%A}, {on:%B} {on.day}, {on.year}",
    "{on.day}-{on:%b}-{on.year}",
    "{on:%B}-{on.year}-{on.day}",
    "{on:%d}.{on:%m}.{on.year}",
    "{on.month}/{on.day}/{on.year}",
    "the {on.day}{th} of {on:%B}, {on.year}",
]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(on=DAYS)
def test_a_day_in_every_way(extractor: Extractor, on: date) -> None:
    th = "th" if 11 <= on.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(on.day % 10, "th")
    texts = [f"The pact was signed on {way.format(on=on, th=th)}." for way in WAYS]
    articles = [Article(text=text, published="2025-09-03") for text in texts]
    for text, document in zip(texts, annotate(extractor.nlp, articles, piece_chars=20_000), strict=True):
        assert [mention.date_value for mention in document.times] == [str(on)], text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ends=st.tuples(DAYS, DAYS).map(sorted))
def test_a_range_covers_both_ends(extractor: Extractor, ends: list[date]) -> None:
    low, high = (f"{on.day} {on:%B} {on.year}" for on in ends)
    texts = [
        f"The fair ran from {low} to {high}.",
        f"The fair ran between {low} and {high}.",
        f"The fair: {low} - {high}.",
    ]
    articles = [Article(text=text, published="2025-09-03") for text in texts]
    for text, document in zip(texts, annotate(extractor.nlp, articles, piece_chars=20_000), strict=True):
        found = [(mention.first, mention.last) for mention in document.times]
        assert found == [(str(ends[0]), str(ends[1]))], text
