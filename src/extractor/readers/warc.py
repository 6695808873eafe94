"""Web archives: the pages among what a crawler fetched."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from extractor.extras import optional
from extractor.readers.errors import ReadError
from extractor.readers.html import MARKUP
from extractor.readers.source import Source

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[Source]:
    """Each page that was fetched whole (status 200), under the name `SOURCE#RECORD-ID` and with its address.

    Requests, pictures, redirections and the like are no inputs and give nothing.
    """
    warc = optional("fastwarc.warc", "warc", "a web archive")
    most = 4 * source.options.max_chars + MARKUP
    stream: Any = _Told(source.stream)
    end = 0
    for record in warc.ArchiveIterator(stream, record_types=warc.WarcRecordType.response, auto_decode="all"):
        end = record.stream_pos + record.content_length
        http = record.http_headers
        if http is None or http.status_code != 200 or record.http_content_type not in _PAGES:
            continue
        body = record.reader.read(most + 1)
        as_sent = http.get("Content-Encoding") is None and http.get("Transfer-Encoding") is None
        if as_sent and len(body) < min(record.content_length, most):
            raise ReadError("E111", "the file is cut short", "fetch it again")
        address = record.headers.get("WARC-Target-URI")
        yield source.inner(
            record.record_id.strip("<>"),
            BytesIO(body),
            filename="page.html",
            fields={"url": address} if address else {},
            charset=record.http_charset,
        )
    if end > stream.tell():
        raise ReadError("E111", "the file is cut short", "fetch it again")


def looks(source: Source) -> bool:
    """Whether the bytes begin with a record."""
    return source.head.startswith((b"WARC/1.", b"WARC/0."))


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False


class _Told:
    """A stream that knows how far it was read, which is what the package asks of one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        part: bytes = getattr(self._stream, "read1", self._stream.read)(size)
        self._at += len(part)
        return part

    def tell(self) -> int:
        return self._at
