"""The view: the cleaned text that the language model reads, with the way back to the article's own offsets."""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the view and the stretch of the original it stands for; `same` when they are equal."""

    view: int
    view_end: int
    original: int
    original_end: int
    same: bool


class View:
    """Cleaned text and its alignment with the original. Made by a `ViewBuilder`."""

    def __init__(self, original: str, text: str, pieces: list[_Piece]) -> None:
        self.original = original
        self.text = text
        self._pieces = pieces
        self._view_starts = [piece.view for piece in pieces]
        self._original_starts = [piece.original for piece in pieces]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the half-open span `start`, `end` of the view (not empty).

        A span that begins or ends inside replaced text is widened to all of it.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"{start}:{end} is not a span of the view")
        first = self._pieces[bisect_right(self._view_starts, start) - 1]
        last = self._pieces[bisect_right(self._view_starts, end - 1) - 1]
        low = first.original + (start - first.view) if first.same else first.original
        high = last.original + (end - last.view) if last.same else last.original_end
        return low, high

    def to_view(self, start: int, end: int) -> tuple[int, int] | None:
        """Offsets in the view of a span of the original, or None when none of it is in the view."""
        if not 0 <= start < end <= len(self.original):
            raise IndexError(f"{start}:{end} is not a span of the article")
        i = max(bisect_right(self._original_starts, start) - 1, 0)
        low = high = None
        for piece in self._pieces[i:]:
            if piece.original >= end:
                break
            if piece.original_end <= start:
                continue
            if piece.same:
                here = piece.view + max(start - piece.original, 0)
                there = piece.view + min(end, piece.original_end) - piece.original
            else:
                here, there = piece.view, piece.view_end
            low = here if low is None else low
            high = there
        return None if low is None or high is None or low == high else (low, high)


class ViewBuilder:
    """Builds a view from left to right; what is neither copied nor replaced is left out."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._parts: list[str] = []
        self._pieces: list[_Piece] = []
        self._length = 0
        self._done = 0

    def copy(self, start: int, end: int) -> None:
        """Take `original[start:end]` as it is."""
        if start < end:
            self._add(start, end, self._original[start:end], same=True)

    def replace(self, start: int, end: int, text: str) -> None:
        """Let `text` stand for `original[start:end]` (which is not empty)."""
        if text and start < end:
            self._add(start, end, text, same=False)

    def _add(self, start: int, end: int, text: str, *, same: bool) -> None:
        if start < self._done:
            raise ValueError(f"the view is built from left to right: {start} comes after {self._done}")
        self._parts.append(text)
        self._pieces.append(_Piece(self._length, self._length + len(text), start, end, same))
        self._length += len(text)
        self._done = end

    def build(self) -> View:
        """The finished view."""
        return View(self._original, "".join(self._parts), self._pieces)
