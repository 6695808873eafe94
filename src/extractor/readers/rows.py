"""Tables of articles, whatever their format: a row has a text and may have the metadata of its article."""

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.errors import Issue
from extractor.models import Article
from extractor.readers.decode import clean
from extractor.readers.errors import ReadError
from extractor.readers.metadata import MetadataError, article_fields
from extractor.readers.parsed import Notes
from extractor.readers.source import Source, checked


def row_article(source: Source, number: int, row: Mapping[str, Any], notes: Notes = ()) -> Iterator[Article | Issue]:
    """The article of a row, `SOURCE#NUMBER`, or the issue it makes (E107)."""
    given = dict(row)
    for field, column in source.options.columns.items():
        given.pop(field, None)
        if column in row:
            given.pop(column, None)
            given[field] = row[column]
    try:
        text = given.pop("text", None)
        if not isinstance(text, str):
            raise MetadataError('without "text"' if text is None else '"text" is not a string')
        fields = article_fields(given)
    except MetadataError as error:
        yield row_issue(source, number, str(error))
        return
    cleaned = clean(text)
    article = Article(text=cleaned.text, source=f"{source.name}#{number}", **fields)
    yield from checked(article, tuple(dict.fromkeys((*notes, *cleaned.notes))), source.options.max_chars)


def row_issue(source: Source, number: int, message: str) -> Issue:
    """The issue of a row that is malformed."""
    return Issue(
        f"{source.name}#{number}", "read", "E107", f"malformed row: {message}", "each has a text and its metadata"
    )


def check_columns(source: Source, names: list[str]) -> None:
    """Raise `ReadError` (E116) unless a table has the column of the text and all that the options name."""
    columns = {"text": "text", **source.options.columns}
    missing = [column for column in columns.values() if column not in names]
    if missing:
        shown = ", ".join(names[:20]) + (", ..." if len(names) > 20 else "")
        raise ReadError(
            "E116",
            f"the table has no column {missing[0]!r}",
            f"name its columns with --column text=NAME; it has {shown}",
        )
