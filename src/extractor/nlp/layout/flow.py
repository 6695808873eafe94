"""From blocks of lines to the view: lines joined to paragraphs, words hyphenated at a line's end made whole."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from extractor.nlp.clean import add_clean
from extractor.nlp.view import View, ViewBuilder

Span = tuple[int, int]

_HYPHENS = "-‐\u00ad"
_DASHES = "–—"
_BEFORE = re.compile(r"[^\W\d_]+(?=[-‐\u00ad]$)")
_AFTER = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: First parts that make compounds with a hyphen.
_COMPOUND = frozenset(
    [
        "all",
        "anti",
        "better",
        "cross",
        "double",
        "eight",
        "ex",
        "far",
        "fast",
        "first",
        "five",
        "four",
        "full",
        "good",
        "half",
        "hard",
        "high",
        "highest",
        "ill",
        "large",
        "late",
        "least",
        "less",
        "long",
        "low",
        "mid",
        "middle",
        "multi",
        "near",
        "nine",
        "non",
        "north",
        "one",
        "post",
        "pre",
        "pro",
        "quasi",
        "second",
        "self",
        "semi",
        "seven",
        "short",
        "single",
        "six",
        "small",
        "so",
        "south",
        "third",
        "three",
        "top",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "two",
        "under",
        "vice",
        "well",
        "wide",
        "world",
    ]
)
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers")


class Flow:
    """Builds the view of an article from blocks, each a list of half-open spans of lines or parts of lines.

    `words`: words known to be English, in lower case, by which hyphens at a line's end are judged; may be empty.
    """

    def __init__(self, text: str, words: Collection[str]) -> None:
        self._text = text
        self._words = words
        self._builder = ViewBuilder(text)

    def add(self, parts: Sequence[Span]) -> None:
        """Add one block."""
        self._builder.pause("\n\n")
        for i, (start, end) in enumerate(parts):
            after = parts[i + 1] if i + 1 < len(parts) else None
            if after is None:
                add_clean(self._builder, self._text, start, end)
                continue
            drop, pause = self._seam(start, end, after)
            add_clean(self._builder, self._text, start, end - drop)
            self._builder.pause(pause)

    def view(self) -> View:
        """The finished view."""
        return self._builder.build()

    def _seam(self, start: int, end: int, after: Span) -> tuple[int, str]:
        """How many characters to drop at a line's end, and what parts it from the next line."""
        text = self._text
        last, following = text[end - 1], text[after[0]]
        if last in _DASHES and end - 1 > start and text[end - 2].isalnum():
            return 0, ""
        if last not in _HYPHENS or end - 1 == start or not text[end - 2].isalnum() or not following.isalnum():
            return 0, " "
        if last == "\u00ad":
            return 1, ""
        if not following.islower() or not text[end - 2].isalpha():
            return 0, ""
        first = _BEFORE.search(text, max(start, end - 40), end)
        second = _AFTER.match(text, *after)
        if first is None or second is None:
            return 0, ""
        if second[0] in ("and", "or", "to"):
            return 0, " "
        return (0, "") if self._is_compound(first[0].lower(), second[0].lower()) else (1, "")

    def _is_compound(self, first: str, second: str) -> bool:
        """Whether two halves keep their hyphen: as the article writes the word elsewhere, else by known words."""
        whole, hyphened = first + second, f"{first}-{second}"
        if whole in self._own_words or hyphened in self._own_words:
            return hyphened in self._own_words
        if self._known(whole):
            return False
        return first in _COMPOUND or (len(first) > 2 and self._known(first) and self._known(second))

    def _known(self, word: str) -> bool:
        if word in self._words:
            return True
        return any(
            word.endswith(end) and (word[: -len(end)] in self._words or word[: -len(end)] + "e" in self._words)
            for end in _ENDINGS
        )

    @cached_property
    def _own_words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text.lower()))
