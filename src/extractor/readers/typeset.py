"""The text of printed pages, from where its pieces stand: columns in their order, paragraphs, no running heads."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line in one column: its text and its box in points, `bottom` and `top` counted from below."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """The height of the line, which goes with the size of the type."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The pieces of one page and its height in points."""

    pieces: list[Piece]
    height: float


#: Share of a page's height at its top and bottom where running heads and page numbers stand, and how far apart in
#: points the same one may stand on two pages.
_MARGIN, _SAME_PLACE = 0.12, 6.0
_NUMBER = re.compile(r"(?:\W*(?:page|p\.)?\W*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
#: Words of a running head at most, the number at one of its ends, and the room around it in heights of its line.
_HEAD_WORDS, _APART = 8, 0.8
_AT_AN_END = re.compile(r"^\W*[A-Z]?\d{1,3}\b(?![.,]?\d)|\b[A-Z]?\d{1,3}\W*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Lines that make a column, and its width in heights of a line; narrower ones are those of a table.
_LINES, _NARROW = 3, 7.0
#: Left edges looked at: columns have the most frequent ones.
_EDGES = 60
#: Share of the pieces that may lie across a gutter: headlines over the columns, above or between them.
_ACROSS = 0.3
#: Distance of lines, in usual distances, that parts paragraphs; indent in heights of a line; and change of size.
_GAP, _INDENT, _RESIZED = 1.3, 0.6, 0.15
_ENDS = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|No)\.)(?<!\b(?:Mrs|Gen|Gov|Sen|Rep|Inc|Ltd)\.)[.!?:…][\"'”’)\]]*$"
)


def text_of(pages: Sequence[PrintedPage]) -> str:
    """The text of pages: a line of text for each printed line, a blank line between paragraphs.

    Page numbers and lines that stand at the same place of several pages are left out; the first of these stays where it
    holds a year, since it may tell the day of publication. Hyphens at the ends of lines stay, as printed.
    """
    paragraphs: list[list[str]] = []
    last: _Line | None = None
    for page in _without_heads(pages):
        for column in _columns(page.pieces):
            lines = _lines(column)
            for i, (line, opens) in enumerate(zip(lines, _openings(lines), strict=True)):
                if i == 0 and last is not None:
                    opens = opens or _ENDS.search(last.text) is not None or _resized(last, line)
                if opens or not paragraphs:
                    paragraphs.append([])
                paragraphs[-1].append(line.text)
                last = line
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs)


# Running heads


def _without_heads(pages: Sequence[PrintedPage]) -> Iterator[PrintedPage]:
    """The pages without their numbers and without what stands at the same place of several."""
    rows = [[row for row in _rows(page.pieces) if _in_margin(row, page.height)] for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for page, margin in zip(pages, rows, strict=True):
        for head in {key for row in margin for key in _places(row, page.height)}:
            seen[head] += 1
    shown: set[str] = set()
    for page, margin in zip(pages, rows, strict=True):
        dropped: list[Piece] = []
        body = median(piece.size for piece in page.pieces) if page.pieces else 0.0
        for row in margin:
            words = _plain(row)
            number = _NUMBER.fullmatch(_joined(row)) is not None or _numbered(row, page.pieces, body)
            repeated = bool(words) and any(seen[key] > 1 for key in _places(row, page.height))
            if repeated and words not in shown and _YEAR.search(_joined(row)):
                shown.add(words)
            elif number or repeated:
                dropped.extend(row)
        gone = set(map(id, dropped))
        yield PrintedPage([piece for piece in page.pieces if id(piece) not in gone], page.height)


def _in_margin(row: Sequence[Piece], height: float) -> bool:
    return row[0].bottom < _MARGIN * height or row[0].top > (1 - _MARGIN) * height


def _numbered(row: Sequence[Piece], pieces: Sequence[Piece], body: float) -> bool:
    """Whether a row is a running head by itself: a few words in small type with a number, away from all else."""
    text, size = _joined(row), max(piece.size for piece in row)
    if len(text.split()) > _HEAD_WORDS or size > body or not _AT_AN_END.search(text):
        return False
    low, high = row[0].bottom - _APART * size, row[0].top + _APART * size
    here = set(map(id, row))
    return not any(piece.top > low and piece.bottom < high for piece in pieces if id(piece) not in here)


def _places(row: Sequence[Piece], height: float) -> list[tuple[str, int]]:
    """What a row says and where, twice, so that a place near the border of two still meets its like."""
    at = (row[0].bottom if row[0].bottom < height / 2 else row[0].bottom - height) / _SAME_PLACE
    return [(_plain(row), round(at)), (_plain(row), round(at + 0.5) + 1_000_000)]


def _plain(row: Sequence[Piece]) -> str:
    """The words of a row in the order of the alphabet: left and right pages have the number on either side."""
    return " ".join(sorted(_WORD.findall(_joined(row).casefold())))


# Reading order


def _columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces column by column in the order of reading; what lies across columns parts them from those below."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [list(pieces)] if pieces else []
    across = [piece for piece in pieces if piece.left < gutter < piece.right]
    if not across:
        left = [piece for piece in pieces if piece.right <= gutter]
        right = [piece for piece in pieces if piece.right > gutter]
        return _columns(left) + _columns(right)
    out: list[list[Piece]] = []
    band: list[Piece] = []
    wide: list[Piece] = []
    gone = set(map(id, across))
    for piece in sorted(pieces, key=lambda piece: -(piece.bottom + piece.top)):
        if id(piece) in gone:
            out.extend(_columns(band))
            band = []
            wide.append(piece)
        else:
            if wide:
                out.append(wide)
                wide = []
            band.append(piece)
    out.extend([wide] if wide else _columns(band))
    return out


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where a column of lines begins to the right of another: between them lies the gutter."""
    if len(pieces) < 2 * _LINES:
        return None
    left_edge = min(piece.left for piece in pieces)
    best: tuple[int, float] | None = None
    for start, _ in sorted(Counter(round(piece.left) for piece in pieces).most_common(_EDGES)):
        at = start - 1.5
        if at <= left_edge:
            continue
        across = sum(piece.left < at < piece.right for piece in pieces)
        if across > _ACROSS * len(pieces) or (best and across >= best[0]):
            continue
        left = [piece for piece in pieces if piece.right <= at]
        right = [piece for piece in pieces if piece.left >= at]
        if _is_column(left) and (_begins_beside(left, right) or (_is_column(right) and _beside(left, right))):
            best = (across, at)
    return best[1] if best else None


def _is_column(pieces: Sequence[Piece]) -> bool:
    return len(pieces) >= _LINES and median(piece.right - piece.left for piece in pieces) > _NARROW * median(
        piece.size for piece in pieces
    )


def _begins_beside(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the right group is a column of a line or two: it begins where the left one does."""
    if not 0 < len(right) < _LINES:
        return False
    size = max(piece.size for piece in right)
    top = max(piece.top for piece in right)
    # A headline above the left column may end before it reaches the right one.
    body = max((piece.top for piece in left if abs(piece.size - size) < _RESIZED * size), default=0.0)
    return (
        abs(top - body) < size / 2
        and min(piece.bottom for piece in right) > top - 1.5 * _LINES * size
        and max(piece.right - piece.left for piece in right) > _NARROW * size
    )


def _beside(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether two groups share some height of the page, rather than one standing below the other."""
    low = max(min(piece.bottom for piece in left), min(piece.bottom for piece in right))
    high = min(max(piece.top for piece in left), max(piece.top for piece in right))
    return high - low > _LINES * median(piece.size for piece in left)


# Lines and paragraphs


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    size: float


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line, from top to bottom and from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-(piece.bottom + piece.top), piece.left)):
        row = rows[-1] if rows else None
        middle = (piece.bottom + piece.top) / 2
        if row and any(other.bottom < middle < other.top for other in row):
            row.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _joined(row: Sequence[Piece]) -> str:
    """The text of a row; a piece that touches the one before it goes on with its word."""
    parts = [row[0].text]
    for before, piece in pairwise(row):
        parts.append(piece.text if piece.left - before.right < 0.1 * piece.size else f" {piece.text}")
    return " ".join("".join(parts).split())


def _lines(column: Sequence[Piece]) -> list[_Line]:
    return [
        _Line(
            text,
            row[0].left,
            max(piece.right for piece in row),
            median(piece.bottom for piece in row),
            max(piece.size for piece in row),
        )
        for row in _rows(column)
        if (text := _joined(row))
    ]


def _openings(lines: Sequence[_Line]) -> list[bool]:
    """Whether each line opens a paragraph: by its distance, by its indent, by a change of size; the first by its indent."""
    if not lines:
        return []
    # A step is measured in sizes of the type, so that a headline of two lines is one as well as a paragraph.
    usual = median([_step(a, b) for a, b in pairwise(lines) if not _resized(a, b)] or [0.0])
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    right = max(line.right for line in lines)
    opens = [_indented(lines[0], left)]
    for before, line in pairwise(lines):
        after_short = before.right < right - line.size or line.left - before.left > _INDENT * line.size
        far = _step(before, line) > _GAP * usual
        opens.append(far or (_indented(line, left) and after_short) or _resized(before, line))
    return opens


def _step(a: _Line, b: _Line) -> float:
    return (a.bottom - b.bottom) / max(a.size, 1.0)


def _indented(line: _Line, left: float) -> bool:
    return _INDENT * line.size < line.left - left < 6 * line.size


def _resized(a: _Line, b: _Line) -> bool:
    return abs(a.size - b.size) > _RESIZED * max(a.size, b.size)
