"""Reads article records back from the JSON that the outputs wrote."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import InputError
from extractor.models import ArticleRecord
from extractor.models.explain import one_line
from extractor.models.jsonio import from_json
from extractor.sinks.jsonl import COMPRESSED


def read_folder(folder: Path) -> Iterator[ArticleRecord]:
    """Every article record of a folder of JSON files, or of one such file."""
    if folder.is_file():
        return _json(folder)
    files = record_files(folder)
    if not files:
        raise InputError(f"{folder} holds no records", hint="a folder of records holds .json files")
    return chain.from_iterable(map(_json, files))


def read_jsonl(path: Path) -> Iterator[ArticleRecord]:
    """Every article record of a JSONL file, compressed or not."""
    opener = COMPRESSED.get(path.suffix.lower())
    with _text(path), opener(path, "rb") if opener else path.open("rb") as lines:
        text = TextIOWrapper(lines, encoding="utf-8", newline="\n")
        for number, line in enumerate(text, start=1):
            if line.strip():
                yield _record(line, f"{path}#{number}")


def record_files(folder: Path) -> list[Path]:
    """The article records in a folder, in the order of their names; metadata beside articles is left out."""
    return sorted(p for p in folder.glob("*.json") if not p.name.startswith(".") and not p.name.endswith(".meta.json"))


def _json(path: Path) -> Iterator[ArticleRecord]:
    with _text(path):
        text = path.read_text(encoding="utf-8")
    yield _record(text, str(path))


@contextmanager
def _text(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start:,})") from error
    except (OSError, EOFError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _record(text: str, where: str) -> ArticleRecord:
    try:
        return from_json(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{where} is not JSON: {error}") from error
    except ValidationError as error:
        raise InputError(f"{where} is not an article record: {one_line(error)}") from error
