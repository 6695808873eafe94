"""What PostgreSQL alone has: addresses with passwords, comments, exact numbers, connections that are cut."""

import sys
from collections.abc import Sequence
from decimal import Decimal

import psycopg
import pytest

from databases import Place, go_on
from extractor import Article, ArticleRecord, Extractor
from extractor.errors import ConfigError, ExtractorError, SinkError
from extractor.sinks.address import shown
from extractor.sinks.postgres import Postgres, is_postgres
from extractor.sinks.shape import Row
from extractor.sinks.sql import SqlSink
from extractor.sinks.tables import Table


@pytest.fixture(scope="module")
def articles(extractor: Extractor) -> list[ArticleRecord]:
    text = "Peru's President Ana Sol met Chile's President Juan Rey in Lima on Monday. They spoke of ${} million."
    given = [Article(text=text.format(number), source=f"{number}.txt") for number in range(6)]
    return [record for record in extractor.run(given) if isinstance(record, ArticleRecord)]


@pytest.fixture
def place(postgres: str) -> Place:
    return Place(postgres)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("postgresql://localhost/news", True),
        ("postgres://user:pw@db.example.org:5433/news?sslmode=require", True),
        ("host=/run/postgresql dbname=news", True),
        ("dbname = news", True),
        ("news.db", False),
        ("duckdb:///news.duckdb", False),
        ("a=b.jsonl", False),
    ],
)
def test_addresses(address: str, known: bool) -> None:
    assert is_postgres(address) is known


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "postgresql://ann:s3cret@db.example.org:5433/news?sslmode=require",
            "postgresql://ann@db.example.org:5433/news?sslmode=require",
        ),
        ("postgresql://ann:s3@c/re:t@localhost/news", "postgresql://ann@localhost/news"),
        ("mysql://ann:s3cret@localhost/news", "mysql://ann@localhost/news"),
        ("host=/run/postgresql password = 's3 c\\'ret' dbname=news", "host=/run/postgresql dbname=news"),
        ("dbname=news password=s3cret", "dbname=news"),
        ("postgresql:///news?password=s3cret", "postgresql:///news"),
        ("postgresql:///news?password=s3cret&sslmode=require", "postgresql:///news?sslmode=require"),
        ("out/news.db", "out/news.db"),
    ],
)
def test_messages_show_no_password(address: str, said: str) -> None:
    assert shown(address) == said


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:s3cret@half@localhost:1/news",
        "postgresql://ann:s3cret%zz@localhost:1/news",
        "postgresql://ann:s3cret/half@localhost:1/news",
        "postgresql://ann:s3cret#half@localhost:1/news",
        "postgresql://ann:s3cret@localhost:1/news?s3cret=1",
        "postgresql://ann:s3cret@localhost:1/news",
        "postgresql://ann:s3cret@no-such-host.invalid/news",
        "host=localhost port=1 password=s3cret dbname='news",
    ],
)
def test_errors_show_no_password(address: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        Place(address).sink().open()
    assert "s3cret" not in str(caught.value)
    assert "half" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_password(postgres: str) -> None:
    with pytest.raises(SinkError, match=r"cannot be written: .*nobody"):
        Place(postgres.replace("postgres:@", "nobody:s3cret@")).sink().open()


def test_columns_say_what_they_mean(place: Place) -> None:
    place.write()
    comments = dict(
        place.ask(
            """SELECT c.relname || coalesce('.' || a.attname, ''), d.description
                 FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
                 LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
                WHERE c.relnamespace = current_schema()::regnamespace"""
        )
    )
    assert comments["figures"] == "One quantity expression, normalised and put in context."
    assert comments["figures.low"].startswith("Lower bound")
    assert comments["figures.period_first"].startswith("The date or period that the value is for. First day covered")
    assert comments["events.status"] == "One of `happened`, `planned`, `cancelled`, `hypothetical`."
    assert comments["figure_parties.code"].startswith("ISO 3166-1 alpha-3")


def test_numbers_are_exact(articles: list[ArticleRecord], place: Place) -> None:
    number = Decimal("123456789012345678901234567890.000000001")
    figures = tuple(figure.model_copy(update={"low": number, "high": number}) for figure in articles[1].figures)
    place.write(articles[1].model_copy(update={"figures": figures}))
    assert place.ask("SELECT DISTINCT low FROM figures") == [(number,)]


def test_tables_of_other_programs_may_stand_beside(articles: list[ArticleRecord], place: Place) -> None:
    place.change("CREATE TABLE subscribers (id integer)")
    place.write(articles[0])
    assert place.records() == articles[:1]


@pytest.mark.parametrize("cut", [1, 25, 47, 60, 95])
def test_a_connection_that_is_cut_in_mid_write(
    articles: list[ArticleRecord], place: Place, postgres_server: str, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    monkeypatch.setattr(Postgres, "group", 2)
    sink = place.sink()
    sink.open("new")
    insert, calls = sink._db.insert, 0
    [(pid,)] = sink._db.execute("SELECT pg_backend_pid()")

    def cutting(table: Table, rows: Sequence[Row], conflict: str = "") -> None:
        nonlocal calls
        calls += 1
        if calls == cut:
            with psycopg.connect(postgres_server, autocommit=True) as db:
                db.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        insert(table, rows, conflict)

    monkeypatch.setattr(sink._db, "insert", cutting)
    with pytest.raises(SinkError, match="cannot be written"):
        finish(sink, articles)
    sink.suspend()
    place.run(articles, "resume")
    resumed = place.dump()
    assert place.records() == articles
    place.change("DROP SCHEMA " + postgres_schema(place) + " CASCADE", "CREATE SCHEMA " + postgres_schema(place))
    place.run(articles, "new")
    assert place.dump() == resumed


def finish(sink: SqlSink, articles: list[ArticleRecord]) -> None:
    go_on(sink, articles)
    sink.close()


def postgres_schema(place: Place) -> str:
    return place.address.rpartition("%3D")[2]


def test_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"pip install 'extractor\[postgres\]'"):
        Postgres("postgresql:///news")
