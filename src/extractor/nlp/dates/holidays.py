"""Days with a name, from `data/holidays.csv`: fixed ones, those counted from Easter, and those of an nth weekday."""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from extractor.nlp.gazetteers import rows


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows("holidays")}


def holiday_on(name: str, year: int) -> date | None:
    """The day of a holiday in a year, None for a name that is not in the table or a year outside the calendar."""
    if name == "black friday":
        thursday = holiday_on("thanksgiving", year)
        return thursday + timedelta(1) if thursday else None
    row = _table().get(name)
    if row is None or not 1 <= year < 4099:
        return None
    if row["easter"]:
        return easter(year) + timedelta(int(row["easter"])) if year > 1582 else None
    if row["weekday"]:
        first = date(year, int(row["month"]), 1)
        return first + timedelta((int(row["weekday"]) - first.isoweekday()) % 7 + 7 * (int(row["nth"]) - 1))
    return date(year, int(row["month"]), int(row["day"]))
