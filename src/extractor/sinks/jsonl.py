"""JSON Lines: one article record a line, in a file (compressed or not) or on standard output."""

import gzip
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Literal, cast

from extractor.errors import Issue
from extractor.extras import optional
from extractor.models import ArticleRecord
from extractor.models.jsonio import to_json
from extractor.sinks.base import BaseSink
from extractor.sinks.parts import PartsSink, concatenate

#: What opens a compressed file of a path, by the suffix that says so.
Opener = Callable[[Path, Literal["rb", "wb"]], AbstractContextManager[IO[bytes]]]


@contextmanager
def _open_gzip(path: Path, mode: Literal["rb", "wb"]) -> Iterator[IO[bytes]]:
    # No name and no time in the file: the same records give the same bytes.
    with path.open(mode) as file, gzip.GzipFile("", mode, compresslevel=6, fileobj=file, mtime=0) as lines:
        yield cast("IO[bytes]", lines)


def _open_zstd(path: Path, mode: Literal["rb", "wb"]) -> AbstractContextManager[IO[bytes]]:
    zstandard = optional("zstandard", "zstd", "a .zst file")
    file: AbstractContextManager[IO[bytes]] = zstandard.open(path, mode)
    return file


COMPRESSED: dict[str, Opener] = {".gz": _open_gzip, ".zst": _open_zstd}


class Lines:
    """The form of a JSONL file: parts are plain, compression comes at the end."""

    names: Sequence[str] = ("records.jsonl",)

    def __init__(self, opener: Opener | None = None) -> None:
        self._opener = opener
        self._file: BinaryIO | None = None

    def resume(self, parts: Sequence[Path]) -> None:
        """A line does not depend on those before it."""

    def begin(self, part: Path) -> None:
        """Begin the file of a part."""
        self._file = (part / self.names[0]).open("wb")

    def write(self, record: ArticleRecord) -> None:
        """Write one line."""
        assert self._file is not None
        self._file.write(_line(record))

    def issue(self, issue: Issue) -> None:
        """A line is an article record, so an issue has no place here."""

    def end(self) -> None:
        """Close the file of the part."""
        assert self._file is not None
        self._file.close()

    def join(self, name: str, parts: Sequence[Path], target: Path) -> None:
        """Write the lines of all parts."""
        files = [part / name for part in parts]
        if self._opener is None:
            concatenate(files, target)
            return
        with self._opener(target, "wb") as out:
            for file in files:
                with file.open("rb") as lines:
                    shutil.copyfileobj(lines, out)


def jsonl_sink(path: Path) -> PartsSink:
    """A file of JSON Lines; compressed where its suffix says so."""
    return PartsSink(path, Lines(COMPRESSED.get(path.suffix.lower())))


class StdoutSink(BaseSink):
    """Writes one record a line on standard output, each as soon as it is there."""

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write one line. Raises `BrokenPipeError` when the reader has left."""
        try:
            sys.stdout.buffer.write(_line(record))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # What is left in the buffer would raise again when Python flushes it at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """Only data goes to standard output."""


def _line(record: ArticleRecord) -> bytes:
    return to_json(record).encode() + b"\n"
