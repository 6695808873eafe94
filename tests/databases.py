"""What the tests of the databases share; as a script, a process that writes records and may die while it does.

python tests/databases.py ADDRESS RECORDS.jsonl MODE [DIE_AT]   (at which insert the process kills itself)
"""

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.errors import Issue
from extractor.models import ArticleRecord
from extractor.models.jsonio import from_json
from extractor.sinks.base import Mode
from extractor.sinks.database import STORED, Database, all_columns
from extractor.sinks.duckdb import Duckdb
from extractor.sinks.postgres import Postgres, is_postgres
from extractor.sinks.shape import Row
from extractor.sinks.sql import SqlSink, read
from extractor.sinks.sqlite import Sqlite
from extractor.sinks.tables import Table

type Result = ArticleRecord | Issue


@dataclass(frozen=True)
class Place:
    """A database for one test, by its address: a path or a URL."""

    address: str

    def database(self) -> Database:
        if is_postgres(self.address):
            return Postgres(self.address)
        return (Duckdb if self.address.endswith(".duckdb") else Sqlite)(Path(self.address))

    def sink(self) -> SqlSink:
        return SqlSink(self.database())

    def write(self, *results: Result) -> None:
        with self.sink() as sink:
            for result in results:
                give(sink, result)

    def run(self, results: Sequence[Result], mode: Mode) -> None:
        """A whole run: what the resumed run has is not written again."""
        sink = self.sink()
        sink.open(mode)
        go_on(sink, results)
        sink.close()

    def records(self) -> list[ArticleRecord]:
        return list(read(self.database()))

    def ask(self, query: str) -> list[Row]:
        db = self.database()
        db.connect(read_only=False)
        try:
            return db.execute(query)
        finally:
            db.close()

    def change(self, *statements: str) -> None:
        db = self.database()
        db.connect(read_only=False)
        with db.writing():
            for statement in statements:
                db.execute(statement)
        db.close()

    def dump(self, *, order: bool = True) -> dict[str, list[Row]]:
        """Every row of every table; without the order of the articles, as two writers at once leave it to chance."""
        db = self.database()
        db.connect(read_only=True)
        found = {}
        for table in STORED:
            rows = db.execute(f'SELECT {all_columns(table)} FROM "{table.name}"')
            if not order and table.name == "articles":
                rows = [row[:-1] for row in rows]
            found[table.name] = sorted(rows, key=repr)
        db.close()
        return found


def give(sink: SqlSink, result: Result, key: str | None = None) -> None:
    if isinstance(result, Issue):
        sink.issue(result, key)
    else:
        sink.write(result, key)


def go_on(sink: SqlSink, results: Sequence[Result]) -> None:
    for result in results:
        if not sink.has(key_of(result)):
            give(sink, result, key_of(result))


def key_of(result: Result) -> str:
    named = result.source if isinstance(result, Issue) else result.article.id + result.article.source
    return sha256(named.encode()).hexdigest()


def main(address: str, file: str, mode: Mode, die_at: int = 0) -> None:
    place = Place(address)
    sink = place.sink()
    db: Any = sink._db
    db.group = 2
    sink.open(mode)
    insert, calls = db.insert, 0

    def dying(table: Table, rows: Sequence[Row], conflict: str = "") -> None:
        nonlocal calls
        insert(table, rows, conflict)
        calls += 1
        if calls == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    db.insert = dying
    go_on(sink, [from_json(line) for line in Path(file).read_text(encoding="utf-8").splitlines()])
    sink.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 0)  # type: ignore[arg-type]
