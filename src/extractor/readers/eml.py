"""Emails: newsletters, alerts and press releases, one message a file."""

import re
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from extractor.models import isodates
from extractor.models.base import whole_text
from extractor.readers import html
from extractor.readers.decode import DecodeError, clean, decode
from extractor.readers.errors import ReadError
from extractor.readers.html import headed
from extractor.readers.parsed import Notes, Parsed
from extractor.readers.source import Source

_LARGEST = 64 * 2**20
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]|[A-Za-z][A-Za-z0-9-]*:\r?\n[ \t]|>?From ")
_NAMES = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
#: Headers that messages have; a few of them tell one from a memo that begins "From:".
_USUAL = frozenset([b"from", b"to", b"date", b"subject"])
_SURE = frozenset([b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"dkim-signature"])
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)


def most(max_chars: int) -> int:
    """How many bytes a message may have, with all that is attached."""
    return _LARGEST


def parse(data: bytes, charset: str | None, max_chars: int) -> Parsed:
    """The article of a message: its plain text, else its web page, below its subject. Attachments are left out.

    Its date is the date of publication, its sender the byline, its id the external id.
    """
    message = BytesParser(policy=policy.default).parsebytes(data)
    body = _body(message, max_chars)
    found = {**body.found, **_fields(message)}
    return Parsed(headed(body.text, found.get("title")), found, body.notes)


def looks(source: Source) -> bool:
    """Whether the bytes begin with the headers of a message."""
    if not _HEADER.match(source.head):
        return False
    head = re.split(rb"\r?\n\r?\n", source.head, maxsplit=1)[0]
    names = {name.lower() for name in _NAMES.findall(head)}
    return len(names & _USUAL) >= 2 and bool(names & _SURE)


def may(source: Source) -> bool:
    """Whether it begins with any header."""
    return bool(_HEADER.match(source.head))


def _body(message: EmailMessage, max_chars: int) -> Parsed:
    """The text of the plain part that has one, else of the part that is a page, with what that says of itself."""
    parts = [part for part in message.walk() if not part.is_multipart() and not part.is_attachment()]
    for part in parts:
        if part.get_content_type() == "text/plain":
            text, notes = _decoded(part)
            if text.strip():
                return Parsed(text, notes=notes)
    for part in parts:
        if part.get_content_type() == "text/html":
            return html.parse(_payload(part), part.get_content_charset(), max_chars)
    raise ReadError("E113", "the message holds no text", "save what is attached to it")


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: EmailMessage) -> tuple[str, Notes]:
    data = _payload(part)
    charset = part.get_content_charset()
    if charset and charset not in ("us-ascii", "utf-8"):
        try:
            decoded = clean(data.decode(charset))
            return decoded.text, decoded.notes
        except (LookupError, ValueError):
            pass
    decoded = decode(data)
    return decoded.text, decoded.notes


def _fields(message: EmailMessage) -> dict[str, Any]:
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), " ".join(str(value).split()))
    name, address = parseaddr(headers.get("from", ""))
    subject = _REPLY.sub("", _plain(headers.get("subject", "")), count=1)
    given = {
        "title": subject,
        "byline": _plain(name) or address,
        "external_id": headers.get("message-id", "").strip("<> "),
        "published": _day(headers.get("date", "")),
    }
    found: dict[str, Any] = {key: whole_text(value) for key, value in given.items() if value.strip()}
    if address and _plain(name):
        found["metadata"] = {"from": whole_text(address)}
    return found


def _plain(value: str) -> str:
    """A header as people read it: encoded words decoded, bare bytes of an old encoding guessed."""
    try:
        data = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return value
    try:
        text = decode(data).text if not data.isascii() else value
        return " ".join(str(make_header(decode_header(text))).split())
    except (DecodeError, HeaderParseError, LookupError, ValueError):
        return value


def _day(value: str) -> str:
    try:
        day = parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
    return day if isodates.days(day) else ""
