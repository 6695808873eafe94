"""SQLite: the tables of the contract in one file, and the article records read back from them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from pydantic import ValidationError

from extractor.errors import InputError, Issue, SinkError
from extractor.models import ArticleRecord
from extractor.models.explain import one_line
from extractor.sinks import tables
from extractor.sinks.base import BaseSink, Mode, writing
from extractor.sinks.tables import Table

_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "numeric": "NUMERIC",
    "boolean": "INTEGER",
    "json": "TEXT",
}

#: Questions that take several tables to answer.
_VIEWS = {
    "v_figures": """
        SELECT f.id, f.low, f.high, f.approx, f.unit, f.kind, f.measure, f.change, f.status,
               f.period_value AS period, f.period_first, f.period_last,
               (SELECT group_concat(label, ', ') FROM (SELECT coalesce(p.code, p.name) AS label
                  FROM figure_parties p WHERE p.figure_id = f.id ORDER BY p.position)) AS parties,
               f.attributed_to_name AS attributed_to, e.name AS event_name, f.sentence_text AS sentence,
               a.title, a.published_value AS published, f.article_id
          FROM figures f JOIN articles a ON a.id = f.article_id LEFT JOIN events e ON e.id = f.event""",
    "v_timeline": """
        SELECT e.date_first AS first, e.date_last AS last, 'event' AS record, e.type, e.status,
               coalesce(e.name, m.span_text) AS name, e.place_name AS place, e.sentence_text AS sentence,
               e.id, e.article_id
          FROM events e JOIN event_mentions m ON m.event_id = e.id AND m.position = 0
        UNION ALL
        SELECT g.date_first, g.date_last, 'agreement', g.kind, g.status,
               coalesce(g.name, m.span_text), g.place_name, g.sentence_text, g.id, g.article_id
          FROM agreements g JOIN agreement_mentions m ON m.agreement_id = g.id AND m.position = 0
         ORDER BY 1, 9""",
    "v_agreements_by_party": """
        SELECT coalesce(p.code, p.name) AS party, p.name AS party_name, p.kind AS party_kind,
               coalesce(g.name, m.span_text) AS name, g.kind, g.status, g.low, g.high, g.date_value AS date,
               (SELECT group_concat(label, ', ') FROM (SELECT coalesce(o.code, o.name) AS label
                  FROM agreement_parties o WHERE o.agreement_id = g.id AND o.position <> p.position
                 ORDER BY o.position)) AS others,
               f.low AS value, f.unit AS currency, g.id, g.article_id
          FROM agreement_parties p
          JOIN agreements g ON g.id = p.agreement_id
          JOIN agreement_mentions m ON m.agreement_id = g.id AND m.position = 0
          LEFT JOIN figures f ON f.id = g.value""",
}


class SqliteSink(BaseSink):
    """Writes each article in one transaction.

    Writing the same extraction again changes nothing; another extraction of an article replaces its rows. `runs` says
    what made a record (program, model, rules, settings), not when.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None

    def open(self, mode: Mode = "add") -> None:
        """Open the database, with its tables made when it is new. Raises `SinkError`, also for a newer database."""
        with writing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with _sql(self.path):
            db = sqlite3.connect(self.path, isolation_level=None)
            try:
                _check_version(self.path, db)
                db.executescript(script())
                db.execute("PRAGMA foreign_keys = ON")
                db.execute("PRAGMA synchronous = NORMAL")
            except BaseException:
                db.close()
                raise
            self._db = db

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write the rows of one article."""
        with self._transaction() as db:
            self._article(db, record)
            self._source(db, record)
            db.execute("DELETE FROM issues WHERE source = ? AND level = 'error'", (record.article.source,))

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """Note one issue; an article that failed otherwise before has its newest failure only."""
        row = issue.as_dict()
        names = [column.name for column in tables.ISSUES.columns]
        values = tuple(row[name] for name in names)
        with self._transaction() as db:
            if issue.level == "error":
                db.execute(
                    "DELETE FROM issues WHERE source = ? AND external_id IS ? AND level = 'error'",
                    (issue.source, issue.external_id),
                )
            same = " AND ".join(f'"{name}" IS ?' for name in names)
            if db.execute(f"SELECT 1 FROM issues WHERE {same}", values).fetchone() is None:  # noqa: S608
                db.execute(_insert(tables.ISSUES), values)

    def close(self) -> None:
        """Close the database."""
        if self._db is not None:
            self._db.close()

    def suspend(self) -> None:
        """Close the database: every article written so far is whole."""
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        assert self._db is not None
        with _sql(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    def _article(self, db: sqlite3.Connection, record: ArticleRecord) -> None:
        article = record.article.id
        written = tables.rows(record)
        row = tables.article_row(record, written)
        stored = db.execute("SELECT digest FROM articles WHERE id = ?", (article,)).fetchone()
        if stored == (row[-1],):
            return
        for table in reversed(tables.OF_EXTRACTION):
            db.execute(f'DELETE FROM "{table.name}" WHERE article_id = ?', (article,))  # noqa: S608
        db.execute(_insert(tables.RUNS) + " ON CONFLICT DO NOTHING", tables.run_row(record))
        changed = ", ".join(f'"{c.name}" = excluded."{c.name}"' for c in tables.ARTICLES.columns if c.name != "id")
        db.execute(f"{_insert(tables.ARTICLES)} ON CONFLICT (id) DO UPDATE SET {changed}", row)
        for table, found in written:
            db.executemany(_insert(table), [tuple(map(_value, values)) for values in found])

    def _source(self, db: sqlite3.Connection, record: ArticleRecord) -> None:
        info = record.article
        [(known, count)] = db.execute(
            "SELECT max(CASE WHEN source = ? AND external_id IS ? THEN position END), count(*)"
            " FROM sources WHERE article_id = ?",
            (info.source, info.external_id, info.id),
        )
        if known is None:
            db.execute(_insert(tables.SOURCES), (info.id, count, info.source, info.external_id, info.url))
        else:
            db.execute(
                "UPDATE sources SET url = ? WHERE article_id = ? AND position = ? AND url IS NOT ?",
                (info.url, info.id, known, info.url),
            )


def script() -> str:
    """The SQL that makes the tables, indexes and views where they are missing."""
    parts = ["BEGIN;"]
    for table in tables.TABLES:
        parts.append(_create(table))
        parts += [
            f'CREATE INDEX IF NOT EXISTS "{table.name}_{name}" ON "{table.name}" ("{name}");' for name in table.indexes
        ]
    parts += [f"CREATE VIEW IF NOT EXISTS {name} AS {query};" for name, query in _VIEWS.items()]
    parts += [f"PRAGMA user_version = {tables.TABLES_VERSION};", "COMMIT;"]
    return "\n".join(parts)


def read_sqlite(path: Path) -> Iterator[ArticleRecord]:
    """Yield every article record of a database, in the order in which the articles came in.

    The source of an article that came from several inputs is the first one. Raises `InputError` when the file is no
    database of this program's, or of a newer one.
    """
    with _reading(path) as db:
        runs = {row[0]: row for row in db.execute("SELECT * FROM runs")}
        ids = [id for (id,) in db.execute("SELECT id FROM articles ORDER BY rowid")]
        for id in ids:
            [article] = db.execute(_select(tables.ARTICLES, "id"), (id,))
            (_, _, source, external_id, url), *_ = db.execute(_select(tables.SOURCES, "article_id"), (id,))
            found = {t.name: db.execute(_select(t, "article_id"), (id,)).fetchall() for t in tables.OF_EXTRACTION}
            run = runs[article[-2]]
            try:
                yield tables.record_from_rows(
                    article, {"source": source, "external_id": external_id, "url": url}, run, found
                )
            except ValidationError as error:
                raise InputError(f"{path}: the rows of {id} make no article record: {one_line(error)}") from error


def broken_references(path: Path) -> list[str]:
    """What `PRAGMA foreign_key_check` finds in a database, one line each. Raises `InputError` like `read_sqlite`."""
    with _reading(path) as db:
        found = db.execute("PRAGMA foreign_key_check").fetchall()
    return [f"{table}: row {row} refers to a row of {parent} that is not there" for table, row, parent, _ in found]


def _create(table: Table) -> str:
    lines = [
        f'  "{c.name}" {_TYPES[c.type]}'
        + ("" if c.null else " NOT NULL")
        + (f' REFERENCES "{c.references}" (id)' if c.references else "")
        for c in table.columns
    ]
    if table.key:
        lines.append("  PRIMARY KEY (" + ", ".join(f'"{name}"' for name in table.key) + ")")
    return f'CREATE TABLE IF NOT EXISTS "{table.name}" (\n' + ",\n".join(lines) + "\n);"


def _insert(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608


def _select(table: Table, key: str) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    order = ' ORDER BY "position"' if any(column.name == "position" for column in table.columns) else ""
    return f'SELECT {names} FROM "{table.name}" WHERE "{key}" = ?{order}'  # noqa: S608


def _value(value: object) -> object:
    return tables.sql_number(value) if isinstance(value, Decimal) else value


def _version(db: sqlite3.Connection) -> int:
    [(version,)] = db.execute("PRAGMA user_version")
    return int(version)


def _check_version(path: Path, db: sqlite3.Connection) -> None:
    version = _version(db)
    if version > tables.TABLES_VERSION:
        raise SinkError(
            f"{path} was written by a newer extractor (tables {version}, this one knows {tables.TABLES_VERSION})",
            hint="update extractor or choose another output",
        )
    if version == 0 and db.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise SinkError(f"{path} holds tables that are not extractor's", hint="choose another output")


@contextmanager
def _sql(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SinkError(f"{path} cannot be written: {error}", hint="choose another output with -o") from error


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as db:
            if not 1 <= _version(db) <= tables.TABLES_VERSION:
                raise InputError(f"{path} holds no records that this version of extractor reads")
            yield db
    except sqlite3.Error as error:
        raise InputError(f"{path} cannot be read: {error}") from error
