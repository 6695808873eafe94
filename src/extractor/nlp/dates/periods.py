"""Stretches of the calendar: how each is written in TIMEX3 and in a record, and the days it covers.

Weeks run from Monday (ISO 8601). Seasons are the meteorological ones of the northern hemisphere, winter named by the
year of its December. "Early", "mid" and "late" take the first, middle and last third of a year or decade; of a month,
the 1st to 15th, 10th to 20th and 16th to the end (the reading of Recognizers-Text).
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from extractor.models.parts import Precision

Part = Literal["early", "mid", "late"]

#: First month of each season.
SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_YEARS = range(1, 9999)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time. `value` is TIMEX3; `date_value` is the record's form, None where a record takes no date."""

    value: str
    date_value: str | None
    first: date | None
    last: date | None
    precision: Precision | None


def day(on: date) -> Period:
    """One day."""
    return Period(on.isoformat(), on.isoformat(), on, on, "day")


def calendar_day(year: int, month: int, number: int) -> Period | None:
    """The day of these numbers, None where the calendar has none."""
    if year in _YEARS and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]:
        return day(date(year, month, number))
    return None


def month(year: int, number: int) -> Period | None:
    """A month of a year."""
    return _months(f"{year:04}-{number:02}", year, number, 1, "month")


def year(number: int) -> Period | None:
    """A calendar year."""
    return _months(f"{number:04}", number, 1, 12, "year")


def quarter(in_year: int, number: int) -> Period | None:
    """A quarter of a calendar year."""
    return _months(f"{in_year:04}-Q{number}", in_year, 3 * number - 2, 3, "quarter")


def half(in_year: int, number: int) -> Period | None:
    """A half of a calendar year."""
    return _months(f"{in_year:04}-H{number}", in_year, 6 * number - 5, 6, "half")


def season(in_year: int, name: str) -> Period | None:
    """A season by its TIMEX3 name (`SP`, `SU`, `FA`, `WI`)."""
    found = _months(f"{in_year:04}-{name}", in_year, SEASON_START[name], 3, "season")
    if found is None or found.first is None or found.last is None:
        return None
    return replace(found, date_value=f"{found.first:%Y-%m}/{found.last:%Y-%m}")


def months_from(in_year: int, first_month: int, count: int, precision: Precision) -> Period | None:
    """`count` months from a month on, written as an interval of months."""
    found = _months("", in_year, first_month, count, precision)
    if found is None or found.first is None or found.last is None:
        return None
    value = f"{found.first:%Y-%m}/{found.last:%Y-%m}"
    return replace(found, value=value, date_value=value)


def week(holding: date) -> Period | None:
    """The week, Monday to Sunday, that holds a day."""
    iso = holding.isocalendar()
    return _span(f"{iso.year}-W{iso.week:02}", holding - timedelta(iso.weekday - 1), 6, "week")


def weekend(holding: date) -> Period | None:
    """Saturday and Sunday of the week that holds a day."""
    iso = holding.isocalendar()
    return _span(f"{iso.year}-W{iso.week:02}-WE", holding + timedelta(6 - iso.weekday), 1, "interval")


def decade(start: int) -> Period | None:
    """The ten years from `start`."""
    return _years(f"{start // 10:03}", start, 10, "decade")


def century(number: int) -> Period | None:
    """A century by its ordinal: the 21st runs from 2001 to 2100, in TIMEX3 as the years that begin with 20."""
    return _years(f"{number - 1:02}", 100 * (number - 1) + 1, 100, "interval")


def years(value: str, start: int, count: int) -> Period | None:
    """A run of whole years."""
    return _years(value, start, count, "interval")


def between(start: Period, end: Period) -> Period | None:
    """From the first day of one to the last day of the other; None when that runs backwards or is not known."""
    if start.first is None or end.last is None or start.first > end.last:
        return None
    low, high = _edges(start, first=True), _edges(end, first=False)
    return Period(f"{_timex(start)}/{_timex(end)}", f"{low}/{high}", start.first, end.last, "interval")


def part_of(period: Period, part: Part) -> Period:
    """The early, middle or late part: the same value, narrower days."""
    if period.first is None or period.last is None:
        return period
    first, last = period.first, period.last
    if period.precision == "month":
        low, high = {"early": (1, 15), "mid": (10, 20), "late": (16, last.day)}[part]
        return replace(period, first=first.replace(day=low), last=first.replace(day=high))
    span = (last - first).days + 1
    if period.precision in ("year", "decade"):
        units = {"year": 1, "decade": 10}[period.precision] * 4
        cut = [first + relativedelta(months=units * i) for i in (1, 2)]
    else:
        cut = [first + timedelta(span // 3), last - timedelta(span // 3 - 1)]
    if part == "early":
        return replace(period, last=cut[0] - timedelta(1))
    if part == "mid":
        return replace(period, first=cut[0], last=cut[1] - timedelta(1))
    return replace(period, first=cut[1])


def shift(on: date, unit: str, count: int) -> date | None:
    """A day moved by whole units (`D`, `W`, `M`, `Q`, `Y`, `DE`, `CE`); None beyond the calendar."""
    try:
        if unit == "D":
            return on + timedelta(count)
        if unit == "W":
            return on + timedelta(7 * count)
        months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit]
        moved: date = on + relativedelta(months=months * count)
        return moved
    except (OverflowError, ValueError):
        return None


def moved(period: Period, unit: str, count: int) -> Period | None:
    """A month, quarter, half or run of whole months, so many months, quarters or years on; None for anything else."""
    first, last = period.first, period.last
    on = shift(first, unit, count) if first is not None else None
    if on is None or first is None or last is None:
        return None
    kind = {"month": "M", "quarter": "Q", "half": "H", "year": "Y"}.get(period.precision or "")
    if kind is not None:
        return unit_holding(on, kind)
    if first.day != 1 or (last + timedelta(1)).day != 1:
        return None
    return months_from(on.year, on.month, (last.year - first.year) * 12 + last.month - first.month + 1, "interval")


def unit_holding(on: date, unit: str) -> Period | None:
    """The day, week, weekend, month, quarter, year, decade or century that holds a day."""
    match unit:
        case "D":
            return day(on)
        case "W":
            return week(on)
        case "WE":
            return weekend(on)
        case "M":
            return month(on.year, on.month)
        case "Q":
            return quarter(on.year, (on.month + 2) // 3)
        case "H":
            return half(on.year, (on.month + 5) // 6)
        case "Y":
            return year(on.year)
        case "DE":
            return decade(on.year // 10 * 10)
        case "CE":
            return century((on.year - 1) // 100 + 1)
    return None


def _months(value: str, in_year: int, first: int, count: int, precision: Precision) -> Period | None:
    if in_year not in _YEARS or not 1 <= first <= 12:
        return None
    start = date(in_year, first, 1)
    end = start + relativedelta(months=count) - timedelta(1)
    return Period(value, value, start, end, precision)


def _years(value: str, start: int, count: int, precision: Precision) -> Period | None:
    if start not in _YEARS or start + count not in _YEARS:
        return None
    return Period(
        value, f"{start:04}/{start + count - 1:04}", date(start, 1, 1), date(start + count - 1, 12, 31), precision
    )


def _span(value: str, first: date, days: int, precision: Precision) -> Period | None:
    last = first + timedelta(days)
    return Period(value, f"{first}/{last}", first, last, precision)


def _edges(period: Period, *, first: bool) -> str:
    """One end of an interval in the record's form, at the precision its own text gave."""
    if period.date_value is None:
        return str(period.first if first else period.last)
    low, _, high = period.date_value.partition("/")
    return low if first or not high else high


def _timex(period: Period) -> str:
    """One end of an interval in TIMEX3, days and longer only."""
    return period.value.partition("T")[0] if "/" not in period.value else period.value.partition("/")[0]
