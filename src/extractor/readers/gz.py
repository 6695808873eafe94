"""Gzip: the one file in a .gz, of one member or of many."""

import gzip
from collections.abc import Iterator
from typing import Any

from extractor.readers.packed import unpacked
from extractor.readers.source import Source


def read(source: Source) -> Iterator[Source]:
    """The file, as if it lay there unpacked."""
    stream: Any = gzip.GzipFile(fileobj=source.stream)
    yield unpacked(source, stream)


def looks(source: Source) -> bool:
    """Whether the bytes begin as gzip's."""
    return source.head.startswith(b"\x1f\x8b")


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False
