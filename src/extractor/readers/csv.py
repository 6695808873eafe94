"""Tables as text: one article a row, the names of the columns in the first."""

import csv
import io
from collections.abc import Iterator
from typing import TextIO

from extractor.errors import Issue
from extractor.models import Article
from extractor.readers.decode import DecodeError, decode, wide_encoding
from extractor.readers.errors import ReadError
from extractor.readers.parsed import Notes
from extractor.readers.rows import check_columns, row_article, row_issue
from extractor.readers.source import Source
from extractor.readers.wide import as_utf8

_DELIMITERS = ",;\t|"


def read(source: Source) -> Iterator[Article | Issue]:
    """The article or the issue of each row; `source` of an article is `SOURCE#ROW`, rows counted from 1 below the names.

    The delimiter is the one that parts the names of the columns. Empty cells count as absent.
    """
    longest = 4 * source.options.max_chars + 2**16
    csv.field_size_limit(longest)
    # Bytes that are not UTF-8 come through as surrogates, and are decoded cell by cell.
    text = io.TextIOWrapper(as_utf8(source).stream, "utf-8", errors="surrogateescape", newline="")
    try:
        yield from _table(source, _lines(text, longest))
    finally:
        text.detach()


def looks(source: Source) -> bool:
    """Never sure: any text has commas."""
    return False


def may(source: Source) -> bool:
    """Whether it is text at all."""
    return wide_encoding(source.head) is not None or b"\0" not in source.head


def _table(source: Source, lines: Iterator[str]) -> Iterator[Article | Issue]:
    first = next(lines, "").removeprefix("\ufeff")
    if not first.strip():
        raise ReadError("E101", "the table is empty", "its first line names the columns")
    delimiter = max(_DELIMITERS, key=first.count)
    names = [_decoded(name)[0].strip() for name in next(csv.reader([first], delimiter=delimiter))]
    check_columns(source, names)
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while cells := _next(rows, number):
        number += 1
        if len(cells) > len(names) and any(cells[len(names) :]):
            yield row_issue(source, number, f"{len(cells)} cells in {len(names)} columns")
        else:
            yield from _article(source, number, dict(zip(names, cells, strict=False)))


def _next(rows: Iterator[list[str]], done: int) -> list[str]:
    """The cells of the next row that is not blank; none at the end.

    Where a cell goes on and on, a quote was left open: what follows would be read as cells that are none.
    """
    try:
        return next((cells for cells in rows if cells), [])
    except csv.Error as error:
        message = f"row {done + 1:,} cannot be read: {error}"
        raise ReadError("E107", message, "see whether a quote is left open") from error


def _article(source: Source, number: int, cells: dict[str, str]) -> Iterator[Article | Issue]:
    row: dict[str, str] = {}
    notes: list[tuple[str, str]] = []
    try:
        for name, cell in cells.items():
            if name and cell:
                row[name], about = _decoded(cell)
                notes.extend(about)
    except DecodeError as error:
        yield Issue(f"{source.name}#{number}", "read", error.code, error.message, error.hint)
        return
    yield from row_article(source, number, row, tuple(notes))


def _lines(text: TextIO, longest: int) -> Iterator[str]:
    while line := text.readline(longest + 1):
        if len(line) > longest:
            raise ReadError("E105", f"a line of the table has more than {longest:,} characters", "split it")
        yield line


def _decoded(cell: str) -> tuple[str, Notes]:
    data = cell.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        decoded = decode(data)
        return decoded.text, decoded.notes
