"""Dates as pages and datelines write them: "Sept. 2, 2025", "Tuesday, 2nd September", "2025-09-02", "02/09/2025"."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
WEEKDAY = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)"
)
_YEAR = r"(?P<{0}>(?:1[6-9]|20)\d\d)"
_DATE = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})\.?,?\s+)?(?:the\s+)?(?:"
    rf"(?P<m1>{MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d|\s*[ap]\.?m\b)(?:(?:\s*,\s*|\.?\s+){_YEAR.format('y1')})?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m2>{MONTH})\b\.?(?:[\s,-]+{_YEAR.format('y2')})?"
    rf"|{_YEAR.format('y3')}[-/.](?P<n3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})"
    rf"|(?P<a4>\d{{1,2}})[-/.](?P<b4>\d{{1,2}})[-/.]{_YEAR.format('y4')}"
    r")(?!\d|[-/]\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:T|\s*(?:[,|@–—-]|\bat\b)?\s*)\(?\d{1,2}(?:[:.]\d{2}){1,2}(?:\.\d+)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:hrs|hours))?"
    r"(?:\s*\(?(?:(?-i:Z|[A-Z]{2,5})(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})\)?)?\)?"
    r"|\s*,?\s*(?:at\s+)?\d{1,2}\s*[ap]\.?m\.?(?:\s*\(?(?-i:[A-Z]{2,5})\)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date on a page: half-open offsets of its text, and what it says. `year` and `weekday` (0 is Monday) may be unsaid."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None

    def on(self, year: int) -> date | None:
        """This day in a year, None where there is none (29 February)."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def whole(self) -> date | None:
        """The day, where the year is said."""
        return None if self.year is None else self.on(self.year)


def date_at(text: str, start: int, end: int) -> PageDate | None:
    """The date that begins at `start`. A numeric day and month that may be either way round is no date."""
    match = _DATE.match(text, start, end)
    if match is None:
        return None
    weekday = WEEKDAYS.index(match["weekday"][:3].lower()) if match["weekday"] else None
    if match["m1"] or match["m2"]:
        month = MONTHS.index((match["m1"] or match["m2"])[:3].lower()) + 1
        day = int(match["d1"] or match["d2"])
        said = match["y1"] or match["y2"]
        year = int(said) if said else None
    elif match["y3"]:
        year, month, day = int(match["y3"]), int(match["n3"]), int(match["d3"])
    else:
        year, day, month = int(match["y4"]), int(match["a4"]), int(match["b4"])
        if month > 12:
            day, month = month, day
        elif day <= 12 and day != month:
            return None
    found = PageDate(match.start(), match.end(), year, month, day, weekday)
    return found if 1 <= month <= 12 and found.on(year or 2000) else None


def time_end(text: str, start: int, end: int) -> int:
    """End of the time of day that follows a date, `start` where there is none."""
    match = _TIME.match(text, start, end)
    return match.end() if match else start
