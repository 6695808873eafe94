"""One article a line: JSON objects with `text` and, if they like, metadata."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor.errors import Issue
from extractor.models import Article
from extractor.readers.check import check_text
from extractor.readers.metadata import MetadataError, article_fields, load_object

_HINT = 'each line is one object with "text"'


def read_jsonl(lines: Iterable[bytes], source: str, max_chars: int) -> Iterator[Article | Issue]:
    """The article or the issue of each line that is not blank; `source` of an article is `SOURCE#LINE`, counted from 1."""
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield from _article(line, f"{source}#{number}", max_chars)


def is_jsonl(head: bytes) -> bool:
    """Whether a file that begins so is JSONL: its first line that is not blank is a whole JSON object with `text`."""
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines():
        if line.strip():
            first = _object(line)
            return first is not None and "text" in first
    return False


def is_our_output(path: Path) -> bool:
    """Whether a JSONL file holds article records that we wrote."""
    try:
        with path.open("rb") as handle:
            first = _object(handle.readline())
    except OSError:
        return False
    return first is not None and "schema_version" in first


def _object(line: bytes) -> dict[str, Any] | None:
    if not line.lstrip().startswith(b"{"):
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _article(line: bytes, source: str, max_chars: int) -> Iterator[Article | Issue]:
    try:
        given, notes = load_object(line)
        text = given.pop("text", None)
        if not isinstance(text, str):
            raise MetadataError('without "text"' if text is None else '"text" is not a string')
        fields = article_fields(given)
    except MetadataError as error:
        yield Issue(source, "read", "E107", f"malformed line: {error}", _HINT)
        return
    article = Article(text=text, source=source, **fields)
    issue = check_text(article, max_chars)
    if issue is None:
        for code, message in notes:
            yield Issue(source, "read", code, message, level="note", external_id=article.external_id)
    yield issue or article
