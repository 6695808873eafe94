"""Web archives: the pages among what a crawler fetched."""

from collections.abc import Iterator
from io import BytesIO

from extractor.extras import optional
from extractor.readers.html import MARKUP
from extractor.readers.source import Source

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[Source]:
    """Each page that was fetched whole (status 200), under the name `SOURCE#RECORD-ID` and with its address.

    Requests, pictures, redirections and the like are no inputs and give nothing.
    """
    warc = optional("fastwarc.warc", "warc", "a web archive")
    most = 4 * source.options.max_chars + MARKUP
    for record in warc.ArchiveIterator(source.stream, record_types=warc.WarcRecordType.response, auto_decode="all"):
        if record.http_headers is None or record.http_headers.status_code != 200:
            continue
        if record.http_content_type not in _PAGES:
            continue
        address = record.headers.get("WARC-Target-URI")
        yield source.inner(
            record.record_id.strip("<>"),
            BytesIO(record.reader.read(most + 1)),
            filename="page.html",
            fields={"url": address} if address else {},
            charset=record.http_charset,
        )


def looks(source: Source) -> bool:
    """Whether the bytes begin with a record."""
    return source.head.startswith((b"WARC/1.", b"WARC/0."))


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False
