"""Builds the organization records of a document."""

from extractor.models import Organization
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(document: Document) -> list[Found[Organization]]:
    """Build every organization record, in the order of first mention."""
    return []
