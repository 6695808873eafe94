"""Days with a name, from `data/holidays.csv`: fixed ones, those counted from Easter or another holiday, those of an nth
weekday, and those of other calendars, whose days stand in `data/moving_holidays.csv`.

The days of other calendars are those of the package `holidays` (MIT licence): Islamic ones by the Umm al-Qura calendar,
Chinese ones for China, Hindu ones for India. They are known for 1990 to 2040.
"""

import re
from datetime import date, timedelta
from functools import cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from extractor.nlp.gazetteers import cells, rows


@cache
def holiday_names() -> tuple[str, ...]:
    """Every name in the table, in lower case."""
    return tuple(dict.fromkeys(row["name"] for row in rows("holidays")))


@cache
def _table() -> dict[tuple[str, str], dict[str, str]]:
    return {(_key(row["name"]), row["country"]): row for row in rows("holidays")}


@cache
def _moving() -> dict[tuple[str, int], date]:
    """The first day of each moving holiday in a year."""
    found: dict[tuple[str, int], date] = {}
    for row in rows("moving_holidays"):
        on = date.fromisoformat(row["date"])
        found.setdefault((row["name"], on.year), on)
    return found


@cache
def _countries() -> dict[str, str]:
    """Country codes by name, adjective and short name in lower case."""
    return {
        word.lower(): row["alpha3"]
        for row in rows("countries")
        for word in (row["name"], *cells(row["aliases"]), *cells(row["adjectives"]))
    }


def is_national(name: str) -> bool:
    """Whether a holiday has another day in each country."""
    return (_key(name), "") not in _table()


def country_called(text: str) -> str | None:
    """The code of the country with this name or adjective."""
    return _countries().get(re.sub(r"^the |['\u2019]s?$", "", text.lower().strip()))


def holiday_on(name: str, year: int, country: str = "") -> date | None:
    """The day of a holiday in a year, None for a name that is not in the table or a year outside the calendar."""
    row = _table().get((_key(name), country))
    if row is None or not 1 <= year < 4099:
        return None
    if row["of"]:
        other = _counted_from(row["of"], year)
        return other + timedelta(int(row["days"])) if other else None
    if row["weekday"]:
        nth, month = int(row["nth"]), int(row["month"])
        if nth < 0:
            last = date(year, month + 1, 1) - timedelta(1)
            return last - timedelta((last.isoweekday() - int(row["weekday"])) % 7)
        first = date(year, month, 1)
        return first + timedelta((int(row["weekday"]) - first.isoweekday()) % 7 + 7 * (nth - 1))
    return date(year, int(row["month"]), int(row["day"]))


def _counted_from(name: str, year: int) -> date | None:
    """Easter, the first day of a moving holiday, or another holiday of the table."""
    if name in ("easter", "orthodox easter"):
        return easter(year, EASTER_WESTERN if name == "easter" else EASTER_ORTHODOX) if year > 1582 else None
    if any(name == row["name"] for row in rows("moving_holidays")):
        return _moving().get((name, year))
    return holiday_on(name, year)


def _key(name: str) -> str:
    return re.sub(r"['\u2019.]", "", name.lower())
