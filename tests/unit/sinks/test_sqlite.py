"""The tables: what loading again, replacing and reading back do."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extractor import Article, ArticleRecord, Extractor, Issue, load
from extractor.errors import InputError, SinkError
from extractor.sinks import open_sink
from extractor.sinks.database import STORED
from extractor.sinks.sqlite import broken_references
from extractor.sinks.tables import TABLES

TEXT = (
    "LIMA, May 5, 2025 - Peru's President Ana Sol met Chile's President Juan Rey in Lima on Monday. "
    "They signed a memorandum of understanding on energy worth $5 million, the World Bank said."
)


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> ArticleRecord:
    [found] = extractor.run([Article(text=TEXT, source="a.txt", external_id="1", url="https://example.org/1")])
    assert isinstance(found, ArticleRecord)
    assert found.leaders
    assert found.figures
    return found


def changed(record: ArticleRecord, **fields: Any) -> ArticleRecord:
    return record.model_copy(update={"article": record.article.model_copy(update=fields)})


def write(path: Path, *results: ArticleRecord | Issue) -> None:
    with open_sink(str(path)) as sink:
        for result in results:
            if isinstance(result, Issue):
                sink.issue(result)
            else:
                sink.write(result)


def ask(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_the_tables_of_the_contract(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    names = {name for (name,) in ask(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in names if not name.startswith("articles_search")} == {table.name for table in STORED}
    assert names >= {
        *("articles", "sources", "leaders", "people", "organizations", "places", "events", "figures", "agreements"),
        *("initiatives", "statements", "dates", "evidence", "issues", "runs", "rejected"),
        *("figure_parties", "agreement_parties", "agreement_signatories", "agreement_sectors", "event_participants"),
        *("leader_aliases", "leader_mentions", "event_mentions", "agreement_mentions"),
    }
    for field in ("leaders", "events", "figures", "agreements", "places", "dates"):
        assert ask(path, f"SELECT id FROM {field} ORDER BY position") == [(r.id,) for r in getattr(record, field)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert broken_references(path) == []
    assert ask(path, "SELECT low, typeof(low), unit FROM figures") == [(5000000, "integer", "USD")]
    assert list(load(path)) == [record]


def test_every_reference_is_declared() -> None:
    declared = {(table.name, column.name) for table in TABLES for column in table.columns if column.references}
    assert declared >= {
        ("figures", "event"),
        ("agreements", "value"),
        ("agreements", "event"),
        ("events", "place_ref"),
        ("figure_parties", "ref"),
        ("figure_parties", "figure_id"),
        ("evidence", "record_id"),
        ("articles", "run_id"),
    }
    known = [table.name for table in TABLES]
    for i, table in enumerate(TABLES):
        for column in table.columns:
            assert column.references is None or column.references in known[:i]


def test_loading_again_changes_nothing(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    issue = Issue("x.txt", "read", "E103", "binary")
    write(path, record, issue)
    before = dump(path)
    write(path, record, issue)
    write(path, record, record, issue)
    assert dump(path) == before


def test_one_article_from_several_inputs(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record, changed(record, source="b.txt", external_id=None, url=None))
    write(path, changed(record, url="https://example.org/2"))
    assert ask(path, "SELECT source, external_id, url FROM sources ORDER BY position") == [
        ("a.txt", "1", "https://example.org/2"),
        ("b.txt", None, None),
    ]
    assert len(list(load(path))) == 1


def test_a_newer_extraction_replaces_the_rows(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    other = changed(record, source="z.txt", id="a-0123456789abcdef").model_copy(
        update=dict.fromkeys(("leaders", "events", "figures", "agreements", "people", "organizations"), ())
        | dict.fromkeys(("places", "initiatives", "statements", "dates"), ())
    )
    write(path, record, other)
    newer = record.model_copy(
        update={"statements": (), "dates": (), "provenance": record.provenance.model_copy(update={"rules": "new"})}
    )
    write(path, newer)
    assert list(load(path)) == [newer, other]
    assert ask(path, "SELECT count(*) FROM dates") == [(0,)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    write(path, record)
    assert list(load(path)) == [record, other]


def test_a_failure_leaves_the_old_rows(record: ArticleRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    before = dump(path)
    newer = record.model_copy(update={"dates": ()})

    def fails(record: ArticleRecord) -> Any:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("extractor.sinks.tables.rows", fails)
    with pytest.raises(SinkError, match="database or disk is full"):
        write(path, newer)
    assert dump(path) == before


def test_an_article_that_is_read_at_last_has_no_issue(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    note = Issue("a.txt", "read", "N102", "guessed", level="note")
    write(path, Issue("a.txt", "read", "E104", "damaged"), Issue("a.txt", "read", "E103", "binary"), note)
    assert ask(path, "SELECT code FROM issues ORDER BY code") == [("E103",), ("N102",)]
    write(path, note, record)
    assert ask(path, "SELECT code, level FROM issues") == [("N102", "note")]


def test_a_run_is_what_made_the_records(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    [(extractor, model, rules, settings)] = ask(path, "SELECT extractor, model, rules, settings FROM runs")
    made = record.provenance
    assert (extractor, model, rules, settings) == (made.extractor, made.model, made.rules, "{}")


@pytest.mark.parametrize("view", ["v_figures", "v_timeline", "v_agreements_by_party"])
def test_views(record: ArticleRecord, tmp_path: Path, view: str) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    rows = ask(path, f"SELECT * FROM {view}")
    assert rows or view == "v_agreements_by_party"


def test_a_newer_database_is_refused(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE extractor_schema SET version = 99")
        db.commit()
    with pytest.raises(SinkError, match="written by a newer extractor"):
        write(path, record)
    with pytest.raises(InputError, match="holds no records that this version"):
        list(load(path))


def test_a_database_of_another_program_is_left_alone(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE articles (id)")
    before = path.read_bytes()
    with pytest.raises(SinkError, match="not extractor's"):
        write(path, record)
    assert path.read_bytes() == before


def test_broken_references_are_found(record: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(path, record)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM records WHERE type = 'figure'")
        db.commit()
    assert any(line.startswith("evidence: row ") for line in broken_references(path))
