"""One article a line: JSON objects with `text` and, if they like, metadata."""

import json
import re
from collections.abc import Iterator
from typing import Any

from extractor.errors import Issue
from extractor.models import Article
from extractor.readers.metadata import MetadataError, load_object
from extractor.readers.rows import row_article, row_issue
from extractor.readers.source import Source
from extractor.readers.wide import as_utf8

_BEGINS = re.compile(rb'\s*\{\s*"')
#: JSON writes a character in at most twelve bytes; what else a line holds is metadata.
_BYTES_PER_CHARACTER, _METADATA = 12, 2**20


def read(source: Source) -> Iterator[Article | Issue]:
    """The article or the issue of each line that is not blank; `source` of an article is `SOURCE#LINE`, counted from 1."""
    longest = _BYTES_PER_CHARACTER * source.options.max_chars + _METADATA
    for number, line in as_utf8(source).lines(longest):
        if line is None:
            hint = "split it or raise max_chars"
            yield Issue(f"{source.name}#{number}", "read", "E105", f"the line has more than {longest:,} bytes", hint)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            row, notes = load_object(line)
        except MetadataError as error:
            yield row_issue(source, number, str(error))
            continue
        yield from row_article(source, number, row, notes)


def looks(source: Source) -> bool:
    """Whether the first line that is not blank is a JSON object with the text of an article."""
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    first, newline, _ = head.lstrip().partition(b"\n")
    if not _BEGINS.match(first):
        return False
    column = source.options.columns.get("text", "text")
    found = json_object(first)
    return column in found if found is not None else not newline and json.dumps(column).encode() in first


def may(source: Source) -> bool:
    """Always: lines that are no JSON are issues, one by one."""
    return True


def json_object(line: bytes) -> dict[str, Any] | None:
    """The JSON object that a line holds, if it does."""
    if not line.lstrip().startswith(b"{"):
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
