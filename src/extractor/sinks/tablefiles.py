"""The tables as files, one file a table: what CSV and Parquet share, and the way back to article records."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import InputError, Issue
from extractor.models import ArticleRecord
from extractor.models.explain import one_line
from extractor.sinks.shape import Row
from extractor.sinks.tables import (
    ARTICLES,
    ISSUES,
    OF_EXTRACTION,
    RUNS,
    SOURCES,
    TABLES,
    Table,
    article_row,
    record_from_rows,
    rows,
    run_row,
)

_BY_NAME = {table.name: table for table in TABLES}


class NewRows:
    """The rows that each article adds to tables in which it stands once, however many inputs it came from.

    Its records are those of the first input, as in a database.
    """

    def __init__(self) -> None:
        self._inputs: Counter[str] = Counter()
        self._runs: set[Row] = set()

    def learn(self, table: Table, found: Iterable[Row]) -> None:
        """Take in rows of `sources` or `runs` that are there."""
        if table is SOURCES:
            self._inputs.update(row[0] for row in found)
        else:
            self._runs.update(found)

    def of(self, record: ArticleRecord) -> list[tuple[Table, list[Row]]]:
        """The new rows, by their tables."""
        info = record.article
        position = self._inputs[info.id]
        self._inputs[info.id] += 1
        new: list[tuple[Table, list[Row]]] = [(SOURCES, [(info.id, position, info.source, info.external_id, info.url)])]
        if position:
            return new
        run = run_row(record)
        if run not in self._runs:
            self._runs.add(run)
            new.append((RUNS, [run]))
        found = rows(record)
        return [*new, (ARTICLES, [article_row(record, found)]), *found]


class TableFiles(ABC):
    """The form of a folder of tables, one file a table."""

    suffix: str

    def __init__(self) -> None:
        self.names: Sequence[str] = [f"{table.name}{self.suffix}" for table in TABLES]
        self._new = NewRows()

    @abstractmethod
    def dump(self, table: Table, found: list[Row], target: Path) -> None:
        """Write some rows of a table to a file of a part."""

    @abstractmethod
    def merge(self, table: Table, files: Sequence[Path], target: Path) -> None:
        """Write the rows of several files of parts to one file of the output."""

    @abstractmethod
    def read(self, table: Table, file: Path) -> Iterator[Row]:
        """The rows of a file, in order. Raises `InputError`."""

    @abstractmethod
    def read_part(self, table: Table, file: Path) -> Iterator[Row]:
        """The rows of a file of a part."""

    def resume(self, parts: Sequence[Path]) -> None:
        """Learn what the parts hold that are there."""
        for part in parts:
            for table in (SOURCES, RUNS):
                self._new.learn(table, self.read_part(table, part / f"{table.name}{self.suffix}"))

    def begin(self, part: Path) -> None:
        """Begin a part."""
        self._part = part
        self._rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}

    def write(self, record: ArticleRecord) -> None:
        """Keep the rows of one article until the part ends."""
        for table, found in self._new.of(record):
            self._rows[table.name].extend(found)

    def issue(self, issue: Issue) -> None:
        """Keep the row of one issue."""
        row = issue.as_dict()
        self._rows[ISSUES.name].append(tuple(row[column.name] for column in ISSUES.columns))

    def end(self) -> None:
        """Write the files of the part."""
        for table in TABLES:
            self.dump(table, self._rows[table.name], self._part / f"{table.name}{self.suffix}")

    def join(self, name: str, parts: Sequence[Path], target: Path) -> None:
        """Write the file of one table from those of all parts."""
        self.merge(_BY_NAME[name.removesuffix(self.suffix)], [part / name for part in parts], target)

    def load(self, folder: Path) -> Iterator[ArticleRecord]:
        """Every article record of a folder of tables, one by one. Raises `InputError`."""
        readers = {table.name: _Ahead(self._rows_of(table, folder), _article_column(table)) for table in OF_EXTRACTION}
        runs = {row[0]: row for row in self._rows_of(RUNS, folder)}
        first_inputs = (row for row in self._rows_of(SOURCES, folder) if row[1] == 0)
        for article, given in zip(self._rows_of(ARTICLES, folder), first_inputs, strict=False):
            source = dict(zip(("source", "external_id", "url"), given[2:], strict=True))
            found = {name: reader.of(article[0]) for name, reader in readers.items()}
            try:
                yield record_from_rows(article, source, runs[article[-2]], found)
            except (ValidationError, KeyError) as error:
                raise InputError(
                    f"the rows of {article[0]} in {folder} make no article record: {one_line(error)}"
                ) from error

    def _rows_of(self, table: Table, folder: Path) -> Iterator[Row]:
        file = folder / f"{table.name}{self.suffix}"
        if not file.is_file():
            raise InputError(f"{folder} holds no {file.name}", hint="a folder of tables has a file for each table")
        return self.read(table, file)


class _Ahead:
    """Takes the rows of one article after the other from rows that are in the order of the articles."""

    def __init__(self, found: Iterator[Row], column: int) -> None:
        self._rows = found
        self._column = column
        self._next = next(found, None)

    def of(self, article: str) -> list[Row]:
        out = []
        while self._next is not None and self._next[self._column] == article:
            out.append(self._next)
            self._next = next(self._rows, None)
        return out


def _article_column(table: Table) -> int:
    return next(i for i, column in enumerate(table.columns) if column.name == "article_id")
