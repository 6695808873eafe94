"""PostgreSQL: the tables of the contract in the current schema of a database, written with COPY."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extractor.errors import ConfigError, SinkError
from extractor.extras import optional
from extractor.models import ArticleRecord
from extractor.sinks.address import shown
from extractor.sinks.database import STORED, Database, all_columns
from extractor.sinks.shape import Row
from extractor.sinks.sql import SqlSink, read
from extractor.sinks.tables import Table

if TYPE_CHECKING:
    import psycopg

#: Columns that may hold a text too long for a B-tree, which takes 2,700 bytes; SP-GiST takes any and knows prefixes.
_ANY_LENGTH = frozenset({"name", "alias", "sector", "unit", "source", "external_id"})

#: The keys of our two advisory locks; the second key is the schema.
_WRITING, _RUN = 0x65787472, 0x65787473
_SCHEMA = "hashtext(current_schema()::text)"

#: So that the server sees within two minutes that a machine is gone, and gives its locks back.
_KEEPALIVES = {"tcp_keepalives_idle": 60, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 6}

#: A connection string of keywords and values.
_CONNINFO = re.compile(r"\s*(?:host|hostaddr|port|dbname|user|password|service)\s*=")


def is_postgres(address: str) -> bool:
    """Whether an address is one of PostgreSQL: a URL, or keywords and values (`host=... dbname=...`)."""
    return address.startswith(("postgresql://", "postgres://")) or bool(_CONNINFO.match(address))


class Postgres(Database):
    """A database on a server, or its schema that comes first on the search path. Numbers are exact."""

    types = {  # noqa: RUF012
        "text": "text",
        "integer": "integer",
        "real": "double precision",
        "numeric": "numeric",
        "boolean": "boolean",
        "json": "json",
    }
    group = 32
    shared = True
    #: Seconds to wait for the lock of a run: the server takes a moment to see that a process is gone.
    patience: float = 5

    def __init__(self, address: str) -> None:
        super().__init__(shown(address))
        _check(address)
        self._conninfo = address
        self._db: psycopg.Connection[Row] | None = None

    def connect(self, *, read_only: bool) -> None:
        """Connect to the server."""
        import psycopg
        from psycopg.types.string import TextLoader

        self._db = psycopg.connect(self._conninfo, autocommit=True, application_name="extractor")
        for setting, value in _KEEPALIVES.items():
            self._db.execute(f"SET {setting} = {value}")
        self._db.adapters.register_loader("json", TextLoader)
        self._db.read_only = read_only

    def close(self) -> None:
        """Disconnect; the server gives our locks back."""
        if self._db is not None:
            if not self._db.closed:
                self.execute("SELECT pg_advisory_unlock_all()")
            self._db.close()

    def hold(self) -> None:
        """Take the lock of a run, which the server gives back when the connection ends, however it ends."""
        from psycopg.errors import LockNotAvailable

        try:
            self.execute(f"SET lock_timeout = {int(self.patience * 1000)}")
            self.execute(f"SELECT pg_advisory_lock({_RUN}, {_SCHEMA})")
            self.execute("RESET lock_timeout")
        except LockNotAvailable:
            raise SinkError(
                f"{self.where} is being written by another run", hint="wait for it or choose another output"
            ) from None

    def execute(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement."""
        assert self._db is not None
        cursor = self._db.execute(query.replace("?", "%s") if values else query, values or None)
        return cursor.fetchall() if cursor.description else []

    def insert(self, table: Table, rows: Sequence[Row], conflict: str = "") -> None:
        """Insert many rows: by COPY, where conflicts may arise into a temporary table first."""
        if not rows:
            return
        if not conflict:
            self._copy(table.name, table, rows)
            return
        staged = f"staged_{table.name}"
        self.execute(f'CREATE TEMPORARY TABLE IF NOT EXISTS {staged} (LIKE "{table.name}") ON COMMIT DELETE ROWS')
        self._copy(staged, table, rows)
        columns = all_columns(table)
        self.execute(f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {staged} {conflict}')
        self.execute(f"TRUNCATE {staged}")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that waits for other writers first, so that they never wait for each other."""
        assert self._db is not None
        with self._db.transaction():
            self.execute(f"SELECT pg_advisory_xact_lock({_WRITING}, {_SCHEMA})")
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction that sees one state."""
        assert self._db is not None
        with self._db.transaction():
            self.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    def table_names(self) -> set[str]:
        """The tables and views in the current schema."""
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        return {name for (name,) in self.execute(query)}

    def failures(self) -> type[Exception]:
        """What the driver raises."""
        import psycopg

        return psycopg.Error

    def index(self, table: Table, column: str) -> str:
        """An index that takes whatever the column may hold."""
        method = "spgist" if column in _ANY_LENGTH else "btree"
        return f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" USING {method} ("{column}")'

    def script(self) -> Iterator[str]:
        """The tables and views that all databases have, and what their columns mean."""
        yield from super().script()
        for table in STORED:
            yield f'COMMENT ON TABLE "{table.name}" IS {_quoted(table.description)}'
            for column in table.columns:
                if column.description:
                    yield f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_quoted(column.description)}'

    def _copy(self, into: str, table: Table, rows: Sequence[Row]) -> None:
        assert self._db is not None
        with self._db.cursor() as cursor, cursor.copy(f'COPY "{into}" ({all_columns(table)}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


class PostgresSink(SqlSink):
    """Writes the tables into a PostgreSQL database. Raises `ConfigError` for a wrong address."""

    def __init__(self, address: str) -> None:
        super().__init__(Postgres(address))


def read_postgres(address: str) -> Iterator[ArticleRecord]:
    """Yield every article record of a database; see `sql.read`."""
    return read(Postgres(address))


def _check(address: str) -> None:
    """Refuse an address that cannot be read before the driver does: what it says may repeat the password."""
    psycopg = optional("psycopg", "postgres", "PostgreSQL")
    conninfo = optional("psycopg.conninfo", "postgres", "PostgreSQL")
    try:
        parts = conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        raise ConfigError("the address of the PostgreSQL database cannot be read", hint=_FORM) from None
    host, port, name = (str(parts.get(key) or "") for key in ("host", "port", "dbname"))
    if "@" in host + name or not re.fullmatch(r"[\d,]*", port):
        # A password with an @ or / that is not written as %40 or %2F: its pieces are taken for something else.
        raise ConfigError("the address of the PostgreSQL database cannot be read", hint=_FORM)


_FORM = "write postgresql://USER@HOST/DATABASE; an @ or / of a password as %40 or %2F"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
