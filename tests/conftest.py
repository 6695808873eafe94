"""Fixtures shared by all tests: one loaded pipeline for the whole session."""

import pytest

from extractor import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()
