"""Days with a name, and their weekends."""

import re
from dataclasses import replace
from datetime import date, timedelta

from extractor.nlp.dates import periods
from extractor.nlp.dates.holidays import country_called, holiday_on, is_national
from extractor.nlp.dates.readings.base import Reading, Words, dated, reads, relative_year, step_of
from extractor.nlp.dates.timeline import Timeline

#: Holidays whose names are words of their own in lower case.
_COMMON_WORDS = frozenset(["holi", "passover", "ashura"])
#: New years of other calendars.
_OTHER_YEAR = re.compile(
    r"\b(?:Lunar|Chinese|Islamic|Jewish|Persian|Iranian|Tamil|Thai|Khmer|school|fiscal) $", re.IGNORECASE
)
_OWNER = re.compile(r"([A-Z][\w.]*(?: [A-Z][\w.]*)?)(?:['\u2019]s?)? $")
#: A clause without tense may name a holiday some weeks ahead of it.
_NEAR = timedelta(45)
#: So close to the article's day a holiday is this year's, whatever the tense.
_AT_HAND = timedelta(7)


@reads
def holiday(w: Words, line: Timeline) -> Reading | None:
    """Christmas Eve; Independence Day of a country named before it, in its sentence or in the article.

    A record takes no date from "New Year" alone.
    """
    found = _day(w, line)
    if found is None:
        return None
    day = periods.day(found[0])
    if w["holiday"].lower() == "new year" and found[1] is not None:
        day = replace(day, date_value=None)  # "before New Year" names a season more than a day
    return dated(day, found[1])


@reads
def holiday_weekend(w: Words, line: Timeline) -> Reading | None:
    """The Labor Day weekend: Saturday, Sunday and the days between them and the holiday."""
    found = _day(w, line)
    if found is None:
        return None
    on, origin = found
    weekday = on.isoweekday()
    saturday = on + timedelta(6 - weekday if weekday >= 3 else -1 - weekday)
    first = min(on, saturday) if weekday >= 4 else saturday
    last = max(on, saturday + timedelta(1))
    whole = periods.weekend(saturday)
    return dated(replace(whole, first=first, last=last, date_value=f"{first}/{last}"), origin) if whole else None


def _day(w: Words, line: Timeline) -> tuple[date, date | None] | None:
    """The day of the holiday, and the day it was counted from."""
    if re.match(r" (?!(?:and|on|in)\b)[A-Z]\w+", line.text[w.end : w.end + 12]):
        return None  # part of a name: "the Good Friday Agreement"
    if w.text.startswith("new year") and _OTHER_YEAR.search(line.text[max(0, w.start - 10) : w.start]):
        return None
    name = " ".join(w["holiday"].split())
    country = _country(name, w, line)
    if country is None or (name in _COMMON_WORDS):
        return None
    given = next((w.number(slot) for slot in ("year", "year2") if slot in w), None)
    if given is not None:
        on = holiday_on(name, given, country)
        return (on, None) if on else None
    if re.search(r"\byear$", w.text) and "new year" not in name.lower():
        year = relative_year(w.text, line)
        on = holiday_on(name, year[0], country) if year else None
        return (on, year[1]) if on and year else None
    origin = line.told if line.history else line.base
    on = holiday_on(name, origin.year, country) if origin else None
    if origin is None or on is None:
        return None
    prefix = w.text.partition(name.lower())[0]
    step, way = step_of(prefix), line.direction()
    if step:
        on = on if (on > origin) == (step > 0) else holiday_on(name, origin.year + step, country)
    elif not line.history and not prefix.startswith("this") and abs(on - origin) > _AT_HAND:
        if way > 0 and on < origin:
            on = holiday_on(name, origin.year + 1, country)
        elif way <= 0 and on > origin + (timedelta() if way else _NEAR):
            on = holiday_on(name, origin.year - 1, country)
    return (on, origin) if on else None


def _country(name: str, w: Words, line: Timeline) -> str | None:
    """The country whose holiday it is, empty for one that all share, None where it cannot be told."""
    if not is_national(name):
        return ""
    owner = _OWNER.search(line.text[max(0, w.start - 40) : w.start])
    named = [owner[1], owner[1].split()[-1]] if owner else []
    places = [entity for entity in line.doc.ents if entity.label_ in ("GPE", "NORP")]
    sentence = line.doc[line.token].sent
    named += [entity.text for entity in places if sentence.start <= entity.start < line.token]
    named += [entity.text for entity in places]
    codes = [code for text in named if (code := country_called(text))]
    return next((code for code in codes or ["USA"] if holiday_on(name, 2000, code)), None)
