"""What the expressions of one article are counted from: its own date, or the last date its text stated."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from spacy.tokens import Doc

from extractor.nlp.dates import periods
from extractor.nlp.dates.direction import Direction, direction
from extractor.nlp.dates.periods import Period

#: What is longer than a week and may be meant by "the period".
_SPANS = ("month", "quarter", "half", "season", "year", "interval")
#: What stands between "until" and a month.
_WITHIN = frozenset(
    ["the", "very", "end", "of", "early", "late", "mid", "middle", "beginning", "start", "close", "at", "least", "-"]
)
_STATED = ("day", "week", "month", "quarter", "half", "season", "year")
_NUMERIC = re.compile(r"\b(?:(1[3-9]|2\d|3[01])/\d{1,2}|\d{1,2}/(?:1[3-9]|2\d|3[01]))/(?:\d{4}|\d\d)\b")
#: "10/06/2019 to 12/06/2019": what both ends of a range share is rather the month.
_SAME_MONTH = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{2,4})\s?(?:-|\u2013|to|and|until|till)\s?(?!\1/)\d{1,2}/\2/\3\b")
_NAMES = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY_FIRST = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_NAMES}")
_MONTH_FIRST = re.compile(rf"\b{_NAMES}[a-z]*\.? \d{{1,2}}\b")
_INDIAN = re.compile(r"\b(?:crore|lakh|Rs\.?|rupees?|India|Indian|Mumbai|New Delhi|Pakistan|Dhaka)\b|\u20b9")

_INDIA = re.compile(r"\b(?:crore|lakh|Indian?s?|Mumbai|New Delhi)\b|\u20b9")
_RUPEES = re.compile(r"\b(?:crore|lakh|Rs\.?|rupees)\b|\u20b9")
_FROM_JULY = re.compile(r"\b(?:Pakistanis?|Pakistan|Islamabad|Karachi|Lahore|Bangladeshi?s?|Dhaka)\b")


@dataclass
class Timeline:
    """The state of the walk through an article, from its first expression to its last."""

    doc: Doc
    text: str
    #: The article's own day.
    base: date | None
    #: Whether the article tells of a time far from its own, so that dates without a year follow the last stated one.
    history: bool
    #: The period last stated.
    stated: Period | None = None
    #: First token of the expression being read, and the year that a neighbour lends it.
    token: int = 0
    lent_year: int | None = None
    _aside: int | None = None
    _aside_at: int = 0
    stated_day: date | None = None
    #: Where the period last stated stands.
    stated_at: int = 0
    #: The stretch longer than a week last named, where it stands, and the last of each kind; none to compare with.
    span: Period | None = None
    span_at: int = 0
    spans: dict[str, Period] = field(default_factory=dict)

    @cached_property
    def day_first(self) -> bool:
        """Whether the article writes the day before the month, as its other dates show; an Indian one does."""
        text = self.text
        if _SAME_MONTH.search(text):
            return True
        if match := _NUMERIC.search(text):
            return match[1] is not None
        day, month = len(_DAY_FIRST.findall(text)), len(_MONTH_FIRST.findall(text))
        return day > month or (day == month == 0 and _INDIAN.search(text) is not None)

    @cached_property
    def fiscal_start(self) -> int:
        """First month of the fiscal year: April in an Indian article, July in one of Pakistan or Bangladesh, else January."""
        if not _INDIAN.search(self.text):
            return 1
        indian, other = len(_INDIA.findall(self.text)), len(_FROM_JULY.findall(self.text))
        return 7 if other > indian else 4

    @cached_property
    def in_rupees(self) -> bool:
        """Whether the article tells money in rupees."""
        return _RUPEES.search(self.text) is not None

    @property
    def chronicle(self) -> bool:
        """Whether the article is known to tell of a time far from its own date; one without a date may be news."""
        return self.history and self.base is not None

    @property
    def told(self) -> date | None:
        """The day that "later" and "the next day" are counted from; a look aside counts while it is near."""
        if self._aside is not None and self.near(self._aside_at):
            return date(self._aside, 1, 1)
        if self.stated is not None:
            return self.stated.first
        return None if self.history else self.base

    @property
    def told_day(self) -> date | None:
        """The day that "the next day" and "three days later" are counted from; a month or a year stated gives none."""
        if self.stated is not None and self.stated.precision == "day":
            return self.stated.first
        if not self.history:
            return self.stated_day or self.base
        day, stated = self.stated_day, self.stated
        if day is None or stated is None or stated.first is None or day.year != stated.first.year:
            return None
        return day

    @property
    def hour_of(self) -> date | None:
        """The day of an hour: one stated in the same sentence, else the article's, in a history the last stated one."""
        day = self.stated.first if self.stated is not None and self.stated.precision == "day" else None
        if self.history:
            return self.told
        if day is not None and self.stated_at >= self.doc[self.token].sent.start:
            return day
        return self.base

    def direction(self) -> Direction:
        """Whether the clause of the expression looks back or ahead."""
        way = direction(self.doc[self.token])
        if way == 0 and (self._awaited() or self._begins()):
            return 1
        return way

    def delivered(self) -> bool:
        """Whether a month is one of futures: "crude for April delivery", "the May contract"."""
        after = self.doc[self.token + 1 : self.token + 2]
        return bool(after) and after[0].lower_ in ("delivery", "futures", "contract", "contracts", "settlement")

    def _begins(self) -> bool:
        return self.token > 0 and self.doc[self.token - 1].lower_ in (
            "starting",
            "beginning",
            "commencing",
            "effective",
        )

    def _awaited(self) -> bool:
        return self._reached_by() in ("until", "till", "by")

    def _reached_by(self) -> str:
        """The word before the expression, over "the end of" and the like."""
        at = self.token - 1
        while at > 0 and self.token - at < 6 and self.doc[at].lower_ in _WITHIN:
            at -= 1
        return str(self.doc[at].lower_) if at >= 0 else ""

    def year_of(self, month: int, day: int | None = None) -> tuple[int, date | None] | None:
        """The year of a month (or a day) without one, and the day it was counted from.

        A neighbour's year comes first. In a history it is the year being told, and the next where December gives way
        to January. Else the tense decides; where it does not, a day is the nearest one and a month the latest.
        """
        if self.lent_year is not None:
            return self.lent_year, None
        origin = self.told if self.history or self.base is None else self.base
        if origin is None:
            return None
        if self.history or self.base is None:
            turned = origin.month - month >= 8 and self.stated is not None and self.stated.precision != "year"
            return origin.year + turned, origin
        way = 1 if day is None and self.delivered() else self.direction()
        if day is None:
            if way > 0:
                return origin.year + (month < origin.month), origin
            return origin.year - (month > origin.month), origin
        near = nearest(origin, month, day)
        if way == 0 or abs(near - origin) <= timedelta(3):
            return near.year, origin
        if way > 0:
            return (near.year if near >= origin else near.year + 1), origin
        return (near.year if near <= origin else near.year - 1), origin

    def _leads(self, year: int) -> bool:
        """Whether a bare year moves the telling on: it opens its sentence, or is the year after the one told."""
        if self.stated is None or self.stated.first is None or year == self.stated.first.year + 1:
            return True
        token = self.doc[self.token]
        return bool(token.i - token.sent.start <= 2)

    def weekday(self, number: int) -> tuple[date, date] | None:
        """The day of a bare weekday (Monday is 1) and the day it was counted from.

        The latest one, today included, unless the clause looks ahead. Without a date of the article it is not known.
        """
        origin = self.told_day if self.history else self.base
        if origin is None or self.base is None:
            return None
        if self._reached_by() in ("until", "till") or self.direction() > 0:
            return origin + timedelta((number - origin.isoweekday()) % 7), origin
        return origin - timedelta((origin.isoweekday() - number) % 7), origin

    def near(self, at: int) -> bool:
        """Whether a token stands in the sentence of the expression being read, or in the one before it."""
        start = self.doc[self.token].sent.start
        return at >= (self.doc[start - 1].sent.start if start else 0)

    @property
    def meant(self) -> Period | None:
        """What "a year earlier" compares with: the period last stated, or the stretch named just before where that was
        only the day of the news ("in the second quarter, it said on Thursday")."""
        stated, span = self.stated, self.span
        if stated is None or stated.first is None or stated.precision != "day" or span is None:
            return span if span is not None and (stated is None or self.span_at >= self.stated_at) else stated
        news = self.base is not None and not self.history and abs(stated.first - self.base) <= timedelta(7)
        return span if news and self.near(self.span_at) else stated

    def note_span(self, period: Period) -> None:
        """Remember a stretch that the text names."""
        if period.precision in _SPANS and period.first is not None and period.last is not None:
            self.span, self.span_at = period, self.token
            self.spans[period.precision] = period

    def note(self, period: Period) -> None:
        """Remember a period as the last one stated. A year that a history looks ahead to is not.

        In a history a year far from the one being told is a look aside ("as late as 1998"), unless a second follows.
        """
        if period.value.startswith("BC"):
            self.stated = period
        if period.first is None or period.precision not in _STATED:
            return
        if self.history and period.precision == "year" and (not self._leads(period.first.year) or self.direction() > 0):
            return
        if self.history and self.stated is not None and self.stated.first is not None and period.precision == "year":
            near = self._aside if self._aside is not None else self.stated.first.year
            if abs(period.first.year - self.stated.first.year) > 3 < abs(period.first.year - near):
                self._aside, self._aside_at = period.first.year, self.token
                return
        self._aside = None
        self.stated = period
        self.stated_at = self.token
        if period.precision == "day":
            self.stated_day = period.first


def nearest(origin: date, month: int, day: int) -> date:
    """The day of a month nearest to another day, in its year or one beside it."""
    found = [
        on.first
        for year in (origin.year - 1, origin.year, origin.year + 1)
        if (on := periods.calendar_day(year, month, min(day, 28))) and on.first
    ]
    return min(found, key=lambda on: abs(on - origin)) if found else origin
