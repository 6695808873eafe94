"""The annotated document that every record type builds from, and the layers found in it.

All token offsets index `document.doc`; all character offsets of the layers index the view (`document.view.text`, which
is `document.doc.text`). `document.span` brings them back to the article.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from extractor.models import Article, Date, Rejected, Span
from extractor.models.ids import record_id
from extractor.models.parts import DateHow, Precision
from extractor.models.time import TimeType
from extractor.nlp.layout import Layout
from extractor.nlp.view import View

if TYPE_CHECKING:
    from extractor.nlp.ledger import Ledger


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One expression of time, resolved.

    `start`, `end`: token offsets, half-open. `value` is TIMEX3; `date_value` is the same in the form of a record's
    `Date` (None where it is no date, such as a bare duration). `first` and `last` are ISO days.
    """

    start: int
    end: int
    type: TimeType
    value: str
    date_value: str | None
    first: str | None
    last: str | None
    precision: Precision | None
    how: DateHow
    anchor: str | None
    rule: str
    #: Both ends of a range, where they are told as dates of their own.
    ends: tuple["TimeMention", ...] = ()


QuantityKind = Literal["money", "percent", "count", "quantity", "duration", "ratio"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity expression, normalised.

    `start_char`, `end_char`: view offsets of the span as the contract wants it (with approximator; without the unit
    for counts). `start`, `end`: the tokens it covers. `head`: token of the unit or of the thing counted, or of the
    number where there is none.
    """

    start: int
    end: int
    start_char: int
    end_char: int
    head: int
    kind: QuantityKind
    low: Decimal | None
    high: Decimal | None
    approx: bool
    unit: str | None
    #: Character span of the words that gave the unit, and whether it was inferred from the article's context.
    unit_span: tuple[int, int] | None
    unit_inferred: bool
    rule: str
    #: Character span of the words that bound the value ("more than", "about") and the rule that read them.
    bound: tuple[int, int, str] | None = None


@dataclass(slots=True)
class Document:
    """An article with its layout, its annotated text and the layers found in it."""

    article: Article
    article_id: str
    layout: Layout
    doc: Doc
    times: Sequence[TimeMention] = ()
    quantities: Sequence[Quantity] = ()
    ledger: "Ledger" = field(init=False)
    rejected: list[Rejected] = field(default_factory=list)
    _used_ids: Counter[str] = field(default_factory=Counter)

    @property
    def view(self) -> View:
        """The cleaned text and its alignment."""
        return self.layout.view

    @property
    def published(self) -> Date | None:
        """The article's own date."""
        return self.layout.published

    def new_id(self, prefix: str, anchor: Span) -> str:
        """The id of a new record with this anchor; a second one on the same anchor ends in `.2`."""
        plain = record_id(prefix, self.article_id, anchor.start, anchor.end)
        self._used_ids[plain] += 1
        count = self._used_ids[plain]
        return plain if count == 1 else f"{plain}.{count}"

    def reject(self, start_char: int, end_char: int, reason: str, rule: str) -> None:
        """Note something that was seen (at view offsets) and not used."""
        self.rejected.append(Rejected(span=self.span(start_char, end_char), reason=reason, rule=rule))

    def span(self, start_char: int, end_char: int) -> Span:
        """The span of the article that view offsets stand for, outer blanks left out."""
        text = self.view.text
        while end_char > start_char and text[end_char - 1].isspace():
            end_char -= 1
        while start_char < end_char and text[start_char].isspace():
            start_char += 1
        low, high = self.view.to_original(start_char, end_char)
        return Span(start=low, end=high, text=self.article.text[low:high])

    def token_span(self, start: int, end: int) -> Span:
        """The span of the article that the tokens `start` to `end` (half-open) stand for."""
        piece = self.doc[start:end]
        return self.span(piece.start_char, piece.end_char)

    def sentence(self, token: int) -> DocSpan:
        """The sentence that holds a token."""
        return self.doc[token].sent
