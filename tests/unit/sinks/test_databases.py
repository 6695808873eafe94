"""The tables of every database: what loading again, replacing, reading back and stopping do."""

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import databases
from databases import Place, give, go_on, key_of
from extractor import Article, ArticleRecord, Extractor, Issue
from extractor.errors import InputError, SinkError, UnfinishedError
from extractor.models.jsonio import to_json
from extractor.sinks.shape import Row
from extractor.sinks.tables import OF_EXTRACTION, TABLES, Table

TEXT = (
    "LIMA, May {day}, 2025 - Peru's President Ana Sol met Chile's President Juan Rey in Lima on Monday. "
    "They signed a memorandum of understanding on energy worth ${day} million, the World Bank said."
)


@pytest.fixture(scope="module")
def articles(extractor: Extractor) -> list[ArticleRecord]:
    given = [
        Article(text=TEXT.format(day=day), source=f"{day}.txt", external_id=str(day), url=f"https://example.org/{day}")
        for day in range(5, 15)
    ]
    found = [record for record in extractor.run(given) if isinstance(record, ArticleRecord)]
    assert len(found) == len(given)
    assert found[0].leaders
    assert found[0].figures
    assert found[0].agreements
    return found


@pytest.fixture(scope="module")
def record(articles: list[ArticleRecord]) -> ArticleRecord:
    return articles[0]


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "postgresql":
        return Place(request.getfixturevalue("postgres"))
    return Place(str(tmp_path / ("r.db" if request.param == "sqlite" else "r.duckdb")))


def changed(record: ArticleRecord, **fields: Any) -> ArticleRecord:
    return record.model_copy(update={"article": record.article.model_copy(update=fields)})


def newer(record: ArticleRecord, **fields: Any) -> ArticleRecord:
    """The record as a program with other rules makes it."""
    return record.model_copy(update={"provenance": record.provenance.model_copy(update={"rules": "new"}), **fields})


def issue(source: str = "x.txt", code: str = "E103", **fields: Any) -> Issue:
    return Issue(source, "read", code, "told", **fields)


def test_the_tables_of_the_contract(record: ArticleRecord, place: Place) -> None:
    place.write(record)
    names = {table for table, rows in place.dump().items() if rows}
    assert names >= {
        *("articles", "sources", "leaders", "organizations", "places", "events", "figures", "agreements"),
        *("dates", "evidence", "runs", "figure_parties", "agreement_parties", "event_participants"),
        *("leader_mentions", "event_mentions", "agreement_mentions"),
    }
    for field in ("leaders", "events", "figures", "agreements", "places", "dates"):
        assert place.ask(f"SELECT id FROM {field} ORDER BY position") == [(r.id,) for r in getattr(record, field)]
    assert place.ask("SELECT low, unit FROM figures") == [(5000000, "USD")]
    assert place.records() == [record]


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


def test_loading_again_changes_nothing(articles: list[ArticleRecord], place: Place) -> None:
    place.write(*articles, issue())
    before = place.dump()
    assert [row[-1] for row in sorted(before["articles"], key=lambda row: row[-1])] == list(range(len(articles)))
    place.write(*reversed(articles), issue())
    place.write(*articles, *articles, issue(), issue())
    assert place.dump() == before
    assert place.records() == articles


def test_the_same_rows_in_every_database(articles: list[ArticleRecord], tmp_path: Path, postgres: str) -> None:
    """So that what SQLite and PostgreSQL check, keys and references, holds where it is not declared."""
    places = [Place(str(tmp_path / "r.db")), Place(str(tmp_path / "r.duckdb")), Place(postgres)]
    for place in places:
        place.write(*articles, issue())
        place.write(*(newer(record, dates=()) for record in articles[2:5]))
    first, *others = [place.dump() for place in places]
    assert others == [first, first]


def test_one_article_from_several_inputs(record: ArticleRecord, place: Place) -> None:
    place.write(record, changed(record, source="b.txt", external_id=None, url=None))
    place.write(changed(record, url="https://example.org/2"))
    assert place.ask("SELECT source, external_id, url FROM sources ORDER BY position") == [
        ("5.txt", "5", "https://example.org/2"),
        ("b.txt", None, None),
    ]
    assert place.records() == [changed(record, url="https://example.org/2")]


@pytest.mark.parametrize("together", [True, False])
def test_the_first_input_of_an_article_counts(record: ArticleRecord, place: Place, together: bool) -> None:
    """A second input may come with another title: the record is stable however often the two are loaded."""
    other = changed(record, source="b.txt", metadata={"desk": "world"})
    for group in [[record, other]] if together else [[record], [other], [other, record]]:
        place.write(*group)
    assert place.records() == [record]
    place.write(newer(other), newer(record))
    assert place.records() == [newer(record)]
    place.write(newer(other))
    assert place.records() == [newer(record)]


def test_a_newer_extraction_replaces_the_rows(articles: list[ArticleRecord], place: Place) -> None:
    place.write(*articles)
    old = articles[3]
    new = newer(old, statements=(), dates=(), figures=(), agreements=(), events=())
    place.write(new)
    assert place.records() == [*articles[:3], new, *articles[4:]]
    assert place.ask(f"SELECT id FROM dates WHERE article_id = '{old.article.id}'") == []
    place.write(old)
    place.write(newer(old), new, old)
    assert place.records() == articles


def test_a_failure_leaves_the_old_rows(
    articles: list[ArticleRecord], place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write(*articles[:2])
    before = place.dump()
    sink = place.sink()
    sink.open()
    insert, failure = sink._db.insert, sink._db.failures()

    def fails(table: Table, rows: Sequence[Row], conflict: str = "") -> None:
        if table.name == "evidence":
            raise failure("no space\nleft")
        insert(table, rows, conflict)

    monkeypatch.setattr(sink._db, "insert", fails)
    for article in articles[:3]:
        sink.write(newer(article, dates=()))
    with pytest.raises(SinkError, match="cannot be written: no space left"):
        sink.close()
    assert place.dump() == before


def test_an_article_that_is_read_at_last_has_no_issue(record: ArticleRecord, place: Place) -> None:
    note = issue("5.txt", "N102", level="note")
    place.write(issue("5.txt", "E104"), issue("5.txt", "E103"), note, note)
    assert place.ask("SELECT code FROM issues ORDER BY code") == [("E103",), ("N102",)]
    place.write(note, issue("5.txt", "E104"), record)
    assert place.ask("SELECT code, level FROM issues") == [("N102", "note")]
    place.write(record, issue("5.txt", "E104"), issue("6.txt", "E104", external_id="1"), issue("6.txt", "E104"))
    assert place.ask("SELECT code, external_id FROM issues WHERE level = 'error' ORDER BY source, external_id") in (
        [("E104", None), ("E104", None), ("E104", "1")],
        [("E104", None), ("E104", "1"), ("E104", None)],
    )


def test_a_run_is_what_made_the_records(record: ArticleRecord, place: Place) -> None:
    place.write(record)
    made = record.provenance
    assert place.ask("SELECT extractor, model, rules, settings FROM runs") == [
        (made.extractor, made.model, made.rules, "{}")
    ]


def test_views(record: ArticleRecord, place: Place) -> None:
    place.write(record)
    [figure] = place.ask("SELECT low, unit, event_name, article_id FROM v_figures")
    assert figure == (5000000, "USD", None, record.article.id)
    assert place.ask("SELECT party, others, value, currency FROM v_agreements_by_party ORDER BY party") == [
        ("CHL", "PER", 5000000, "USD"),
        ("PER", "CHL", 5000000, "USD"),
    ]
    assert ("2025-05-05", "event", "meeting") in place.ask("SELECT first, record, type FROM v_timeline")


def test_names_of_any_length(record: ArticleRecord, place: Place) -> None:
    """Indexes take them, too: a B-tree of PostgreSQL does not."""
    random.seed(1)
    name = "".join(chr(random.randint(0x21, 0x2FFF)) for _ in range(100_000))
    [leader, *others] = record.leaders
    figures = tuple(figure.model_copy(update={"kind": "count", "unit": name}) for figure in record.figures)
    long = changed(record, source=name, external_id=name, url=name).model_copy(
        update={"leaders": (leader.model_copy(update={"name": name}), *others), "figures": figures}
    )
    place.write(long, Issue(name, "read", "E103", name, external_id=name))
    assert [r.article.source for r in place.records()] == [name]
    assert place.ask("SELECT length(name) FROM leaders ORDER BY position")[0] == (100_000,)


@pytest.mark.parametrize(("version", "said"), [(99, "a newer extractor"), (0, "an older extractor")])
def test_a_database_of_another_version_is_refused(record: ArticleRecord, place: Place, version: int, said: str) -> None:
    place.write(record)
    place.change(f"UPDATE extractor_schema SET version = {version}")
    with pytest.raises(SinkError, match=f"written by {said}"):
        place.write(record)
    with pytest.raises(InputError, match="holds no records that this version"):
        place.records()


def test_a_database_of_another_program_is_left_alone(record: ArticleRecord, place: Place) -> None:
    place.change("CREATE TABLE articles (id text)")
    with pytest.raises(SinkError, match="not extractor's"):
        place.write(record)
    db = place.database()
    db.connect(read_only=False)
    assert db.table_names() == {"articles"}
    db.close()


def test_a_run_that_was_suspended(articles: list[ArticleRecord], place: Place) -> None:
    results = [*articles[:4], issue(), *articles[4:]]
    sink = place.sink()
    sink.open("new")
    for result in results[:6]:
        give(sink, result, key_of(result))
    sink.suspend()
    assert len(place.records()) == 5
    with pytest.raises(UnfinishedError, match="did not end"):
        place.sink().open("new")
    place.write(articles[8])  # moving records neither needs nor ends the run
    sink = place.sink()
    sink.open("resume")
    assert [sink.has(key_of(result)) for result in results] == [True] * 6 + [False] * 5
    go_on(sink, results)
    sink.close()
    assert len(place.records()) == len(articles)
    assert place.dump()["extractor_progress"] == []
    place.run(results, "new")


def test_no_article_waits_for_long(
    articles: list[ArticleRecord], place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([0.0, 1.0, 6.0, 7.0])
    monkeypatch.setattr("extractor.sinks.sql.monotonic", lambda: next(times))
    sink = place.sink()
    sink.open()
    for record, written in zip(articles, [0, 0, 3, 3], strict=False):
        sink.write(record)
        assert sink._db.execute("SELECT count(*) FROM articles") == [(written,)]
    sink.close()


def test_a_run_that_is_forgotten(articles: list[ArticleRecord], place: Place) -> None:
    sink = place.sink()
    sink.open("fresh")
    give(sink, articles[0], key_of(articles[0]))
    sink.suspend()
    sink = place.sink()
    sink.open("fresh")
    assert not sink.has(key_of(articles[0]))
    sink.close()
    place.run(articles, "new")
    assert place.records() == articles


def test_one_run_at_a_time(record: ArticleRecord, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.sinks.postgres.Postgres.patience", 0.1)
    first = place.sink()
    first.open("new")
    if not place.address.endswith(".duckdb"):  # DuckDB itself locks against other processes
        for mode in ("new", "resume", "fresh"):
            with pytest.raises(SinkError, match="being written by another run"):
                place.sink().open(mode)
        place.write(record)
    first.close()
    place.run([record], "new")


def save(articles: Sequence[ArticleRecord], path: Path) -> str:
    path.write_text("".join(to_json(record) + "\n" for record in articles), encoding="utf-8")
    return str(path)


def process(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-W", "ignore", databases.__file__, *arguments])


@pytest.mark.parametrize("die_at", [30, 130])
def test_a_process_that_dies_in_mid_write(
    articles: list[ArticleRecord], place: Place, tmp_path: Path, die_at: int
) -> None:
    check_death(articles, place, tmp_path, die_at)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_process_that_dies_at_any_moment(
    articles: list[ArticleRecord], place: Place, tmp_path: Path, seed: int
) -> None:
    check_death(articles, place, tmp_path, random.Random(seed).randint(1, 5 * (len(OF_EXTRACTION) + 5)))


def check_death(articles: list[ArticleRecord], place: Place, tmp_path: Path, die_at: int) -> None:
    """The process writes two articles in a transaction of some 40 inserts, five times, and dies in one of them."""
    file = save(articles, tmp_path / "r.jsonl")
    writer = process(place.address, file, "new", str(die_at))
    assert writer.wait() == -9
    place.run(articles, "resume")
    resumed = place.dump()
    assert place.records() == articles
    undisturbed = Place(str(tmp_path / "whole.db"))
    undisturbed.run(articles, "new")
    assert resumed == undisturbed.dump()


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_two_processes_load_overlapping_batches(articles: list[ArticleRecord], place: Place, tmp_path: Path) -> None:
    """As if one had done it; DuckDB lets one process in at a time."""
    writers = [
        process(place.address, save(articles[:7], tmp_path / "1.jsonl"), "add"),
        process(place.address, save(articles[:2:-1], tmp_path / "2.jsonl"), "add"),
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    together = place.dump(order=False)
    assert len(together["articles"]) == len(articles)
    place.write(*articles)
    assert place.dump(order=False) == together
    assert sorted(place.records(), key=id_of) == sorted(articles, key=id_of)


def id_of(record: ArticleRecord) -> str:
    return record.article.id
