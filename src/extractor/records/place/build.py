"""Builds the place records of a document."""

from extractor.models import Place
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(document: Document) -> list[Found[Place]]:
    """Build every place record, in the order of first mention."""
    return []
