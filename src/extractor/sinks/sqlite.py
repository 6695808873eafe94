"""SQLite: the tables of the contract in one file, with full-text search over the articles."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extractor.errors import InputError
from extractor.models import ArticleRecord
from extractor.sinks import tables
from extractor.sinks.base import writing
from extractor.sinks.database import Database, all_columns, marks
from extractor.sinks.lock import RunLock
from extractor.sinks.shape import Row
from extractor.sinks.sql import SqlSink, read
from extractor.sinks.tables import Table

#: Seconds to wait for another writer of the same file.
_PATIENCE = 60

#: The part of the file held in memory: ids fall anywhere in an index, so that the little of the default is soon used up.
_CACHE_KB = 64 * 1024

#: Full-text search over the articles: an index on the table itself, kept right by triggers.
_SEARCH = (
    "CREATE VIRTUAL TABLE articles_search USING fts5 (title, text, content = 'articles', content_rowid = 'position')",
    """CREATE TRIGGER articles_search_insert AFTER INSERT ON articles BEGIN
         INSERT INTO articles_search (rowid, title, text) VALUES (new.position, new.title, new.text);
       END""",
    """CREATE TRIGGER articles_search_delete AFTER DELETE ON articles BEGIN
         INSERT INTO articles_search (articles_search, rowid, title, text)
         VALUES ('delete', old.position, old.title, old.text);
       END""",
    """CREATE TRIGGER articles_search_update AFTER UPDATE OF title, text ON articles
       WHEN old.title IS NOT new.title OR old.text IS NOT new.text BEGIN
         INSERT INTO articles_search (articles_search, rowid, title, text)
         VALUES ('delete', old.position, old.title, old.text);
         INSERT INTO articles_search (rowid, title, text) VALUES (new.position, new.title, new.text);
       END""",
)


class Sqlite(Database):
    """A database in one file. Numbers are integers where they are whole, else doubles."""

    types = {  # noqa: RUF012
        "text": "TEXT",
        "integer": "INTEGER",
        "real": "REAL",
        "numeric": "NUMERIC",
        "boolean": "INTEGER",
        "json": "TEXT",
    }
    group = 32

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path
        self._lock = RunLock(path)
        self._db: sqlite3.Connection | None = None

    def connect(self, *, read_only: bool) -> None:
        """Open the file."""
        if read_only:
            address = f"file:{quote(str(self._path))}?mode=ro"
        else:
            address = f"file:{quote(str(self._path))}"
            with writing(self._path):
                self._path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE)
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KB}")

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()
        self._lock.release()

    def hold(self) -> None:
        """Lock the file against other runs; other programs may read and write it."""
        self._lock.hold()

    def execute(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement."""
        assert self._db is not None
        return self._db.execute(query, values).fetchall()

    def insert(self, table: Table, rows: Sequence[Row], conflict: str = "") -> None:
        """Insert many rows."""
        assert self._db is not None
        if any(column.type == "numeric" for column in table.columns):
            rows = [tuple(map(_value, row)) for row in rows]
        self._db.executemany(
            f'INSERT INTO "{table.name}" ({all_columns(table)}) VALUES ({marks(table.columns)}) {conflict}',
            rows,
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that waits for other writers first."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction that sees one state."""
        with self._transaction("BEGIN"):
            yield

    def table_names(self) -> set[str]:
        """The tables in the file."""
        return {name for (name,) in self.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}

    def failures(self) -> type[Exception]:
        """What the driver raises."""
        return sqlite3.Error

    def labels(self, table: str, condition: str) -> str:
        """The order inside of an aggregate came with SQLite 3.44 only."""
        inner = f"SELECT coalesce(o.code, o.name) AS label FROM {table} o WHERE {condition} ORDER BY o.position"
        return f"(SELECT group_concat(label, ', ') FROM ({inner}))"

    def script(self) -> Iterator[str]:
        """The tables and views that all databases have, and full-text search."""
        yield from super().script()
        yield from _SEARCH

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        assert self._db is not None
        self._db.execute(begin)
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()


class SqliteSink(SqlSink):
    """Writes the tables into a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(Sqlite(path))


def read_sqlite(path: Path) -> Iterator[ArticleRecord]:
    """Yield every article record of a file; see `sql.read`."""
    return read(Sqlite(path))


def broken_references(path: Path) -> list[str]:
    """What `PRAGMA foreign_key_check` finds in a file, one line each. Raises `InputError` like `read_sqlite`."""
    db = Sqlite(path)
    with db.told(InputError, "read"):
        db.connect(read_only=True)
        try:
            found = db.execute("PRAGMA foreign_key_check")
        finally:
            db.close()
    return [f"{table}: row {row} refers to a row of {parent} that is not there" for table, row, parent, _ in found]


def _value(value: object) -> object:
    return tables.sql_number(value) if isinstance(value, Decimal) else value
