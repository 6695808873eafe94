"""Builds the event records of a document."""

from extractor.models import Event
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(document: Document) -> list[Found[Event]]:
    """Build every event record, in the order of first mention."""
    return []
