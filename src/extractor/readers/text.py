"""One article a file, as plain text."""

from collections.abc import Iterator

from extractor.errors import Issue
from extractor.models import Article
from extractor.readers.decode import decode
from extractor.readers.errors import ReadError
from extractor.readers.source import Source


def read(source: Source) -> Iterator[Article | Issue]:
    """The article that a text file holds."""
    data = source.data(4 * source.options.max_chars + 4)
    if not data:
        raise ReadError("E101", "the file is empty", "give the article's text")
    decoded = decode(data)
    yield from source.article(decoded.text, decoded.notes)


def looks(source: Source) -> bool:
    """Never sure: text is what nothing else is."""
    return False


def may(source: Source) -> bool:
    """Always."""
    return True
