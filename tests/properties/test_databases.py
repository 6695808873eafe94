"""Databases give back what they were given: every record, number and character."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import Place
from extractor import ArticleRecord
from extractor.sinks.database import STORED, VERSION
from extractor.sinks.sql import SqlSink, read
from strategies import article_records


@pytest.fixture(scope="module", params=["sqlite", "duckdb", "postgresql"])
def sink(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlSink]:
    folder: Path = tmp_path_factory.mktemp("databases")
    address = {"sqlite": str(folder / "r.db"), "duckdb": str(folder / "r.duckdb")}.get(request.param)
    place = Place(address or request.getfixturevalue("postgres_server"))
    place.write()
    sink = place.sink()
    sink.open()
    yield sink
    sink.close()


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(records=st.lists(article_records(), max_size=3, unique_by=lambda record: record.article.id))
def test_load_of_dump_is_the_same(sink: SqlSink, records: list[ArticleRecord]) -> None:
    for table in reversed(STORED):
        if table is not VERSION:
            sink._db.execute(f'DELETE FROM "{table.name}"')
    for record in records:
        sink.write(record)
    sink._flush()
    assert list(stored(sink)) == records


def stored(sink: SqlSink) -> Iterator[ArticleRecord]:
    """What the open database holds; reading would connect and disconnect for each example."""
    with patch.object(sink._db, "connect"), patch.object(sink._db, "close"):
        yield from read(sink._db)
