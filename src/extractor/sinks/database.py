"""What the writer and the reader of the tables need of a database; one small class for each dialect of SQL."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, ClassVar

from extractor.errors import ExtractorError
from extractor.sinks import tables
from extractor.sinks.shape import Column, ColumnType, Row
from extractor.sinks.tables import Table
from extractor.sinks.views import views

#: The version of the tables that a database holds.
VERSION = Table("extractor_schema", (Column("version", "integer", False, description="Version of these tables."),), ())
#: The inputs that a run has written so far; empty unless a run did not end.
PROGRESS = Table(
    "extractor_progress",
    (Column("key", "text", False, description="Hash of the input and of what extracts it."),),
    ("key",),
    description="The inputs that an unfinished run has written.",
)
#: The articles keep the order in which they came, so that they are read back in it.
ARTICLES = replace(
    tables.ARTICLES,
    columns=(
        *tables.ARTICLES.columns,
        Column("position", "integer", False, description="Order in which the articles came, from 0."),
    ),
    indexes=(*tables.ARTICLES.indexes, "position"),
)
#: Everything that is kept, each table after those it refers to.
STORED = (VERSION, *(ARTICLES if table is tables.ARTICLES else table for table in tables.TABLES), PROGRESS)


class Database(ABC):
    """A database, connected from `connect` to `close`. Queries mark values with `?`."""

    types: ClassVar[Mapping[ColumnType, str]]
    #: How many articles are best written in one transaction.
    group: ClassVar[int]
    #: Whether tables of other programs may stand beside ours.
    shared: ClassVar[bool] = False
    #: Whether references are declared.
    foreign_keys: ClassVar[bool] = True

    def __init__(self, where: str) -> None:
        self.where = where

    @abstractmethod
    def connect(self, *, read_only: bool) -> None:
        """Connect, making the database when it is to be written and not there."""

    @abstractmethod
    def close(self) -> None:
        """Disconnect, giving a lock back."""

    @abstractmethod
    def hold(self) -> None:
        """Lock the database against other runs until `close`. Raises `SinkError` when another run holds it."""

    @abstractmethod
    def execute(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement."""

    @abstractmethod
    def insert(self, table: Table, rows: Sequence[Row], conflict: str = "") -> None:
        """Insert many rows; `conflict` is an `ON CONFLICT` clause."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """A transaction that no other writer's overlaps."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """A transaction that sees one state of the database."""

    @abstractmethod
    def table_names(self) -> set[str]:
        """The tables that are there."""

    @abstractmethod
    def failures(self) -> type[Exception]:
        """What the driver raises."""

    def labels(self, table: str, condition: str) -> str:
        """See `views.views`."""
        return (
            f"(SELECT string_agg(coalesce(o.code, o.name), ', ' ORDER BY o.position) FROM {table} o WHERE {condition})"
        )

    def keyed(self, table: Table) -> bool:
        """Whether the primary key of a table is declared."""
        return True

    def index(self, table: Table, column: str) -> str | None:
        """The statement that makes an index."""
        return f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")'

    def script(self) -> Iterator[str]:
        """The statements that make everything in an empty database."""
        for table in STORED:
            yield self._create(table)
        for table in STORED:
            yield from filter(None, (self.index(table, column) for column in table.indexes))
        for name, query in views(self.labels).items():
            yield f"CREATE VIEW {name} AS {query}"

    @contextmanager
    def told(self, error: type[ExtractorError], what: str, hint: str = "") -> Iterator[None]:
        """Turn what the driver raises into an `error` of one line."""
        try:
            yield
        except self.failures() as failure:
            reason = " ".join(str(failure).split()) or type(failure).__name__
            raise error(f"{self.where} cannot be {what}: {reason}", hint=hint) from failure

    def _create(self, table: Table) -> str:
        lines = [
            f'  "{c.name}" {self.types[c.type]}'
            + ("" if c.null else " NOT NULL")
            + (f' REFERENCES "{c.references}" ("id")' if c.references and self.foreign_keys else "")
            for c in table.columns
        ]
        if table.key and self.keyed(table):
            lines.append(f"  PRIMARY KEY ({names(table.key)})")
        return f'CREATE TABLE "{table.name}" (\n' + ",\n".join(lines) + "\n)"


def names(columns: Sequence[str]) -> str:
    """The names of columns, quoted and joined by commas."""
    return ", ".join(f'"{name}"' for name in columns)


def marks(values: Sequence[Any]) -> str:
    """As many marks for values."""
    return ", ".join("?" * len(values))


def all_columns(table: Table) -> str:
    """All columns of a table."""
    return names([column.name for column in table.columns])
