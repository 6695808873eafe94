"""Checks records that were written: against the contract, against their ids, and against the source they came from."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.config import load_settings
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

#: Characters of the longest source that is read again.
_LONGEST = 10_000_000


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
    yield from sources.differences(record)


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
    """The texts of the sources that are at hand, as the readers decode them.

    The last file read stays open: its articles are met in the order in which they were written, so a file of many is
    read once, and no more than one of its texts is kept.
    """

    def __init__(self) -> None:
        self._file: str | None = None
        self._coming: Iterator[Article] = iter(())
        #: Of the articles met: a digest of the text by the source.
        self._met: dict[str, bytes] = {}

    def differences(self, record: ArticleRecord) -> Iterator[Problem]:
        """Where the text of a record is not that of its source; nothing when the source is not there."""
        source, text = record.article.source, record.article.text
        file = self._container(source)
        if file != self._file:
            self._file, self._met, self._coming = file, {}, _articles(file)
        while source not in self._met and (article := next(self._coming, None)):
            self._met[article.source] = _digest(article.text)
        if source not in self._met or self._met[source] == _digest(text):
            return
        original = next(article.text for article in _articles(file) if article.source == source)
        at = next((i for i, (a, b) in enumerate(zip(original, text, strict=False)) if a != b), None)
        at = min(len(original), len(text)) if at is None else at
        yield Problem("article.text", f"differs from {source} at character {at:,}")

    def _container(self, source: str) -> str | None:
        """The file that an article was read from: all of the source, or what stands before one of its `#`."""
        if self._file is not None and (source == self._file or source.startswith(f"{self._file}#")):
            return self._file
        at = len(source)
        while at > 0:
            if _is_file(source[:at]):
                return source[:at]
            at = source.rfind("#", 0, at)
        return None


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except ValueError:
        return False


def _articles(file: str | None) -> Iterator[Article]:
    """The articles of a file, with columns named as the settings say."""
    if file is None:
        return
    for item in read([file], max_chars=_LONGEST, columns=load_settings().columns):
        if isinstance(item, Article):
            yield item


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
