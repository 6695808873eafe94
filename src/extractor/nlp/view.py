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
        self._original_ends = [piece.original_end for piece in pieces]

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
        i = bisect_right(self._original_ends, start)
        j = bisect_right(self._original_ends, end - 1)
        if i == len(self._pieces):
            return None
        first = self._pieces[i]
        last = self._pieces[min(j, len(self._pieces) - 1)]
        low = first.view + max(start - first.original, 0) if first.same else first.view
        if last.original >= end:
            high = last.view
        elif last.same:
            high = last.view + min(end, last.original_end) - last.original
        else:
            high = last.view_end
        return (low, high) if low < high else None


class ViewBuilder:
    """Builds a view from left to right; what is neither copied nor replaced is left out."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._parts: list[str] = []
        self._pieces: list[_Piece] = []
        self._length = 0
        self._done = 0
        self._pause = ""

    def copy(self, start: int, end: int) -> None:
        """Take `original[start:end]` as it is."""
        if start < end:
            self._add(start, end, self._original[start:end], same=True)

    def replace(self, start: int, end: int, text: str) -> None:
        """Let `text` stand for `original[start:end]` (which is not empty)."""
        if text and start < end:
            self._add(start, end, text, same=False)

    def pause(self, text: str) -> None:
        """Let `text` stand for what lies between the last stretch added and the next; of several the longest counts.

        At the start or end of the view, and between stretches that touch, nothing is added.
        """
        self._pause = max(self._pause, text, key=len)

    def _add(self, start: int, end: int, text: str, *, same: bool) -> None:
        if start < self._done:
            raise ValueError(f"the view is built from left to right: {start} comes after {self._done}")
        if self._pause and self._pieces and start > self._done:
            self._append(self._done, start, self._pause, same=False)
        self._pause = ""
        self._append(start, end, text, same=same)

    def _append(self, start: int, end: int, text: str, *, same: bool) -> None:
        self._parts.append(text)
        self._pieces.append(_Piece(self._length, self._length + len(text), start, end, same))
        self._length += len(text)
        self._done = end

    def build(self) -> View:
        """The finished view."""
        return View(self._original, "".join(self._parts), self._pieces)
