"""Checks records that were written: against the contract, against their ids, and against the source they came from."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.errors import InputError
from extractor.models import Article, ArticleRecord
from extractor.models.checks import Problem
from extractor.models.evidenced import Record
from extractor.models.explain import one_line, problems
from extractor.models.ids import article_id, record_id
from extractor.readers import read
from extractor.sinks.load import Records, load
from extractor.sinks.readback import record_files
from extractor.sinks.sqlite import broken_references


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one place: a file, a line of a file or a row. `problems` begin with that place."""

    articles: int
    problems: tuple[str, ...]


def verify_files(files: Iterable[str]) -> Iterator[Checked]:
    """Check every article record of files, folders and databases, in any form that an output has.

    Raises `InputError` for a path that holds no records at all.
    """
    sources = _Sources()
    for name in files:
        records = load(name)
        path = Path(records.where)
        if records.form == "json":
            found = [path] if path.is_file() else record_files(path)
            if not found:
                raise InputError(f"{path} holds no records", hint="a folder of records holds .json files")
            for file in found:
                yield from _text(file, sources)
        elif path.suffix.lower() == ".jsonl":
            yield from _text(path, sources)
        else:
            if records.form == "sqlite":
                yield Checked(0, tuple(f"{path}: {line}" for line in broken_references(path)))
            yield from _records(records, sources)


def _text(path: Path, sources: "_Sources") -> Iterator[Checked]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Checked(0, (f"{path}: cannot be read: {one_line(error)}",))
        return
    if path.suffix.lower() != ".jsonl":
        yield _json(content, str(path), sources)
        return
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            yield _json(line, f"{path}#{number}", sources)


def _json(content: str, where: str, sources: "_Sources") -> Checked:
    try:
        data = json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        return Checked(1, (f"{where}: is not JSON: {one_line(error)}",))
    return Checked(1, tuple(f"{where}: {problem}" for problem in record_problems(data, sources)))


def _records(records: Records, sources: "_Sources") -> Iterator[Checked]:
    try:
        for record in records:
            where = f"{records} {record.article.id}"
            yield Checked(1, tuple(f"{where}: {problem}" for problem in _of_record(record, sources)))
    except InputError as error:
        yield Checked(1, (str(error),))


def record_problems(data: Any, sources: "_Sources | None" = None) -> list[str]:
    """Everything wrong with one article record given as JSON data; empty when it keeps the contract."""
    found: list[Problem] = []
    try:
        record = ArticleRecord.model_validate(data, context=found)
    except ValidationError as error:
        return [*problems(error), *map(str, found)]
    return [*map(str, found), *map(str, _of_record(record, sources or _Sources()))]


def _of_record(record: ArticleRecord, sources: "_Sources") -> Iterator[Problem]:
    yield from _ids(record)
    source = sources.text(record)
    if source is not None and source != record.article.text:
        at = next((i for i, (a, b) in enumerate(zip(source, record.article.text, strict=False)) if a != b), None)
        at = min(len(source), len(record.article.text)) if at is None else at
        yield Problem("article.text", f"differs from {record.article.source} at character {at:,}")


def _ids(record: ArticleRecord) -> Iterator[Problem]:
    info = record.article
    given = info.published.value if info.published and info.published.how == "metadata" else None
    if info.id != article_id(info.text, given):
        yield Problem("article.id", f"{info.id} is not the id of this text and publication date")
    for one in record.records():
        plain = re.sub(r"\.\d+$", "", one.id)
        if plain not in _possible_ids(one, info.id):
            yield Problem("id", "is not made from the record's span or one of its mentions", one.id)


def _possible_ids(one: Record, article: str) -> set[str]:
    """The ids from a record's span, from each mention, and from where its name stands."""
    anchors = {(span.start, span.end) for name, span in one.own_spans() if name != "sentence"}
    anchors |= {
        (e.start, e.end) for e in one.evidence if e.field == "name" and e.start is not None and e.end is not None
    }
    return {record_id(one.prefix, article, start, end) for start, end in anchors}


class _Sources:
    """The texts of the sources that are at hand, as the readers decode them; the last file read is kept."""

    def __init__(self) -> None:
        self._file = ""
        self._texts: dict[str, str] = {}

    def text(self, record: ArticleRecord) -> str | None:
        """The text of a record's source, or None when it is not there."""
        source = record.article.source
        file = source.partition("#")[0]
        if file != self._file:
            self._file = file
            self._texts = {}
            if Path(file).is_file():
                items = read([file], max_chars=max(10_000_000, 2 * len(record.article.text)))
                self._texts = {item.source: item.text for item in items if isinstance(item, Article)}
        return self._texts.get(source)
