"""Quantity expressions: found by rule, normalised exactly."""

from extractor.nlp.document import Document, Quantity


def find_quantities(document: Document) -> list[Quantity]:
    """Every quantity expression, in order, none overlapping another; expressions of time are passed over."""
    return []
