"""Dates in digits alone."""

import re
from datetime import date

from extractor.nlp.dates import periods
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    dated,
    full_year,
    leap_year,
    reads,
)
from extractor.nlp.dates.timeline import Timeline, nearest


@reads
def iso(w: Words, line: Timeline) -> Reading | None:
    """2025-09-02, 20250902."""
    if "ymd" in w:
        year, month, day = w["ymd"][:4], w["ymd"][4:6], w["ymd"][6:]
        return dated(periods.calendar_day(int(year), int(month), int(day)))
    return dated(periods.calendar_day(w.number("year"), w.number("mm"), w.number("dd")))


@reads
def numeric(w: Words, line: Timeline) -> Reading | None:
    """2/9/2025: the month first unless the article or the numbers say otherwise; 02.09.2025 has the day first."""
    if "dotted" in w:
        written = w["dotted"].split(".")
        return dated(periods.calendar_day(full_year(written[2], line), int(written[1]), int(written[0])))
    first, second = w.number("d"), w.number("d2")
    year = full_year(w["yyyy"] if "yyyy" in w else w["year"], line)
    day_first = line.day_first or first > 12
    month, day = (second, first) if day_first and second <= 12 else (first, second)
    return dated(periods.calendar_day(year, month, day))


@reads
def numeric_open(w: Words, line: Timeline) -> Reading | None:
    """10/24: the month first unless the article or the numbers say otherwise; 9/11 and 24/7 are names."""
    first, second = w.number("d"), w.number("d2")
    if (first, second) in ((9, 11), (24, 7)) or not (first > 12 or second > 12 or w.whole != w.text or "weekday" in w):
        return None
    if (
        re.match(r"[ -]?(?:of|inch|cup|mile|per|people|percent|%)", line.text[w.end : w.end + 8])
        or first > second * 2 > 24
    ):
        return None
    month, day = _ordered(first, second, line)
    if not 1 <= month <= 12:
        return None
    if "weekday" in w and line.base is not None:
        found: tuple[int, date | None] | None = (nearest(line.base, month, day).year, line.base)
    else:
        found = line.year_of(month, day)
    if found is None:
        return None
    year = leap_year(found[0]) if (month, day) == (2, 29) else found[0]
    return dated(periods.calendar_day(year, month, day), found[1] or line.base)


def _ordered(first: int, second: int, line: Timeline) -> tuple[int, int]:
    """Month and day of two numbers: the month first unless the article or the numbers say otherwise."""
    return (second, first) if (line.day_first or first > 12) and second <= 12 else (first, second)


@reads
def numeric_range(w: Words, line: Timeline) -> Reading | None:
    """10/1-10/7/2018."""
    low, high = _ordered(w.number("d"), w.number("d2"), line), _ordered(w.number("d3"), w.number("d4"), line)
    turns = low > high  # over the turn of the year
    if "yyyy" in w or "year" in w:
        end_year = full_year(w["yyyy"] if "yyyy" in w else w["year"], line)
        start, end = periods.calendar_day(end_year - turns, *low), periods.calendar_day(end_year, *high)
        return dated(periods.between(start, end)) if start and end else None
    found = line.year_of(*low) if 1 <= low[0] <= 12 else None
    if found is None:
        return None
    if line.base is not None and low <= (line.base.month, line.base.day) <= high:
        found = line.base.year, line.base  # it is going on
    start, end = periods.calendar_day(found[0], *low), periods.calendar_day(found[0] + turns, *high)
    return dated(periods.between(start, end), found[1] or line.base) if start and end else None


@reads
def iso_month(w: Words, line: Timeline) -> Reading | None:
    """2025-03; "2006-07" is rather the span of two years."""
    year, month = w.number("year"), w.number("mm")
    return dated(periods.month(year, month)) if month != (year + 1) % 100 else None
