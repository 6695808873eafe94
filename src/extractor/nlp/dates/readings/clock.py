"""Times of day."""

import re
from dataclasses import replace

from extractor.nlp.dates import periods
from extractor.nlp.dates.readings.base import Reading, Words, dated, part_of_day, reads, unresolved
from extractor.nlp.dates.timeline import Timeline


@reads
def clock(w: Words, line: Timeline) -> Reading | None:
    """10:30 a.m. ET; 1430 GMT."""
    if "hhmm" in w:
        hour, minute = int(w["hhmm"][:2]), int(w["hhmm"][2:])
    else:
        hour, minute = w.number("hour"), w.number("minute") if "minute" in w else 0
    half_day = re.search(r"\d ?([ap])\.?m\b", w.text)
    if half_day:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half_day[1] == "p" else 0)
    zulu = "Z" if re.search(r"(?:gmt|utc)\b", w.text) else ""
    return _at_time(f"T{hour:02}:{minute:02}{zulu}", line)


def _at_time(time: str, line: Timeline) -> Reading | None:
    origin = line.hour_of
    if origin is None:
        return unresolved(time, type="time")
    return dated(replace(periods.day(origin), value=f"{origin}{time}"), origin, type="time")


@reads
def named_time(w: Words, line: Timeline) -> Reading | None:
    """Noon, midnight."""
    time = {
        "noon": "T12:00",
        "midday": "T12:00",
        "midnight": "T00:00",
        "dawn": "TMO",
        "sunrise": "TMO",
        "daybreak": "TMO",
    }
    return _at_time(time.get(w.text, "TEV"), line)


@reads
def daypart(w: Words, line: Timeline) -> Reading | None:
    """The morning."""
    if "the" not in w.whole.split() and not re.match(r"that|one|the same|at|by|during", w.whole):
        return None
    part = w.of("daypart")
    if re.match(r"one|at|by|during", w.whole) and "the" not in w.whole.split():
        return unresolved(f"XXXX-XX-XXT{part}", type="time")
    if re.match(r"\s(?:of\b|hours\b|after|before|when)", line.text[w.end : w.end + 8]):
        return None
    day = line.told_day
    return part_of_day(day, part, day) if day else unresolved(f"T{part}", type="time")
