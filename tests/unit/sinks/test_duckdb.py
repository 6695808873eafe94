"""What DuckDB alone has: one process at a time, and its package."""

import sys
from pathlib import Path

import pytest

from databases import Place
from extractor.errors import ConfigError, InputError, SinkError
from extractor.sinks.duckdb import Duckdb


def test_indexes_do_not_grow_with_the_records(tmp_path: Path) -> None:
    place = Place(str(tmp_path / "r.duckdb"))
    place.write()
    query = """SELECT table_name FROM duckdb_constraints() WHERE constraint_type <> 'NOT NULL'
               UNION ALL SELECT table_name FROM duckdb_indexes() ORDER BY 1"""
    assert place.ask(query) == [("articles",), ("extractor_progress",), ("runs",), ("sources",)]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    path.write_text("Peru met Chile.", encoding="utf-8")
    with pytest.raises(SinkError, match="cannot be written"):
        Place(str(path)).write()
    with pytest.raises(InputError, match="cannot be read"):
        Place(str(path)).records()
    assert path.read_text(encoding="utf-8") == "Peru met Chile."


def test_the_package_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ConfigError, match=r"pip install 'extractor\[duckdb\]'"):
        Duckdb(tmp_path / "r.duckdb")
