"""DuckDB: the tables of the contract in one file made for analysis."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extractor.extras import optional
from extractor.models import ArticleRecord
from extractor.sinks.base import writing
from extractor.sinks.database import Database, all_columns
from extractor.sinks.shape import Row
from extractor.sinks.sql import SqlSink, read
from extractor.sinks.tables import Table

#: The tables with a row for each article or input at most, whose rows may be there already.
_KEYED = frozenset({"articles", "sources", "runs", "extractor_progress"})


class Duckdb(Database):
    """A database in one file, which one process writes at a time. Numbers are doubles.

    An index of DuckDB has to fit in memory to be written to, so that there are as few as can be (decision 5).
    """

    types = {  # noqa: RUF012
        "text": "VARCHAR",
        "integer": "INTEGER",
        "real": "DOUBLE",
        "numeric": "DOUBLE",
        "boolean": "BOOLEAN",
        "json": "JSON",
    }
    group = 64
    foreign_keys = False

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        optional("duckdb", "duckdb", "DuckDB")
        import duckdb

        self._duckdb = duckdb
        self._path = path
        self._db: duckdb.DuckDBPyConnection | None = None

    def connect(self, *, read_only: bool) -> None:
        """Open the file."""
        if not read_only:
            with writing(self._path):
                self._path.parent.mkdir(parents=True, exist_ok=True)
        self._db = self._duckdb.connect(self._path, read_only=read_only)
        self._db.execute("SET threads = 1")  # the processors and the memory are for the extraction
        self._db.execute("SET memory_limit = '512MB'")

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()

    def hold(self) -> None:
        """DuckDB itself locks the file of a process that writes."""

    def execute(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement."""
        assert self._db is not None
        return self._db.execute(query, values).fetchall()

    def insert(self, table: Table, rows: Sequence[Row], conflict: str = "") -> None:
        """Insert many rows, handed over as one JSON text: row by row takes ten times as long."""
        if not rows:
            return
        names = [column.name for column in table.columns]
        values = json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, default=float)
        plain = {c.name: "VARCHAR" if c.type == "json" else self.types[c.type] for c in table.columns}
        self.execute(
            f'INSERT INTO "{table.name}" ({all_columns(table)})'
            f" SELECT unnest(from_json(?, ?), recursive := true) {conflict}",
            (values, json.dumps([plain])),
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction."""
        assert self._db is not None
        self._db.begin()
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction."""
        with self.writing():
            yield

    def table_names(self) -> set[str]:
        """The tables and views in the file."""
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        return {name for (name,) in self.execute(query)}

    def failures(self) -> type[Exception]:
        """What the driver raises."""
        return self._duckdb.Error

    def keyed(self, table: Table) -> bool:
        """The rows of an extraction are always new: those of an older one are removed before."""
        return table.name in _KEYED

    def index(self, table: Table, column: str) -> None:
        """Columns are scanned fast without."""


class DuckdbSink(SqlSink):
    """Writes the tables into a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(Duckdb(path))


def read_duckdb(path: Path) -> Iterator[ArticleRecord]:
    """Yield every article record of a file; see `sql.read`."""
    return read(Duckdb(path))
