"""Figures of a text, built over the whole annotation."""

from collections.abc import Callable

import pytest

from extractor import Article, Extractor
from extractor.models import Figure
from extractor.nlp.annotate import annotate
from extractor.nlp.document import Document
from extractor.records.figure.build import build


@pytest.fixture(scope="session")
def figures(extractor: Extractor) -> Callable[..., list[Figure]]:
    def run(text: str, published: str = "2022-04-19") -> list[Figure]:
        [document] = annotate(extractor.nlp, [Article(text=text, published=published)], piece_chars=10_000)
        assert isinstance(document, Document)
        return [found.record for found in build(document, [])]

    return run
