"""Named people, bodies, states and places, tied together over the article."""

from extractor.nlp.document import Document
from extractor.nlp.ledger import Ledger


def build_ledger(document: Document) -> Ledger:
    """The ledger of a document."""
    return Ledger()
