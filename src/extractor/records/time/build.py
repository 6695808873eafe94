"""Builds the time records of a document."""

from extractor.models import TimeExpression
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build(document: Document) -> list[Found[TimeExpression]]:
    """Build every time record, in the order of first mention."""
    return []
