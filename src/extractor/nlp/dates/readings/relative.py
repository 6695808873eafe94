"""Dates counted from the article or from the time being told: today, Monday, last week, the next day."""

import re
from dataclasses import replace
from datetime import timedelta

from extractor.nlp.dates import periods
from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    dated,
    ends_clause,
    is_told,
    part_of_day,
    reads,
    relative_year,
    step_of,
    unknown_unit,
    unresolved,
)
from extractor.nlp.dates.readings.spans import reaching
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import ordinal, words

_DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


#: What is called today's for being of these times.
_TODAYS = re.compile(
    r"['\u2019]s (?:[a-z]+ )?(?:world|society|generation|youth|young|children|students|standards|prices|dollars|money|leaders|"
    r"consumers|workers|age|era|climate|environment|landscape|economy|technology)\b"
)


@reads
def deictic(w: Words, line: Timeline) -> Reading | None:
    """Today, yesterday, tomorrow."""
    if line.base is None or (w.text == "today" and _TODAYS.match(line.text, w.end)):
        return (
            unresolved("PRESENT_REF")
            if "today" in w.text
            else unresolved("PAST_REF" if "yest" in w.text else "FUTURE_REF")
        )
    offset = _DEICTIC.get(w.text, 0)
    on = periods.shift(line.base, "D", offset)
    return dated(periods.day(on), line.base) if on else None


@reads
def night(w: Words, line: Timeline) -> Reading | None:
    """Last night, this morning."""
    part = next((words("daypart")[word] for word in w.text.split() if word in words("daypart")), "NI")
    if line.base is None:
        return unresolved(f"T{part}", type="time")
    back = w.text.startswith(("yesterday", "last", "overnight"))
    offset = -1 if back else 1 if w.text.startswith("tomorrow") else 0
    if w.text == "overnight":
        offset = 0 if line.direction() <= 0 else 1
    on = periods.shift(line.base, "D", offset)
    return part_of_day(on, part, line.base) if on else None


@reads
def unit_end(w: Words, line: Timeline) -> Reading | None:
    """Year-end."""
    origin = line.told if line.history else line.base
    unit = next(value for word, value in (("year", "Y"), ("month", "M"), ("quarter", "Q")) if word in w.text)
    found = periods.unit_holding(origin, unit) if origin else None
    return dated(periods.part_of(found, "late"), origin) if found else None


@reads
def month_shift(w: Words, line: Timeline) -> Reading | None:
    """Last May is the latest one past; next May the next to come; this May that of the year."""
    number = int(w.of("month"))
    told = bool(re.search(r"\b(?:following|previous|same|that)\b", w.text))
    origin = line.told if told or line.history else line.base
    if (w.text.startswith("the ") and not step_of(w.text)) or not w["month"][0].isupper():
        return None
    if origin is None:
        return unresolved(f"XXXX-{number:02}")
    step = step_of(w.text)
    year = origin.year
    if step < 0:
        year -= number >= origin.month
    elif step > 0:
        year += number <= origin.month
    return dated(periods.month(year, number), origin)


@reads
def month_of(w: Words, line: Timeline) -> Reading | None:
    """May last year; July 25 of that year; the 28th of that month."""
    if "month" in w:
        found = relative_year(w.text, line)
        if found is None:
            return None
        month = int(w.of("month"))
        if "day" in w:
            return dated(periods.calendar_day(found[0], month, w.number("day")), found[1])
        return dated(periods.month(found[0], month), found[1])
    told = bool(re.search(r"\b(?:that|same|following)\b", w.text))
    origin = line.told if told or line.history else line.base
    moved = periods.shift(origin, "M", step_of(w.text)) if origin else None
    if moved is None:
        return None
    return dated(periods.calendar_day(moved.year, moved.month, ordinal(w["nth"])), origin)


@reads
def unit_shift(w: Words, line: Timeline) -> Reading | None:
    """Last week, this year, the following month."""
    unit, text = w.of("unit"), w.text
    if unit in ("TS", "TM", "TH", "W2", "ME") or w["unit"].lower().endswith("s"):
        return None
    if text.startswith("the ") and len(text.split()) == 2:
        return _the_unit(unit, w, line) if w["unit"].islower() else None
    if unit == "D" and text.startswith("this") and re.match(r"\s(?:in|of)\b", line.text[w.end : w.end + 4]):
        return None  # "on this day in 1987"
    if (unit in ("DE", "CE") and step_of(text) and not is_told(text)) or (unit == "D" and "past" in text):
        return None
    if unit == "D" and w["unit"].lower() == "night":
        return None
    if unit in ("W", "M", "Y") and _lasting(w, line):
        return reaching(w, line, -1)
    told = is_told(text) or text == "the next day"
    origin = line.told if told or line.history else line.base
    if unit == "D" and told:
        origin = line.told_day
    if origin is None:
        return unknown_unit(unit)
    step = step_of(text) * (2 if re.search(r"(?:before last|after next)$", text) else 1)
    if told and line.stated is not None and line.stated.last is not None and step > 0:
        origin = line.stated.last
    moved = periods.shift(origin, "W" if unit == "WE" else unit, step)
    return dated(periods.unit_holding(moved, unit), origin) if moved else None


def _lasting(w: Words, line: Timeline) -> bool:
    """Whether "the past year" is the twelve months up to the article's day, as in "over the last year"."""
    if line.history or not re.match(r"(?:the )?(?:past|last)\b", w.text) or w.text.startswith("last"):
        return False
    over = re.search(
        r"\b(?:over|during|within|throughout) (?:just )?$", line.text[max(0, w.start - 16) : w.start], re.IGNORECASE
    )
    return "past" in w.text or over is not None


def _the_unit(unit: str, w: Words, line: Timeline) -> Reading | None:
    """The year, the month: the one being told of, where a word before it asks for one."""
    before = line.text[max(0, w.start - 16) : w.start].lower()
    if unit == "D" and re.search(
        r"(?:\bfor|end|ended|ending|finish|finished|close|closed|earlier in|later in|rest of)\s$", before
    ):
        on = line.told_day
        if on is not None and line.base is not None and not line.history and abs(on - line.base) > timedelta(7):
            on = line.base
        return dated(periods.day(on), on) if on else None
    if unit not in ("Y", "M", "W", "Q") or not re.search(
        r"(?:end|beginning|start|middle|rest|close|part|half|in|of|during|for|later in|earlier in|through|throughout|over)\s$",
        before,
    ):
        return None
    if re.match(r"\s(?:of|when|that|after|before|since|in which|to|\d)", line.text[w.end : w.end + 10]):
        return None
    origin = line.told if line.history else line.base
    if unit == "Q" and (named := line.spans.get("quarter")) is not None:
        return dated(named, named.first)
    if unit == "Q" and not re.search(
        r"(?:end|beginning|start|middle|rest|close|later in|earlier in) (?:of )?$", before
    ):
        return None
    stated = line.stated
    if not line.history and stated is not None and stated.first is not None and line.near(line.stated_at):
        # "In April sales fell, by 3% in the month"; "It opened in 2019 and closed by the end of the year."
        other_year = unit == "Y" and origin is not None and stated.first.year < origin.year and line.direction() <= 0
        if other_year or (unit == "M" and stated.precision == "month"):
            origin = stated.first
    return dated(periods.unit_holding(origin, unit), origin) if origin else None


@reads
def turn(w: Words, line: Timeline) -> Reading | None:
    """The turn of the year: the December and January last begun, or those to come where the clause looks ahead."""
    origin = line.told if line.history else line.base
    if origin is None:
        return None
    ahead = line.direction() > 0 and origin.month > 1
    year = origin.year if ahead or origin.month == 12 else origin.year - 1
    return dated(periods.months_from(year, 12, 2, "interval"), origin)


@reads
def within(w: Words, line: Timeline) -> Reading | None:
    """Earlier this year: up to the article's day; later this year: from it on. A record takes no date from these."""
    unit, text = w.of("unit"), w.text
    if w["unit"].lower().endswith("s") or unit in ("TS", "TM", "TH", "W2"):
        return None
    told = bool(re.search(r"\b(?:same|that)\b", text))
    origin = line.told if told or line.history else line.base
    if origin is None:
        return unknown_unit(unit)
    moved = periods.shift(origin, "W" if unit == "WE" else unit, step_of(text.partition(" ")[2]))
    found = periods.unit_holding(moved, unit) if moved else None
    if found is None or found.first is None or found.last is None:
        return None
    if unit == "D":
        return dated(found, origin)
    narrowed = replace(found, date_value=None)
    if moved == origin and text.startswith("earlier"):
        narrowed = replace(narrowed, last=origin)
    elif moved == origin:
        narrowed = replace(narrowed, first=origin)
    else:
        narrowed = replace(periods.part_of(found, "early" if text.startswith("earlier") else "late"), date_value=None)
    return dated(narrowed, origin)


@reads
def rest(w: Words, line: Timeline) -> Reading | None:
    """The rest of the year: from the article's day on. A record takes no date from it, as from "later this year"."""
    origin = line.base
    if "year" in w:
        found, anchor = periods.year(w.number("year")), None
    else:
        unit, text = w.of("unit"), w.text
        if origin is None or w["unit"].lower().endswith("s") or unit in ("TS", "TM", "TH", "W2", "D"):
            return None
        moved = periods.shift(origin, "W" if unit == "WE" else unit, step_of(text))
        found, anchor = periods.unit_holding(moved, unit) if moved else None, origin
    if found is None or found.first is None or found.last is None:
        return None
    if origin is not None and found.first <= origin <= found.last:
        found, anchor = replace(found, first=origin), origin
    return dated(replace(found, date_value=None), anchor)


@reads
def day_range_of(w: Words, line: Timeline) -> Reading | None:
    """The 12th to the 14th of next month."""
    told = bool(re.search(r"\b(?:that|same|following)\b", w.text))
    origin = line.told if told or line.history else line.base
    moved = periods.shift(origin, "M", step_of(w.text)) if origin else None
    if moved is None:
        return None
    start = periods.calendar_day(moved.year, moved.month, w.day())
    end = periods.calendar_day(moved.year, moved.month, w.day("2"))
    return dated(periods.between(start, end), origin) if start and end else None


@reads
def to_date(w: Words, line: Timeline) -> Reading | None:
    """So far this year: from its first day to the article's."""
    if line.base is None:
        return None
    if "year" in w:
        found = periods.year(w.number("year"))
    else:
        unit = next(words("unit")[word] for word in re.findall(r"[a-z]+", w.text) if word in words("unit"))
        found = periods.unit_holding(line.base, unit)
    if found is None or found.first is None or found.first > line.base:
        return None
    last = min(line.base, found.last or line.base)
    return dated(replace(found, last=last), line.base)


@reads
def same(w: Words, line: Timeline) -> Reading | None:
    """That night, the same morning: of the day last stated."""
    part, day = words("daypart")[w.text.split()[-1]], line.told_day
    return part_of_day(day, part, day) if day else unresolved(f"T{part}", type="time")


@reads
def next_day(w: Words, line: Timeline) -> Reading | None:
    """The next day, the year before: counted from the time last stated."""
    unit_word = next(
        word
        for word in re.findall(r"[a-z]+", w.text)
        if word in words("unit") or word in words("daypart") or word in words("season")
    )
    step = step_of(w.text)
    following = re.match(
        r"\s(?:the|a|an|he|she|it|they|his|her|its|their|last|next|that|[A-Z]|\d)", line.text[w.end : w.end + 8]
    )
    if w.text.endswith(("before", "after", "following")) and following:
        return None
    origin = line.told
    if unit_word in words("season"):
        name = words("season")[unit_word]
        if origin is None:
            return unresolved(f"XXXX-{name}")
        start = periods.SEASON_START[name]
        year = origin.year + (origin.month >= start) if step > 0 else origin.year - (origin.month <= start)
        return dated(periods.season(year, name), origin)
    if unit_word in words("daypart"):
        if origin is None:
            return None
        origin = line.told_day
        on = periods.shift(origin, "D", step) if origin else None
        return part_of_day(on, words("daypart")[unit_word], origin) if on else None
    unit = words("unit")[unit_word]
    if origin is None:
        return unknown_unit(unit)
    moved = periods.shift(origin, "W" if unit == "WE" else unit, step)
    return dated(periods.unit_holding(moved, unit), origin) if moved else None


@reads
def ref(w: Words, line: Timeline) -> Reading | None:
    """Now, recently, the future."""
    assert w.value is not None
    if w.text == "future" and line.doc[line.token].tag_ != "JJ":
        return None
    if w.text == "now" and line.text[w.end : w.end + 1] == "-":
        return None  # "the now-cancelled deal"
    if w.text == "to this day" and not ends_clause(w, line):
        return None  # "referred to this day as"
    if w.text.endswith("date") and re.match(r"\s(?:from|of|with|back|for|on)\b", line.text[w.end : w.end + 6]):
        return None
    if w.text.endswith("date") and line.base is not None:
        return Reading("date", Period(w.value, None, None, line.base, None), "resolved", line.base)
    after = line.text[w.end : w.end + 12]
    if (
        w.text.startswith("the ")
        and re.match(r"\s[a-z]", after)
        and not re.match(r"\s(?:of|and|for|to|that|as|but|or|was|is|in|with|when)\b", after)
    ):
        return None
    return unresolved(w.value)
