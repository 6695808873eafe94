"""Tallies of votes: "passed 52-35", "by 217 votes to 210", "voted 5 to 2"; scores of games are none."""

import re
from collections.abc import Iterator

_TALLY = re.compile(
    r"(?<![\d.,/:–—-])(\d{1,3})(?:\s?[-–—]\s?|\s+to\s+)(\d{1,3})(?![\d.,]?\d|[-–—/:%]|\s*(?:%|per\b|percent|years?|days?|weeks?|months?|hours?|minutes?))"
)
_IN_WORDS = re.compile(r"(?<![\d.,-])(\d{1,3})\s+votes?\s+(?:to|against)\s+(\d{1,3})\b(?!\s+votes?\b)", re.IGNORECASE)
#: Whether a text has any tally at all.
SPOKEN_OF = re.compile(r"\d\s?[-–—]\s?\d|\d\s+(?:votes?\s+)?to\s+\d|\d\s+votes?\s+against")
#: What stands before a tally of votes in its sentence, close by.
_LEFT = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|passed|approved|rejected|backed|endorsed|ruled|adopted|defeated|confirmed|decided|decision|ruling|split|majority|margin)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_RIGHT = re.compile(r"\s+(?:vote|ruling|decision|majority|in favou?r|against)\b", re.IGNORECASE)
#: Bodies that vote; without one of them, or the word "vote", a tally is a score.
_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing|ers)|senat\w+|parliament|lawmakers|legislat\w+|council|committee|congress|house|assembly|court|judges|justices|board|duma|panel|bill|amendment|motion|shareholders)\b",
    re.IGNORECASE,
)
_SPORT = re.compile(
    r"\b(?:goals?|match|league|cup|half-time|penalt\w+|season|scored|fixture|champions?hip|tournament)\b", re.IGNORECASE
)


def find(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The counts of every tally between two offsets, a sentence; of "217 votes to 210" only the second, whose noun is
    left out."""
    for found in _IN_WORDS.finditer(text, begin, end):
        yield found.span(2)
    for found in _TALLY.finditer(text, begin, end):
        cue = _LEFT.search(text, max(begin, found.start() - 80), found.start()) or _RIGHT.match(text, found.end())
        if cue and _VOTE.search(text, begin, end) and not _SPORT.search(text, begin, end):
            yield found.span(1)
            yield found.span(2)
