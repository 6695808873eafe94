"""Quarters, halves and fiscal years."""

import re
from dataclasses import replace
from datetime import date

from extractor.nlp.dates import periods
from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    dated,
    full_year,
    of_business,
    reads,
    relative_year,
    step_of,
    unresolved,
    which_nth,
)
from extractor.nlp.dates.timeline import Timeline


def _fiscal(w: Words, line: Timeline) -> bool:
    return line.fiscal_start != 1 and bool(re.search(r"(?:\b|\d)fy|fiscal|financial", w.text))


def _quarter(year: int, nth: int, *, start: int) -> Period | None:
    """A quarter of a year that begins in month `start`; a fiscal year is named by the year it ends in."""
    if start == 1:
        return periods.quarter(year, nth)
    index = (year - 1) * 4 + (start - 1) // 3 + nth - 1
    return periods.quarter(index // 4, index % 4 + 1)


@reads
def quarter(w: Words, line: Timeline) -> Reading | None:
    """The third quarter of 2024; Q4 FY18."""
    nth = which_nth(w, 4)
    if nth is None:
        return None
    year = full_year(w["yyyy"] if "yyyy" in w else w["year"], line)
    return dated(_quarter(year, nth, start=line.fiscal_start if _fiscal(w, line) else 1))


@reads
def open_quarter(w: Words, line: Timeline) -> Reading | None:
    """The third quarter: the latest that has begun, or the next where the clause looks ahead.

    Where money is told in crores and rupees it is one of the fiscal year.
    """
    nth = which_nth(w, 4)
    if nth is None:
        return None
    if line.lent_year is not None:
        return dated(periods.quarter(line.lent_year, nth))
    origin = line.told if line.history else line.base
    if origin is None:
        return unresolved(f"XXXX-Q{nth}")
    if line.fiscal_start != 1 and line.in_rupees and not line.history:
        return _open_fiscal(nth, origin, line)
    now = (origin.month + 2) // 3
    year = origin.year + (nth < now) if line.direction() > 0 else origin.year - (nth > now)
    return dated(periods.quarter(year, nth), origin)


def _open_fiscal(nth: int, origin: date, line: Timeline) -> Reading | None:
    """The latest such quarter of a fiscal year, or the next where the clause looks ahead."""
    year, start = _fiscal_now(line), line.fiscal_start
    now = (origin.month - start) % 12 // 3 + 1
    year += nth < now if line.direction() > 0 else -(nth > now)
    return dated(_quarter(year, nth, start=start), origin)


@reads
def month_quarter(w: Words, line: Timeline) -> Reading | None:
    """The June quarter ends in June; the April-June quarter says so itself."""
    last = int(w.of("month", "month2" if "month2" in w else "month"))
    first = int(w.of("month")) if "month2" in w else (last - 3) % 12 + 1
    given = next((w.number(name) for name in ("year", "year2") if name in w), None)
    found = (given, None) if given is not None else line.year_of(last)
    if found is None or found[0] is None:
        return None
    start = found[0] - (first > last)
    length = (last - first) % 12 + 1
    if length == 3 and first % 3 == 1:
        return dated(periods.quarter(start, (first + 2) // 3), found[1])
    return dated(periods.months_from(start, first, length, "interval"), found[1])


@reads
def quarter_of(w: Words, line: Timeline) -> Reading | None:
    """The first quarter of last year."""
    text = re.sub(r"^(?:the )?last (?=quarter)", "", w.text)
    nth, found = which_nth(w, 4), relative_year(text, line)
    if nth and _fiscal(w, line) and line.base is not None:
        return dated(_quarter(_fiscal_now(line) + step_of(text), nth, start=line.fiscal_start), line.base)
    return dated(periods.quarter(found[0], nth), found[1]) if nth and found else None


@reads
def half(w: Words, line: Timeline) -> Reading | None:
    """The first half of 2024; H1 2024."""
    nth = which_nth(w, 2)
    if nth is None:
        return None
    year = full_year(w["yyyy"] if "yyyy" in w else w["year"], line)
    if _fiscal(w, line):
        low = _quarter(year, 2 * nth - 1, start=line.fiscal_start)
        assert low is None or low.first is not None
        return dated(periods.months_from(low.first.year, low.first.month, 6, "half")) if low and low.first else None
    return dated(periods.half(year, nth))


@reads
def open_half(w: Words, line: Timeline) -> Reading | None:
    """The first half of this year; "the first half" alone where the sentence speaks of money or rates."""
    nth = which_nth(w, 2)
    if nth is not None and re.fullmatch(r"(?:the )?\w+[ -]half", w.text):
        if not of_business(line) or re.match(r" of\b", line.text[w.end : w.end + 4]):
            return None
        origin = line.told if line.history else line.base
        if origin is None:
            return unresolved(f"XXXX-H{nth}")
        now, ahead = (origin.month + 5) // 6, line.direction() > 0
        year = origin.year + (nth < now) if ahead else origin.year - (nth > now)
        return dated(periods.half(year, nth), origin)
    found = relative_year(w.text.partition(" of ")[2], line)
    if nth is None or found is None:
        return None
    if "of" not in w.text.split() and not re.match(r"h\d", w.text):
        return None
    return dated(periods.half(found[0], nth), found[1])


def fiscal_year(end_year: int, line: Timeline, anchor: date | None = None) -> Reading | None:
    """The fiscal year named by the year it ends in."""
    if line.fiscal_start == 1:
        return dated(periods.year(end_year), anchor)
    found = periods.months_from(end_year - 1, line.fiscal_start, 12, "interval")
    return dated(replace(found, value=f"{end_year:04}"), anchor) if found else None


@reads
def fiscal(w: Words, line: Timeline) -> Reading | None:
    """Fiscal 2025-26 is named by both years it touches; FY2024 by the year it ends in."""
    if "year" in w:
        start = w.number("year")
        end = w.get("yyyy")
    else:
        start, end = full_year(w["yyyy"], line), w.get("yyyy2")
    if end is None:
        return dated(periods.year(start)) if w.text.startswith("cy") else fiscal_year(start, line)
    last = int(end) if len(end) == 4 else start // 100 * 100 + int(end)
    if last != start + 1:
        return None
    if line.fiscal_start != 1:
        return fiscal_year(last, line)
    low, high = periods.year(start), periods.year(last)
    return dated(periods.between(low, high)) if low and high else None


@reads
def this_fiscal(w: Words, line: Timeline) -> Reading | None:
    """The last fiscal year."""
    if line.base is None:
        return None
    return fiscal_year(_fiscal_now(line) + step_of(w.text), line, line.base)


def _fiscal_now(line: Timeline) -> int:
    """The fiscal year of the article, by the year it ends in."""
    assert line.base is not None
    return line.base.year + (line.fiscal_start != 1 and line.base.month >= line.fiscal_start)


@reads
def full_year_of(w: Words, line: Timeline) -> Reading | None:
    """The full year: that of the quarter or half named last."""
    named = [line.spans[kind] for kind in ("quarter", "half") if kind in line.spans]
    if line.fiscal_start != 1 or not named or named[0].first is None:
        return None
    return dated(periods.year(named[0].first.year), named[0].first)


@reads
def latest(w: Words, line: Timeline) -> Reading | None:
    """The latest quarter: the one named last, else the last one ended."""
    named, origin = line.spans.get("quarter"), line.base
    if named is not None:
        return dated(named, named.first)
    before = periods.shift(origin, "Q", -1) if origin is not None and not line.history else None
    return dated(periods.unit_holding(before, "Q"), origin) if before else None


@reads
def year_ago_period(w: Words, line: Timeline) -> Reading | None:
    """The same period last year: that of the quarter or stretch that the text speaks of, a year before."""
    unit = next(
        (unit for unit in ("quarter", "month", "half", "week", "day") if re.search(rf"\b{unit}\b", w.text)), None
    )
    named = line.spans.get(unit) if unit else line.span
    if named is None and (unit is None or (line.stated is not None and line.stated.precision == unit)):
        named = line.stated
    if named is None and unit == "quarter" and line.base is not None and not line.history:
        before = periods.shift(line.base, "Q", -1)  # results are those of the quarter ended
        named = periods.unit_holding(before, "Q") if before else None
    origin = named.first if named is not None else line.base
    if origin is None:
        return None
    step = w.number("year") - origin.year if "year" in w else -1
    found = periods.moved(named, "Y", step) if named is not None else None
    if found is None:
        on = periods.shift(origin, "Y", step)
        kind = {"quarter": "Q", "month": "M", "half": "H"}.get(unit or "", "D" if named is not None else "Y")
        found = periods.unit_holding(on, kind) if on is not None else None
    return dated(found, origin)


@reads
def the_period(w: Words, line: Timeline) -> Reading | None:
    """In the period: the stretch of time named just before."""
    span = line.span
    if span is None or span.first is None or not line.near(line.span_at) or _PERIOD_OF.match(line.text, w.end):
        return None
    return dated(replace(span, value=str(span.date_value)) if span.value[0] == "P" else span, span.first)


#: What says which period is meant.
_PERIOD_OF = re.compile(
    r"[ -](?:of|from|between|to|until|when|where|in which|that|last|a year|the year|the previous|ended|ending|before|after|"
    r"following|since|covered|under)\b"
)
