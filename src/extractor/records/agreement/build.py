"""Builds the agreement records of a document."""

from collections.abc import Sequence

from extractor.models import Agreement, Event, Figure
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(
    document: Document, events: Sequence[Found[Event]], figures: Sequence[Found[Figure]]
) -> list[Found[Agreement]]:
    """Build every agreement record, in the order of first mention."""
    return []
