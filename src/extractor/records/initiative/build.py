"""Builds the initiative records of a document."""

from extractor.models import Initiative
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(document: Document) -> list[Found[Initiative]]:
    """Build every initiative record, in the order of first mention."""
    return []
