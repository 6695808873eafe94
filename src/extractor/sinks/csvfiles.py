"""CSV: a folder with one file a table, as spreadsheets and statistics programs read it.

UTF-8, a line of column names first, lines end as RFC 4180 says; an empty cell is null.
"""

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.sinks.parts import concatenate
from extractor.sinks.shape import Column, ColumnType, Row
from extractor.sinks.tablefiles import TableFiles
from extractor.sinks.tables import Table


class CsvFiles(TableFiles):
    """Tables as CSV. The files of parts have no line of names."""

    suffix = ".csv"

    def dump(self, table: Table, found: list[Row], target: Path) -> None:
        """See `TableFiles.dump`."""
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(map(_cells, found))

    def merge(self, table: Table, files: Sequence[Path], target: Path) -> None:
        """See `TableFiles.merge`."""
        head = target.with_suffix(".head")
        with head.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerow(column.name for column in table.columns)
        concatenate([head, *files], target)
        head.unlink()

    def read(self, table: Table, file: Path) -> Iterator[Row]:
        """See `TableFiles.read`."""
        lines = _lines(file)
        names = next(lines, [])
        if names != [column.name for column in table.columns]:
            raise InputError(f"{file} does not have the columns of {table.name}")
        return _rows(table, file, lines)

    def read_part(self, table: Table, file: Path) -> Iterator[Row]:
        """See `TableFiles.read_part`."""
        return _rows(table, file, _lines(file))


def _cells(row: Row) -> list[object]:
    return [
        format(value, "f") if isinstance(value, Decimal) else str(value).lower() if isinstance(value, bool) else value
        for value in row
    ]


def _lines(file: Path) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)  # the text of an article is one cell
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            yield from csv.reader(lines, strict=True)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read: {error}") from error


_READ: dict[ColumnType, Callable[[str], Any]] = {
    "integer": int,
    "real": float,
    "numeric": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def _reader(column: Column) -> Callable[[str], Any]:
    read = _READ.get(column.type, str)
    return (lambda cell: read(cell) if cell else None) if column.null else read


def _rows(table: Table, file: Path, lines: Iterator[list[str]]) -> Iterator[Row]:
    readers = [_reader(column) for column in table.columns]
    for number, cells in enumerate(lines, start=1):
        try:
            yield tuple(read(cell) for read, cell in zip(readers, cells, strict=True))
        except (ValueError, ArithmeticError, KeyError) as error:
            raise InputError(f"{file}: row {number} is not one of {table.name}") from error
