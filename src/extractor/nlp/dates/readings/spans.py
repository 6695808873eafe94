"""Stretches of so many units: the past 15 years, the next decade, the first eight months."""

import re
from dataclasses import replace
from datetime import date, timedelta

from extractor.nlp.dates import periods
from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    is_told,
    of_business,
    reads,
    timex_length,
    unresolved,
)
from extractor.nlp.dates.readings.counted import counted_units
from extractor.nlp.dates.readings.lengths import duration
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import number, words

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
        return reaching(w, line, 1)
    return counted_units(line.base, w.of("unit"), number(w["n"]), 1)


def reaching(w: Words, line: Timeline, sign: int) -> Reading | None:
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
    if text.endswith(" and a half"):
        return _and_a_half(text, line)
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
    return reaching(w, line, 1 if forward else -1)


def _and_a_half(text: str, line: Timeline) -> Reading | None:
    """The past year and a half."""
    unit = next(words("unit")[word] for word in text.split() if word in words("unit"))
    origin = line.told if line.history else line.base
    sign = 1 if re.match(r"(?:the )?(?:next|coming)\b", text) else -1
    days, months = (sign * 45, 0) if unit == "M" else (0, sign * {"Y": 18, "DE": 180, "CE": 1800}[unit])
    moved = periods.shift(origin, "M", months) if origin else None
    moved = periods.shift(moved, "D", days) if moved else None
    if origin is None or moved is None:
        return unresolved(timex_length(unit, 1.5), type="duration")
    first, last = (origin + timedelta(1), moved) if sign > 0 else (moved, origin)
    shown = f"{first}/{last}" if unit == "M" else f"{first:%Y-%m}/{last:%Y-%m}"
    return Reading("duration", Period(timex_length(unit, 1.5), shown, first, last, "interval"), "resolved", origin)


def _first_months(w: Words, line: Timeline) -> Reading | None:
    """In the first eight months or three quarters, where business is spoken of: those of the year that last had them."""
    count, base = number(w["n"]) if "n" in w else None, line.base
    unit = w.of("unit")
    if base is None or line.history or count is None or unit not in ("M", "Q"):
        return None
    length = int(count) * (3 if unit == "Q" else 1)
    if not 2 <= length <= 11:
        return None
    if re.match(r"\s(?:of|in|after|since)\b", line.text[w.end : w.end + 7]) or not of_business(line):
        return None
    if not re.search(r"\b(?:in|during|for|over) $", line.text[max(0, w.start - 8) : w.start], re.IGNORECASE):
        return None
    months = periods.months_from(base.year - (length > base.month), 1, length, "interval")
    return Reading("duration", replace(months, value=f"P{count:g}{unit}"), "resolved", base) if months else None


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
