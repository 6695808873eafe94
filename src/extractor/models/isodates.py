"""The forms a date may have in a record, and the days each covers."""

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")


def is_day(text: str) -> bool:
    """Whether `text` is a day of the calendar as `YYYY-MM-DD`."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_value(text: str) -> bool:
    """Whether `text` is a date of the contract: a day, month, quarter, half, year, or `first/last` of these."""
    first, slash, last = text.partition("/")
    if slash:
        return all(part == "" or days(part) for part in (first, last)) and bool(first or last)
    return days(text) is not None


def days(text: str) -> tuple[str, str] | None:
    """First and last day (ISO 8601) that a single value covers, or None when it is not well formed.

    >>> days("2024-Q3")
    ('2024-07-01', '2024-09-30')
    """
    if is_day(text):
        return text, text
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        return _months(year, month, month) if 1 <= month <= 12 and year else None
    if match := _QUARTER.fullmatch(text):
        quarter = int(match[2])
        return _months(int(match[1]), 3 * quarter - 2, 3 * quarter)
    if match := _HALF.fullmatch(text):
        half = int(match[2])
        return _months(int(match[1]), 6 * half - 5, 6 * half)
    if _YEAR.fullmatch(text) and int(text):
        return _months(int(text), 1, 12)
    return None


def covered(value: str) -> tuple[str | None, str | None]:
    """First and last day (ISO 8601) that a value of the contract covers, None at an open end.

    >>> covered("2024-Q3/2025"), covered("2013/")
    (('2024-07-01', '2025-12-31'), ('2013-01-01', None))
    """
    first, slash, last = value.partition("/")
    start, end = days(first), days(last if slash else first)
    return start[0] if start else None, end[1] if end else None


def _months(year: int, first: int, last: int) -> tuple[str, str] | None:
    if not year:
        return None
    return f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{monthrange(year, last)[1]:02}"
