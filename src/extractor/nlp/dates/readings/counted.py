"""So many units from a day: two weeks ago, three days later, the past 15 years, the first three months."""

import re
from dataclasses import replace
from datetime import date, timedelta

from extractor.nlp.dates import periods
from extractor.nlp.dates.library import library_day
from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    dated,
    reads,
    timex_length,
    unresolved,
)
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import number


def counted_units(origin: date | None, unit: str, count: float | None, sign: int) -> Reading | None:
    """So many units before or after a day, no finer than the unit says."""
    ref = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if unit in ("TS", "TM", "TH"):
        if origin is None or count is None:
            return unresolved(ref)
        hours = {"TS": 1 / 3600, "TM": 1 / 60, "TH": 1}[unit] * count
        return dated(periods.day(origin), origin, type="time") if hours < 12 else unresolved(ref)
    if origin is None or count is None:
        return unresolved(ref)
    if unit == "W2":
        unit, count = "W", 2 * count
    if count != int(count):
        unit, count = {"Y": ("M", 12 * count), "M": ("D", 30 * count), "W": ("D", 7 * count)}.get(unit, (unit, count))
    moved = periods.shift(origin, "W" if unit == "WE" else unit, sign * round(count))
    if moved is None:
        return unresolved(ref)
    return dated(periods.unit_holding(moved, "D" if unit == "W" else unit), origin)


@reads
def ago(w: Words, line: Timeline) -> Reading | None:
    """Two weeks ago, from the article's day; "a year ago" beside a quarter is that quarter of the year before."""
    if "n" not in w:
        return unresolved("PAST_REF")
    if (finer := re.search(r" ago (?:this )?(today|week|month|year)$", w.text)) is not None:
        count, origin = number(w["n"]), line.base
        moved = (
            periods.shift(origin, w.of("unit"), -round(count)) if origin and count and w.of("unit") in "YMW" else None
        )
        held = {"today": "D", "week": "W", "month": "M", "year": "Y"}[finer[1]]
        return dated(periods.unit_holding(moved, held), origin) if moved else None
    count, unit = number(w["n"]), w.of("unit")
    if unit == "Y" and count is not None and max(line.stated_at, line.span_at) >= line.doc[line.token].sent.start:
        found = _from_meant(line, "Y", -round(count))
        if found is not None:
            return found
    return counted_units(line.base, unit, count, -1)


def _from_meant(line: Timeline, unit: str, count: int) -> Reading | None:
    """The month, quarter, half or months that the text speaks of, so many years, quarters or months on."""
    meant = line.meant
    if meant is None or meant.first is None or meant.precision not in ("month", "quarter", "half", "interval"):
        return None
    if unit != "Y" and meant.precision != {"M": "month", "Q": "quarter"}[unit]:
        return None
    return dated(periods.moved(meant, unit, count), meant.first)


@reads
def compound_ago(w: Words, line: Timeline) -> Reading | None:
    """Two years and three months ago: a day where days are counted, else a month."""
    on = library_day(w.text, line.base) if line.base is not None else None
    if on is None:
        return unresolved("PAST_REF")
    return dated(periods.unit_holding(on, "D" if re.search(r"\b(?:day|week)s?\b", w.text) else "M"), line.base)


@reads
def from_now(w: Words, line: Timeline) -> Reading | None:
    """Two years from now; two months from tomorrow is a day; more than two weeks after today is open."""
    text, unit, count = w.text, w.of("unit"), number(w["n"])
    offset = 1 if re.search(r"(?:tomorrow|tmrw)$", text) else -1 if text.endswith("yesterday") else 0
    origin = periods.shift(line.base, "D", offset) if line.base else None
    sign = -1 if "before" in text else 1
    if origin is not None and text.endswith("from today") and re.search(r"\bfor $", line.text[: w.start][-4:].lower()):
        length = Reading("duration", Period(timex_length(unit, count), None, None, None, None), "stated")
        return starting(Reading("date", periods.day(origin), "resolved", origin), length)
    if (
        unit in ("M", "Q", "Y")
        and count is not None
        and origin is not None
        and text.endswith(("day", "tomorrow", "tmrw"))
    ):
        moved = periods.shift(origin, unit, sign * round(count))
        found = dated(periods.day(moved), origin) if moved else None
    else:
        found = counted_units(origin, unit, count, sign)
    return _bounded(found, text, sign) if found is not None else None


def _bounded(found: Reading, text: str, sign: int) -> Reading:
    """The reading under "more than" or "less than" before a count of days."""
    bound = re.match(r"more than|less than|over|at least", text)
    on, anchor = found.period.first, found.anchor
    if bound is None or on is None or anchor is None or found.period.precision != "day":
        return found
    period = found.period
    if bound[0] == "less than":
        low, high = (anchor, on - timedelta(1)) if sign > 0 else (on + timedelta(1), anchor)
        if low > high:
            return found
        period = replace(period, first=low, last=high, date_value=f"{low}/{high}", precision="interval")
    elif sign > 0:
        period = replace(period, last=None, date_value=f"{on}/")
    else:
        last = on if bound[0] == "at least" else on - timedelta(1)
        period = replace(period, first=None, last=last, date_value=f"/{last}")
    return replace(found, period=period)


@reads
def compound_later(w: Words, line: Timeline) -> Reading | None:
    """Two years and three days later: from the time last stated, "from now" from the article's day."""
    on = line.base if w.text.endswith(("now", "hence")) else line.told_day or line.told
    origin, sign = on, -1 if w.text.endswith("earlier") else 1
    units = []
    for suffix in ("", "2", "3"):
        if f"n{suffix}" not in w or on is None:
            continue
        count, unit = number(w[f"n{suffix}"]), w.of("unit", f"unit{suffix}")
        if count is None or count != int(count) or unit not in ("D", "W", "M", "Q", "Y"):
            return None
        units.append(unit)
        on = periods.shift(on, unit, sign * int(count))
    if on is None or origin is None:
        return unresolved("PAST_REF" if sign < 0 else "FUTURE_REF")
    return dated(periods.unit_holding(on, "D" if {"D", "W"} & set(units) else "M"), origin)


#: What follows "two days before" when no event is named after it.
_ENDS = re.compile(r"\s*(?:[.,;:)!?\u201d\"\n]|$|(?:and|but|when|while|as|with|was|were|had|has|is)\b)")


@reads
def later(w: Words, line: Timeline) -> Reading | None:
    """Three days later, a year earlier: counted from the time last stated."""
    if w.text.endswith((" before", " after", " prior", " on")) and not _ENDS.match(line.text, w.end):
        return None
    sign = -1 if re.search(r"\b(?:earlier|before|previously|prior|beforehand)\b", w.text) else 1
    count = number(w["n"]) if "n" in w else None
    unit = w.of("unit")
    if unit in ("Y", "Q", "M") and count is not None:
        quarters = unit == "M" and count == 3 and line.meant is not None and line.meant.precision == "quarter"
        found = _from_meant(line, "Q" if quarters else unit, sign * (1 if quarters else round(count)))
        if found is not None:
            return found
    return counted_units(line.told_day if unit in ("D", "W", "W2") else line.told, unit, count, sign)


def counted_from(start: Reading, length: Reading, sign: int) -> Reading | None:
    """Three days after 12 January: a duration counted from a date that the text names."""
    match = re.fullmatch(r"P(\d+(?:\.\d+)?)(D|W|M|Q|Y|DE|CE)", length.period.value)
    origin = start.period.last if sign > 0 else start.period.first
    if match is None or origin is None:
        return None
    return counted_units(origin, match[2], float(match[1]), sign)


def starting(start: Reading, length: Reading) -> Reading | None:
    """Three days starting on Monday: a duration that begins at a date."""
    match = re.fullmatch(r"P(\d+)(D|W|M|Q|Y)", length.period.value)
    first = start.period.first
    end = periods.shift(first, match[2], int(match[1])) if match and first else None
    if first is None or end is None:
        return None
    last = end - timedelta(1)
    period = Period(length.period.value, f"{first}/{last}", first, last, "interval")
    return Reading("duration", period, start.how, start.anchor)


def edge_of(length: Reading, of: Reading, *, last: bool) -> Reading | None:
    """The first three months of 2024: a duration at one edge of a period. It keeps its value and gets its days."""
    match, whole = re.fullmatch(r"P(\d+)(D|W|M|Q|Y|DE)", length.period.value), of.period
    if match is None or whole.first is None or whole.last is None:
        return None
    count, unit = int(match[1]), match[2]
    first, end = whole.first, whole.last
    if (count, unit, whole.precision) == (1, "W", "month"):
        week = periods.week(end - timedelta(3) if last else first + timedelta(3))
        return dated(replace(week, value=str(week.date_value)), of.anchor or first) if week else None
    if last:
        moved = periods.shift(end + timedelta(1), unit, -count)
        first = moved if moved is not None else first
    else:
        moved = periods.shift(first, unit, count)
        end = moved - timedelta(1) if moved is not None else end
    if not whole.first <= first <= end <= whole.last:
        return None
    shown = f"{first}/{end}"
    if unit in ("M", "Q") and first.day == 1:
        months = (end.year - first.year) * 12 + end.month - first.month + 1
        found = periods.months_from(first.year, first.month, months, "interval")
        if months == 3 and first.month % 3 == 1:
            found = periods.quarter(first.year, (first.month + 2) // 3)
        elif months == 6 and first.month in (1, 7):
            found = periods.half(first.year, 1 + first.month // 7)
        shown = found.date_value if found and found.date_value else shown
    return Reading("duration", Period(length.period.value, shown, first, end, "interval"), of.how, of.anchor)
