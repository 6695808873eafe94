"""Expressions of time: found by rule, resolved against the article's date."""

from extractor.nlp.document import Document, TimeMention


def find_times(document: Document) -> list[TimeMention]:
    """Every expression of time, in order, none overlapping another."""
    return []
