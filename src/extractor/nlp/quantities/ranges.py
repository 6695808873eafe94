"""Two numbers that bound one quantity: "5-7 billion", "between 5 and 7 per cent", "from $6 million to $8 million"."""

import re
from dataclasses import replace
from decimal import Decimal

from extractor.nlp.quantities import counts, measured, numbers
from extractor.nlp.quantities.reading import Page, Reading
from extractor.nlp.quantities.units import Unit

_CONNECT = re.compile(r"-\s+to\s+|\s?(?:--|[-–—~])\s?|\s+to\s+|-to-|\s+through\s+|\s+or\s+|\s+and\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+\Z", re.IGNORECASE)
_MARK = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹]|[A-Z][A-Za-z]{1,2}\.?)\s?(?=\d)")
_SWAPPED = re.compile(r"\b(?:rang\w+|vari\w+|anywhere)\s+(?:from\s+|between\s+)?\Z", re.IGNORECASE)
#: "the range is 1000-5000".
_SPOKEN_OF = re.compile(r"\brang(?:e|es|ed|ing)(?:\s+(?:is|was|of|from|between))*\s+\Z", re.IGNORECASE)
#: "15-20 were hurt": behind it something is told of so many.
_TOLD_OF = re.compile(r"\s+(?:others?\s+)?(?:were|are|have|had)\b")
_SIGN = re.compile(r"(?:(?<=[\s(])|\A)[-−–]\Z")
_YEAR = re.compile(r"1[789]\d\d|20\d\d")
#: Words of change: behind them "from 5% to 7%" is an old and a new value, not a range.
_CHANGE = re.compile(
    r"\b(?:r[io]se|rising|risen|fall(?:s|en|ing)?|fell|increas\w+|decreas\w+|declin\w+|dropp?\w*|gr[eo]w\w*|growth|cut|cuts|cutting|rais\w+|lower\w*"
    r"|reduc\w+|jump\w*|up|down|widen\w*|narrow\w*|slipp?\w*|climb\w*|surg\w+|soar\w*|plung\w+|sank|shrank|shr[iu]nk\w*|went|gone|expand\w*|edg\w+|"
    r"eas\w+|slow\w*|tumbl\w+|doubl\w+|tripl\w+|improv\w+|swell\w*|swung|boost\w*|bring\w*|brought|chang\w+|mov\w+|revis\w+|halv\w+|advanc\w+|gain\w*|lift\w*)\b",
    re.IGNORECASE,
)


def widen(page: Page, first: Reading, floor: int) -> Reading:
    """The range that begins with this reading, or the reading itself."""
    text = page.text
    join = _CONNECT.match(text, first.end)
    if join is None or first.high is None or first.low is None:
        return first
    word = join[0].strip(" -").lower()
    left = max(floor, first.start - 20)
    sign = _SIGN.search(text, left, first.start)
    begin = sign.start() if sign else first.start
    between = _BETWEEN.search(text, left, begin)
    come = between or _FROM.search(text, left, begin)
    if word == "and" and not between:
        return first
    second = _second(page, join.end())
    if (
        second is not None
        and first.number.form == "fraction"
        and first.unit is None
        and second.number.form != "fraction"
    ):
        return first
    if second is None or (word == "or" and not _neighbours(first, second)):
        return first
    if sign and first.low > 0 and first.unit is None and second.unit and second.unit.kind != "money":
        # "-5 to 10 degrees": the unit stands behind the second number.
        first = replace(first, start=begin, low=-first.low, high=-first.high)
    joined = _join(page, first, second)
    if joined is None:
        if come and word == "to":
            _lend(first, second)
        return first
    low, high, unit = joined
    if word in ("to", "through") and not between and (come or first.unit is not None) and _changes(page, first):
        _lend(first, second)
        return first
    if (
        unit is None
        and _YEAR.fullmatch(text, first.number.start, first.number.end)
        and _YEAR.fullmatch(text, second.number.start, second.number.end)
    ):
        return first
    if (
        not word
        and unit is None
        and not _counts(page, second)
        and not _SPOKEN_OF.search(text, left, first.start)
        and not _TOLD_OF.match(text, second.number_end)
    ):
        return first
    start = come.start() if come else first.start
    giver = first if first.unit else second
    rule = giver.rule if unit else "quantity.range"
    return Reading(
        start,
        max(second.end, first.end),
        second.number_end,
        low,
        high,
        second.number,
        unit,
        giver.unit_span,
        rule,
        ranged=True,
    )


def _second(page: Page, at: int) -> Reading | None:
    mark = _MARK.match(page.text, at)
    begin = mark.end() if mark else at
    if begin < len(page.text) and page.text[begin] in "-−" and page.text[begin + 1 : begin + 2].isdigit():
        begin += 1
    if begin >= len(page.text) or numbers.ANCHOR.match(page.text, begin) is None or page.in_time(begin):
        return None
    number = numbers.read(page.text, begin)
    if number is None or number.form == "vague":
        return None
    reading = measured.read(page, number, at)
    return reading if reading and reading.low is not None and reading.high is not None else None


def _neighbours(first: Reading, second: Reading) -> bool:
    """ "two or three", "10 or 12": small numbers of one form."""
    return (
        first.unit is None
        and first.number.form == second.number.form
        and first.number.value < second.number.value <= first.number.value + 5 < 105
    )


def _join(page: Page, first: Reading, second: Reading) -> tuple[Decimal, Decimal, Unit | None] | None:
    """The bounds and the unit that two readings share, or None when they are no range."""
    assert first.low is not None
    assert second.high is not None
    a, b = first.unit, second.unit
    if a and b and (a.kind != b.kind or (not set(a.codes) & set(b.codes) if a.kind == "money" else a.name != b.name)):
        return None
    if a and b is None and a.kind != "money":
        return None
    low, high = first.low, second.high
    if a and b and low > high and _SWAPPED.search(page.text, max(0, first.start - 20), first.start):
        low, high = high, low
    if b and a is None:
        low *= b.factor
    if (
        first.number.scale == 1
        and second.number.scale != 1
        and first.number.value < second.number.value / second.number.scale
    ):
        low *= second.number.scale
    return (low, high, a or b) if low < high else None


def _changes(page: Page, first: Reading) -> bool:
    begin = page.sentence(first.start)[0]
    return _CHANGE.search(page.text, max(begin, first.start - 90), first.start) is not None


def _lend(first: Reading, second: Reading) -> None:
    """Of "from 5 to 7 percent" told of a change, the first number takes the unit of the second."""
    if first.unit is None and second.unit is not None and first.low is not None:
        first.unit, first.unit_span, first.rule = second.unit, second.unit_span, second.rule
        first.low = first.high = (
            first.low * second.unit.factor * (second.number.scale if first.number.scale == 1 else 1)
        )


def _counts(page: Page, second: Reading) -> bool:
    """Whether a noun follows, so that "10-15 people" is a range where "3-1" is a score."""
    if page.text[second.number_end : second.number_end + 1] not in (" ", "\n"):
        return False
    return counts.thing(page.doc, page.token_at(second.number_end - 1), value_is_one=False, hyphen=False) is not None
