"""Reads article records back from what the outputs wrote."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import InputError
from extractor.models import ArticleRecord
from extractor.models.explain import one_line
from extractor.models.jsonio import from_json
from extractor.sinks.sqlite import read_sqlite


def load(path: str | Path) -> Iterator[ArticleRecord]:
    """Every article record of a JSON file, a folder of them, a JSONL file or a SQLite database, one by one.

    Raises `InputError` when there is no such file, and as soon as what it holds (the line is named) is not an article
    record.
    """
    path = Path(path)
    if path.is_dir():
        files = record_files(path)
        if not files:
            raise InputError(f"{path} holds no records", hint="a folder of records holds .json files")
        return chain.from_iterable(map(_json, files))
    if not path.exists():
        raise InputError(f"{path} does not exist")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path} is no file of records", hint=f"known are {', '.join(READERS)} and folders of .json")
    return reader(path)


def record_files(folder: Path) -> list[Path]:
    """The article records in a folder, in the order of their names; metadata beside articles is left out."""
    return sorted(p for p in folder.glob("*.json") if not p.name.startswith(".") and not p.name.endswith(".meta.json"))


def _json(path: Path) -> Iterator[ArticleRecord]:
    with _text(path):
        text = path.read_text(encoding="utf-8")
    yield _record(text, str(path))


def _jsonl(path: Path) -> Iterator[ArticleRecord]:
    with _text(path), path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _record(line, f"{path}#{number}")


@contextmanager
def _text(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start:,})") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def _record(text: str, where: str) -> ArticleRecord:
    try:
        return from_json(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{where} is not JSON: {error}") from error
    except ValidationError as error:
        raise InputError(f"{where} is not an article record: {one_line(error)}") from error


SQLITE_SUFFIXES = (".db", ".sqlite", ".sqlite3")
READERS: dict[str, Callable[[Path], Iterator[ArticleRecord]]] = {
    ".json": _json,
    ".jsonl": _jsonl,
    **dict.fromkeys(SQLITE_SUFFIXES, read_sqlite),
}
