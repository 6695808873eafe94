"""Builds the leader and person records of a document from its ledger."""

from extractor.models import Leader, Person
from extractor.nlp.document import Document
from extractor.records.draft import Found


def build_leaders(document: Document) -> list[Found[Leader]]:
    """Build every leader record, in the order of first mention."""
    return []


def build_people(document: Document) -> list[Found[Person]]:
    """Build every record of a person without an office, in the order of first mention."""
    return []
