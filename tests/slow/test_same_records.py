"""The same articles give the same records, whatever they are read from."""

from pathlib import Path

import pytest

from extractor import Article, ArticleRecord, Extractor
from formats import DOCUMENTS
from same_records import TABLES, agreement, articles_of, document_folder, records_of, table_differences

pytestmark = pytest.mark.slow

FOLDERS = [Path(__file__).resolve().parents[2] / name for name in ("data/raw", "tests/gold/articles")]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    # A page that was printed once has its lines broken already, and cannot be set again.
    return [article for article in articles_of(*FOLDERS) if "printed" not in article.source]


@pytest.fixture(scope="module")
def records(extractor: Extractor, articles: list[Article]) -> list[ArticleRecord]:
    return records_of(extractor, articles)


@pytest.mark.parametrize("form", TABLES)
def test_tables_and_archives_give_the_very_same(articles: list[Article], tmp_path: Path, form: str) -> None:
    assert table_differences(articles, tmp_path, form) == 0


@pytest.mark.parametrize("form", [*DOCUMENTS, "warc.gz"])
def test_documents_give_the_same_leaders_and_figures(
    extractor: Extractor, articles: list[Article], records: list[ArticleRecord], tmp_path: Path, form: str
) -> None:
    again = records_of(extractor, articles_of(document_folder(articles, tmp_path, form)))
    assert len(again) == len(records)
    shares = agreement(zip(records, again, strict=True))
    assert min(shares.values()) >= 0.98, shares
