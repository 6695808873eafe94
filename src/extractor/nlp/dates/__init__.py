"""Expressions of time: found by rule, resolved against the article's date.

`find_times` fills `document.times`; the rest turns mentions into the dates of records.
"""

from bisect import bisect_left
from collections.abc import Sequence

from extractor.models import Date, Span
from extractor.nlp.dates.find import find_times
from extractor.nlp.document import Document, TimeMention

__all__ = ["contract_date", "find_times", "reported_date", "times_in"]


def contract_date(document: Document, mention: TimeMention) -> Date | None:
    """The `Date` a record carries for a mention; None where it stands for no date (a bare duration, "recently")."""
    if mention.date_value is None or mention.precision is None:
        return None
    return Date(
        text=document.token_span(mention.start, mention.end).text,
        value=mention.date_value,
        first=mention.first,
        last=mention.last,
        precision=mention.precision,
        how=mention.how,
        anchor=mention.anchor,
    )


def reported_date(document: Document) -> tuple[Date, Span | None] | None:
    """The article's own date as the date of its news, and the span that is its evidence (None: it is metadata).

    None when the article's date is not known.
    """
    published = document.published
    if published is None:
        return None
    span = None
    for item in document.layout.evidence:
        if item.field == "published" and item.start is not None and item.end is not None and item.text is not None:
            span = Span(start=item.start, end=item.end, text=item.text)
    date = Date(
        text=published.text,
        value=published.value,
        first=published.first,
        last=published.last,
        precision=published.precision,
        how="reported",
        anchor=None,
    )
    return date, span


def times_in(document: Document, start: int, end: int) -> Sequence[TimeMention]:
    """The mentions that begin at or after token `start` and before token `end`, in order."""
    times = document.times
    low = bisect_left(times, start, key=lambda mention: mention.start)
    high = bisect_left(times, end, lo=low, key=lambda mention: mention.start)
    return times[low:high]
