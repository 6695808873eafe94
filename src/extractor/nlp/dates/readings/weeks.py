"""Weekdays, weeks and weekends."""

import re
from dataclasses import replace
from datetime import date, timedelta

from extractor.nlp.dates import periods
from extractor.nlp.dates.guards import is_weekday
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    dated,
    reads,
    step_of,
    unresolved,
)
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import ordinal


@reads
def weekday(w: Words, line: Timeline) -> Reading | None:
    """Monday; Tuesday the eleventh."""
    number = int(w.of("weekday"))
    if "nth" in w or "day" in w:
        return _weekday_the(w, line)
    if not is_weekday(line, w):
        return None
    found = line.weekday(number)
    return dated(periods.day(found[0]), found[1]) if found else unresolved(f"XXXX-WXX-{number}")


def _weekday_the(w: Words, line: Timeline) -> Reading | None:
    """Tuesday the eleventh: the nearest such day."""
    if line.base is None or ("day" in w and not re.match(r"\s*(?:[.,;:!?)]|$)", line.text[w.end : w.end + 3])):
        return None
    for distance in range(200):
        for sign in (1, -1):
            on = periods.shift(line.base, "D", sign * distance)
            if on is not None and on.day == w.day() and on.isoweekday() == int(w.of("weekday")):
                return dated(periods.day(on), line.base)
    return None


@reads
def weekday_shift(w: Words, line: Timeline) -> Reading | None:
    """Last Tuesday is the one of last week, next Tuesday of next week; a coming one is the next to come."""
    number = int(w.of("weekday"))
    if len(w["weekday"].rstrip(".")) <= 4 and (not w["weekday"][0].isupper() or w.text.startswith(("the ", "that "))):
        return None
    told = bool(re.search(r"\b(?:following|previous|same|that|ensuing|preceding|prior)\b", w.text))
    origin = line.told if told or line.history else line.base
    if origin is None:
        return unresolved(f"XXXX-WXX-{number}")
    monday = origin - timedelta(origin.isoweekday() - 1)
    text = w.text
    if not line.history and line.base is not None and re.match(r"previous\b|following\b", text):
        origin = line.base  # without "the" it counts from today
        monday = origin - timedelta(origin.isoweekday() - 1)
        text = text.replace("previous", "last").replace("following", "next")
    if "week" in text:
        on = periods.shift(monday, "D", 7 * step_of(text) + number - 1)
    elif re.search(r"\b(?:coming|upcoming|following|ensuing)\b", text):
        on = periods.shift(origin, "D", (number - origin.isoweekday() - 1) % 7 + 1)
    elif re.search(r"\bpast\b|\bpreceding\b|\bprevious\b", text):
        on = periods.shift(origin, "D", -((origin.isoweekday() - number - 1) % 7 + 1))
    elif re.match(r"the\b|that\b|the same\b", text) and not step_of(text):
        found = line.weekday(number)
        on = found[0] if found else None
    else:
        on = periods.shift(monday, "D", 7 * step_of(text) + number - 1)
    return dated(periods.day(on), origin) if on else None


@reads
def weekday_week(w: Words, line: Timeline) -> Reading | None:
    """A week from Friday."""
    if line.base is None:
        return None
    number = int(w.of("weekday"))
    on = periods.shift(line.base, "D", (number - line.base.isoweekday()) % 7 + 7)
    return dated(periods.day(on), line.base) if on else None


@reads
def work_week(w: Words, line: Timeline) -> Reading | None:
    """The next working week, Monday to Friday."""
    origin = line.told if line.history else line.base
    moved = periods.shift(origin, "W", step_of(w.text)) if origin else None
    week = periods.week(moved) if moved else None
    if week is None or week.first is None:
        return None
    last = week.first + timedelta(4)
    return dated(replace(week, last=last, date_value=f"{week.first}/{last}"), origin)


@reads
def weekend(w: Words, line: Timeline) -> Reading | None:
    """The weekend: the latest, or the one to come where the clause looks ahead; without tense the nearest."""
    if line.base is None:
        return unresolved("XXXX-WXX-WE")
    way, today = line.direction(), line.base.isoweekday()
    ahead = way > 0 or today >= 6 or (way == 0 and today >= 4)
    moved = line.base if ahead else periods.shift(line.base, "D", -7)
    return dated(periods.weekend(moved), line.base) if moved else None


@reads
def iso_week(w: Words, line: Timeline) -> Reading | None:
    """Week 31 (ISO 8601)."""
    origin = None if "year" in w else line.base
    year = w.number("year") if "year" in w else origin.year + step_of(w.text) if origin else None
    if year is None or not 1 <= w.number("d") <= 53:
        return None
    return dated(periods.week(date.fromisocalendar(year, min(w.number("d"), 52), 1)), origin)


@reads
def nth_week(w: Words, line: Timeline) -> Reading | None:
    """The first week of June; the last Friday of May."""
    nth = ordinal(w["nth"]) if "nth" in w else -1
    if "month" not in w:
        year = periods.year(w.number("year"))
        if year is None or year.first is None or year.last is None:
            return None
        start = year.first if nth > 0 else year.last
        moved = periods.shift(start + timedelta(3 if nth > 0 else -3), "W", nth - 1 if nth > 0 else 0)
        return dated(periods.week(moved)) if moved else None
    month = int(w.of("month"))
    found = (w.number("year"), None) if "year" in w else line.year_of(month)
    whole = periods.month(found[0], month) if found else None
    if whole is None or found is None or whole.first is None or whole.last is None:
        return None
    if "weekday" in w or "day" in w.text.split():
        number = int(w.of("weekday")) if "weekday" in w else None
        days = [whole.first + timedelta(i) for i in range((whole.last - whole.first).days + 1)]
        days = [on for on in days if number is None or on.isoweekday() == number]
        index = nth - 1 if nth > 0 else -1
        return dated(periods.day(days[index]), found[1]) if index < len(days) else None
    if "weekend" in w.text:
        saturdays = [
            whole.first + timedelta(i) for i in range(28 + 3) if (whole.first + timedelta(i)).isoweekday() == 6
        ]
        saturdays = [on for on in saturdays if on.month == month]
        index = nth - 1 if nth > 0 else -1
        return dated(periods.weekend(saturdays[index]), found[1]) if index < len(saturdays) else None
    if nth > 5:
        return None
    middle = whole.first + timedelta(3 + 7 * (nth - 1)) if nth > 0 else whole.last - timedelta(3)
    found_week = periods.week(middle)
    if found_week is None:
        return None
    return dated(replace(found_week, value=str(found_week.date_value)), found[1])
