"""Lines of a page, and which of them belong to one paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Blanks, and marks that print as nothing, at a line's ends.
_OUTER = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200e\u200f\u202f\u205f\u2060\u3000\ufeff\x1f"
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]*]*$|[:;]$")
#: Words that end in a full stop of their own.
_ABBREVIATION = re.compile(
    r"\b(?:Inc|Corp|Ltd|Co|Bros|Jr|Sr|St|No|Dr|Mr|Mrs|Ms|Gen|Gov|Sen|Rep|vs|etc|[A-Z](?:\.[A-Z])*)\.$"
)
_BULLET = re.compile(r"(?:[-–—•·▪▫●○◦■□◆*‣⁃»>►✓]|\d{1,2}[.)]|\(?[a-zA-Z]\)|\([ivx]{1,5}\)|#{1,6})[ \t\u00a0]+(?=\S)")
_FIRST_WORD = re.compile(r"\S+")
#: Share of a page's width that a line must leave free, for its end to be a paragraph's end: after a sentence, and else.
_SHORT, _VERY_SHORT = 0.9, 0.6
#: A page set in lines is no wider than this; a longer line is a paragraph.
_WIDEST = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its outer blanks: half-open offsets, blanks before it, and whether a blank line comes before."""

    start: int
    end: int
    indent: int
    after_blank: bool

    def __len__(self) -> int:
        return self.end - self.start


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    done = 0
    for match in _LINE.finditer(text):
        content = match[0]
        stripped = content.strip(_OUTER)
        if not stripped:
            continue
        indent = content.index(stripped[0])
        start = match.start() + indent
        breaks = sum(1 for _ in _BREAK.finditer(text, done, match.start()))
        lines.append(Line(start, start + len(stripped), indent, breaks > 1 or not lines))
        done = match.end()
    return lines


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does (or opens a list)."""
    end = text[-16:]
    return _SENTENCE_END.search(end) is not None and not _ABBREVIATION.search(end)


def bullet_length(text: str, start: int, end: int) -> int:
    """Length of the mark that opens a list item at `start`, its blanks included; 0 where there is none."""
    match = _BULLET.match(text, start, end)
    return match.end() - start if match else 0


class Joiner:
    """Decides for neighbouring lines whether the second goes on with the first's paragraph.

    A page is set in lines when most of its lines break off in mid-sentence. There a paragraph ends where the next
    line's first word would still have found room; but where blank lines part all paragraphs, no other line ends one.
    """

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
        if not pairs and len(lines) > 4:
            pairs = list(pairwise(lines))
            self.double_spaced = self._broken(pairs) > 0.7
        else:
            self.double_spaced = False
        widths = sorted(len(line) for line in lines)
        width = widths[int(len(widths) * 0.9)] if widths else 0
        full = sum(length >= 0.75 * width for length in widths)
        wrapped = bool(pairs) and width <= _WIDEST and full > 0.3 * len(lines) and self._broken(pairs) >= 0.5
        self._width = width if wrapped else 0
        self._parted = wrapped and self._are_parted(pairs)
        self._indented = bool(lines) and sum(line.indent > 0 for line in lines) < len(lines) / 2

    def _broken(self, pairs: Sequence[tuple[Line, Line]]) -> float:
        """Share of line ends that stand in mid-sentence."""
        text = self._text
        broken = [
            not ends_sentence(text[a.start : a.end]) and not bullet_length(text, b.start, b.end) for a, b in pairs
        ]
        return sum(broken) / len(broken)

    def _are_parted(self, pairs: Sequence[tuple[Line, Line]]) -> bool:
        """Whether blank lines part the paragraphs of a page set in lines: within its blocks no line seems to end one."""
        text = self._text
        blocks = 1 + sum(1 for (_, b), (a, _) in pairwise(pairs) if a is not b)
        ends = sum(
            ends_sentence(text[a.start : a.end]) and self._needed(a, b) <= _SHORT * self._width for a, b in pairs
        )
        return blocks > 2 and ends <= 0.05 * blocks

    def _needed(self, a: Line, b: Line) -> int:
        """Characters that the first line would take with the first word of the second."""
        word = _FIRST_WORD.match(self._text, b.start, b.end)
        return len(a) + 1 + (len(word[0]) if word else 0)

    def joins(self, a: Line, b: Line, *, head: bool) -> bool:
        """Whether `b` goes on with the paragraph of `a`. In the `head` of an article a line may be a title."""
        text = self._text
        before, first = text[a.start : a.end], text[b.start]
        if bullet_length(text, b.start, b.end):
            return False
        ended = ends_sentence(before)
        if b.after_blank and not self.double_spaced:
            return not ended and first.islower() and (before[-1] in ",-–—" or (before[-1].isalnum() and not head))
        if not ended and first.islower():
            return True
        if before[-1] in "-‐\u00ad" and before[-2:-1].isalnum():
            return True
        if not self._width:
            return False
        if ended and b.indent > a.indent and self._indented:
            return False
        needed = self._needed(a, b)
        if self._parted:
            return not head or needed > _VERY_SHORT * self._width
        if ended or head:
            return needed > _SHORT * self._width
        return needed > _VERY_SHORT * self._width
