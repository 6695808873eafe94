"""Parquet tables: one article a row."""

import math
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from extractor.errors import Issue
from extractor.extras import optional
from extractor.models import Article
from extractor.readers.decode import DecodeError, decode
from extractor.readers.rows import check_columns, row_article
from extractor.readers.source import Source

#: Rows that are turned to Python objects at once.
_ROWS = 64


def read(source: Source) -> Iterator[Article | Issue]:
    """The article or the issue of each row; `source` of an article is `SOURCE#ROW`, counted from 1. Nulls count as absent."""
    parquet = optional("pyarrow.parquet", "parquet", "a Parquet table")
    with source.seekable() as stream, parquet.ParquetFile(stream) as file:
        check_columns(source, list(file.schema_arrow.names))
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield from row_article(source, number, _plain(row))


def looks(source: Source) -> bool:
    """Whether the file begins as Parquet does."""
    return source.head.startswith(b"PAR1")


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False


def _plain(value: Any) -> Any:
    """A value as JSON has it: moments in ISO 8601, bytes as the text they hold, no null and nothing that is no number."""
    if isinstance(value, dict):
        plain = {str(key): _plain(item) for key, item in value.items()}
        return {key: item for key, item in plain.items() if item is not None}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        try:
            return decode(value).text
        except DecodeError:
            return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, (str, bool, int, float, type(None))) else str(value)
