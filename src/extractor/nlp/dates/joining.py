"""What stands beside an expression and belongs to it: "early", "the night of", "since", an hour, a count of days."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractor.nlp.dates import periods
from extractor.nlp.dates.periods import Part, Period
from extractor.nlp.dates.readings import Reading, counted_from, edge_of, starting
from extractor.nlp.dates.rule import Pattern
from extractor.nlp.dates.vocabulary import words

_PART = re.compile(
    r"(?:\b(?:the\s)?(early|mid|late|middle|midway)(?:\s(?:in|on|through))?[\s-](?:the\s)?"
    r"|\b(?:the\s)?(?:very\s)?(beginning|start|outset|middle|end|close)\sof\s(?:the\s(?:month|year)\sof\s|the\s)?"
    r"|\b(end|start)-)$",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    r"\b(?:the\s)?(?:early\s|late\s)?(?:(morning|afternoon|evening|night)(?:\shours)?|early\shours)\s(?:(?:of|on)\s(?:the\s)?)?$",
    re.IGNORECASE,
)
_DAYPART = re.compile(
    r"\s(?:(?:early|late|in the)\s)?(morning|afternoon|evening|night)\b(?!\s(?-i:[A-Z]))", re.IGNORECASE
)
_REACH = re.compile(
    r"\b(since|until|till|by|before|after|prior\sto|through|beyond|no\slater\sthan|later\sthan|starting|beginning)"
    r"(?:\sin|\son|\sat\sleast|\sabout|\saround|\sas\slate\sas)?(?:\sthe)?(?:\syear)?\s$|\b(pre|post)-$",
    re.IGNORECASE,
)
_OR_LATER = re.compile(r"\s(?:or|and)\s(later|after|onwards?|earlier|before)\b|\s(onwards?)\b", re.IGNORECASE)
_AT = re.compile(r",?\s(?:at|around|about|from|,|by)?\s?(?:about\s|around\s)?|,\s?|\sat\s", re.IGNORECASE)
_ON = re.compile(r",?\s(?:on\s|of\s|,\s)?(?:the\s)?", re.IGNORECASE)
#: "In ten months of 2021", as statistics of many countries count a year that is not over.
_MONTHS_OF = re.compile(r"\b(?:in|for|over|after|during)\s(?:the\s)?\w+\smonths$", re.IGNORECASE)
_EDGE = re.compile(r"^(?:the )?(first|last|final|opening|closing)\b")


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression at view offsets, and what it stands for."""

    start: int
    end: int
    rule: str
    reading: Reading
    #: Whether its year came from elsewhere, and what reads it again under another year.
    match: re.Match[str] | None = None
    pattern: Pattern | None = None
    #: Both ends of a range, in a history.
    ends: tuple["Expression", ...] = ()


def narrowed(text: str, expression: Expression, floor: int) -> Expression:
    """Take in "early", "the end of", "the night of" before an expression."""
    reading = expression.reading
    period = reading.period
    before = text[max(floor, expression.start - 32) : expression.start]
    if reading.type != "date" or "\n\n" in before:
        before = before.rpartition("\n\n")[2]
    if reading.type != "date" or not before:
        return expression
    if period.precision == "day" and (match := _PART_OF_DAY.search(before)) and period.first is not None:
        part = words("daypart")[(match[1] or "morning").lower()]
        timed = replace(period, value=f"{period.value}T{part}")
        return replace(
            expression,
            start=expression.start - len(before) + match.start(),
            reading=replace(reading, type="time", period=timed),
        )
    match = _PART.search(before)
    if match is None:
        return expression
    word = (match[1] or match[2] or match[3]).lower()
    part_name: Part = (
        "early"
        if word in ("early", "beginning", "start", "outset")
        else "late"
        if word in ("late", "end", "close")
        else "mid"
    )
    if period.precision != "day":
        reading = replace(reading, period=periods.part_of(period, part_name))
    return replace(expression, start=expression.start - len(before) + match.start(), reading=reading)


def with_daypart(text: str, expression: Expression) -> Expression:
    """Take in "morning" after a day."""
    reading = expression.reading
    if reading.type != "date" or reading.period.precision != "day":
        return expression
    match = _DAYPART.match(text, expression.end)
    if match is None:
        return expression
    timed = replace(reading.period, value=f"{reading.period.value}T{words('daypart')[match[1].lower()]}")
    return replace(expression, end=match.end(), reading=replace(reading, type="time", period=timed))


def with_time(last: Expression, new: Expression, between: str) -> Expression | None:
    """ "Tuesday at 10 a.m.", "10 a.m. on Tuesday" as one time."""
    day, time = (last, new) if last.reading.type == "date" else (new, last)
    if time.reading.type != "time" or day.reading.type != "date" or time.rule not in ("time.clock", "time.named"):
        return None
    period = day.reading.period
    if period.precision != "day" or not (_AT if day is last else _ON).fullmatch(between):
        return None
    value = f"{period.value}T{time.reading.period.value.partition('T')[2]}"
    reading = Reading("time", replace(period, value=value), day.reading.how, day.reading.anchor)
    return Expression(last.start, new.end, time.rule, reading)


def counted(text: str, last: Expression, new: Expression, between: str) -> Expression | None:
    """ "Three days after 12 January", "the first three months of 2024" as one expression."""
    span = text[last.start : last.end].lower()
    link = next(iter(between.lower().strip(", ").split()), "")
    if link == "from" and _GOES_ON.match(text, new.end):
        return None
    starts = link == "from" and (
        "," in between or re.search(r"\bfor\s$", text[max(0, last.start - 5) : last.start]) is not None
    )
    if link in ("starting", "beginning", "commencing") or starts:
        reading = starting(new.reading, last.reading)
        rule = "date.relative.counted"
    elif link in ("after", "before", "from", "following"):
        sign = -1 if link == "before" else 1
        reading = counted_from(new.reading, last.reading, sign)
        rule = "date.relative.counted"
    elif link == "of" and between == " of " and _MONTHS_OF.search(text[max(0, last.start - 12) : last.end]):
        reading, rule = edge_of(last.reading, new.reading, last=False), "date.relative.edge"
    elif link in ("of", "in") and "," not in between and (edge := _EDGE.search(span)):
        length = last.reading
        if length.type != "duration":  # "the last week of June"
            unit = words("unit").get(span.split()[-1], "")
            length = replace(length, period=replace(length.period, value=f"P1{unit}"))
        reading = edge_of(length, new.reading, last=edge[1] in ("last", "final", "closing"))
        rule = "date.relative.edge"
    else:
        return None
    return Expression(last.start, new.end, rule, reading) if reading is not None else None


_RANGES = ("date.absolute.day_range", "date.absolute.month_day_range", "date.absolute.year_range")


def with_ends(expression: Expression) -> Expression:
    """Both ends of "14-24 August" or "1861-1863" as dates of their own."""
    match, reading = expression.match, expression.reading
    first, last = reading.period.first, reading.period.last
    if expression.rule not in _RANGES or match is None or first is None or last is None:
        return expression
    groups = match.groupdict()
    low = next(name for name in ("day", "nth", "year") if groups.get(name))
    high = next((name for name in ("day2", "nth2", "year2", "yy") if groups.get(name)), None)
    low_period, high_period = (
        (periods.year(first.year), periods.year(last.year))
        if low == "year"
        else (periods.day(first), periods.day(last))
    )
    if high is None or low_period is None or high_period is None:
        return expression
    ends = (
        Expression(expression.start, match.end(low), expression.rule, replace(reading, period=low_period)),
        Expression(match.start(high), expression.end, expression.rule, replace(reading, period=high_period)),
    )
    return replace(expression, ends=ends)


#: "Sunday, three weeks after 15 January"; "in two months, on Tuesday".
_WITH_WEEKDAY = re.compile(r",?\s(?:on\s)?", re.IGNORECASE)
_WEEKDAYS = ("date.weekday.bare", "date.weekday.shifted")
_COUNTED_DAYS = ("date.relative.from_now", "date.relative.counted", "date.relative.in")
_DATED_WEEKDAY = re.compile(r",?\s?[(\u2013-]\s?", re.IGNORECASE)


def with_weekday(text: str, last: Expression, new: Expression, between: str) -> Expression | None:
    """A weekday with what dates it: "this Friday (June 15)", "Sunday, three weeks after 15 January".

    The weekday is that of the week counted to, beside months and years the next one after.
    """
    if last.rule in _WEEKDAYS and new.rule == "date.absolute.month_day":
        on = new.reading.period.first
        if not _DATED_WEEKDAY.fullmatch(between) or on is None:
            return None
        end = new.end + (text[new.end : new.end + 1] == ")" and "(" in between)
        return replace(new, start=last.start, end=end)
    day, counted_day = (last, new) if last.rule == "date.weekday.bare" else (new, last)
    if day.rule != "date.weekday.bare" or counted_day.rule not in _COUNTED_DAYS:
        return None
    to, weekday = counted_day.reading, day.reading.period.first
    if to.type != "date" or to.anchor is None or to.period.first is None or weekday is None:
        return None
    if not _WITH_WEEKDAY.fullmatch(between) or (counted_day is last and " on " not in f" {between.strip()} "):
        return None
    on = to.period.first
    if re.search(r"(?:month|year)s?\b", text[counted_day.start : counted_day.end], re.IGNORECASE):
        on = on if to.period.precision == "day" else _in_year(to.anchor, on)
        on += timedelta((weekday.isoweekday() - on.isoweekday()) % 7)
    else:
        on += timedelta(weekday.isoweekday() % 7 - on.isoweekday() % 7)  # weeks from Sunday
    return Expression(last.start, new.end, counted_day.rule, replace(to, period=periods.day(on)))


def _in_year(anchor: date, month: date) -> date:
    """The day of the anchor in the month counted to, or that month's first where it has none."""
    held = periods.calendar_day(month.year, month.month, anchor.day)
    return held.first if held is not None and held.first is not None else month


#: A range follows: "20 years, from 1979 to 1999".
_GOES_ON = re.compile(r"\s?(?:[-\u2013]|(?:to|until|till|through)\b)")


_BRACKETED = re.compile(r"\s?\((\d{1,2})/(\d{1,2})(?:/(?:20)?\d\d)?\)")


def with_numbers(text: str, expression: Expression, base: date | None) -> Expression:
    """ "Monday (1/9)", as Indonesian papers write: the day of the numbers, in the order that makes it a Monday."""
    match = _BRACKETED.match(text, expression.end) if expression.rule in _WEEKDAYS and base is not None else None
    weekday = expression.reading.period.first
    if match is None or base is None or weekday is None:
        return expression
    for day, month in ((int(match[1]), int(match[2])), (int(match[2]), int(match[1]))):
        for year in (base.year, base.year - 1, base.year + 1):
            found = periods.calendar_day(year, month, day)
            if found is not None and found.first is not None and found.first.weekday() == weekday.weekday():
                return replace(expression, end=match.end(), reading=replace(expression.reading, period=found))
    return expression


def reaching(expression: Expression, text: str, floor: int) -> Reading:
    """The reading under a word that opens it to one side: "since", "until", "before", "or later"."""
    reading = expression.reading
    period = reading.period
    if reading.type != "date" or period.first is None or period.last is None or period.date_value is None:
        return reading
    before = _REACH.search(text[max(floor, expression.start - 24) : expression.start])
    after = _OR_LATER.match(text, expression.end)
    word = ((before[1] or before[2]) if before else (after[1] or after[2]) if after else "").lower()
    if not word:
        return reading
    if (
        before
        and word in ("after", "before")
        and re.match(
            r"['\u2019]s\b|\s(?:elections?|vote|summit|talks|meeting|war)\b", text[expression.end : expression.end + 9]
        )
    ):
        return reading
    if word == "after" and re.match(
        r"(?:the )?(?:very )?(?:beginning|start)\b", text[expression.start : expression.end], re.IGNORECASE
    ):
        word = "since"
    if word in ("before", "prior to") and re.match(
        r"(?:the )?(?:very )?(?:end|close)\b", text[expression.start : expression.end]
    ):
        word = "by"
    return replace(reading, period=_reach(period, " ".join(word.split())))


def _reach(period: Period, word: str) -> Period:
    assert period.first is not None
    assert period.last is not None
    assert period.date_value is not None
    if word in ("since", "starting", "beginning", "later", "onward", "onwards"):
        return replace(period, last=None, date_value=f"{period.date_value.partition('/')[0]}/")
    if word in ("until", "till", "by", "through", "earlier", "no later than"):
        return replace(period, first=None)
    if word in ("after", "beyond", "later than", "post"):
        if period.precision == "day":
            return replace(period, first=period.first, last=None, date_value=f"{period.date_value}/")
        first = period.last + timedelta(1)
        return replace(period, first=first, last=None, date_value=f"{_at_precision(first, period)}/")
    last = period.first - timedelta(1) if period.first > date.min else period.first
    return replace(period, first=None, last=last, date_value=f"/{_at_precision(last, period)}")


def _at_precision(on: date, period: Period) -> str:
    unit = {"day": "D", "month": "M", "quarter": "Q", "year": "Y", "half": "H"}.get(period.precision or "", "D")
    held = periods.unit_holding(on, unit)
    return held.date_value or str(on) if held else str(on)
