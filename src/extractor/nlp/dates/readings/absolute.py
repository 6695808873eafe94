"""Dates that the text states: days, months, years, decades, named days, in words and in digits."""

import re
from datetime import timedelta

from extractor.nlp.dates import periods
from extractor.nlp.dates.guards import is_month, is_year
from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.readings.base import (
    Reading,
    Words,
    dated,
    ends_clause,
    full_year,
    leap_year,
    reads,
    relative_year,
    unresolved,
)
from extractor.nlp.dates.readings.quarters import fiscal_year
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import number, ordinal, spoken_year


@reads
def day(w: Words, line: Timeline) -> Reading | None:
    """2 September 2025."""
    if "yy" in w and "'" not in w.text and not ends_clause(w, line):
        return None  # "on 3 May of 20 people"
    year = w.number("year") if "year" in w else full_year(w["yy"], line)
    return dated(periods.calendar_day(year, int(w.of("month")), w.day()))


@reads
def month_day(w: Words, line: Timeline) -> Reading | None:
    """2 September."""
    month, day = int(w.of("month")), w.day()
    if not is_month(line, w, dated=True):
        return None
    if "year" in w:
        return dated(periods.calendar_day(w.number("year"), month, day))
    found = line.year_of(month, day)
    if found is None:
        return unresolved(f"XXXX-{month:02}-{day:02}") if periods.calendar_day(2000, month, day) else None
    year = leap_year(found[0]) if (month, day) == (2, 29) else found[0]
    return dated(periods.calendar_day(year, month, day), found[1])


@reads
def day_after(w: Words, line: Timeline) -> Reading | None:
    """The 29th of "August 28 and 29": only where it counts nothing ("and 29 houses burned")."""
    if "year" not in w and w.whole.endswith(w.text) and not ends_clause(w, line):
        return None
    month, names = int(w.of("month")), ("day3",) if w.whole.endswith(w.text) else ("day2",)
    day = next(w.number(name) for name in names if name in w)
    if not is_month(line, w, dated=True):
        return None
    found = (w.number("year"), None) if "year" in w else line.year_of(month, day)
    if found is None:
        return unresolved(f"XXXX-{month:02}-{day:02}")
    return dated(periods.calendar_day(found[0], month, day), found[1])


@reads
def day_range(w: Words, line: Timeline) -> Reading | None:
    """2-4 September."""
    month, low, high = int(w.of("month")), w.day(), w.day("2")
    if low >= high or not is_month(line, w, dated=True):
        return None
    found = (w.number("year"), None) if "year" in w else line.year_of(month, low)
    if found is None:
        return unresolved(f"XXXX-{month:02}-{low:02}/XXXX-{month:02}-{high:02}")
    start, end = periods.calendar_day(found[0], month, low), periods.calendar_day(found[0], month, high)
    return dated(periods.between(start, end), found[1]) if start and end else None


@reads
def month(w: Words, line: Timeline) -> Reading | None:
    """September 2025; September."""
    number = int(w.of("month"))
    if "year" in w or "yy" in w:
        if "yy" in w and "'" not in w.text and not ends_clause(w, line):
            return None  # "a May of 20 storms"
        year = w.number("year") if "year" in w else full_year(w["yy"], line)
        return dated(periods.month(year, number)) if is_month(line, w, dated=True) else None
    if not is_month(line, w, dated=False):
        return None
    found = line.year_of(number)
    return dated(periods.month(found[0], number), found[1]) if found else unresolved(f"XXXX-{number:02}")


@reads
def bc(w: Words, line: Timeline) -> Reading | None:
    """146 BC, and a month or season of it."""
    if w["bc"][-1] == "0" and re.search(r"\ds\b", w.text):
        return unresolved(f"BC{w.number('bc') // 10:03}")
    value = f"BC{w.number('bc'):04}"
    if "month" in w:
        return unresolved(f"{value}-{int(w.of('month')):02}")
    return unresolved(f"{value}-{w.of('season')}" if "season" in w else value)


@reads
def year(w: Words, line: Timeline) -> Reading | None:
    """2024 after a word that goes with years."""
    return dated(periods.year(w.number("year"))) if is_year(line, w, expected=True) else None


@reads
def spoken(w: Words, line: Timeline) -> Reading | None:
    """Nineteen eighty-six, with or without a day and a month before it."""
    year = spoken_year(w["spoken"])
    if "month" in w:
        month = int(w.of("month"))
        if "spoken_day" in w:
            return dated(periods.calendar_day(year, month, int(number(w["spoken_day"]) or 0)))
        found = periods.calendar_day(year, month, w.day()) if "day" in w or "nth" in w else periods.month(year, month)
        return dated(found)
    after = next((token for token in line.doc[line.token :] if token.idx >= w.end), None)
    return dated(periods.year(year)) if after is None or after.tag_[:2] != "NN" else None


@reads
def spoken_day(w: Words, line: Timeline) -> Reading | None:
    """May twenty-nine: only where no noun can follow ("in May twenty men left")."""
    month, day = int(w.of("month")), int(number(w["spoken_day"]) or 0)
    if not w["month"][0].isupper():
        return None
    if "year" in w:
        return dated(periods.calendar_day(w.number("year"), month, day))
    found = line.year_of(month, day) if ends_clause(w, line) else None
    return dated(periods.calendar_day(found[0], month, day), found[1]) if found else None


@reads
def bare_year(w: Words, line: Timeline) -> Reading | None:
    """2024 elsewhere."""
    return dated(periods.year(w.number("year"))) if is_year(line, w, expected="year" in w.text) else None


@reads
def short_year(w: Words, line: Timeline) -> Reading | None:
    """'82."""
    return dated(periods.year(full_year(w["yy"], line)))


@reads
def year_range(w: Words, line: Timeline) -> Reading | None:
    """2010-2014; 2018-19, in an Indian article the fiscal year."""
    start = w.number("year")
    end = w.number("year2") if "year2" in w else start // 100 * 100 + w.number("yy")
    if not start < end <= start + 200:
        return None
    if end == start + 1 and "yy" in w and line.fiscal_start != 1:
        return fiscal_year(end, line)
    low, high = periods.year(start), periods.year(end)
    return dated(periods.between(low, high)) if low and high else None


_TENS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80}


@reads
def decade(w: Words, line: Timeline) -> Reading | None:
    """The 1990s, the '90s."""
    if "year" in w:
        start = w.number("year")
        if (
            w.text.endswith("'s")
            and not w.text.startswith("the ")
            and re.match(r" [a-z]", line.text[w.end : w.end + 2])
        ):
            return None  # "2030's growth"
        return dated(periods.decade(start)) if start % 10 == 0 else None
    tens = w.number("yy") if "yy" in w else _TENS.get(w.text.split()[-1], 90)
    start = full_year(f"{tens:02}", line)
    return dated(periods.decade(start)) if start % 10 == 0 else None


@reads
def century(w: Words, line: Timeline) -> Reading | None:
    """The 21st century."""
    nth = ordinal(w["nth"])
    if w.text.endswith(("bc", "bce", "b.c.")):
        return unresolved(f"BC{nth - 1:02}")
    return dated(periods.century(nth)) if nth <= 21 else None


@reads
def nth_month(w: Words, line: Timeline) -> Reading | None:
    """The third month of 2021."""
    found = (w.number("year"), None) if "year" in w else relative_year(w.text, line)
    nth = ordinal(w["nth"])
    return dated(periods.month(found[0], nth), found[1]) if found and nth <= 12 else None


@reads
def nth_day(w: Words, line: Timeline) -> Reading | None:
    """On the 12th: of the month last stated."""
    if ("day" in w and not w["day"][-1].isalpha()) or line.told is None:
        return None
    if "month" not in w.whole and _COUNTS_ON.match(line.text, w.end):
        return None
    month, day = line.told, ordinal(w["nth"]) if "nth" in w else w.day()
    if re.match(r"to|till|through", w.whole) and day < month.day:
        month = month.replace(day=1) + timedelta(31)
    on = periods.calendar_day(month.year, month.month, day)
    if on is not None and on.first is not None and w.text.startswith("the week"):
        return dated(periods.week(on.first), line.told)
    return dated(on, line.told)


#: A noun after an ordinal: "the 12th round".
_COUNTS_ON = re.compile(r"[ -](?!(?:and|to|or|but|at|in|by|for|when|as|with|that|he|she|they|it|the)\b)[\w\u2019']")


@reads
def week_of(w: Words, line: Timeline) -> Reading | None:
    """The week of April 10; the week ended April 12."""
    month = int(w.of("month"))
    found = (w.number("year"), None) if "year" in w else line.year_of(month, w.number("day"))
    on = periods.calendar_day(found[0], month, w.number("day")) if found else None
    if on is None or on.first is None or found is None:
        return None
    if re.search(r"\b(?:ended|ending|to)\b", w.text):
        first = periods.shift(on.first, "D", -6)
        value = f"{first}/{on.first}"
        return dated(Period(value, value, first, on.first, "week"), found[1]) if first else None
    return dated(periods.week(on.first), found[1])


#: Months of a stretch that is named by its end.
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "half-year": 6, "year": 12}
#: A stretch of months ended so early in a month is one of whole months before it ("the quarter ended Feb. 3").
_EARLY = 10


@reads
def months_ended(w: Words, line: Timeline) -> Reading | None:
    """The quarter ended June 30; the ten months to October; the 13 weeks ended March 29."""
    count, unit = (number(w["n"]), w.of("unit")) if "n" in w else (1, "M")
    if count is None or count != int(count) or not 0 < count <= 600:
        return None
    if not re.search(r"\b(?:ended|ending)\b", w.text) and not (
        w.text.startswith("the ") or _STRETCH.search(line.text[max(0, w.start - 8) : w.start])
    ):
        return None  # "moved by three months to October"
    if "month" not in w:
        end = w.number("year2" if "year2" in w else "year")
        low, high = periods.year(end - int(count) + 1), periods.year(end)
        return dated(periods.between(low, high)) if low and high and unit == "Y" and count > 1 else None
    month, day = int(w.of("month")), next((w.number(name) for name in ("day", "day2") if name in w), None)
    given = next((w.number(name) for name in ("year", "year2") if name in w), None)
    found = (given, None) if given is not None else line.year_of(month, day)
    if found is None:
        return None
    if unit in ("D", "W", "W2"):
        on = periods.calendar_day(found[0], month, day) if day else None
        days = int(count) * {"D": 1, "W": 7, "W2": 14}[unit]
        first = periods.shift(on.first, "D", 1 - days) if on and on.first else None
        return dated(periods.between(periods.day(first), on), found[1]) if on and first else None
    if "n" in w:
        length = int(count) * {"M": 1, "Q": 3, "Y": 12}.get(unit, 0)
    else:
        length = next(_MONTHS[word] for word in re.findall(r"half-year|\w+", w.text) if word in _MONTHS)
    index = found[0] * 12 + month - length - (day is not None and day <= _EARLY)
    return dated(_months_from(index // 12, index % 12 + 1, length), found[1]) if length else None


#: What stands before a stretch of time that is not named with "the".
_STRETCH = re.compile(r"\b(?:in|over|during|for) $", re.IGNORECASE)


def _months_from(year: int, month: int, length: int) -> Period | None:
    """So many months from one on, as a year, half or quarter where they are one."""
    if length == 3 and month % 3 == 1:
        return periods.quarter(year, (month + 2) // 3)
    if length == 6 and month in (1, 7):
        return periods.half(year, 1 if month == 1 else 2)
    if length == 12 and month == 1:
        return periods.year(year)
    return periods.months_from(year, month, length, "interval")
