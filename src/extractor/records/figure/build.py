"""Builds the figure records of a document."""

from collections.abc import Sequence

from extractor.models import Event, Figure
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(document: Document, events: Sequence[Found[Event]]) -> list[Found[Figure]]:
    """Build every figure record, in the order of first mention."""
    return []
