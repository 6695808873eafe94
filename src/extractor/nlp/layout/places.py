"""Names that stand in datelines and mastheads: places, agencies and the words of newspapers' names."""

import re
from functools import cache

from extractor.nlp.gazetteers import cells, rows

#: A letter in upper case (or of a script without case), and the words of a name.
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_NO_DATE = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Za-z]{0,6}\.?\s+\d)"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY)\b)"
)
_WORD = rf"{_NO_DATE}(?:{_UPPER}(?:[\w'’]|\.(?=\w|\s+{_UPPER})|-(?=\w))*\.?|al-\w+)"
_SMALL = r"(?:de|del|da|do|dos|das|di|du|la|le|les|el|al|of|the|on|upon|sur|am)"
NAME = rf"(?:{_WORD}(?:\s(?:{_SMALL}\s){{0,2}}{_WORD}){{0,4}})"
PLACE = rf"(?:(?:The\s)?{NAME}(?:\s?\[{NAME}\])?(?:/{NAME}){{0,2}}(?:,\s{NAME}){{0,2}})"


@cache
def agencies() -> dict[str, str]:
    """Every name and form of a news agency in lower case, and its name."""
    return {form.lower(): row["name"] for row in rows("agencies") for form in (row["name"], *cells(row["forms"]))}


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return name.strip().lower() in agencies()


@cache
def masthead_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words of newspapers' names: those that tell one by themselves, and those that need a date beside them."""
    strong = frozenset(row["word"] for row in rows("masthead_words") if row["strength"] == "strong")
    weak = frozenset(row["word"] for row in rows("masthead_words") if row["strength"] == "weak")
    return strong, weak


@cache
def _cities() -> frozenset[str]:
    names = {name.lower() for row in rows("countries") for name in cells(row["capitals"])}
    for row in rows("dateline_cities"):
        names.update(name.lower() for name in (row["name"], *cells(row["forms"])))
    return frozenset(names)


@cache
def _places() -> frozenset[str]:
    countries = {name.lower() for row in rows("countries") for name in (row["name"], *cells(row["aliases"]))}
    return _cities() | countries


def is_city(name: str) -> bool:
    """Whether a name, or its first part, is a known city's."""
    return name.split(",")[0].strip(" .").lower() in _cities()


def is_place(name: str) -> bool:
    """Whether a dateline's place, or the first or last of its parts, is a known city or country."""
    parts = [part.strip(" .") for part in re.split(r"[,/\[\]]", name) if part.strip(" .")]
    return any(part.lower() in _places() or part.lower().removeprefix("the ") in _places() for part in parts)
