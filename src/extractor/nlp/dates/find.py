"""Finds expressions of time."""

from extractor.nlp.document import Document, TimeMention


def find_times(document: Document) -> list[TimeMention]:
    """Every expression of time, in order, none overlapping another."""
    return []
