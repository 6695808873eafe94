"""Word documents."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from extractor.extras import optional
from extractor.models.base import whole_text
from extractor.readers.errors import ReadError
from extractor.readers.parsed import Parsed
from extractor.readers.source import Source

#: The file in the archive that holds the text.
MAIN = "word/document.xml"
#: A document, pictures included, has and unpacks to no more bytes.
_LARGEST = 256 * 2**20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What stands in a document and is not its text: deleted passages, field codes, and drawings given a second time.
_SKIPPED = (
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_BREAKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_BLANKS = re.compile(r"[^\S\n]*\n\s*\n\s*")


def most(max_chars: int) -> int:
    """How many bytes a document may have, pictures included."""
    return _LARGEST


def parse(data: bytes, charset: str | None, max_chars: int) -> Parsed:
    """The article that a document holds: paragraphs and tables in their order, insertions accepted.

    Headers, footers, notes and comments are left out.
    """
    docx = optional("docx", "docx", "a Word document")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if size > _LARGEST:
        raise ReadError("E114", f"it unpacks to {size:,} bytes", "save its text")
    if any(info.flag_bits & 1 for info in infos):
        raise ReadError("E112", "the document is encrypted", "save it without a password")
    document = docx.Document(BytesIO(data))
    return Parsed(whole_text("\n\n".join(_blocks(document.element.body))))


def looks(source: Source) -> bool:
    """Whether the bytes begin as a ZIP archive's and name the file of the text."""
    return source.head.startswith(b"PK\x03\x04") and MAIN.encode() in source.head


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False


def _blocks(body: Any) -> Iterator[str]:
    """Paragraphs, and tables row by row."""
    for child in body:
        if child.tag == f"{_W}p":
            text = _text(child).strip()
            if text:
                yield text
        elif child.tag == f"{_W}tbl":
            rows = []
            for row in child.iter(f"{_W}tr"):
                cells = [" ".join(_text(cell).split()) for cell in row.iter(f"{_W}tc")]
                rows.append("\t".join(cell for cell in cells if cell))
            text = "\n".join(row for row in rows if row)
            if text:
                yield text
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(child)


def _text(element: Any) -> str:
    parts: list[str] = []
    walk = [iter(element)]
    while walk:
        child = next(walk[-1], None)
        if child is None:
            walk.pop()
            continue
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        else:
            if child.tag == f"{_W}p" and parts:
                parts.append("\n")
            walk.append(iter(child))
    return _BLANKS.sub("\n\n", "".join(parts))
