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
    is_told,
    of_business,
    reads,
    timex_length,
    unresolved,
)
from extractor.nlp.dates.readings.lengths import duration
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import number


def _counted(origin: date | None, unit: str, count: float | None, sign: int) -> Reading | None:
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
    count, unit = number(w["n"]), w.of("unit")
    if unit == "Y" and count is not None and max(line.stated_at, line.span_at) >= line.doc[line.token].sent.start:
        found = _from_meant(line, "Y", -round(count))
        if found is not None:
            return found
    return _counted(line.base, unit, count, -1)


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
        found = _counted(origin, unit, count, sign)
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


#: What a stretch of time is measured by: "the first fall in three years".
_EXTREME = re.compile(
    r"\b(?:first|only|\w{3,}est|most|least|best|worst|more than once|time|times)\b[^.;]*$", re.IGNORECASE
)


@reads
def in_units(w: Words, line: Timeline) -> Reading | None:
    """In two weeks: a day to come, unless the clause is past ("the first fall in three years")."""
    if "time" not in w.whole and (line.direction() <= 0 or _EXTREME.search(line.text[max(0, w.start - 60) : w.start])):
        return duration(w, line)
    if w.whole.startswith("within"):
        return _reaching(w, line, 1)
    return _counted(line.base, w.of("unit"), number(w["n"]), 1)


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
    return _counted(line.told_day if unit in ("D", "W", "W2") else line.told, unit, count, sign)


def counted_from(start: Reading, length: Reading, sign: int) -> Reading | None:
    """Three days after 12 January: a duration counted from a date that the text names."""
    match = re.fullmatch(r"P(\d+(?:\.\d+)?)(D|W|M|Q|Y|DE|CE)", length.period.value)
    origin = start.period.last if sign > 0 else start.period.first
    if match is None or origin is None:
        return None
    return _counted(origin, match[2], float(match[1]), sign)


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


def _reaching(w: Words, line: Timeline, sign: int) -> Reading | None:
    """A duration that reaches back from, or on from, the article's day: it keeps its value and gets its days."""
    count, unit = number(w["n"]) if "n" in w else 1, w.of("unit")
    value = timex_length(unit, count)
    origin = line.told if line.history else line.base
    if origin is None or count is None or unit[0] == "T" or unit == "WE":
        return unresolved(value, type="duration")
    steps, kind = (2 * count, "W") if unit == "W2" else (count, unit)
    if kind == "ME" or steps != int(steps):
        return unresolved(value, type="duration")
    moved = periods.shift(origin, kind, sign * int(steps))
    if moved is None:
        return unresolved(value, type="duration")
    if sign < 0 and is_told(w.text) and line.stated is not None and line.stated.first is not None:
        origin = line.stated.first
        moved = periods.shift(origin, kind, -int(steps)) or origin
        origin -= timedelta(1)
    if kind == "Q":
        return _quarters(origin, int(steps), sign)
    if kind == "D" and re.search(r"\b(?:trading|business|working)\b", w.text):
        return _working_days(origin, int(steps), sign)
    within = w.whole.startswith("within") or line.text[max(0, w.start - 7) : w.start].lower() == "within "
    first, last = (moved, origin) if sign < 0 else (origin + timedelta(not within), moved)
    if kind in ("Y", "DE", "CE"):
        shown = f"{first:%Y}/{last:%Y}"
    elif kind == "M":
        shown = f"{first:%Y-%m}/{last:%Y-%m}"
    else:
        shown = f"{first}/{last}"
    return Reading("duration", Period(value, shown, first, last, "interval"), "resolved", origin)


def _working_days(origin: date, count: int, sign: int) -> Reading | None:
    """The next three working days: from Monday to Friday, the article's own day left out."""
    if not 0 < count <= 1000:
        return None
    days: list[date] = []
    on = origin
    while len(days) < count:
        moved = periods.shift(on, "D", sign)
        if moved is None:
            return None
        on = moved
        if on.isoweekday() <= 5:
            days.append(on)
    first, last = min(days), max(days)
    period = Period(f"P{count}D", f"{first}/{last}", first, last, "interval")
    return Reading("duration", period, "resolved", origin)


def _quarters(origin: date, count: int, sign: int) -> Reading | None:
    """The past two quarters: whole ones, before or after that of the article."""
    near, far = periods.shift(origin, "Q", sign), periods.shift(origin, "Q", sign * count)
    ends = sorted(on for on in (near, far) if on is not None)
    low, high = periods.unit_holding(ends[0], "Q"), periods.unit_holding(ends[-1], "Q")
    found = periods.between(low, high) if low and high else None
    return Reading("duration", replace(found, value=f"P{count}Q"), "resolved", origin) if found else None


@reads
def span_units(w: Words, line: Timeline) -> Reading | None:
    """The past 15 years, the next decade."""
    text = w.text
    if "unit" not in w:
        value = {"decade": "DE", "century": "CE", "fortnight": "W2"}.get(text.split()[-1])
        if value is None:
            return None
        w = _with(w, unit=text.split()[-1])
    if text.startswith("last") and _VERB_BEFORE.search(line.text[max(0, w.start - 8) : w.start]):
        return None  # "it will last 48 hours"
    plural = w["unit"].lower().endswith(("s", "ia"))
    if "n" in w and (w["n"].lower() in ("a", "an") or ((number(w["n"]) or 2) > 1 and not plural)):
        return None
    found = _first_months(w, line) if text.startswith("the first") else None
    if found is not None:
        return found
    if re.search(r"\b(?:first|final)\b", text) or (w.of("unit") == "D" and w["unit"].lower() == "night"):
        return duration(w, line)
    forward = bool(re.search(r"\b(?:next|coming|upcoming|following|ensuing|succeeding|subsequent)\b", text))
    return _reaching(w, line, 1 if forward else -1)


def _first_months(w: Words, line: Timeline) -> Reading | None:
    """In the first eight months, where business is spoken of: those of the article's year, once they are over."""
    count, base = number(w["n"]) if "n" in w else None, line.base
    if base is None or line.history or count is None or w.of("unit") != "M" or not 2 <= count <= 11:
        return None
    if re.match(r"\s(?:of|in|after|since)\b", line.text[w.end : w.end + 7]) or not of_business(line):
        return None
    if not re.search(r"\b(?:in|during|for|over) $", line.text[max(0, w.start - 8) : w.start], re.IGNORECASE):
        return None
    months = periods.months_from(base.year - (count > base.month), 1, int(count), "interval")
    return Reading("duration", replace(months, value=f"P{count:g}M"), "resolved", base) if months else None


_VERB_BEFORE = re.compile(r"\b(?:will|would|to|may|might|can|could|should|must|not|ll) $", re.IGNORECASE)


def _with(w: Words, **groups: str) -> Words:
    w._groups.update(groups)
    return w


@reads
def span_compound(w: Words, line: Timeline) -> Reading | None:
    """The past two years and three months."""
    forward = bool(re.search(r"\b(?:next|coming|following)\b", w.text))
    origin = line.told if line.history else line.base
    on, value = origin, "P"
    for suffix in ("", "2", "3"):
        if f"n{suffix}" not in w:
            continue
        count, unit = number(w[f"n{suffix}"]), w.of("unit", f"unit{suffix}")
        if count is None or count != int(count) or unit not in ("D", "W", "M", "Y"):
            return None
        value += f"{count:g}{unit}"
        on = periods.shift(on, unit, int(count) * (1 if forward else -1)) if on else None
    if on is None or origin is None:
        return unresolved(value, type="duration")
    first, last = (origin + timedelta(1), on) if forward else (on, origin)
    return Reading("duration", Period(value, f"{first}/{last}", first, last, "interval"), "resolved", origin)


@reads
def vague_span(w: Words, line: Timeline) -> Reading | None:
    """In recent years: no days are known."""
    if not w["unit"].lower().endswith(("s", "ia")) or (w.of("unit") == "TH" and "early" in w.text):
        return None
    return unresolved(timex_length(w.of("unit"), None), type="duration")
