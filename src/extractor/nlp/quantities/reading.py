"""A quantity in the making, and the page it is read from."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Token

from extractor.nlp.document import Document, QuantityKind
from extractor.nlp.quantities.bounds import Bound
from extractor.nlp.quantities.currencies import Context
from extractor.nlp.quantities.numbers import Number
from extractor.nlp.quantities.units import Unit

#: Words that speak of share indexes.
INDEX = re.compile(
    r"\b(?:index|indexes|indices|Dow|Nasdaq|FTSE|Nikkei|DAX|Dax|S&P|Sensex|Nifty|Hang Seng|Kospi|KOSPI|Topix|CAC|composite|industrial average|stocks|bourse|points)\b"
)


@dataclass(slots=True)
class Reading:
    """A quantity in the making. All offsets are of the view: `end` ends its span, `number_end` its number and bound.

    `kind`, `name` (of the unit or thing) and `head` (a token) are settled once every number of the page is read.
    """

    start: int
    end: int
    number_end: int
    low: Decimal | None
    high: Decimal | None
    number: Number
    unit: Unit | None
    unit_span: tuple[int, int] | None
    rule: str
    approx: bool = False
    bound: Bound | None = None
    ranged: bool = False
    kind: QuantityKind | None = None
    name: str | None = None
    head: int | None = None
    inferred: bool = False

    @property
    def is_one(self) -> bool:
        """Whether it is exactly one."""
        return self.low == 1 == self.high

    def count(self, name: str | None, head: int | None, span: tuple[int, int] | None) -> None:
        """Make it a count of the thing `name`, whose token is `head` and whose words are at `span`."""
        self.kind, self.name, self.head, self.unit_span = "count", name, head, span

    def borrow(self, other: "Reading") -> None:
        """Take the unit of another reading, and its scale where this number has none: "45 and 50 mg"."""
        assert other.unit is not None
        self.kind, self.name, self.head, self.unit_span = other.kind, other.name, other.head, other.unit_span
        self.unit, self.rule = other.unit, other.rule
        factor = other.unit.factor
        if other.number.scale != 1 and self.number.scale == 1:
            factor *= other.number.scale
        self.low = None if self.low is None else self.low * factor
        self.high = None if self.high is None else self.high * factor


class Page:
    """The text of a document with its tokens, sentences and expressions of time by character."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.doc = document.doc
        self.text = document.doc.text
        self._starts: list[int] = self.doc.to_array("IDX").tolist()
        marks = self.doc.to_array("SENT_START").tolist()
        self._sentences = [start for i, start in enumerate(self._starts) if i == 0 or marks[i] == 1]
        self._times = self._time_spans()
        self._currencies: dict[tuple[tuple[str, ...], int], str] = {}

    @cached_property
    def currencies(self) -> Context:
        """What the article shows about its currencies."""
        return Context(self.text)

    def currency(self, codes: tuple[str, ...], char: int) -> str:
        """The one of `codes` that the sentence at a character means."""
        begin, end = self.sentence(char)
        if (codes, begin) not in self._currencies:
            self._currencies[codes, begin] = self.currencies.settle(codes, self.text[begin:end])
        return self._currencies[codes, begin]

    @cached_property
    def index_word(self) -> re.Match[str] | None:
        """The first word that speaks of a share index."""
        return INDEX.search(self.text)

    def token_at(self, char: int) -> int:
        """The token at a character, or the last one before it."""
        return max(bisect_right(self._starts, char) - 1, 0)

    def token(self, char: int) -> Token:
        """The token at a character, or the last one before it."""
        return self.doc[self.token_at(char)]

    def sentence(self, char: int) -> tuple[int, int]:
        """Start and end of the sentence at a character."""
        i = max(bisect_right(self._sentences, char) - 1, 0)
        end = self._sentences[i + 1] if i + 1 < len(self._sentences) else len(self.text)
        return (self._sentences[i] if self._sentences else 0), end

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end of every sentence."""
        yield from pairwise([*self._sentences, len(self.text)])

    def in_time(self, char: int) -> tuple[int, int] | None:
        """The expression of time at a character that is no plain duration, as offsets."""
        i = bisect_right(self._times, (char, len(self.text)))
        for start, end in reversed(self._times[max(i - 3, 0) : i]):
            if start <= char < end:
                return start, end
        return None

    def reject(self, start: int, end: int, reason: str, rule: str) -> None:
        """Note a number that is no quantity."""
        self.document.reject(start, end, reason, rule)

    def refuse(self, reading: Reading, reason: str, rule: str) -> bool:
        """Note a reading that is no quantity. Always false."""
        self.reject(reading.start, reading.number_end, reason, rule)
        return False

    def _time_spans(self) -> list[tuple[int, int]]:
        """Expressions of time; a duration that is no period of the calendar may be a figure and is left out."""
        out = []
        for mention in self.document.times:
            if mention.type == "duration" and mention.first is None and mention.last is None:
                continue
            span = self.doc[mention.start : mention.end]
            out.append((span.start_char, span.end_char))
        return sorted(out)
