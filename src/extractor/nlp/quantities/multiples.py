"""Multiples: "doubled", "three-fold", "five times as many", "one in five"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.nlp.quantities import numbers

_VERBS = {"doubl": "2", "tripl": "3", "trebl": "3", "quadrupl": "4", "quintupl": "5", "halv": "0.5"}
_VERB = re.compile(r"\b(doubl|tripl|trebl|quadrupl|quintupl|halv)(?:e|ed|es|ing)\b", re.IGNORECASE)
_FOLD = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|hundred|\d+(?:\.\d+)?)(?:\s?-\s?|\s)?fold\b", re.IGNORECASE
)
_TWICE = re.compile(r"\b(twice|thrice)(?=\s+(?:as|the|its|their|that|what|of)\b)", re.IGNORECASE)
#: "double the target"; the verb is another rule.
_DOUBLE = re.compile(
    r"\b(double|treble|triple|quadruple)(?=\s+(?:the|that|what|its|their|those|last)\b)|(?<=more than )(double|triple|quadruple)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"[\s-]times\b(?=\s+(?:as|the|its|their|that|more|higher|larger|greater|bigger|less|faster|lower|longer|over|what|of)\b|[\s-]+(?:book|earnings|revenue|sales))",
    re.IGNORECASE,
)
_TIMES_ALONE = re.compile(r"[\s-]times\b", re.IGNORECASE)
_IN = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|\d{1,2})[\s-](?:in|out\s+of)(?:\s+every)?[\s-](two|three|four|five|six|seven|eight|nine|ten|twenty|\d{1,3}(?:,\d{3})*)"
    r"(?=\s+(?!years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|seconds?\b|percent|per\s|%|hundred|thousand|million|billion|of\b)[a-z-]+|[,.;)]|\s*\Z)",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[int, int, Decimal, str]]:
    """Every multiple: offsets, value and rule. Whether a verb form is a verb is left to the caller."""
    for found in _VERB.finditer(text):
        yield found.start(), found.end(), Decimal(_VERBS[found[1].lower()]), "quantity.ratio.verb"
    for found in _FOLD.finditer(text) if "fold" in text else ():
        yield found.start(), found.end(), _value(found[1]), "quantity.ratio.fold"
    for found in _TWICE.finditer(text) if "wice" in text or "hrice" in text else ():
        yield found.start(), found.end(), Decimal(2 if found[1].lower() == "twice" else 3), "quantity.ratio.times"
    for found in _DOUBLE.finditer(text):
        word = (found[1] or found[2]).lower()
        yield found.start(), found.end(), Decimal(_VERBS[word.removesuffix("e")]), "quantity.ratio.times"
    for found in _IN.finditer(text):
        over, under = _value(found[1]), _value(found[2])
        if 0 < over < under:
            yield found.start(), found.end(), over / under, "quantity.ratio.in"


def times(text: str, end: int, *, broken: bool) -> int | None:
    """Where the "times" that makes the number before `end` a multiple ends ("five times as many"), or None.

    A `broken` number counts no occasions: "grew 1.6 times".
    """
    found = (_TIMES_ALONE if broken else _TIMES).match(text, end)
    return found.end() if found else None


def _value(word: str) -> Decimal:
    number = numbers.read(word, 0)
    assert number is not None
    return number.value
