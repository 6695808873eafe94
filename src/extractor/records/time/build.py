"""Builds the time records of a document."""

from extractor.models import TimeExpression
from extractor.models.parts import How
from extractor.nlp.document import Document
from extractor.records.draft import Draft, Found

_SCORES = {"stated": 0.95, "resolved": 0.85}


def build(document: Document) -> list[Found[TimeExpression]]:
    """Build every time record, in the order of first mention."""
    out = []
    for mention in (part for whole in document.times for part in whole.ends or (whole,)):
        span = document.token_span(mention.start, mention.end)
        draft = Draft(document, TimeExpression, score=_SCORES[mention.how])
        draft.put(span=span)
        how: How = "normalized" if mention.how == "stated" else "inferred"
        for field in ("type", "value", "first", "last", "precision", "how", "anchor"):
            draft.set(field, getattr(mention, field), span, mention.rule, how)
        draft.reason(mention.how)
        out.append(Found(draft.build(span), ((mention.start, mention.end),)))
    return out
