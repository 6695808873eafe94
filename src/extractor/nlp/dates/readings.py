"""What each kind of expression means: the readings that `rules.toml` names.

A reading takes the words of a phrase and the timeline and gives the time they stand for, or None where they do not
speak of time after all ("they may").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractor.models.parts import DateHow
from extractor.models.time import TimeType
from extractor.nlp.dates import periods
from extractor.nlp.dates.guards import is_month, is_weekday, is_year
from extractor.nlp.dates.holidays import holiday_on
from extractor.nlp.dates.library import library_day
from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import lookup, number, ordinal, words


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression stands for. `anchor` is the day it was counted from."""

    type: TimeType
    period: Period
    how: DateHow
    anchor: date | None = None


class Words:
    """The words of one match by slot name."""

    def __init__(self, match: re.Match[str], value: str | None) -> None:
        self._groups = {name: text for name, text in match.groupdict().items() if text is not None}
        self.text = " ".join(match["span"].lower().split())
        self.whole = match[0].lower()
        self.start = match.start("span")
        self.end = match.end("span")
        self.value = value

    def __getitem__(self, name: str) -> str:
        return self._groups[name]

    def __contains__(self, name: str) -> bool:
        return name in self._groups

    def get(self, name: str) -> str | None:
        """The text of a slot, None where it was left out."""
        return self._groups.get(name)

    def number(self, name: str) -> int:
        """The whole number of a slot, ordinal endings left out."""
        return int(re.sub(r"\D+$", "", self._groups[name]))

    def of(self, kind: str, name: str = "") -> str:
        """The vocabulary value of a slot."""
        return lookup(kind, self._groups[name or kind])

    def day(self, which: str = "") -> int:
        """The day of the month, in digits or as an ordinal; `which` is "2" for the second of a range."""
        return ordinal(self[f"nth{which}"]) if f"nth{which}" in self else self.number(f"day{which}")


type Read = Callable[[Words, Timeline], Reading | None]

READINGS: dict[str, Read] = {}


def _reading(function: Read) -> Read:
    READINGS[function.__name__.strip("_")] = function
    return function


def _dated(period: Period | None, anchor: date | None = None, *, type: TimeType = "date") -> Reading | None:
    if period is None:
        return None
    return Reading(type, period, "stated" if anchor is None else "resolved", anchor)


def _open(value: str, *, type: TimeType = "date") -> Reading:
    """A value that covers no known days."""
    return Reading(type, Period(value, None, None, None, None), "stated")


def _year(text: str, line: Timeline) -> int:
    """A year of two or four digits. Two digits are the latest such year up to twenty years ahead of the article."""
    if len(text) == 4:
        return int(text)
    limit = (line.base.year if line.base else date.today().year) + 20
    year = limit // 100 * 100 + int(text)
    return year if year <= limit else year - 100


# Absolute dates


@_reading
def iso(w: Words, line: Timeline) -> Reading | None:
    """2025-09-02."""
    return _dated(periods.calendar_day(w.number("year"), w.number("mm"), w.number("dd")))


@_reading
def numeric(w: Words, line: Timeline) -> Reading | None:
    """2/9/2025: the month first unless the article or the numbers say otherwise."""
    first, second = w.number("d"), w.number("d2")
    year = _year(w["yyyy"] if "yyyy" in w else w["year"], line)
    day_first = line.day_first or first > 12 or "." in w.text
    month, day = (second, first) if day_first and second <= 12 else (first, second)
    return _dated(periods.calendar_day(year, month, day))


@_reading
def day(w: Words, line: Timeline) -> Reading | None:
    """2 September 2025."""
    year = w.number("year") if "year" in w else _year(w["yy"], line)
    return _dated(periods.calendar_day(year, int(w.of("month")), w.day()))


@_reading
def month_day(w: Words, line: Timeline) -> Reading | None:
    """2 September."""
    month, day = int(w.of("month")), w.day()
    if not is_month(line, w, dated=True):
        return None
    if "year" in w:
        return _dated(periods.calendar_day(w.number("year"), month, day))
    found = line.year_of(month, day)
    if found is None:
        return _open(f"XXXX-{month:02}-{day:02}") if periods.calendar_day(2000, month, day) else None
    year = found[0]
    if (month, day) == (2, 29):
        year = next(
            (y for step in range(5) for y in (year + step, year - step) if periods.calendar_day(y, 2, 29)), year
        )
    return _dated(periods.calendar_day(year, month, day), found[1])


@_reading
def day_range(w: Words, line: Timeline) -> Reading | None:
    """2-4 September."""
    month, low, high = int(w.of("month")), w.day(), w.day("2")
    if low >= high or not is_month(line, w, dated=True):
        return None
    found = (w.number("year"), None) if "year" in w else line.year_of(month, low)
    if found is None:
        return _open(f"XXXX-{month:02}-{low:02}/XXXX-{month:02}-{high:02}")
    start, end = periods.calendar_day(found[0], month, low), periods.calendar_day(found[0], month, high)
    return _dated(periods.between(start, end), found[1]) if start and end else None


@_reading
def month(w: Words, line: Timeline) -> Reading | None:
    """September 2025; September."""
    number = int(w.of("month"))
    if "year" in w or "yy" in w:
        year = w.number("year") if "year" in w else _year(w["yy"], line)
        return _dated(periods.month(year, number)) if is_month(line, w, dated=True) else None
    if not is_month(line, w, dated=False):
        return None
    found = line.year_of(number)
    return _dated(periods.month(found[0], number), found[1]) if found else _open(f"XXXX-{number:02}")


@_reading
def bc(w: Words, line: Timeline) -> Reading | None:
    """146 BC, and a month or season of it."""
    return _open(f"BC{w.number('bc'):04}")


@_reading
def year(w: Words, line: Timeline) -> Reading | None:
    """2024 after a word that goes with years."""
    return _dated(periods.year(w.number("year"))) if is_year(line, w, expected=True) else None


@_reading
def bare_year(w: Words, line: Timeline) -> Reading | None:
    """2024 elsewhere."""
    return _dated(periods.year(w.number("year"))) if is_year(line, w, expected="year" in w.text) else None


@_reading
def short_year(w: Words, line: Timeline) -> Reading | None:
    """'82."""
    return _dated(periods.year(_year(w["yy"], line)))


@_reading
def year_range(w: Words, line: Timeline) -> Reading | None:
    """2010-2014; 2018-19, in an Indian article the fiscal year."""
    start = w.number("year")
    end = w.number("year2") if "year2" in w else start // 100 * 100 + w.number("yy")
    if not start < end <= start + 200:
        return None
    if end == start + 1 and "yy" in w and line.fiscal_start != 1:
        return _fiscal_year(end, line)
    low, high = periods.year(start), periods.year(end)
    return _dated(periods.between(low, high)) if low and high else None


def _nth(w: Words, last: int) -> int | None:
    """Which quarter or half of the year."""
    if "digit" in w:
        found = w.number("digit")
    elif "nth" in w:
        found = ordinal(w["nth"])
    else:
        found = 1 if "opening" in w.text else last
    return found if 1 <= found <= last else None


def _fiscal(w: Words, line: Timeline) -> bool:
    return line.fiscal_start != 1 and bool(re.search(r"\bfy|fiscal|financial", w.text))


def _quarter(year: int, nth: int, *, start: int) -> Period | None:
    """A quarter of a year that begins in month `start`; a fiscal year is named by the year it ends in."""
    if start == 1:
        return periods.quarter(year, nth)
    index = (year - 1) * 4 + (start - 1) // 3 + nth - 1
    return periods.quarter(index // 4, index % 4 + 1)


@_reading
def quarter(w: Words, line: Timeline) -> Reading | None:
    """The third quarter of 2024; Q4 FY18."""
    nth = _nth(w, 4)
    if nth is None:
        return None
    year = _year(w["yyyy"] if "yyyy" in w else w["year"], line)
    return _dated(_quarter(year, nth, start=line.fiscal_start if _fiscal(w, line) else 1))


@_reading
def open_quarter(w: Words, line: Timeline) -> Reading | None:
    """The third quarter: the latest that has begun, or the next where the clause looks ahead."""
    nth = _nth(w, 4)
    if nth is None:
        return None
    if line.lent_year is not None:
        return _dated(periods.quarter(line.lent_year, nth))
    origin = line.told if line.history else line.base
    if origin is None:
        return _open(f"XXXX-Q{nth}")
    now = (origin.month + 2) // 3
    year = origin.year + (nth < now) if line.direction() > 0 else origin.year - (nth > now)
    return _dated(periods.quarter(year, nth), origin)


def _relative_year(text: str, line: Timeline) -> tuple[int, date] | None:
    """The year of "this year", "last year", "the previous year"."""
    told = bool(re.search(r"\b(?:previous|following|same|that|prior|preceding)\b", text))
    origin = line.told if told or line.history else line.base
    if origin is None:
        return None
    return origin.year + _step(text), origin


def _step(text: str) -> int:
    if re.search(r"\b(?:last|previous|prior|preceding|past|before|ago|earlier|year-ago|year-earlier)\b", text):
        return -1
    return 1 if re.search(r"\b(?:next|following|coming|upcoming|after|ensuing)\b", text) else 0


@_reading
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
        return _dated(periods.quarter(start, (first + 2) // 3), found[1])
    return _dated(periods.months_from(start, first, length, "interval"), found[1])


@_reading
def quarter_of(w: Words, line: Timeline) -> Reading | None:
    """The first quarter of last year."""
    nth, found = _nth(w, 4), _relative_year(re.sub(r"^(?:the )?last (?=quarter)", "", w.text), line)
    return _dated(periods.quarter(found[0], nth), found[1]) if nth and found else None


@_reading
def half(w: Words, line: Timeline) -> Reading | None:
    """The first half of 2024; H1 2024."""
    nth = _nth(w, 2)
    if nth is None:
        return None
    year = _year(w["yyyy"] if "yyyy" in w else w["year"], line)
    if _fiscal(w, line):
        low = _quarter(year, 2 * nth - 1, start=line.fiscal_start)
        assert low is None or low.first is not None
        return _dated(periods.months_from(low.first.year, low.first.month, 6, "half")) if low and low.first else None
    return _dated(periods.half(year, nth))


@_reading
def open_half(w: Words, line: Timeline) -> Reading | None:
    """The first half of this year."""
    nth = _nth(w, 2)
    found = _relative_year(w.text.partition(" of ")[2], line)
    if nth is None or found is None:
        return None
    if "of" not in w.text.split() and not re.match(r"h\d", w.text):
        return None
    return _dated(periods.half(found[0], nth), found[1])


_TENS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80}


@_reading
def decade(w: Words, line: Timeline) -> Reading | None:
    """The 1990s, the '90s."""
    if "year" in w:
        start = w.number("year")
        return _dated(periods.decade(start)) if start % 10 == 0 else None
    tens = w.number("yy") if "yy" in w else _TENS.get(w.text.split()[-1], 90)
    start = _year(f"{tens:02}", line)
    return _dated(periods.decade(start)) if start % 10 == 0 else None


@_reading
def century(w: Words, line: Timeline) -> Reading | None:
    """The 21st century."""
    nth = ordinal(w["nth"])
    return _dated(periods.century(nth)) if nth <= 21 else None


@_reading
def season(w: Words, line: Timeline) -> Reading | None:
    """The spring of 2024."""
    named = next((token for token in line.doc[line.token : line.token + 4] if token.lower_ in words("season")), None)
    if named is None or named.tag_[:2] != "NN":
        return None
    if w.text.endswith(named.lower_) and named.i + 1 < len(line.doc) and line.doc[named.i + 1].tag_[:3] == "NNP":
        return None  # "the 2008 Summer Olympics"
    return _dated(periods.season(w.number("year"), w.of("season")))


@_reading
def open_season(w: Words, line: Timeline) -> Reading | None:
    """The spring."""
    name = w.of("season")
    token = line.doc[line.token + len(w.text.split()) - 1]
    if token.tag_[:2] != "NN" or (name == "FA" and "fall" in w.text and _goes_on(w, line)):
        return None
    after = line.doc[token.i + 1] if token.i + 1 < len(line.doc) else token
    if after.tag_[:3] == "NNP":
        return None
    if w.whole == w["season"].lower() and (not line.history or token.dep_ == "compound"):
        return None
    if line.lent_year is not None:
        return _dated(periods.season(line.lent_year, name))
    if "the" not in w.whole.split() and not line.history:
        return _open(f"XXXX-{name}")
    found = line.year_of(periods.SEASON_START[name])
    return _dated(periods.season(found[0], name), found[1]) if found else _open(f"XXXX-{name}")


def _goes_on(w: Words, line: Timeline) -> bool:
    """Whether a fall is one of prices or cities: "the fall of", "the fall in"."""
    return bool(re.match(r"\s+(?:of(?! \d)|in|from)\b", line.text[w.end : w.end + 8]))


# Fiscal years


def _fiscal_year(end_year: int, line: Timeline, anchor: date | None = None) -> Reading | None:
    if line.fiscal_start == 1:
        return _dated(periods.year(end_year), anchor)
    found = periods.months_from(end_year - 1, line.fiscal_start, 12, "interval")
    return _dated(replace(found, value=f"{end_year:04}"), anchor) if found else None


@_reading
def fiscal(w: Words, line: Timeline) -> Reading | None:
    """Fiscal 2025-26 is named by both years it touches; FY2024 by the year it ends in."""
    if "year" in w:
        start = w.number("year")
        end = w.get("yyyy")
    else:
        start, end = _year(w["yyyy"], line), w.get("yyyy2")
    if end is None:
        return _dated(periods.year(start)) if w.text.startswith("cy") else _fiscal_year(start, line)
    last = int(end) if len(end) == 4 else start // 100 * 100 + int(end)
    if last != start + 1:
        return None
    if line.fiscal_start != 1:
        return _fiscal_year(last, line)
    low, high = periods.year(start), periods.year(last)
    return _dated(periods.between(low, high)) if low and high else None


@_reading
def this_fiscal(w: Words, line: Timeline) -> Reading | None:
    """The last fiscal year."""
    if line.base is None:
        return None
    now = line.base.year + (line.fiscal_start != 1 and line.base.month >= line.fiscal_start)
    return _fiscal_year(now + _step(w.text), line, line.base)


# Relative days

_DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


@_reading
def deictic(w: Words, line: Timeline) -> Reading | None:
    """Today, yesterday, tomorrow."""
    if line.base is None:
        return _open("PRESENT_REF") if "today" in w.text else _open("PAST_REF" if "yest" in w.text else "FUTURE_REF")
    offset = _DEICTIC.get(w.text, 0)
    on = periods.shift(line.base, "D", offset)
    return _dated(periods.day(on), line.base) if on else None


def _part_of_day(on: date, part: str, anchor: date | None) -> Reading | None:
    return _dated(replace(periods.day(on), value=f"{on}T{part}"), anchor, type="time")


@_reading
def night(w: Words, line: Timeline) -> Reading | None:
    """Last night, this morning."""
    part = next((words("daypart")[word] for word in w.text.split() if word in words("daypart")), "NI")
    if line.base is None:
        return _open(f"T{part}", type="time")
    back = w.text.startswith(("yesterday", "last", "overnight"))
    offset = -1 if back else 1 if w.text.startswith("tomorrow") else 0
    if w.text == "overnight":
        offset = 0 if line.direction() <= 0 else 1
    on = periods.shift(line.base, "D", offset)
    return _part_of_day(on, part, line.base) if on else None


@_reading
def weekday(w: Words, line: Timeline) -> Reading | None:
    """Monday; Tuesday the eleventh."""
    number = int(w.of("weekday"))
    if "nth" in w or "day" in w:
        return _weekday_the(w, line)
    if not is_weekday(line, w):
        return None
    found = line.weekday(number)
    return _dated(periods.day(found[0]), found[1]) if found else _open(f"XXXX-WXX-{number}")


def _weekday_the(w: Words, line: Timeline) -> Reading | None:
    """Tuesday the eleventh: the nearest such day."""
    if line.base is None or ("day" in w and not re.match(r"\s*(?:[.,;:!?)]|$)", line.text[w.end : w.end + 3])):
        return None
    for distance in range(200):
        for sign in (1, -1):
            on = periods.shift(line.base, "D", sign * distance)
            if on is not None and on.day == w.day() and on.isoweekday() == int(w.of("weekday")):
                return _dated(periods.day(on), line.base)
    return None


@_reading
def numeric_open(w: Words, line: Timeline) -> Reading | None:
    """10/24: the month first unless the article or the numbers say otherwise; 9/11 is a name."""
    first, second = w.number("d"), w.number("d2")
    if (first, second) == (9, 11) or not (first > 12 or second > 12 or w.whole != w.text or "weekday" in w):
        return None
    if (
        re.match(r"[ -]?(?:of|inch|cup|mile|per|people|percent|%)", line.text[w.end : w.end + 8])
        or first > second * 2 > 24
    ):
        return None
    month, day = (second, first) if (line.day_first or first > 12) and second <= 12 else (first, second)
    if not 1 <= month <= 12:
        return None
    found = line.year_of(month, day)
    return _dated(periods.calendar_day(found[0], month, day), found[1] or line.base) if found else None


@_reading
def iso_month(w: Words, line: Timeline) -> Reading | None:
    """2025-03; "2006-07" is rather the span of two years."""
    year, month = w.number("year"), w.number("mm")
    return _dated(periods.month(year, month)) if month != (year + 1) % 100 else None


@_reading
def iso_week(w: Words, line: Timeline) -> Reading | None:
    """Week 31 (ISO 8601)."""
    year = w.number("year") if "year" in w else line.base.year if line.base else None
    if year is None or not 1 <= w.number("d") <= 53:
        return None
    return _dated(
        periods.week(date.fromisocalendar(year, min(w.number("d"), 52), 1)), None if "year" in w else line.base
    )


@_reading
def unit_end(w: Words, line: Timeline) -> Reading | None:
    """Year-end."""
    origin = line.told if line.history else line.base
    unit = next(value for word, value in (("year", "Y"), ("month", "M"), ("quarter", "Q")) if word in w.text)
    found = periods.unit_holding(origin, unit) if origin else None
    return _dated(periods.part_of(found, "late"), origin) if found else None


@_reading
def weekday_shift(w: Words, line: Timeline) -> Reading | None:
    """Last Tuesday is the one of last week, next Tuesday of next week; a coming one is the next to come."""
    number = int(w.of("weekday"))
    if len(w["weekday"].rstrip(".")) <= 4 and (not w["weekday"][0].isupper() or w.text.startswith(("the ", "that "))):
        return None
    told = bool(re.search(r"\b(?:following|previous|same|that|ensuing|preceding|prior)\b", w.text))
    origin = line.told if told or line.history else line.base
    if origin is None:
        return _open(f"XXXX-WXX-{number}")
    monday = origin - timedelta(origin.isoweekday() - 1)
    text = w.text
    if "week" in text:
        on = periods.shift(monday, "D", 7 * _step(text) + number - 1)
    elif re.search(r"\b(?:coming|upcoming|following|ensuing)\b", text):
        on = periods.shift(origin, "D", (number - origin.isoweekday() - 1) % 7 + 1)
    elif re.search(r"\bpast\b|\bpreceding\b|\bprevious\b", text):
        on = periods.shift(origin, "D", -((origin.isoweekday() - number - 1) % 7 + 1))
    elif re.match(r"the\b|that\b|the same\b", text) and not _step(text):
        found = line.weekday(number)
        on = found[0] if found else None
    else:
        on = periods.shift(monday, "D", 7 * _step(text) + number - 1)
    return _dated(periods.day(on), origin) if on else None


@_reading
def weekday_week(w: Words, line: Timeline) -> Reading | None:
    """A week from Friday."""
    if line.base is None:
        return None
    number = int(w.of("weekday"))
    on = periods.shift(line.base, "D", (number - line.base.isoweekday()) % 7 + 7)
    return _dated(periods.day(on), line.base) if on else None


# Relative months, seasons, years


@_reading
def month_shift(w: Words, line: Timeline) -> Reading | None:
    """Last May is the latest one past; next May the next to come; this May that of the year."""
    number = int(w.of("month"))
    told = bool(re.search(r"\b(?:following|previous|same|that)\b", w.text))
    origin = line.told if told or line.history else line.base
    if (w.text.startswith("the ") and not _step(w.text)) or not w["month"][0].isupper():
        return None
    if origin is None:
        return _open(f"XXXX-{number:02}")
    step = _step(w.text)
    year = origin.year
    if step < 0:
        year -= number >= origin.month
    elif step > 0:
        year += number <= origin.month
    return _dated(periods.month(year, number), origin)


@_reading
def season_shift(w: Words, line: Timeline) -> Reading | None:
    """Last summer is the latest one begun before this; next summer the next to begin; this summer that of the year."""
    name = w.of("season")
    if "year" in w.text:
        found = _relative_year(w.text, line)
        return _dated(periods.season(found[0], name), found[1]) if found else None
    origin = line.told if line.history else line.base
    token = line.doc[line.token + len(w.text.split()) - 1]
    if token.tag_[:2] != "NN" or (name == "FA" and "fall" in w.text and _goes_on(w, line)):
        return None
    if origin is None:
        return _open(f"XXXX-{name}")
    step, start = _step(w.text), periods.SEASON_START[name]
    if step < 0:
        year = origin.year - (origin.month < start + 3)
    elif step > 0:
        year = origin.year + (origin.month >= start)
    else:
        year = origin.year - (name == "WI" and origin.month <= 2)
    return _dated(periods.season(year, name), origin)


@_reading
def month_of(w: Words, line: Timeline) -> Reading | None:
    """May last year; July 25 of that year; the 28th of that month."""
    if "month" in w:
        found = _relative_year(w.text, line)
        if found is None:
            return None
        month = int(w.of("month"))
        if "day" in w:
            return _dated(periods.calendar_day(found[0], month, w.number("day")), found[1])
        return _dated(periods.month(found[0], month), found[1])
    told = bool(re.search(r"\b(?:that|same|following)\b", w.text))
    origin = line.told if told or line.history else line.base
    moved = periods.shift(origin, "M", _step(w.text)) if origin else None
    if moved is None:
        return None
    return _dated(periods.calendar_day(moved.year, moved.month, ordinal(w["nth"])), origin)


@_reading
def unit_shift(w: Words, line: Timeline) -> Reading | None:
    """Last week, this year, the following month."""
    unit, text = w.of("unit"), w.text
    if unit in ("TS", "TM", "TH", "W2", "ME") or w["unit"].lower().endswith("s"):
        return None
    if text.startswith("the ") and len(text.split()) == 2:
        return _the_unit(unit, w, line)
    if (unit in ("DE", "CE") and _step(text) and not _back_or_on(text)) or (unit == "D" and "past" in text):
        return None
    if unit == "D" and w["unit"].lower() == "night":
        return None
    told = _back_or_on(text) or text == "the next day"
    origin = line.told if told or line.history else line.base
    if unit == "D" and told:
        origin = line.told_day
    if origin is None:
        return _unknown(unit)
    step = _step(text) * (2 if re.search(r"(?:before last|after next)$", text) else 1)
    if told and line.stated is not None and line.stated.last is not None and step > 0:
        origin = line.stated.last
    moved = periods.shift(origin, "W" if unit == "WE" else unit, step)
    return _dated(periods.unit_holding(moved, unit), origin) if moved else None


def _back_or_on(text: str) -> bool:
    """Whether the words count from the time being told ("the following year") and not from the article's."""
    return bool(re.search(r"\b(?:following|previous|same|that|preceding|prior|ensuing)\b", text))


def _unknown(unit: str) -> Reading | None:
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
    return _open(value[unit]) if unit in value else None


def _the_unit(unit: str, w: Words, line: Timeline) -> Reading | None:
    """The year, the month: the one being told of, where a word before it asks for one."""
    before = line.text[max(0, w.start - 16) : w.start].lower()
    if unit == "D" and re.search(
        r"(?:\bfor|end|ended|ending|finish|finished|close|closed|earlier in|later in|rest of)\s$", before
    ):
        on = line.told_day
        if on is not None and line.base is not None and not line.history and abs(on - line.base) > timedelta(7):
            on = line.base
        return _dated(periods.day(on), on) if on else None
    if unit not in ("Y", "M", "W", "Q") or not re.search(
        r"(?:end|beginning|start|middle|rest|close|part|half|in|of|during|for|later in|earlier in|through|throughout|over)\s$",
        before,
    ):
        return None
    if re.match(r"\s(?:of|when|that|after|before|since|in which|to|\d)", line.text[w.end : w.end + 10]):
        return None
    origin = line.told if line.history else line.base
    return _dated(periods.unit_holding(origin, unit), origin) if origin else None


@_reading
def within(w: Words, line: Timeline) -> Reading | None:
    """Earlier this year: up to the article's day; later this year: from it on. A record takes no date from these."""
    unit, text = w.of("unit"), w.text
    if w["unit"].lower().endswith("s") or unit in ("TS", "TM", "TH", "W2"):
        return None
    told = bool(re.search(r"\b(?:same|that)\b", text))
    origin = line.told if told or line.history else line.base
    if origin is None:
        return _unknown(unit)
    moved = periods.shift(origin, "W" if unit == "WE" else unit, _step(text.partition(" ")[2]))
    found = periods.unit_holding(moved, unit) if moved else None
    if found is None or found.first is None or found.last is None:
        return None
    if unit == "D":
        return _dated(found, origin)
    narrowed = replace(found, date_value=None)
    if moved == origin and text.startswith("earlier"):
        narrowed = replace(narrowed, last=origin)
    elif moved == origin:
        narrowed = replace(narrowed, first=origin)
    else:
        narrowed = replace(periods.part_of(found, "early" if text.startswith("earlier") else "late"), date_value=None)
    return _dated(narrowed, origin)


@_reading
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
    return _dated(replace(found, last=last), line.base)


# Counted from a day


def _counted(origin: date | None, unit: str, count: float | None, sign: int) -> Reading | None:
    """So many units before or after a day, no finer than the unit says."""
    ref = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if unit in ("TS", "TM", "TH"):
        if origin is None or count is None:
            return _open(ref)
        hours = {"TS": 1 / 3600, "TM": 1 / 60, "TH": 1}[unit] * count
        return _dated(periods.day(origin), origin, type="time") if hours < 12 else _open(ref)
    if origin is None or count is None:
        return _open(ref)
    if unit == "W2":
        unit, count = "W", 2 * count
    if count != int(count):
        unit, count = {"Y": ("M", 12 * count), "M": ("D", 30 * count), "W": ("D", 7 * count)}.get(unit, (unit, count))
    moved = periods.shift(origin, "W" if unit == "WE" else unit, sign * round(count))
    if moved is None:
        return _open(ref)
    return _dated(periods.unit_holding(moved, "D" if unit == "W" else unit), origin)


@_reading
def ago(w: Words, line: Timeline) -> Reading | None:
    """Two weeks ago, from the article's day."""
    return _counted(line.base, w.of("unit"), number(w["n"]), -1)


@_reading
def compound_ago(w: Words, line: Timeline) -> Reading | None:
    """Two years and three months ago: a day where days are counted, else a month."""
    on = library_day(w.text, line.base) if line.base is not None else None
    if on is None:
        return _open("PAST_REF")
    return _dated(periods.unit_holding(on, "D" if re.search(r"\b(?:day|week)s?\b", w.text) else "M"), line.base)


@_reading
def from_now(w: Words, line: Timeline) -> Reading | None:
    """Two years from now, two days after tomorrow."""
    offset = 1 if w.text.endswith("tomorrow") else -1 if w.text.endswith("yesterday") else 0
    origin = periods.shift(line.base, "D", offset) if line.base else None
    return _counted(origin, w.of("unit"), number(w["n"]), -1 if "before" in w.text else 1)


#: What a stretch of time is measured by: "the first fall in three years".
_EXTREME = re.compile(
    r"\b(?:first|only|\w{3,}est|most|least|best|worst|more than once|time|times)\b[^.;]*$", re.IGNORECASE
)


@_reading
def in_units(w: Words, line: Timeline) -> Reading | None:
    """In two weeks: a day to come, unless the clause is past ("the first fall in three years")."""
    if "time" not in w.whole and (line.direction() <= 0 or _EXTREME.search(line.text[max(0, w.start - 60) : w.start])):
        return duration(w, line)
    if w.whole.startswith("within"):
        return _reaching(w, line, 1)
    return _counted(line.base, w.of("unit"), number(w["n"]), 1)


#: What follows "two days before" when no event is named after it.
_ENDS = re.compile(r"\s*(?:[.,;:)!?\u201d\"\n]|$|(?:and|but|when|while|as|with|was|were|had|has|is)\b)")


@_reading
def later(w: Words, line: Timeline) -> Reading | None:
    """Three days later, a year earlier: counted from the time last stated."""
    if w.text.endswith((" before", " after", " prior", " on")) and not _ENDS.match(line.text, w.end):
        return None
    sign = -1 if re.search(r"\b(?:earlier|before|previously|prior|beforehand)\b", w.text) else 1
    count = number(w["n"]) if "n" in w else None
    unit, stated = w.of("unit"), line.stated
    if unit == "Y" and count is not None and stated is not None and stated.precision in ("month", "quarter", "half"):
        assert stated.first is not None
        moved = periods.shift(stated.first, "Y", sign * round(count))
        kind = {"month": "M", "quarter": "Q", "half": "H"}[stated.precision]
        return _dated(periods.unit_holding(moved, kind), stated.first) if moved else None
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


def edge_of(length: Reading, whole: Period, *, last: bool) -> Reading | None:
    """The first three months of 2024: a duration at one edge of a period. It keeps its value and gets its days."""
    match = re.fullmatch(r"P(\d+)(D|W|M|Q|Y|DE)", length.period.value)
    if match is None or whole.first is None or whole.last is None:
        return None
    count, unit = int(match[1]), match[2]
    first, end = whole.first, whole.last
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
    return Reading("duration", Period(length.period.value, shown, first, end, "interval"), "stated")


@_reading
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
        return _dated(periods.unit_holding(moved, kind), stated.first) if moved else None
    if line.base is None:
        return None
    moved = periods.shift(line.base, "Y", step)
    kind = {"quarter": "Q", "month": "M"}.get(unit or "", "Y")
    return _dated(periods.unit_holding(moved, kind), line.base) if moved else None


def _length(unit: str, count: float | None) -> str:
    """A TIMEX3 duration."""
    if unit == "W2":
        unit, count = "W", None if count is None else 2 * count
    amount = "X" if count is None else f"{count:g}"
    return f"PT{amount}{unit[1]}" if unit[0] == "T" else f"P{amount}{unit}"


def _reaching(w: Words, line: Timeline, sign: int) -> Reading | None:
    """A duration that reaches back from, or on from, the article's day: it keeps its value and gets its days."""
    count, unit = number(w["n"]) if "n" in w else 1, w.of("unit")
    value = _length(unit, count)
    origin = line.told if line.history else line.base
    if origin is None or count is None or unit[0] == "T" or unit == "WE":
        return _open(value, type="duration")
    steps, kind = (2 * count, "W") if unit == "W2" else (count, unit)
    if kind == "ME" or steps != int(steps):
        return _open(value, type="duration")
    moved = periods.shift(origin, kind, sign * int(steps))
    if moved is None:
        return _open(value, type="duration")
    if sign < 0 and _back_or_on(w.text) and line.stated is not None and line.stated.first is not None:
        origin = line.stated.first
        moved = periods.shift(origin, kind, -int(steps)) or origin
        origin -= timedelta(1)
    if kind == "Q":
        return _quarters(origin, int(steps), sign)
    first, last = (moved, origin) if sign < 0 else (origin + timedelta(not w.whole.startswith("within")), moved)
    if kind in ("Y", "DE", "CE"):
        shown = f"{first:%Y}/{last:%Y}"
    elif kind == "M":
        shown = f"{first:%Y-%m}/{last:%Y-%m}"
    else:
        shown = f"{first}/{last}"
    return Reading("duration", Period(value, shown, first, last, "interval"), "resolved", origin)


def _quarters(origin: date, count: int, sign: int) -> Reading | None:
    """The past two quarters: whole ones, before or after that of the article."""
    near, far = periods.shift(origin, "Q", sign), periods.shift(origin, "Q", sign * count)
    ends = sorted(on for on in (near, far) if on is not None)
    low, high = periods.unit_holding(ends[0], "Q"), periods.unit_holding(ends[-1], "Q")
    found = periods.between(low, high) if low and high else None
    return Reading("duration", replace(found, value=f"P{count}Q"), "resolved", origin) if found else None


@_reading
def span_units(w: Words, line: Timeline) -> Reading | None:
    """The past 15 years, the next decade."""
    text = w.text
    if "unit" not in w:
        value = {"decade": "DE", "century": "CE"}.get(text.split()[-1])
        if value is None:
            return None
        w = _with(w, unit=text.split()[-1])
    plural = w["unit"].lower().endswith(("s", "ia"))
    if "n" in w and (w["n"].lower() in ("a", "an") or ((number(w["n"]) or 2) > 1 and not plural)):
        return None
    if re.search(r"\b(?:first|final)\b", text) or (w.of("unit") == "D" and w["unit"].lower() == "night"):
        return duration(w, line)
    forward = bool(re.search(r"\b(?:next|coming|upcoming|following|ensuing|succeeding|subsequent)\b", text))
    return _reaching(w, line, 1 if forward else -1)


def _with(w: Words, **groups: str) -> Words:
    w._groups.update(groups)
    return w


@_reading
def vague_span(w: Words, line: Timeline) -> Reading | None:
    """In recent years: no days are known."""
    if not w["unit"].lower().endswith(("s", "ia")):
        return None
    return _open(_length(w.of("unit"), None), type="duration")


@_reading
def same(w: Words, line: Timeline) -> Reading | None:
    """That night, the same morning: of the day last stated."""
    part, day = words("daypart")[w.text.split()[-1]], line.told_day
    return _part_of_day(day, part, day) if day else _open(f"T{part}", type="time")


@_reading
def next_day(w: Words, line: Timeline) -> Reading | None:
    """The next day, the year before: counted from the time last stated."""
    unit_word = next(
        word
        for word in re.findall(r"[a-z]+", w.text)
        if word in words("unit") or word in words("daypart") or word in words("season")
    )
    step = _step(w.text)
    following = re.match(
        r"\s(?:the|a|an|he|she|it|they|his|her|its|their|last|next|that|[A-Z])", line.text[w.end : w.end + 8]
    )
    if w.text.endswith(("before", "after", "following")) and following:
        return None
    origin = line.told
    if unit_word in words("season"):
        name = words("season")[unit_word]
        if origin is None:
            return _open(f"XXXX-{name}")
        start = periods.SEASON_START[name]
        year = origin.year + (origin.month >= start) if step > 0 else origin.year - (origin.month <= start)
        return _dated(periods.season(year, name), origin)
    if unit_word in words("daypart"):
        if origin is None:
            return None
        origin = line.told_day
        on = periods.shift(origin, "D", step) if origin else None
        return _part_of_day(on, words("daypart")[unit_word], origin) if on else None
    unit = words("unit")[unit_word]
    if origin is None:
        return _unknown(unit)
    moved = periods.shift(origin, "W" if unit == "WE" else unit, step)
    return _dated(periods.unit_holding(moved, unit), origin) if moved else None


@_reading
def nth_day(w: Words, line: Timeline) -> Reading | None:
    """On the 12th: of the month last stated."""
    if not w["day"][-1].isalpha() or line.told is None:
        return None
    if "month" not in w.whole and _COUNTS_ON.match(line.text, w.end):
        return None
    return _dated(periods.calendar_day(line.told.year, line.told.month, w.day()), line.told)


#: A noun after an ordinal: "the 12th round".
_COUNTS_ON = re.compile(r"[ -](?!(?:and|to|or|but|at|in|by|for|when|as|with|that|he|she|they|it|the)\b)[\w\u2019']")


@_reading
def weekend(w: Words, line: Timeline) -> Reading | None:
    """The weekend: the latest, or the one to come where the clause looks ahead."""
    if line.base is None:
        return _open("XXXX-WXX-WE")
    ahead = line.direction() > 0 or line.base.isoweekday() >= 6
    moved = line.base if ahead else periods.shift(line.base, "D", -7)
    return _dated(periods.weekend(moved), line.base) if moved else None


_MONTHS = {
    "three": 3,
    "3": 3,
    "six": 6,
    "6": 6,
    "nine": 9,
    "9": 9,
    "twelve": 12,
    "12": 12,
    "quarter": 3,
    "year": 12,
    "month": 1,
}


@_reading
def week_of(w: Words, line: Timeline) -> Reading | None:
    """The week of April 10; the quarter ended June 30."""
    month = int(w.of("month"))
    given = w.number("year") if "year" in w else None
    found = (given, None) if given else line.year_of(month, w.number("day") if "day" in w else None)
    if found is None or found[0] is None:
        return None
    year, origin = found[0], found[1]
    if w.text.removeprefix("the ").startswith("week"):
        on = periods.calendar_day(year, month, w.number("day"))
        return _dated(periods.week(on.first), origin) if on and on.first else None
    length = _MONTHS[w.text.removeprefix("the ").split()[0]]
    index = year * 12 + month - length
    start_year, start_month = index // 12, index % 12 + 1
    if length == 3 and start_month % 3 == 1:
        return _dated(periods.quarter(start_year, (start_month + 2) // 3), origin)
    if length == 12 and start_month == 1:
        return _dated(periods.year(start_year), origin)
    if length == 6 and start_month in (1, 7):
        return _dated(periods.half(start_year, 1 if start_month == 1 else 2), origin)
    return _dated(periods.months_from(start_year, start_month, length, "interval"), origin)


@_reading
def nth_week(w: Words, line: Timeline) -> Reading | None:
    """The first week of June; the last Friday of May."""
    nth = ordinal(w["nth"]) if "nth" in w else -1
    if "month" not in w:
        year = periods.year(w.number("year"))
        if year is None or year.first is None or year.last is None:
            return None
        start = year.first if nth > 0 else year.last
        moved = periods.shift(start + timedelta(3 if nth > 0 else -3), "W", nth - 1 if nth > 0 else 0)
        return _dated(periods.week(moved)) if moved else None
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
        return _dated(periods.day(days[index]), found[1]) if index < len(days) else None
    if "weekend" in w.text:
        saturdays = [
            whole.first + timedelta(i) for i in range(28 + 3) if (whole.first + timedelta(i)).isoweekday() == 6
        ]
        saturdays = [on for on in saturdays if on.month == month]
        index = nth - 1 if nth > 0 else -1
        return _dated(periods.weekend(saturdays[index]), found[1]) if index < len(saturdays) else None
    if nth > 5:
        return None
    middle = whole.first + timedelta(3 + 7 * (nth - 1)) if nth > 0 else whole.last - timedelta(3)
    found_week = periods.week(middle)
    if found_week is None:
        return None
    return _dated(replace(found_week, value=str(found_week.date_value)), found[1])


@_reading
def holiday(w: Words, line: Timeline) -> Reading | None:
    """Christmas Eve."""
    name = re.sub(r"[ ,]+(?:of |in )?\d{4}$", "", w.text).replace("\u2019", "'")
    given = re.match(r"last|this|next|the following|the previous", name)
    if given is not None:
        name = name.removeprefix(given[0]).strip()
    if "year" in w:
        on = holiday_on(name, w.number("year"))
        return _dated(periods.day(on)) if on else None
    origin = line.told if line.history else line.base
    if origin is None:
        return None
    year = origin.year
    way = line.direction()
    on = holiday_on(name, year)
    if on is not None and given is not None and _step(given[0]):
        step = _step(given[0])
        on = on if (on > origin) == (step > 0) else holiday_on(name, year + step)
    elif on is not None and given is None and not line.history:
        if way > 0 and on < origin:
            on = holiday_on(name, year + 1)
        elif way <= 0 and on > origin + timedelta(45 if way == 0 else 0):
            on = holiday_on(name, year - 1)
    return _dated(periods.day(on), origin) if on else None


@_reading
def ref(w: Words, line: Timeline) -> Reading | None:
    """Now, recently, the future."""
    assert w.value is not None
    after = line.text[w.end : w.end + 12]
    if (
        w.text.startswith("the ")
        and re.match(r"\s[a-z]", after)
        and not re.match(r"\s(?:of|and|for|to|that|as|but|or|was|is|in|with|when)\b", after)
    ):
        return None
    return _open(w.value)


# Times of day


@_reading
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
    zulu = "Z" if re.search(r"\b(?:gmt|utc)\b", w.text) else ""
    return _at_time(f"T{hour:02}:{minute:02}{zulu}", line)


def _at_time(time: str, line: Timeline) -> Reading | None:
    origin = line.hour_of
    if origin is None:
        return _open(time, type="time")
    return _dated(replace(periods.day(origin), value=f"{origin}{time}"), origin, type="time")


@_reading
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


@_reading
def daypart(w: Words, line: Timeline) -> Reading | None:
    """The morning."""
    if "the" not in w.whole.split() and not re.match(r"that|one|the same|at|by|during", w.whole):
        return None
    part = w.of("daypart")
    if re.match(r"one|at|by|during", w.whole) and "the" not in w.whole.split():
        return _open(f"XXXX-XX-XXT{part}", type="time")
    if re.match(r"\s(?:of\b|after|before|when)", line.text[w.end : w.end + 8]):
        return None
    day = line.told_day
    return _part_of_day(day, part, day) if day else _open(f"T{part}", type="time")


# Durations and sets


@_reading
def duration(w: Words, line: Timeline) -> Reading | None:
    """15 years, three-day."""
    text = w.text
    after = line.text[w.end : w.end + 14].lower()
    if re.match(r"[-\u2010\u2011 ](?:old|aged|of age|olds)\b", after):
        return None
    if text.startswith("half an hour") or text.endswith("half an hour"):
        return _open("PT30M", type="duration")
    if "n" not in w:
        unit = w.of("unit")
        return _open(_length(unit, 0.5 if text.startswith("half") else 1.5), type="duration")
    unit_text = w["unit"].lower() if "unit" in w else text.split()[1].strip(",")
    unit = words("unit")[unit_text]
    count = number(w["n"])
    single = w["n"].lower() in ("a", "an")
    if unit_text == "second" or (unit_text == "seconds" and count is None):
        return None
    if unit == "Q" and not re.search(r"consecutive|straight|past|last|next|previous|coming|following", text):
        return None
    if (single and unit_text in ("night", "weekend")) or unit_text == "weekend":
        return None
    if single and (after[:2] in ("'s", "\u2019s") and unit == "D"):
        return None
    if single and _is_rate(w, line):
        return Reading(
            "set", Period(f"P1{unit}" if unit[0] != "T" else f"PT1{unit[1]}", None, None, None, None), "stated"
        )
    if (
        not single
        and unit_text[-1] != "s"
        and unit_text not in ("century", "millennia")
        and count != 1
        and not re.search(rf"[-\u2010\u2011 ]{unit_text}", text)
    ):
        return None
    if re.fullmatch(r"\d{4}", w["n"]) and 1900 <= int(w["n"]) <= 2100:
        return None
    if "and a half" in text and count is not None and "and a half" not in w["n"]:
        count += 0.5
    if "n2" in w:
        if re.search(r"years?.* and ", text):
            months = {"m": "M", "w": "W", "d": "D", "h": "H"}.get(text.split()[-1][0], "M")
            second = number(w["n2"])
            if count and second and unit[0] != "T":
                return _open(f"{_length(unit, count)}{second:g}{months}", type="duration")
        high = number(w["n2"])
        if high is not None and count is not None and high > count:
            return _open(f"{_length(unit, count)}/{_length(unit, high)}", type="duration")
        count = high
    if unit == "D" and unit_text in ("night", "nights"):
        return _open(_length("NI", count), type="duration")
    return _open(_length(unit, count), type="duration")


def _is_rate(w: Words, line: Timeline) -> bool:
    """Whether "a year" tells how often ("$5 billion a year", "twice a day")."""
    before = line.doc[line.token - 1] if line.token else None
    return before is not None and (
        before.tag_ in ("NNS", "CD", "$") or before.lower_ in ("once", "twice", "times", "percent", "%")
    )


@_reading
def vague_duration(w: Words, line: Timeline) -> Reading | None:
    """Years, decades long."""
    unit = next(words("unit")[word] for word in re.findall(r"[a-z]+", w.text) if word in words("unit"))
    token = line.doc[line.token]
    previous = line.doc[token.i - 1] if token.i and not token.is_sent_start else None
    if (
        "long" not in w.text
        and previous is not None
        and (
            previous.pos_ in ("ADJ", "NUM", "NOUN", "PROPN", "DET", "PART")
            or previous.tag_ == "PRP$"
            or previous.is_punct
        )
    ):
        return None
    if re.match(r"\s(?:old|of age)\b", line.text[w.end : w.end + 8]):
        return None
    return _open(_length(unit, None), type="duration")


_ADVERBS = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "annually": "P1Y", "annual": "P1Y",
    "yearly": "P1Y", "hourly": "PT1H", "nightly": "P1D", "fortnightly": "P2W", "biannually": "P6M", "annum": "P1Y",
}  # fmt: skip


@_reading
def adverb_set(w: Words, line: Timeline) -> Reading | None:
    """Daily, per year."""
    word = w.text.split()[-1]
    if line.doc[line.token].tag_[:3] == "NNP":
        return None
    value = _ADVERBS.get(word)
    if value is None:
        value = _length(words("unit")[word], 1)
    return _open(value, type="set")


@_reading
def each(w: Words, line: Timeline) -> Reading | None:
    """Every week, every Tuesday, every two years."""
    if "weekday" in w:
        return _open(f"XXXX-WXX-{w.of('weekday')}", type="set")
    count = number(w["n"]) if "n" in w else None
    if "n" not in w:
        count = 2 if re.search(r"other|second", w.text) else 3 if "third" in w.text else 4 if "fourth" in w.text else 1
    unit = w.of("unit")
    if unit == "WE":
        return _open("XXXX-WXX-WE", type="set")
    if "n" not in w and w["unit"].lower().endswith("s"):
        return None
    return _open(_length(unit, count), type="set")
