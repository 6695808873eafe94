"""What SQLite alone has: full-text search, types of its own and a check of its references."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extractor import Article, ArticleRecord, Extractor
from extractor.errors import SinkError
from extractor.sinks import open_sink
from extractor.sinks.sqlite import broken_references


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> ArticleRecord:
    text = "Peru's President Ana Sol met Chile's President Juan Rey in Lima on Monday. They spoke of $5 million."
    [found] = extractor.run([Article(text=text, source="a.txt", title="Neighbours meet", published="2025-05-05")])
    assert isinstance(found, ArticleRecord)
    return found


def write(path: Path, *records: ArticleRecord) -> None:
    with open_sink(str(path)) as sink:
        for record in records:
            sink.write(record)


def search(path: Path, words: str) -> list[str]:
    query = """SELECT a.id FROM articles_search s JOIN articles a ON a.position = s.rowid
                WHERE articles_search MATCH ? ORDER BY rank"""
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO articles_search (articles_search) VALUES ('integrity-check')")
        return [id for (id,) in db.execute(query, (words,))]


def test_full_text_search(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    assert search(path, "neighbours AND president") == [record.article.id]
    renamed = record.model_copy(
        update={
            "article": record.article.model_copy(update={"title": "A summit"}),
            "provenance": record.provenance.model_copy(update={"rules": "new"}),
        }
    )
    write(path, renamed)
    assert search(path, "neighbours") == []
    assert search(path, "title : summit") == [record.article.id]
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM")
        for table in ("evidence", "figures", "sources"):
            db.execute(f"DELETE FROM {table}")
        db.execute("DELETE FROM articles")
        db.commit()
    assert search(path, "summit") == []


def test_numbers_are_integers_where_they_are_whole(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT low, typeof(low), unit FROM figures").fetchall() == [(5000000, "integer", "USD")]


def test_broken_references_are_found(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    assert broken_references(path) == []
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM records WHERE type = 'figure'")
        db.commit()
    assert any(line.startswith("evidence: row ") for line in broken_references(path))


def test_a_file_of_another_program_is_left_alone(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    with pytest.raises(SinkError, match="not extractor's"):
        write(path, record)
    assert path.read_bytes() == before
