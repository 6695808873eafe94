"""PDF documents that hold text. Pages that are pictures need a program that reads pictures first."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from extractor.extras import optional
from extractor.models.base import whole_text
from extractor.readers.errors import ReadError
from extractor.readers.parsed import Parsed
from extractor.readers.source import Source
from extractor.readers.typeset import Piece, PrintedPage, text_of

#: The mark stands among the first bytes.
_WITHIN = 1_024
#: A document has so many bytes at most.
_LARGEST = 256 * 2**20
#: More pages are no article; a damaged file may claim any number of them.
_PAGES = 5_000
#: What PDFium has for a hyphen at a line's end.
_HYPHENS = {"\x02": "-", "\ufffe": "-"}
#: Shares of the height of a line: a gap that parts columns, and a shift up or down that makes another line.
_GUTTER, _SHIFT = 1.2, 0.5
#: https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdfview.h: FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_LOCKED = (4, 5)
#: Letters by which it is told how a page is turned.
_SAMPLE = 200
_LETTERS = re.compile(r"[\W_]+")


def most(max_chars: int) -> int:
    """How many bytes a document may have, pictures included."""
    return _LARGEST


def parse(data: bytes, charset: str | None, max_chars: int) -> Parsed:
    """The article that a document holds, as printed; see `typeset.text_of`.

    Its own title counts where it stands on the first page too: many are the name of a file or of a program.
    """
    pdfium = optional("pypdfium2", "pdf", "a PDF")
    raw = optional("pypdfium2.raw", "pdf", "a PDF")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise ReadError("E112", "the PDF is encrypted", "save it without a password") from error
        raise ReadError("E111", "the PDF is damaged", "fetch it again") from error
    try:
        text, title = _text(document, raw, max_chars)
    finally:
        document.close()
    return Parsed(text, {"title": title} if title else {})


def looks(source: Source) -> bool:
    """Whether the mark of PDF stands among the first bytes."""
    return b"%PDF-" in source.head[:_WITHIN] and not source.head.lstrip().startswith((b"{", b"<"))


def may(source: Source) -> bool:
    """Never by its suffix alone."""
    return False


def _text(document: Any, raw: Any, most: int) -> tuple[str, str | None]:
    count = len(document)
    if count > _PAGES:
        raise ReadError("E105", f"the PDF has {count:,} pages", "split it")
    pages: list[PrintedPage] = []
    chars = 0
    broken = 0
    for i in range(count):
        try:
            page = document[i]
            textpage = page.get_textpage()
        except RuntimeError:
            broken += 1
            continue
        chars += textpage.count_chars()
        if chars > 4 * most:
            raise ReadError("E105", f"the PDF has more than {most:,} characters", "split it or raise max_chars")
        pages.append(_page(page, textpage, raw))
        textpage.close()
        page.close()
    if not pages and broken:
        raise ReadError("E111", "no page of the PDF can be read", "open it and save it anew")
    text = whole_text(text_of(pages))
    if not text.strip():
        raise ReadError(
            "E113", "the PDF holds no text: its pages are pictures", "read it with a text recognizer (OCR) first"
        )
    title = " ".join(document.get_metadata_value("Title").split())
    known = len(title.split()) > 2 and _letters(title) in _letters(text[:4_000])
    return text, whole_text(title) if known else None


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).casefold()


def _page(page: Any, textpage: Any, raw: Any) -> PrintedPage:
    width, height = page.get_width(), page.get_height()
    if page.get_rotation() % 180:
        width, height = height, width
    turn = _turn(textpage, raw, width, height)
    return PrintedPage(list(_pieces(textpage, raw, turn)), width if turn[0] % 2 else height)


def _turn(textpage: Any, raw: Any, width: float, height: float) -> tuple[int, float, float]:
    """How far most letters of a page are turned, in quarters of a circle clockwise, and the width and height it has upright."""
    angles = (raw.FPDFText_GetCharAngle(textpage.raw, i) for i in range(min(textpage.count_chars(), _SAMPLE)))
    quarters = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return (quarters.most_common(1)[0][0] if quarters else 0), width, height


def _pieces(textpage: Any, raw: Any, turn: tuple[int, float, float]) -> Iterator[Piece]:
    """The characters of a page, joined to pieces that stand on one line of one column."""
    box = raw.FS_RECTF()
    handle = textpage.raw
    letters: list[str] = []
    edges: list[float] = []
    pause = False
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, i)
        letter = chr(code) if code < 0x110000 else "\ufffd"
        letter = _HYPHENS.get(letter, letter)
        if letter.isspace():
            pause = True
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, i, box):
            continue
        left, right, bottom, top = _upright(box.left, box.right, box.bottom, box.top, turn)
        if letters:
            size = max(top - bottom, edges[3] - edges[2])
            apart = not -size < left - edges[1] < _GUTTER * size
            shifted = abs((top + bottom) - (edges[3] + edges[2])) > 2 * _SHIFT * size
            if apart or shifted:
                yield Piece("".join(letters), *edges)
                letters, edges, pause = [], [], False
        if not letters:
            edges = [left, right, bottom, top]
        elif pause:
            letters.append(" ")
        pause = False
        letters.append(letter)
        edges = [min(edges[0], left), max(edges[1], right), min(edges[2], bottom), max(edges[3], top)]
    if letters:
        yield Piece("".join(letters), *edges)


def _upright(
    left: float, right: float, bottom: float, top: float, turn: tuple[int, float, float]
) -> tuple[float, float, float, float]:
    """A box on a page turned so that its letters stand upright."""
    quarters, width, height = turn
    if quarters == 3:
        return bottom, top, width - right, width - left
    if quarters == 2:
        return width - right, width - left, height - top, height - bottom
    if quarters == 1:
        return height - top, height - bottom, left, right
    return left, right, bottom, top
