"""The words of time, from `data/time_words.csv`, and what their written forms stand for."""

import re
from functools import cache

from extractor.nlp.gazetteers import rows


@cache
def words(kind: str) -> dict[str, str]:
    """Every word of a class (`month`, `weekday`, `unit`, ...) and its value."""
    return {row["word"]: row["value"] for row in rows("time_words") if row["class"] == kind}


@cache
def all_words() -> frozenset[str]:
    """Every word of every class."""
    return frozenset(row["word"] for row in rows("time_words"))


def lookup(kind: str, text: str) -> str:
    """The value of a written word, whatever its case and with or without an abbreviating dot."""
    return words(kind)[text.lower().rstrip(".")]


def number(text: str) -> float | None:
    """The number that digits or words stand for; None for a vague one ("several").

    >>> number("twenty-five")
    25.0
    """
    text = text.lower().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    total, found = 0.0, False
    plus_half = text.endswith("and a half")
    for word in re.findall(r"[a-z]+|\d+(?:\.\d+)?", text.removesuffix("and a half")):
        if word[0].isdigit():
            total, found = float(word), True
        elif word in words("vague"):
            return None
        elif word == "hundred":
            total, found = (total or 1) * 100, True
        elif word in words("number"):
            total, found = total + float(words("number")[word]), True
        elif word in ("a", "an", "single") and not found:
            total = 1 if word != "single" or not total else total
        elif word == "half":
            return 0.5
    if text in ("a couple", "a couple of"):
        total = 2
    if text.startswith("a dozen"):
        total -= 1
    return total + 0.5 * plus_half if total else None


def ordinal(text: str) -> int:
    """The number of an ordinal, written "21st" or "twenty-first"."""
    if match := re.match(r"\d+", text):
        return int(match[0])
    tens, _, ones = text.lower().replace(" ", "-").rpartition("-")
    return int(words("ordinal")[ones]) + (int(words("number")[tens]) if tens else 0)


def spoken_year(text: str) -> int:
    """The year that words stand for.

    >>> spoken_year("nineteen eighty-six"), spoken_year("two thousand and five")
    (1986, 2005)
    """
    first, _, rest = text.lower().partition(" ")
    hundreds = 20 if first == "two" else int(words("number")[first])
    rest = re.sub(r"^(?:thousand|hundred)?(?:\s?and)?\s?", "", rest)
    return 100 * hundreds + (int(number(rest) or 0) if rest else 0)
