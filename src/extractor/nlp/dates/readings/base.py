"""What every reading is made of: the words of a match, the reading it gives and the helpers they share."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from extractor.models.parts import DateHow
from extractor.models.time import TimeType
from extractor.nlp.dates import periods
from extractor.nlp.dates.periods import Period
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.dates.vocabulary import lookup, ordinal


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


def reads(function: Read) -> Read:
    """Enter a reading under its name."""
    READINGS[function.__name__.strip("_")] = function
    return function


def dated(period: Period | None, anchor: date | None = None, *, type: TimeType = "date") -> Reading | None:
    """A reading of known days, resolved where it was counted from one; None where the calendar has no such days."""
    if period is None:
        return None
    return Reading(type, period, "stated" if anchor is None else "resolved", anchor)


def unresolved(value: str, *, type: TimeType = "date") -> Reading:
    """A value that covers no known days."""
    return Reading(type, Period(value, None, None, None, None), "stated")


def full_year(text: str, line: Timeline) -> int:
    """A year of two or four digits.

    Two digits are the latest such year up to twenty years ahead of the article; without its date, up to 2068 (the rule
    of POSIX `strptime`).
    """
    if len(text) == 4:
        return int(text)
    limit = line.base.year + 20 if line.base else 2068
    year = limit // 100 * 100 + int(text)
    return year if year <= limit else year - 100


def leap_year(year: int) -> int:
    """The nearest year that has a 29 February."""
    return next((y for step in range(9) for y in (year + step, year - step) if periods.calendar_day(y, 2, 29)), year)


def which_nth(w: Words, last: int) -> int | None:
    """Which quarter or half of the year."""
    if "digit" in w:
        found = w.number("digit")
    elif "nth" in w:
        found = ordinal(w["nth"])
    else:
        found = 1 if "opening" in w.text else last
    return found if 1 <= found <= last else None


def relative_year(text: str, line: Timeline) -> tuple[int, date] | None:
    """The year of "this year", "last year", "the previous year"."""
    told = bool(re.search(r"\b(?:previous|following|same|that|prior|preceding)\b", text))
    origin = line.told if told or line.history else line.base
    if origin is None:
        return None
    return origin.year + step_of(text), origin


def step_of(text: str) -> int:
    """-1 for words that step back ("last"), 1 for those that step on ("next"), 0 for the rest ("this")."""
    if re.search(r"\b(?:last|previous|prior|preceding|past|before|ago|earlier|year-ago|year-earlier)\b", text):
        return -1
    return 1 if re.search(r"\b(?:next|following|coming|upcoming|after|ensuing)\b", text) else 0


#: What follows an expression that no noun of its own goes on with.
_CLAUSE_END = re.compile(r"\s*(?:[.,;:)!?\u201d\"\n]|$|(?:and|but|or|when|while|at|in|to|with|was|were|is)\b)")


def ends_clause(w: Words, line: Timeline) -> bool:
    """Whether a mark, the end or a small word follows, so that the last number counts nothing."""
    return _CLAUSE_END.match(line.text, w.end) is not None


_BUSINESS = re.compile(
    r"[%$\u20ac\u00a3\u20b9]|\b(?:per ?cent|[mb]illion|trillion|crore|profits?|sales|revenues?|exports?|imports?|earnings|GDP|"
    r"growth|output|deficit|surplus|economy|results|shipments|deliveries)\b"
)


def of_business(line: Timeline) -> bool:
    """Whether the sentence speaks of money, rates or trade, so that its halves and months are those of a year."""
    sentence = line.doc[line.token].sent
    return _BUSINESS.search(line.text, sentence.start_char, sentence.end_char) is not None


def is_descent(w: Words, line: Timeline) -> bool:
    """Whether a fall is one of prices or cities: "the fall of", "the fall in"."""
    return bool(re.match(r"\s+(?:of(?! \d)|in|from)\b", line.text[w.end : w.end + 8]))


def part_of_day(on: date, part: str, anchor: date | None) -> Reading | None:
    """Morning, afternoon, evening or night of a day, by its TIMEX3 name."""
    return dated(replace(periods.day(on), value=f"{on}T{part}"), anchor, type="time")


def is_told(text: str) -> bool:
    """Whether the words count from the time being told ("the following year") and not from the article's."""
    return bool(re.search(r"\b(?:following|previous|same|that|preceding|prior|ensuing)\b", text))


def unknown_unit(unit: str) -> Reading | None:
    """A unit whose place in the calendar is not known."""
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
    return unresolved(value[unit]) if unit in value else None


def timex_length(unit: str, count: float | None) -> str:
    """A TIMEX3 duration."""
    if unit == "W2":
        unit, count = "W", None if count is None else 2 * count
    amount = "X" if count is None else f"{count:g}"
    return f"PT{amount}{unit[1]}" if unit[0] == "T" else f"P{amount}{unit}"
