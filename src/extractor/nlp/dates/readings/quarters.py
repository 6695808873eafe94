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
    reads,
    relative_year,
    step_of,
    unresolved,
    which_nth,
)
from extractor.nlp.dates.timeline import Timeline


def _fiscal(w: Words, line: Timeline) -> bool:
    return line.fiscal_start != 1 and bool(re.search(r"\bfy|fiscal|financial", w.text))


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
    """The third quarter: the latest that has begun, or the next where the clause looks ahead."""
    nth = which_nth(w, 4)
    if nth is None:
        return None
    if line.lent_year is not None:
        return dated(periods.quarter(line.lent_year, nth))
    origin = line.told if line.history else line.base
    if origin is None:
        return unresolved(f"XXXX-Q{nth}")
    now = (origin.month + 2) // 3
    year = origin.year + (nth < now) if line.direction() > 0 else origin.year - (nth > now)
    return dated(periods.quarter(year, nth), origin)


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
    nth, found = which_nth(w, 4), relative_year(re.sub(r"^(?:the )?last (?=quarter)", "", w.text), line)
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
    """The first half of this year."""
    nth = which_nth(w, 2)
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
    now = line.base.year + (line.fiscal_start != 1 and line.base.month >= line.fiscal_start)
    return fiscal_year(now + step_of(w.text), line, line.base)


@reads
def year_ago_period(w: Words, line: Timeline) -> Reading | None:
    """The same period last year: that of the period last stated, a year before."""
    unit = next((u for u in ("quarter", "month", "half", "week") if u in w.text), None)
    if "year" in w:
        stated, step = line.stated, 0
        if stated is None or stated.first is None:
            return None
        step = w.number("year") - stated.first.year
    else:
        step = -1
    stated = line.stated
    if (
        stated is not None
        and stated.first is not None
        and stated.precision in ("month", "quarter", "half", "day", "week")
    ):
        kind = {"month": "M", "quarter": "Q", "half": "H", "day": "D", "week": "W"}[stated.precision]
        if unit == "month":
            kind = "M"
        moved = periods.shift(stated.first, "Y", step)
        return dated(periods.unit_holding(moved, kind), stated.first) if moved else None
    if line.base is None:
        return None
    moved = periods.shift(line.base, "Y", step)
    kind = {"quarter": "Q", "month": "M"}.get(unit or "", "Y")
    return dated(periods.unit_holding(moved, kind), line.base) if moved else None
