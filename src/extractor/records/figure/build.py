"""Builds the figure records of a document."""

from collections.abc import Sequence

from extractor.models import Event, Figure
from extractor.models.parts import How, Span
from extractor.nlp.document import Document, Quantity
from extractor.records.draft import Draft, Found


def build(document: Document, events: Sequence[Found[Event]]) -> list[Found[Figure]]:
    """Build every figure record, in the order of first mention."""
    return [_figure(document, quantity) for quantity in document.quantities]


def _figure(document: Document, quantity: Quantity) -> Found[Figure]:
    draft = Draft(document, Figure, score=0.9)
    span = document.span(quantity.start_char, quantity.end_char)
    sentence = document.sentence(quantity.start)
    draft.put(span=span, sentence=document.token_span(sentence.start, sentence.end))
    _value(draft, document, quantity, span)
    draft.set("status", "actual", span, quantity.rule, "inferred")
    return Found(draft.build(span), ((quantity.start, quantity.end),))


def _value(draft: Draft[Figure], document: Document, quantity: Quantity, span: Span) -> None:
    """Kind, bounds and unit: what the quantity expression itself says."""
    draft.set("kind", quantity.kind, span, quantity.rule, "normalized")
    bound, rule = span, quantity.rule
    if quantity.bound is not None:
        start, end, rule = quantity.bound
        bound = document.span(min(start, quantity.start_char), max(end, quantity.end_char))
    how: How = "normalized"
    draft.set("low", quantity.low, bound, rule, how)
    draft.set("high", quantity.high, bound, rule, how)
    draft.set("approx", quantity.approx, bound, rule, how)
    unit = document.span(*quantity.unit_span) if quantity.unit_span else span
    draft.set("unit", quantity.unit, unit, quantity.rule, "inferred" if quantity.unit_inferred else "normalized")
