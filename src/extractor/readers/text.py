"""One article a file: the text, with its metadata beside it in `NAME.meta.json`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractor.errors import Issue
from extractor.models import Article
from extractor.readers.check import check_text
from extractor.readers.decode import DecodeError, decode
from extractor.readers.metadata import MetadataError, article_fields, load_object


def read_text(path: Path, max_chars: int) -> Iterator[Article | Issue]:
    """The article of a text file, or the issue that it makes. Raises `OSError` when the file cannot be opened."""
    source = str(path)
    size = path.stat().st_size
    if size > 4 * max_chars + 4:
        yield Issue(
            source,
            "read",
            "E105",
            f"the file has {size:,} bytes, more than {max_chars:,} characters can take",
            "split it or raise max_chars",
        )
        return
    data = path.read_bytes()
    sidecar = path.with_name(path.stem + ".meta.json") if path.suffix else path.with_name(path.name + ".meta.json")
    fields: dict[str, Any] = {}
    if sidecar.is_file():
        try:
            fields = article_fields(load_object(sidecar.read_bytes())[0])
        except MetadataError as error:
            yield Issue(source, "read", "E106", f"{sidecar.name}: {error}", "mend it or remove it")
            return
    yield from text_article(data, source, fields, max_chars)


def text_article(data: bytes, source: str, fields: Mapping[str, Any], max_chars: int) -> Iterator[Article | Issue]:
    """The article that `data` decodes to, with `fields` from its metadata: notes first, then the article or its issue."""
    external_id = fields.get("external_id")
    if not data:
        yield Issue(source, "read", "E101", "the file is empty", "give the article's text", external_id=external_id)
        return
    try:
        decoded = decode(data)
    except DecodeError as error:
        yield Issue(source, "read", error.code, error.message, error.hint, external_id=external_id)
        return
    article = Article(text=decoded.text, source=source, **fields)
    issue = check_text(article, max_chars)
    if issue is None:
        for code, message in decoded.notes:
            yield Issue(source, "read", code, message, level="note", external_id=external_id)
    yield issue or article
