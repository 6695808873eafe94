"""Finds expressions of time: tries the rules at each word that may begin one, then joins what belongs together."""

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta

from extractor.models import isodates
from extractor.models.parts import DateHow
from extractor.nlp.dates import periods
from extractor.nlp.dates.grammar import DIGITS, NEXT, START, parse_phrase
from extractor.nlp.dates.joining import (
    Expression,
    counted,
    narrowed,
    reaching,
    with_daypart,
    with_ends,
    with_numbers,
    with_time,
    with_weekday,
)
from extractor.nlp.dates.readings import Reading, Words
from extractor.nlp.dates.rule import Pattern, followers, openers, patterns
from extractor.nlp.dates.timeline import Timeline
from extractor.nlp.document import Document, TimeMention

#: What may follow a date without a year and lend it one: "July-November 1954", "on 3 and 5 May 2011".
_LENDER = re.compile(
    parse_phrase(
        "X[ ][,][ ](-|to|and|or|until|till|through|&|/|{day}[,] and)[ ][the |early |late |mid-|mid ]"
        "([{day} ]{month}[ {day}][,][ of| in]|{day},|[the ]{nth} quarter of|{season}[ of]) {year}"
    ).regex.replace("X", "", 1),
    re.IGNORECASE,
)
_DASH = re.compile(r"\s?[-\u2010\u2011\u2013\u2014~]\s?")
_FROM = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
_COMMA_TO = re.compile(r",\s(?:to|through|until|till)\s(?:the\s)?", re.IGNORECASE)
_TO = re.compile(r"\s(?:to|through|thru|until|till|up to)\s(?:the\s)?", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|to|through)\s(?:the\s)?", re.IGNORECASE)
_NEXT_DAY = re.compile(r"\s(?:and|&)\s(?:the\s|on\s)?", re.IGNORECASE)
_COORDINATED = re.compile(r",?\s(?:and|or|,|&)\s(?:the\s|in\s)?|,\s", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s(?:the\s)?$", re.IGNORECASE)
_LINKS = (_DASH, _TO, _COORDINATED)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:postponed|moved|delayed|rescheduled|shifted|changed|brought forward|pushed back)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,$#])\b(?:1[0-9]|20)\d\d\b(?![.,]?\d)")


_DATED = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s(?:\d{1,2},?\s)?(\d{4})\b")

_COMPARED = ("date.relative.later", "date.relative.ago", "date.relative.year_ago_period")

#: What a figure is compared with.
_BEFORE_THAT = re.compile(
    r"the (?:previous|prior|preceding) (?:year|quarter|month)|the (?:year|quarter|month) (?:before|earlier|previous)"
)
_THAN = re.compile(r"\b(?:from|than|over|versus|against|with|to|on|of|in) $")
_ANCIENT = re.compile(r"\d (?:BC|BCE|B\.C\.)(?![A-Za-z])")
_MANY = 6
_FAR = 5


def find_times(document: Document) -> list[TimeMention]:
    """Every expression of time, in order, none overlapping another."""
    doc = document.doc
    text = doc.text
    starts = [token.idx for token in doc]
    if not starts:
        return []
    published = document.published
    base = None
    if published is not None and isodates.is_day(published.value):
        on = date.fromisoformat(published.value)
        base = on if 1000 <= on.year < 9000 else None  # an article of another age has a wrong date
    line = Timeline(doc, text, base, _is_history(text, base))
    found = _Walk(line, starts).run()
    return _mentions(found, starts)


def _is_history(text: str, base: date | None) -> bool:
    """Whether the article tells of years far from its own: most years it names lie more than five years back,
    or most of its full dates more than one."""
    if base is None:
        return True
    years = [int(match[0]) for match in _YEAR.finditer(text)]
    dated = [int(match[1]) for match in _DATED.finditer(text)]
    far = sum(base.year - year > _FAR for year in years)
    past = sum(base.year - year > 1 for year in dated)
    return (
        (len(years) >= _MANY and far >= 0.7 * len(years))
        or (len(dated) >= _MANY and past >= (0.8 if len(dated) < 3 * _MANY else 0.5) * len(dated))
        or len(_ANCIENT.findall(text)) >= _MANY
    )


class _Walk:
    """One walk through the text of an article."""

    def __init__(self, line: Timeline, starts: list[int]) -> None:
        self.line = line
        self.text = line.text
        self.starts = starts
        self.found: list[Expression] = []

    def run(self) -> list[Expression]:
        """Find, read and join every expression."""
        text, done = self.text, 0
        first, second = openers(), followers()
        waiting: dict[int, list[tuple[re.Match[str], Pattern]]] = {}
        for mark in START.finditer(text):
            at = mark.start()
            if at < done:
                continue
            matches = waiting.pop(at, [])
            word = _key(mark[0])
            if word in first and (at == 0 or _may_begin(text, at)):
                after = NEXT.match(text, mark.end())
                following = _key(after[1]) if after is not None else ""
                for pattern in patterns(word, following if following in second else ""):
                    match = pattern.regex.match(text, at)
                    if match is not None:
                        start = match.start("span")
                        (matches if start == at else waiting.setdefault(start, [])).append((match, pattern))
            if not matches:
                continue
            matches.sort(key=lambda item: -len(item[0]["span"]) - len(item[0][0]) / 1000)
            for match, pattern in matches:
                expression = self.read(match, pattern)
                if expression is not None:
                    self.keep(expression)
                    done = max(done, self.found[-1].end)
                    break
        return self.found

    def read(self, match: re.Match[str], pattern: Pattern, lent: int | None = None) -> Expression | None:
        """Read one match; a neighbour may lend it its year."""
        line, (start, end) = self.line, match.span("span")
        line.token = max(bisect_right(self.starts, start) - 1, 0)
        line.lent_year = lent
        if lent is None and "year" not in match.re.groupindex:
            line.lent_year = self.lent(start, end)
        reading = pattern.read(Words(match, pattern.value), line)
        if reading is None:
            return None
        found = Expression(start, end, pattern.rule, reading, match, pattern)
        return with_ends(found) if line.chronicle else found

    def lent(self, start: int, end: int) -> int | None:
        """The year that the expression after or before lends."""
        lender = _LENDER.match(self.text, end)
        if lender is not None:
            return int(lender["year"])
        if self.found:
            last = self.found[-1]
            between = self.text[last.end : start]
            period = last.reading.period
            lends = last.reading.how == "stated" and period.precision in ("day", "month", "season")
            if lends and period.last is not None and any(link.fullmatch(between) for link in _LINKS):
                return period.last.year
        return None

    def keep(self, expression: Expression) -> None:
        """Add an expression: joined with the last one, or with the words before it that narrow it."""
        text = self.text
        last = self.found[-1] if self.found else None
        floor = last.end if last is not None else 0
        expression = narrowed(text, expression, floor)
        if last is not None and expression.start >= last.end:
            joined = self.joined(last, expression)
            if joined is not None:
                self.found[-1] = joined
                self.line.note(expression.reading.period)
                self.line.note_span(joined.reading.period)
                if len(self.found) > 1 and joined.rule == "date.relative.counted":
                    before = self.found[-2]
                    whole = with_weekday(text, before, joined, text[before.end : joined.start])
                    if whole is not None:
                        self.found[-2:] = [whole]
                return
        if last is not None:
            self.lend_back(last, expression)
        expression = with_numbers(text, with_daypart(text, expression), self.line.base)
        if not self.compares(expression):
            if not _SINCE.search(text[max(floor, expression.start - 10) : expression.start]):
                self.line.note(expression.reading.period)
            self.line.note_span(expression.reading.period)
        self.found.append(replace(expression, reading=reaching(expression, text, floor)))

    def compares(self, expression: Expression) -> bool:
        """Whether an expression only compares: "a year earlier" is not what the text goes on to speak of."""
        words = self.text[expression.start : expression.end].lower()
        if expression.rule == "date.relative.ago" and expression.reading.period.precision == "day":
            return False
        if _BEFORE_THAT.fullmatch(words):
            before = self.text[max(0, expression.start - 16) : expression.start]
            return not self.line.history and _THAN.search(before) is not None
        return expression.rule in _COMPARED and not self.line.history and not words.endswith(("later", "after", "on"))

    def lend_back(self, last: Expression, new: Expression) -> None:
        """Read "May" again in "May and July last year"."""
        if new.rule != "date.month.of_year" or last.rule not in ("date.absolute.month", "date.absolute.month_day"):
            return
        period, between = new.reading.period, self.text[last.end : new.start]
        if (
            last.match is not None
            and last.pattern is not None
            and period.first is not None
            and _COORDINATED.fullmatch(between)
        ):
            again = self.read(last.match, last.pattern, lent=period.first.year)
            if again is not None and last.reading.type == "date":
                reading = replace(again.reading, how=new.reading.how, anchor=new.reading.anchor)
                self.found[-1] = replace(last, reading=reading)

    def joined(self, last: Expression, new: Expression) -> Expression | None:
        """A range of two dates, or a day with its time; None where the two stand apart."""
        between = self.text[last.end : new.start]
        if len(between) > 17 or "\n\n" in between:
            return None
        paired = with_time(last, new, between) or with_weekday(self.text, last, new, between)
        if paired is not None:
            return paired
        if new.reading.type == "date" and (last.reading.type == "duration" or last.rule == "date.relative.unit"):
            found = counted(self.text, last, new, between)
            if found is not None or last.reading.type == "duration":
                return found
        if last.reading.type != "date" or new.reading.type != "date":
            return None
        before = self.text[max(0, last.start - 60) : last.start]
        to_date = new.rule == "date.ref.present" and self.text[new.start : new.end].lower().endswith(" date")
        linked = (
            _DASH.fullmatch(between)
            or (_TO.fullmatch(between) and not _MOVED.search(before))
            or (_COMMA_TO.fullmatch(between) and _FROM.search(before))
            or (_AND.fullmatch(between) and _BETWEEN.search(before))
            or (to_date and between.isspace())
        )
        if not linked and _NEXT_DAY.fullmatch(between):
            return self.next_day(last, new)
        return self.interval(last, new) if linked else None

    def next_day(self, last: Expression, new: Expression) -> Expression | None:
        """A day and the next as one stretch whose days are told apart: "on 13 and 14 March"."""
        low, high = last.reading.period, new.reading.period
        if low.precision != "day" or high.precision != "day" or low.last is None or high.first is None:
            return None
        whole = self.interval(last, new) if high.first == low.last + timedelta(1) else None
        return replace(whole, ends=(last, new)) if whole is not None else None

    def interval(self, last: Expression, new: Expression) -> Expression | None:
        """The range from one date to another; a start without a year takes that of the end, or the one before."""
        low, high = last.reading, new.reading
        for reading, other in ((low, high), (high, low)):
            if reading.period.value == "PRESENT_REF" and self.line.base is not None and other.period.first is not None:
                now = Reading("date", periods.day(self.line.base), "resolved", self.line.base)
                low, high = (now, high) if reading is low else (low, now)
        fiscal = last.rule == new.rule == "date.absolute.fiscal"
        if not fiscal and {low.period.precision, high.period.precision} & {None, "interval"}:
            return None
        first, end = low.period.first, high.period.last
        if (
            first is not None
            and end is not None
            and first > end
            and last.match is not None
            and last.pattern is not None
        ):
            if new.rule == "date.weekday.bare":
                later = end + timedelta(7 * ((first - end).days // 7 + 1))
                high = replace(high, period=periods.day(later))
            elif "year" not in last.match.re.groupindex:
                again = self.read(
                    last.match,
                    last.pattern,
                    lent=end.year - (first.replace(year=end.year) > end if _fits(first, end.year) else 0),
                )
                low = again.reading if again else low
            elif new.match is not None and new.pattern is not None:
                again = self.read(new.match, new.pattern, lent=end.year + 1)
                high = again.reading if again else high
        period = periods.between(low.period, high.period)
        if period is None:
            return None
        anchor = low.anchor or high.anchor
        how: DateHow = "stated" if low.how == high.how == "stated" else "resolved"
        return Expression(
            last.start,
            new.end,
            "date.range",
            Reading("date", period, how, anchor if how == "resolved" else None),
            ends=(replace(last, reading=low), replace(new, reading=high)) if self.line.chronicle else (),
        )


def _key(word: str) -> str:
    return DIGITS if word[0].isdigit() else word.lower()


def _fits(on: date, year: int) -> bool:
    return not (on.month == 2 and on.day == 29 and year % 4)


def _may_begin(text: str, at: int) -> bool:
    """Whether an expression may begin here: not inside a word, a number or an amount."""
    before = text[at - 1]
    if before == " " and at > 1:
        before = text[at - 2] if text[at - 2] in "$\u20ac\u00a3\u00a5\u20b9" and text[at].isdigit() else before
    if before.isalnum() or before in "$\u20ac\u00a3\u00a5#_@\u20b9":
        return False
    return not (text[at].isdigit() and at > 1 and before in ".,:/" and text[at - 2].isdigit())


def _mentions(found: list[Expression], starts: list[int]) -> list[TimeMention]:
    """Token offsets for each expression; one that shares its first token with the one before is left out."""
    out: list[TimeMention] = []
    done = 0
    for item in found:
        start = max(bisect_right(starts, item.start) - 1, 0)
        end = bisect_right(starts, item.end - 1)
        if start < done:
            continue
        done = end
        ends = _mentions(list(item.ends), starts)
        period = item.reading.period
        out.append(
            TimeMention(
                start,
                end,
                item.reading.type,
                period.value,
                period.date_value,
                str(period.first) if period.first else None,
                str(period.last) if period.last else None,
                period.precision,
                item.reading.how,
                str(item.reading.anchor) if item.reading.anchor else None,
                item.rule,
                tuple(ends) if len(ends) == 2 else (),
            )
        )
    return out
