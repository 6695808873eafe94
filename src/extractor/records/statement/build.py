"""Builds the statement records of a document."""

from extractor.models import Statement
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(document: Document) -> list[Found[Statement]]:
    """Build every statement record, in the order of first mention."""
    return []
