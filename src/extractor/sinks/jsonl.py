"""JSON Lines: one article record a line, in a file or on standard output."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from extractor.errors import Issue
from extractor.models import ArticleRecord
from extractor.models.jsonio import to_json
from extractor.sinks.base import BaseSink, Mode, temporary, writing


class JsonlSink(BaseSink):
    """Writes one record a line. The file takes its name when it is whole; issues are left to the caller."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = temporary(path)
        self._file: BinaryIO | None = None

    def open(self, mode: Mode = "add") -> None:
        """Open the file under a temporary name beside its own."""
        with writing(self.path):
            if self.path.is_dir():
                raise IsADirectoryError(None, "it is a folder")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("wb")

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write one line."""
        assert self._file is not None
        with writing(self.path):
            self._file.write(_line(record))

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """A line is an article record, so an issue has no place here."""

    def close(self) -> None:
        """Give the file its name."""
        assert self._file is not None
        with writing(self.path):
            self._file.close()
            self._part.replace(self.path)

    def suspend(self) -> None:
        """Remove the unfinished file."""
        if self._file is not None:
            self._file.close()
            self._part.unlink(missing_ok=True)


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
