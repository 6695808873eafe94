"""What a reader is given: one source of bytes, with its name, its options and the metadata beside it."""

import io
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, BinaryIO

from extractor.config import ArticleKey
from extractor.errors import Issue
from extractor.models import Article
from extractor.readers.check import check_text
from extractor.readers.errors import ReadError
from extractor.readers.limits import Budget
from extractor.readers.metadata import MetadataError, article_fields, load_object
from extractor.readers.parsed import Notes

#: As much of a source as its format is told by.
HEAD = 65_536
#: What is kept of a source in memory, before a temporary file takes it.
_IN_MEMORY = 16 * 2**20
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Options:
    """What a user can say about how inputs are read.

    `columns`: the column of a table that holds a field of the article; `seconds`: how long the parser of one document may
    take.
    """

    max_chars: int = 2_000_000
    seconds: float = 300.0
    columns: Mapping[ArticleKey, str] = field(default_factory=dict)


class Source:
    """A file, a member of an archive or a standard input: bytes to be read once, from start to end.

    `name` is what articles say they were read from; `filename` is judged by its suffix where the bytes do not tell the
    format; `beside` gives the bytes of the metadata file that belongs to it and the name of that file; `fields` are
    known from elsewhere, such as the address of a page.
    """

    def __init__(
        self,
        name: str,
        stream: BinaryIO,
        options: Options,
        budget: Budget,
        *,
        filename: str = "",
        beside: Callable[[], tuple[str, bytes] | None] = lambda: None,
        fields: Mapping[str, Any] | None = None,
        charset: str | None = None,
        depth: int = 0,
    ) -> None:
        self.name = name
        self.filename = filename or name
        self.options = options
        self.budget = budget
        self.beside = beside
        self.found: Mapping[str, Any] = fields or {}
        self.charset = charset
        self.depth = depth
        self._stream = stream

    @cached_property
    def head(self) -> bytes:
        """The first bytes, by which the format is told."""
        parts: list[bytes] = []
        # A reader meets the same error again, after what comes before it.
        with suppress(EOFError, OSError, ValueError, ReadError, zlib.error):
            parts.extend(_parts(self._stream, HEAD))
        head = b"".join(parts)
        if self._stream.seekable():
            self._stream.seek(0)
        else:
            self._stream = io.BufferedReader(_Rejoined(head, self._stream), _CHUNK)
        return head

    @property
    def stream(self) -> BinaryIO:
        """The bytes, from the first on."""
        self.head  # noqa: B018  the stream is at its start again afterwards
        return self._stream

    def data(self, most: int) -> bytes:
        """All bytes. Raises `ReadError` (E105) when there are more than `most`."""
        data = b"".join(_parts(self.stream, most + 1))
        if len(data) > most:
            raise ReadError(
                "E105",
                f"the file has more than {most:,} bytes, too many for an article of at most {self.options.max_chars:,} characters",
                "split it or raise max_chars",
            )
        return data

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """The bytes as a file to jump about in: as it is, or copied to memory or to a temporary file."""
        if self.stream.seekable():
            yield self.stream
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
            while chunk := self.stream.read(_CHUNK):
                self.budget.spool(len(chunk))
                copy.write(chunk)
            copy.seek(0)
            yield copy  # type: ignore[misc]

    def lines(self, longest: int) -> Iterator[tuple[int, bytes | None]]:
        """Number, from 1, and bytes of each line; None for one of more than `longest` bytes."""
        stream, number = self.stream, 0
        while line := stream.readline(longest + 1):
            number += 1
            if len(line) <= longest or line.endswith(b"\n"):
                yield number, line
                continue
            yield number, None
            while (line := stream.readline(_CHUNK)) and not line.endswith(b"\n"):
                pass

    def inner(self, member: str, stream: BinaryIO, **given: Any) -> "Source":
        """A source packed in this one: `NAME#MEMBER`."""
        given = {"filename": member} | given
        name = f"{self.name}#{member}"
        return Source(name, stream, self.options, self.budget, depth=self.depth + 1, **given)

    def unpacked(self, stream: BinaryIO, filename: str) -> "Source":
        """The one source that this one is the compressed form of, under the same name and with the same metadata."""
        return Source(
            self.name,
            stream,
            self.options,
            self.budget,
            filename=filename,
            beside=self.beside,
            fields=self.found,
            depth=self.depth + 1,
        )

    def article(
        self, text: str, notes: Notes = (), found: Mapping[str, Any] | None = None
    ) -> Iterator[Article | Issue]:
        """The article with this text, after the notes about it, or the issue of a text that is none.

        What is given beside the source beats what is known from elsewhere, which beats `found`, what the document says
        of itself. Raises `ReadError` (E106) when the metadata beside it is malformed.
        """
        layers = (found or {}, self.found, self._given())
        fields = {key: value for layer in layers for key, value in layer.items()}
        fields["metadata"] = {key: value for layer in layers for key, value in layer.get("metadata", {}).items()}
        yield from checked(Article(text=text, source=self.name, **fields), notes, self.options.max_chars)

    def _given(self) -> dict[str, Any]:
        beside = self.beside()
        if beside is None:
            return {}
        name, data = beside
        try:
            return article_fields(load_object(data)[0])
        except MetadataError as error:
            raise ReadError("E106", f"{name}: {error}", "mend it or remove it") from error

    def issue(self, error: ReadError) -> Issue:
        """The issue that an error makes of this source."""
        return Issue(self.name, "read", error.code, error.message, error.hint)


def checked(article: Article, notes: Notes, max_chars: int) -> Iterator[Article | Issue]:
    """The notes about an article and the article, or the issue of a text that is none."""
    issue = check_text(article, max_chars)
    if issue is None:
        for code, message in notes:
            yield Issue(article.source, "read", code, message, level="note", external_id=article.external_id)
    yield issue or article


def _parts(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """`size` bytes, or all there are, as they come."""
    read = getattr(stream, "read1", stream.read)
    while size > 0 and (part := read(min(size, _CHUNK))):
        yield part
        size -= len(part)


class _Rejoined(io.RawIOBase):
    """A stream with its first bytes, already read, put back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part: Any = self._head[: len(buffer)]
        self._head = self._head[len(part) :]
        if not part:
            part = getattr(self._rest, "read1", self._rest.read)(len(buffer))
        buffer[: len(part)] = part
        return len(part)
