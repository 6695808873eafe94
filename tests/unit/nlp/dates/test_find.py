"""What holds for any text: order, offsets, ranges; and what is no time at all."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate
from extractor.nlp.dates import contract_date, reported_date, times_in
from extractor.nlp.dates.rule import time_rules
from extractor.nlp.dates.vocabulary import all_words
from extractor.nlp.document import Document
from extractor.records.time.build import build

WORDS = [
    *sorted(all_words()),
    *[
        "the",
        "of",
        "in",
        "a",
        "to",
        "and",
        "from",
        "between",
        "last",
        "next",
        "this",
        "past",
        "ago",
        "later",
        "earlier",
        "every",
        "since",
        "until",
        "by",
        "per",
        "each",
        "-",
        "–",
        ",",
        ".",
        "(",
        ")",
        "'",
        ":",
        "/",
    ],
    *[
        "2",
        "12",
        "30",
        "31",
        "29",
        "1999",
        "2024",
        "2000",
        "1st",
        "22nd",
        "9999",
        "0001",
        "2025-02-30",
        "3/4/2025",
        "10:30",
        "p.m.",
        "GMT",
        "BC",
        "Q3",
        "FY25",
        "H1",
        "1Q25",
        "'82",
        "1990s",
        "24:61",
        "May",
    ],
    "Christmas",
    "\n",
    "\n\n",
]


def read(extractor: Extractor, text: str, published: str | None) -> Document:
    [document] = annotate(extractor.nlp, [Article(text=text, published=published)], piece_chars=20_000)
    return document


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.text(max_size=60)),
    published=st.sampled_from([None, "2025-09-03", "2024-02-29", "0001-01-01", "9999-12-31", "2025", "2025-06"]),
)
def test_any_text(extractor: Extractor, text: str, published: str | None) -> None:
    document = read(extractor, text, published)
    done = 0
    for mention in document.times:
        assert done <= mention.start < mention.end <= len(document.doc)
        done = mention.end
        if mention.first and mention.last:
            assert date.fromisoformat(mention.first) <= date.fromisoformat(mention.last)
        span = document.token_span(mention.start, mention.end)
        assert document.article.text[span.start : span.end] == span.text
        found = contract_date(document, mention)
        assert (found is None) == (mention.date_value is None)
    assert len(build(document)) == sum(len(mention.ends) or 1 for mention in document.times)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",
        "May said so; Theresa May agreed.",
        "He sat in the sun and came second.",
        "Prices fall as a spring breaks.",
        "The crowd of 2000 people paid $2025 each.",
        "Resolution 2231 and Flight 2024 were named.",
        "The Boeing 737 and Apollo 13 flew.",
        "A 45-year-old man, 33 years old, fled.",
        "Some 1,500 houses and 2,024 cars burned.",
        "The rate was 3.2025 points.",
        "It happened on page 1999.",
        "Three quarters of the seats were taken.",
        "In two of three cases it failed.",
    ],
)
def test_no_time(extractor: Extractor, text: str) -> None:
    assert [m.value for m in read(extractor, text, "2025-09-03").times] == []


def test_without_a_date_of_its_own(extractor: Extractor) -> None:
    document = read(extractor, "They met on Monday and last week, in 2019 and on 2 June.", None)
    assert [(m.value, m.date_value) for m in document.times] == [
        ("XXXX-WXX-1", None),
        ("XXXX-WXX", None),
        ("2019", "2019"),
        ("2019-06-02", "2019-06-02"),
    ]


def test_a_history_follows_its_years(extractor: Extractor) -> None:
    text = (
        "The siege began in March 1911. In May the walls fell. On 4 June 1911 the king fled. The war of 1912 followed; in "
        "January 1913 a truce was signed. It broke in April. By 1914 all was lost, and in November 1914 the army left."
    )
    values = [mention.value for mention in read(extractor, text, "2020-01-01").times]
    assert values == ["1911-03", "1911-05", "1911-06-04", "1912", "1913-01", "1913-04", "1914", "1914-11"]


def test_a_history_tells_both_ends_of_a_range(extractor: Extractor) -> None:
    text = (
        "The Long War (1911-1914) began late. From May 1911 to June 1912 the city starved. The king fled on 4-6 July 1913. "
        "In 1914 and 1915 peace held. By 1916 the city was rebuilt."
    )
    document = read(extractor, text, "2020-01-01")
    assert [mention.value for mention in document.times][:3] == [
        "1911/1914",
        "1911-05/1912-06",
        "1913-07-04/1913-07-06",
    ]
    told = [(found.record.span.text, found.record.value) for found in build(document)]
    assert told[:6] == [
        ("1911", "1911"),
        ("1914", "1914"),
        ("May 1911", "1911-05"),
        ("June 1912", "1912-06"),
        ("4", "1913-07-04"),
        ("6 July 1913", "1913-07-06"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [("The city fell in the spring of 480 BC.", "BC0480-SP"), ("The city fell in June 479 BC.", "BC0479-06")],
)
def test_times_before_christ_are_records(extractor: Extractor, text: str, value: str) -> None:
    assert [found.record.value for found in build(read(extractor, text, "2025-09-03"))] == [value]


def test_no_expression_crosses_a_block(extractor: Extractor) -> None:
    document = read(extractor, "Jobs to go by 2012\n\n3 March 2006 - The firm said so.", "2006-03-03")
    assert [mention.value for mention in document.times][-1] == "2006-03-03"
    assert "2012" in [mention.value for mention in document.times]


def test_times_in(extractor: Extractor) -> None:
    document = read(extractor, "They met on 1 May 2019, 2 June 2019 and 3 July 2019.", "2025-09-03")
    assert list(times_in(document, 0, len(document.doc))) == list(document.times)
    second = document.times[1]
    assert list(times_in(document, second.start, second.end)) == [second]


def test_reported_date(extractor: Extractor) -> None:
    reported = reported_date(read(extractor, "They met.", "2025-09-03"))
    assert reported is not None
    assert (reported[0].value, reported[0].how, reported[1]) == ("2025-09-03", "reported", None)
    assert reported_date(read(extractor, "They met.", None)) is None


def test_every_rule_has_a_value_for_each_match() -> None:
    assert all(len(rule.values) == len(rule.match) for rule in time_rules())
