"""Quantity expressions: found by rule, normalised exactly."""

from extractor.nlp.document import Document, Quantity
from extractor.nlp.quantities.find import find


def find_quantities(document: Document) -> list[Quantity]:
    """Every quantity expression, in order, none overlapping another; expressions of time are passed over."""
    return find(document)
