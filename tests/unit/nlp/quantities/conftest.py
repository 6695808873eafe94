"""Quantities of a sentence, found by the whole annotation."""

from collections.abc import Callable

import pytest

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate
from extractor.nlp.document import Document

type Annotate = Callable[[str], Document]


@pytest.fixture(scope="session")
def annotated(extractor: Extractor) -> Annotate:
    def run(text: str) -> Document:
        [document] = annotate(extractor.nlp, [Article(text=text, published="2022-04-19")], piece_chars=10_000)
        assert isinstance(document, Document)
        return document

    return run
