"""Web pages: the article without what stands around it, and what the page says of itself."""

import logging
import re
from typing import Any

from extractor.extras import optional
from extractor.models import isodates
from extractor.models.base import whole_text
from extractor.readers.decode import clean, decode, wide_encoding
from extractor.readers.errors import ReadError
from extractor.readers.parsed import Notes, Parsed
from extractor.readers.source import Source

#: Letters that an article has at least: less is a link or a button.
_LEAST = 25
#: A page has so many bytes of markup at most beside its text.
MARKUP = 8 * 2**20
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:[a-z!/]|\?xml)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
#: How the web reads these names: https://encoding.spec.whatwg.org/#names-and-labels
_ON_THE_WEB = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def most(max_chars: int) -> int:
    """How many bytes a page may have."""
    return 4 * max_chars + MARKUP


def looks(source: Source) -> bool:
    """Whether the bytes begin as a page."""
    head = source.head
    encoding = wide_encoding(head)
    return bool(_BEGINS.match(head.decode(encoding, "replace").lstrip("\ufeff").encode() if encoding else head))


def may(source: Source) -> bool:
    """Whether there is a tag."""
    return wide_encoding(source.head) is not None or bool(_TAG.search(source.head))


def parse(data: bytes, charset: str | None, max_chars: int) -> Parsed:
    """The article of a page; `charset` is the encoding told with it.

    The headline stands above the text, as on the page. Raises `ReadError` (E113) for a page without an article.
    """
    trafilatura = optional("trafilatura", "html", "a web page")
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    html, notes = _decoded(data, charset)
    tree = trafilatura.load_html(html)
    document = None
    if tree is not None:
        document = trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    if document is None or len(_letters(document.text or "")) < _LEAST:
        raise ReadError("E113", "no article is found on the page", "save its text")
    found = _fields(document)
    return Parsed(headed(whole_text(document.text), found.get("title")), found, notes)


def headed(text: str, title: str | None) -> str:
    """A text with its headline above, unless it begins with it."""
    if not title or _letters(text[: 2 * len(title) + 20]).startswith(_letters(title)):
        return text
    return f"{title}\n\n{text}"


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _decoded(data: bytes, charset: str | None) -> tuple[str, Notes]:
    declared = charset or (match[1].decode("ascii") if (match := _CHARSET.search(data[:4_096])) else None)
    if declared and not wide_encoding(data) and not data.startswith(b"\xef\xbb\xbf"):
        try:
            decoded = clean(data.decode(_ON_THE_WEB.get(declared.lower(), declared)))
            return decoded.text, decoded.notes
        except (LookupError, ValueError):
            pass
    decoded = decode(data)
    return decoded.text, decoded.notes


def _fields(document: Any) -> dict[str, Any]:
    """What the page says of itself. Its site by the bare name of its host is none."""
    author = document.author.replace("; ", ", ") if document.author else None
    site = document.sitename
    if site and document.hostname and site.casefold().removeprefix("www.") == document.hostname.removeprefix("www."):
        site = None
    day = document.date
    given = {"title": document.title, "byline": author, "publisher": site, "url": document.url}
    found = {name: whole_text(" ".join(value.split())) for name, value in given.items() if value and value.strip()}
    if day and _DAY.fullmatch(day) and isodates.days(day):
        found["published"] = day
    return found
