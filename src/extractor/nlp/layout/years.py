"""The year of a dateline that gives day and month alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.nlp.layout.pagedates import WEEKDAYS, PageDate

_WEEKDAY = re.compile(
    r"(?<![\w-])(?:(?P<not>next|coming|this coming|every|each|last|since|until|from|by)\s+)?"
    r"(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?![\w-]|['’]s\b)",
)
_YEAR = re.compile(
    r"(?<![\w.,$€£/-])(?P<ahead>(?:by|until|till|through|to|from)\s+)?(?P<year>(?:19|20)\d\d)(?![\w%]|[.,]\d|-\d)"
)
_OCCASION = (
    r"(?:Summit|Forum|Conference|Congress|Games|Cup|Olympics|Expo|Assembly|Meeting|Session|Dialogue|Championships?)"
)
_NAMED = re.compile(
    rf"{_OCCASION}\s+(?P<a>(?:19|20)\d\d)(?![\w%])"
    rf"|(?<![\w.,-])(?P<b>(?:19|20)\d\d)\s+(?:[A-Z][\w-]*\s+){{0,4}}{_OCCASION}"
)
#: A date so many days before (or after) the anchor is taken as fresh, whatever weekday the lead names.
_FRESH, _AHEAD = 8, 3
#: How many years back a reprinted story is looked for.
_BACK = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """Half-open offsets of words that helped to find the year."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """The day, the rule that settled its year, and the words it went by."""

    day: date
    rule: str
    cues: tuple[Cue, ...]


def lead_weekday(text: str, start: int, end: int) -> tuple[int, Cue] | None:
    """The first weekday of the lead that may be the day of the news, as a number (0 is Monday)."""
    for match in _WEEKDAY.finditer(text, start, end):
        if not match["not"]:
            return WEEKDAYS.index(match["day"][:3].lower()), Cue(*match.span("day"))
    return None


def resolve(
    found: PageDate, anchor: date | None, text: str, lead: tuple[int, int], body: tuple[int, int]
) -> Resolved | None:
    """The day of a dateline without a year, counted from `anchor` (a date given with the article or printed above it).

    With an anchor, the latest year on or before it, a few days' grace; but a day that is not fresh must fall on the
    weekday that the dateline or the lead names. Without one, a year that the text names, borne out by the weekday or
    by an occasion that carries it ("Summit 2025").
    """
    if found.weekday is not None:
        weekday: tuple[int, Cue] | None = (found.weekday, Cue(found.start, found.end))
    else:
        weekday = lead_weekday(text, *lead)
    if anchor is not None:
        return _from_anchor(found, anchor, weekday, _years(text, *body))
    return _from_text(found, weekday, text, body)


def _from_anchor(
    found: PageDate, anchor: date, weekday: tuple[int, Cue] | None, named: Sequence[int]
) -> Resolved | None:
    candidates = [
        day
        for year in range(anchor.year + 1, anchor.year - _BACK, -1)
        if (day := found.on(year)) and day <= anchor + timedelta(days=_AHEAD)
    ]
    if not candidates:
        return None
    nearest = candidates[0]
    if weekday is None or (anchor - nearest).days <= _FRESH:
        return Resolved(nearest, "layout.dateline.nearest_year", ())
    number, cue = weekday
    floor = max((year for year in named if year <= nearest.year), default=0)
    recent = [day for day in candidates if day.year >= floor]
    for days in (recent, candidates):
        for back in (0, 1):
            for day in days:
                if (day - timedelta(days=back)).weekday() == number:
                    return Resolved(day, "layout.dateline.weekday_year", (cue,))
    return Resolved(nearest, "layout.dateline.nearest_year", ())


def _from_text(found: PageDate, weekday: tuple[int, Cue] | None, text: str, body: tuple[int, int]) -> Resolved | None:
    if weekday is None:
        for match in _NAMED.finditer(text, *body):
            group = "a" if match["a"] else "b"
            day = found.on(int(match[group]))
            if day:
                return Resolved(day, "layout.dateline.named_year", (Cue(*match.span(group)),))
        return None
    number, cue = weekday
    years = sorted(set(_years(text, *body)), reverse=True)
    for year in (*years, *(y + 1 for y in years[:1])):
        day = found.on(year)
        if day and day.weekday() == number:
            return Resolved(day, "layout.dateline.weekday_year", (cue,))
    return None


def _years(text: str, start: int, end: int) -> list[int]:
    """Years that the text names and does not look forward to."""
    return [int(match["year"]) for match in _YEAR.finditer(text, start, end) if not match["ahead"]]
