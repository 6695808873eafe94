"""Reads records back, as pydantic objects or as frames, and moves them from one form to another."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.errors import ConfigError, InputError
from extractor.models import ArticleRecord
from extractor.sinks.address import shown
from extractor.sinks.base import Sink
from extractor.sinks.formats import FORMATS, Format, find
from extractor.sinks.frames import Frames, Library


class Records(Frames):
    """The records of one output: iterate it for article records, one by one; `figures`, `leaders` ... are frames."""

    def __init__(self, form: Format, where: str, library: Library | None) -> None:
        super().__init__(library)
        self._format = form
        self.where = where

    def __iter__(self) -> Iterator[ArticleRecord]:
        """Read every article record, in the order of the output.

        Raises `InputError` as soon as something (the place is named) is no article record.
        """
        return self._format.read(self.where)

    def __str__(self) -> str:
        return self.where if self._format.suffixes else self.form  # an address may hold a password

    @property
    def form(self) -> str:
        """The name of the form: `json`, `jsonl`, `csv` ..."""
        return self._format.name


def load(target: str | Path, *, format: str | None = None, frames: Library | None = None) -> Records:
    """The records of a JSON file or a folder of them, a JSONL file, a folder of CSV or Parquet tables, or a database.

    `target` is a path or an address as `-o` takes it, `frames` the library for frames (the one that is installed).
    Raises `InputError` when there is nothing there, `ConfigError` for a form that is not known.
    """
    path = Path(target)
    if path.suffix.lower() == ".json" and path.is_file():
        return Records(FORMATS["json"], str(path), frames)
    try:
        form, where = find(str(target), format)
    except ConfigError as error:
        if "://" not in str(target) and not path.exists():
            raise InputError(f"{target} does not exist") from error
        raise InputError(f"{shown(str(target))} is no file of records", hint=error.hint) from error
    if form.suffixes and not Path(where).exists():
        raise InputError(f"{where} does not exist")
    return Records(form, where, frames)


def move(sources: Iterable[str], sink: Sink) -> int:
    """Write the records of every source to an output that is open, and say how many there were."""
    count = 0
    for source in sources:
        for record in load(source):
            sink.write(record)
            count += 1
    return count
